"""What is kept of the news: stories with their revisions and origins, storylines, and what the search needs, in SQLite."""
