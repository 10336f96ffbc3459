"""How the language profiles in newsdesk/data/language are made."""
