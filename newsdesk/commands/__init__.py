"""The commands: one module a group. The table is all that `--help` needs; a group is imported when one of its commands runs.

A module of the folder that holds commands has a `COMMANDS` that gives each of them its flags and its function.
"""

from __future__ import annotations

# name: (module of this folder, what it does)
TABLE: dict[str, tuple[str, str]] = {
    "inspect": ("inspect", "read seed files, tag and group them, print the stories; keeps nothing"),
}

# Flags that every command has: name, placeholder of its value, what it does.
SHARED_FLAGS: tuple[tuple[str, str, str], ...] = (
    ("--config", "FILE", "the settings file (else NEWSDESK_CONFIG, else the XDG folder's)"),
    ("--data", "DIR", "where archive and marks are kept (else NEWSDESK_DATA, else XDG)"),
    ("--now", "TIME", "a fixed clock, for output that must come out the same again"),
)
