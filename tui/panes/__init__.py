"""The panes of the screens. Each gets data by method calls and tells what a person did by messages."""
