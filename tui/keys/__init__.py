"""Commands and the keys that give them."""
