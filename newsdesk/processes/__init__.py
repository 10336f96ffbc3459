"""Processes, and Python's collector in them."""
