"""What the list of stories shows."""
