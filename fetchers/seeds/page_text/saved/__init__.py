"""Forms in which a page's text was saved or sent, undone."""
