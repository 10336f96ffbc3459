"""Cells to the fewest bytes that a terminal needs."""
