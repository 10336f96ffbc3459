"""Other processes, other programs, and the person's attention."""
