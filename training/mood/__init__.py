"""How the mood model in newsdesk/data/mood is made."""
