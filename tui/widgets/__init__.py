"""Widgets that know nothing of news: lines, lists and bars drawn by the line API."""
