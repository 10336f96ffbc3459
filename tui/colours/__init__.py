"""Themes, and colours where a terminal has few."""
