"""Where the style sheet puts the text of each pane when the dashboard opens: for the frame drawn before that is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tui.arrangement import BARS, COMMENTS, FOLLOWING, LEFT, RIGHT, TOP, Arrangement, Sizes, arrange, length_of

ROOMY_FROM = 180
USUAL_LEFT, LEFT_ROOMY, RIGHT_ROOMY = 26, 32, 88
LEAST_FOLLOWING = 6
NONE_SET: Final[Sizes] = {}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pane's text stands: column and line of its first cell, cells of text in a row, lines of rows. Above it is the
    rule with its title, right of it the bar."""

    x: int
    y: int
    width: int
    height: int


def places_of(width: int, height: int, sizes: Sizes = NONE_SET) -> dict[str, Place]:
    """The place of every pane in sight while the list has the focus, with the sizes that a person has set; signs are more
    than ASCII."""
    arrangement = arrange(width, height, "stories", zoomed=False)
    body = height - BARS
    if arrangement.name == "columns":
        return _columns(arrangement, sizes, width, height)
    if arrangement.name != "stack":
        return {"stories": _pane(0, 1, width, body)}
    lines = length_of(TOP, arrangement, sizes, width, height, 0) or body * 11 // 21
    places = {"stories": _pane(0, 1, width, lines)}
    below = body - lines
    comments = length_of(COMMENTS, arrangement, sizes, width, height, 0) or below - below // 2
    article = below - comments if "comments" in arrangement.visible else below
    places["article"] = _pane(0, 1 + lines, width, article)
    if article < below:
        places["comments"] = _pane(0, 1 + lines + article, width, below - article)
    return places


def title_with_comments(title: str, comments: int) -> str:
    """The title of an article whose comments are out of sight, where there are any."""
    return f"{title}   4 Comments  {comments:,}" if comments else title


def usual_left(width: int) -> int:
    """Cells of the left one of three columns."""
    return LEFT_ROOMY if width >= ROOMY_FROM else USUAL_LEFT


def _columns(arrangement: Arrangement, sizes: Sizes, width: int, height: int) -> dict[str, Place]:
    def length(split: str) -> int | None:
        return length_of(split, arrangement, sizes, width, height, usual_left(width))

    body = height - BARS
    left = length(LEFT) or usual_left(width)
    usual = width - left - RIGHT_ROOMY if width >= ROOMY_FROM else (width - left) * 11 // 23
    right = width - (length(RIGHT) or width - left - usual)
    following = length(FOLLOWING) or max(LEAST_FOLLOWING, body * 30 // 100)
    comments = length(COMMENTS) or body * 38 // 100
    middle = right - left
    return {
        "sections": _pane(0, 1, left, body - following),
        "following": _pane(0, 1 + body - following, left, following),
        "stories": _pane(left + 1, 1, middle - 1, body),
        "article": _pane(right + 1, 1, width - right - 1, body - comments),
        "comments": _pane(right + 1, 1 + body - comments, width - right - 1, comments),
    }


def _pane(x: int, y: int, width: int, height: int) -> Place:
    return Place(x, y + 1, width - 1, height - 1)


def place_of_list(width: int, height: int, sizes: Sizes = NONE_SET) -> Place:
    """Where the rows of the list stand."""
    return places_of(width, height, sizes)["stories"]
