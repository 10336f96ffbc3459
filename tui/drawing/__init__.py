"""Text and numbers to cells."""
