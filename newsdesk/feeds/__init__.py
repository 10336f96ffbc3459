"""Feeds as the settings have them, and how they are doing."""
