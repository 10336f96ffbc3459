"""Counting stories by topic and country, kept exact in the transaction that changes them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from newsdesk.model import Story

UNKNOWN_TOPIC = 0
UNKNOWN_COUNTRY = ""


def topic_number(topic_id: str) -> int:
    """A topic's id as a number: ``medtop:11000000`` is 11000000, "" (unknown) is 0."""
    return int(topic_id.rpartition(":")[2] or 0)


def topic_id(number: int) -> str:
    return f"medtop:{number:08d}" if number else ""


@dataclass(frozen=True, slots=True)
class Tags:
    """What a story is counted under. `sitting` is 0 for stories that stay."""

    sitting: int
    topics: tuple[int, ...]
    countries: tuple[str, ...]

    @classmethod
    def of(cls, story: Story, sitting: int) -> Tags:
        topics = tuple(dict.fromkeys(topic_number(topic.id) for topic in story.topics)) or (UNKNOWN_TOPIC,)
        countries = tuple(dict.fromkeys(country.code for country in story.countries)) or (UNKNOWN_COUNTRY,)
        return cls(sitting, topics, countries)

    def counted(self) -> Iterable[tuple[int, str, str]]:
        """The rows of `tally` (and of the marks' own) that the story counts in."""
        yield (self.sitting, "all", "")
        yield from ((self.sitting, "topic", str(topic)) for topic in self.topics)
        yield from ((self.sitting, "country", country) for country in self.countries)

    def dump(self) -> str:
        return json.dumps([self.sitting, self.topics, self.countries])

    @classmethod
    def load(cls, text: str) -> Tags | None:
        if not text:
            return None
        sitting, topics, countries = json.loads(text)
        return cls(sitting, tuple(topics), tuple(countries))


def read_tags(connection: sqlite3.Connection, key: int) -> Tags | None:
    """The tags that a story is counted under now."""
    row = connection.execute("SELECT sitting, topics, countries FROM story WHERE key = ?", (key,)).fetchone()
    if row is None:
        return None
    topics = tuple(map(topic_number, row[1].split())) or (UNKNOWN_TOPIC,)
    return Tags(row[0], topics, tuple(row[2].split()) or (UNKNOWN_COUNTRY,))


_COUNT = (
    "INSERT INTO tally (sitting, kind, value, total) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (sitting, kind, value) DO UPDATE SET total = total + excluded.total"
)


def recount(connection: sqlite3.Connection, key: int, before: Tags | None, after: Tags | None) -> None:
    """Move a story from the counts of `before` to those of `after`; the marks learn of it where the story was read."""
    if before == after:
        return
    if before is not None:
        connection.executemany(_COUNT, [(*row, -1) for row in before.counted()])
    if after is not None:
        connection.executemany(_COUNT, [(*row, 1) for row in after.counted()])
    is_read = connection.execute("SELECT 1 FROM read_mark WHERE story = ?", (key,)).fetchone()
    if before is not None or is_read:
        connection.execute(
            "INSERT INTO retag (story, before, after) VALUES (?, ?, ?)",
            (key, before.dump() if before else "", after.dump() if after else ""),
        )
