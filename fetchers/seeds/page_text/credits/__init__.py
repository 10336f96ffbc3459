"""Who wrote a story, for whom and where."""
