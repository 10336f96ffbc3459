"""What is followed, what is new in it, and when it alerts."""
