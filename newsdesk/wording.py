"""Numbers in sentences."""

from __future__ import annotations


def counted(number: int, one: str, many: str | None = None) -> str:
    """``1 story``, ``2 stories``; without `many`, `one` with an s."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def stories(number: int) -> str:
    """``1 story``, ``2 stories``."""
    return counted(number, "story", "stories")
