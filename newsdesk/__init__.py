"""newsdesk: the core of a terminal newsroom dashboard. What a story is, what it is about, where it is kept."""

__version__ = "0.1.0"
