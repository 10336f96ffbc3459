"""Feeds: retrieve bytes, parse them to wire, adapt wire to stories, decide when to come back."""
