"""Which lines are which story's, and the stories made of them."""
