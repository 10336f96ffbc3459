"""A linked page to its text: fetched where robots.txt allows it, extracted in the limited process."""
