"""Readers' comments as they are read again, kept and told of."""
