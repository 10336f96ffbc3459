"""Where the lines of a label stand among those of a page or a thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Default = TypeVar("Default")


def lines_of(labels: Sequence[str], label: str) -> list[int]:
    return [i for i, one in enumerate(labels) if one == label]


def first_of(labels: Sequence[str], label: str, default: Default) -> int | Default:
    return labels.index(label) if label in labels else default


def last_of(labels: Sequence[str], label: str, default: Default) -> int | Default:
    return next((i for i in range(len(labels) - 1, -1, -1) if labels[i] == label), default)


def comments_of(labels: Sequence[str]) -> list[int]:
    """The first lines of the comments' texts: the lines of one follow each other."""
    return [i for i in lines_of(labels, "comment") if not i or labels[i - 1] != "comment"]
