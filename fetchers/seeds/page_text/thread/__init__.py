"""Readers' comments: labels put right, and who said what to whom."""
