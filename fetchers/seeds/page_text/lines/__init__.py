"""A page as lines, what each looks like, and the label that the model gives it."""
