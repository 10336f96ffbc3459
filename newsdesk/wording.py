"""Numbers in sentences, and words that several say."""

from __future__ import annotations

ALLOWS_PRIVATE = "allow_private = true in its [[feeds]] entry"  # how the settings let a private address be asked


def counted(number: int, one: str, many: str | None = None) -> str:
    """``1 story``, ``2 stories``; without `many`, `one` with an s."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def stories(number: int) -> str:
    """``1 story``, ``2 stories``."""
    return counted(number, "story", "stories")
