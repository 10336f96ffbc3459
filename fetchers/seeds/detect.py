"""Which format a file is in. Each format is a module that says how sure it is of a file's beginning, and parses the whole.

A new format is one entry in :data:`REGISTRY`. Sniffers see the decoded beginning and the path, and answer from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from fetchers.seeds import jsonl
from newsdesk.errors import Problem
from newsdesk.model import Origin, Story

Sniff: TypeAlias = Callable[[str, str], float]
Parse: TypeAlias = Callable[[str, str], tuple[Sequence[Story], Sequence[Problem]]]

HEAD_CHARACTERS = 8192


@dataclass(frozen=True, slots=True)
class Format:
    """A seed format. `largest` is the size in bytes past which a file can't be one of it."""

    name: str
    sniff: Sniff
    parse: Parse
    largest: int


def _sniff_page_text(head: str, path: str) -> float:
    """Any text may be a page dump, but not the text of another kind of file."""
    low = path.lower()
    if low.endswith((".txt", ".text")) or "." not in low.rpartition("/")[2]:
        return 0.5
    return 0.3 if path == "-" else 0.0


def _parse_page_text(text: str, path: str) -> tuple[Sequence[Story], Sequence[Problem]]:
    from fetchers.seeds.page_text import read_page  # the model costs 50 ms, and a JSONL file doesn't need it

    stories = [story.with_(origins=(Origin("page-text", index, path=path),)) for index, story in enumerate(read_page(text))]
    if stories:
        return stories, ()
    return (), (Problem(path, "no story in it" if text.strip() else "empty", harmless=True),)


REGISTRY = (
    Format("page-text", _sniff_page_text, _parse_page_text, 8 * 2**20),
    Format("jsonl", jsonl.sniff, jsonl.parse, 1024 * 2**20),
)
FORMATS = tuple(entry.name for entry in REGISTRY)


def find_format(text: str, path: str) -> Format | None:
    """The likeliest format of a text; null if none claims it."""
    head = text[:HEAD_CHARACTERS]
    sure, best = max(((entry.sniff(head, path), entry) for entry in REGISTRY), key=lambda pair: pair[0])
    return best if sure > 0 else None


def named(name: str) -> Format | None:
    return next((entry for entry in REGISTRY if entry.name == name), None)
