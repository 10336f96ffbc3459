"""Readers' comments from where they are kept: one module a kind of server, each from bytes to a thread."""
