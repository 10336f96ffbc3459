"""Where the style sheet puts the text of each pane when the dashboard opens: for the frame drawn before that is loaded."""

from __future__ import annotations

from dataclasses import dataclass

from tui.arrangement import arrange

ROOMY_FROM = 180
LEFT, LEFT_ROOMY, RIGHT_ROOMY = 26, 32, 88
LEAST_FOLLOWING = 6


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pane's text stands: column and line of its first cell, cells of text in a row, lines of rows. Above it is the
    rule with its title, right of it the bar."""

    x: int
    y: int
    width: int
    height: int


def places_of(width: int, height: int) -> dict[str, Place]:
    """The place of every pane in sight while the list has the focus; signs are more than ASCII."""
    arrangement = arrange(width, height, "stories", zoomed=False)
    body = height - 2
    if arrangement.name == "columns":
        return _columns(width, body)
    if arrangement.name != "stack":
        return {"stories": _pane(0, 1, width, body)}
    lines = body * 11 // 21
    places = {"stories": _pane(0, 1, width, lines)}
    below = body - lines
    article = below // 2 if "comments" in arrangement.visible else below
    places["article"] = _pane(0, 1 + lines, width, article)
    if article < below:
        places["comments"] = _pane(0, 1 + lines + article, width, below - article)
    return places


def _columns(width: int, body: int) -> dict[str, Place]:
    left = LEFT_ROOMY if width >= ROOMY_FROM else LEFT
    middle = width - left - RIGHT_ROOMY if width >= ROOMY_FROM else (width - left) * 11 // 23
    right = left + middle
    following, comments = max(LEAST_FOLLOWING, body * 30 // 100), body * 38 // 100
    return {
        "sections": _pane(0, 1, left, body - following),
        "following": _pane(0, 1 + body - following, left, following),
        "stories": _pane(left + 1, 1, middle - 1, body),
        "article": _pane(right + 1, 1, width - right - 1, body - comments),
        "comments": _pane(right + 1, 1 + body - comments, width - right - 1, comments),
    }


def _pane(x: int, y: int, width: int, height: int) -> Place:
    return Place(x, y + 1, width - 1, height - 1)


def place_of_list(width: int, height: int) -> Place:
    """Where the rows of the list stand."""
    return places_of(width, height)["stories"]
