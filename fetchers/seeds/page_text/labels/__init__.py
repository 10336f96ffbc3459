"""Labels of the page's text put right by what the page as a whole tells."""
