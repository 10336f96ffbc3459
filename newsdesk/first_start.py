"""A first start: nothing is set, nothing is kept. What the dashboard needs to begin a desk of the person's own."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from pathlib import Path


class Next(enum.IntEnum):
    """What is to be opened when the dashboard closes, as its exit code; a process ends with neither."""

    DESK = -1  # the person's own desk, with what was set meanwhile
    DEMO = -2  # the sample stories


@dataclass(frozen=True, slots=True)
class FirstStart:
    """Where a desk of the person's own would be: its settings, and the headless refresh into it.

    `welcome`: the dashboard begins by asking what to read.
    """

    config: Path
    refresh_command: tuple[str, ...]
    welcome: bool


# The same in words, for who has no screen.
WAYS = (
    ("the sample stories", "newsdesk --demo"),
    ("a folder of saved pages, or a file", "newsdesk --keep PATH"),
    ("the feeds of another reader, from an OPML file", "newsdesk feeds import FILE"),
    ("a first feed, by its address or that of a page that names one", "newsdesk feeds add URL"),
)


def in_words() -> list[str]:
    """The welcome as sentences."""
    return [
        "Welcome. This is a first start: nothing is set and nothing is kept yet.",
        *(f"{what[0].upper()}{what[1:]}: {command}" for what, command in WAYS),
    ]
