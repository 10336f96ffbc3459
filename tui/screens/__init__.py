"""The screens: the newsroom with its panes, and the list of keys."""
