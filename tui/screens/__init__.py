"""The screens and the sheets over them. What a person does on several screens is a class of its own, which these share."""
