"""How the data of the storylines in newsdesk/data/storylines is made."""

MADE = ("background.txt", "calibration.json", "concepts.txt", "function_words.txt")
