"""JSON and NDJSON: stories as the outside contract has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from newsdesk.jsontext import dump_json
from newsdesk.model import Story


def to_ndjson(stories: Iterable[Story], _now: datetime) -> Iterator[str]:
    """A story a line."""
    for story in stories:
        yield dump_json(story.to_json()) + "\n"


def to_json(stories: Iterable[Story], _now: datetime) -> Iterator[str]:
    """One object with the version and the list of stories, a story a line."""
    yield '{"version": 1, "stories": ['
    before = "\n"
    for story in stories:
        yield before + dump_json(story.to_json())
        before = ",\n"
    yield "]}\n" if before == "\n" else "\n]}\n"
