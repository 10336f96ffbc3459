"""How the topic model and the topic lexicons in newsdesk/data/topics are made."""

MADE = ("model.npz", "concepts.tsv", "together.txt")
