"""Counting stories by topic and country, kept exact in the transaction that changes them."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from newsdesk.model import Story

UNKNOWN_TOPIC = 0
UNKNOWN_COUNTRY = ""


def topic_number(topic_id: str) -> int:
    """A topic's id as a number: ``medtop:11000000`` is 11000000, "" (unknown) is 0."""
    return int(topic_id.rpartition(":")[2] or 0)


def topic_id(number: int) -> str:
    return f"medtop:{number:08d}" if number else ""


def is_counted(topic: str) -> bool:
    """Whether stories are counted under a topic: unknown and the top level, whose last six digits are 0."""
    return topic_number(topic) % 1_000_000 == 0


def top_level(topics: str) -> tuple[str, ...]:
    """Of the topic ids of a row of `story`, those that it is counted and shown under."""
    return tuple(filter(is_counted, topics.split()))


@dataclass(frozen=True, slots=True)
class Tags:
    """What a story is counted under, and the `narrower` topics by which it is found. `sitting` is 0 for stories that stay."""

    sitting: int
    topics: tuple[int, ...]
    countries: tuple[str, ...]
    narrower: tuple[int, ...] = ()

    @classmethod
    def of(cls, story: Story, sitting: int) -> Tags:
        return tags_from(sitting, " ".join(story.topic_ids()), " ".join(country.code for country in story.countries))

    def sections(self) -> tuple[tuple[str, str], ...]:
        """The sections that the story is in, by kind and value."""
        topics = tuple(("topic", str(topic)) for topic in self.topics)
        return (*topics, *(("country", country) for country in self.countries))

    def counted(self) -> Iterator[tuple[int, str, str]]:
        """The rows of `tally` (and of the marks' own) that the story counts in: everything, each of its sections, and for each
        of them what else it is in (kind ``topic:11000000``, value ``country:JP``), so that sections within one need no count.
        """
        yield (self.sitting, "all", "")
        sections = self.sections()
        names = [f"{kind}:{value}" for kind, value in sections]
        for section, within in zip(sections, names, strict=True):
            yield (self.sitting, *section)
            yield from ((self.sitting, within, name) for name in names)

    def dump(self) -> str:
        return _dump(self.sitting, self.topics, self.countries)

    @classmethod
    def load(cls, text: str) -> Tags | None:
        if not text:
            return None
        sitting, topics, countries = json.loads(text)
        return cls(sitting, tuple(topics), tuple(countries))


@lru_cache(maxsize=2048)  # many stories have the same
def tags_from(sitting: int, topics: str, countries: str) -> Tags:
    """The tags of a row of `story`."""
    ids = tuple(dict.fromkeys(topics.split()))
    counted = tuple(topic_number(topic) for topic in ids if is_counted(topic)) or (UNKNOWN_TOPIC,)
    narrower = tuple(topic_number(topic) for topic in ids if not is_counted(topic))
    return Tags(sitting, counted, tuple(dict.fromkeys(countries.split())) or (UNKNOWN_COUNTRY,), narrower)


@lru_cache(maxsize=2048)
def _dump(sitting: int, topics: tuple[int, ...], countries: tuple[str, ...]) -> str:
    return json.dumps([sitting, topics, countries])


def read_tags(connection: sqlite3.Connection, key: int) -> Tags | None:
    """The tags that a story is counted under now."""
    row = connection.execute("SELECT sitting, topics, countries FROM story WHERE key = ?", (key,)).fetchone()
    return tags_from(*row) if row is not None else None


def sum_up(rows: Iterable[tuple[int, str, str, int]]) -> Counter[tuple[int, str, str]]:
    """The counts of so many stories a row; a row is sitting, topics and countries as `story` has them, and a number."""
    counts: Counter[tuple[int, str, str]] = Counter()
    for sitting, topics, countries, number in rows:
        for row in tags_from(sitting, topics, countries).counted():
            counts[row] += number
    return counts


def count_all(connection: sqlite3.Connection) -> Counter[tuple[int, str, str]]:
    """The counts from the stories themselves: what `tally` has to say."""
    return sum_up(connection.execute("SELECT sitting, topics, countries, count(*) FROM story GROUP BY 1, 2, 3"))


_COUNT = (
    "INSERT INTO tally (sitting, kind, value, total) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (sitting, kind, value) DO UPDATE SET total = total + excluded.total"
)


class Recount:
    """Moves stories from count to count, summed up over a transaction; :meth:`flush` writes what came of it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._moved: Counter[Tags] = Counter()
        self._log: list[tuple[int, str, str]] = []
        self._new: list[tuple[int, Tags]] = []

    def move(self, key: int, before: Tags | None, after: Tags | None) -> None:
        """A story is no longer counted as `before` but as `after`. The marks learn of it by the log, since it may be read."""
        if before == after:
            return
        if before is not None:
            self._moved[before] -= 1
            self._log.append((key, before.dump(), after.dump() if after else ""))
        elif after is not None:
            self._new.append((key, after))
        if after is not None:
            self._moved[after] += 1

    def come(self, keys: Sequence[int], tags: Tags) -> None:
        """As :meth:`move`, of new stories that have the same tags."""
        self._new += [(key, tags) for key in keys]
        self._moved[tags] += len(keys)

    def flush(self) -> None:
        if self._new:  # a story that was there before and went may have left its mark
            rows = self._connection.execute(
                "SELECT story FROM json_each(?) CROSS JOIN read_mark ON story = value",
                (json.dumps([key for key, _ in self._new]),),
            )
            read = {row[0] for row in rows}
            self._log += [(key, "", tags.dump()) for key, tags in self._new if key in read]
        counts: Counter[tuple[int, str, str]] = Counter()
        for tags, number in self._moved.items():
            for row in tags.counted():
                counts[row] += number
        self._connection.executemany(_COUNT, [(*row, number) for row, number in sorted(counts.items()) if number])
        self._connection.executemany("INSERT INTO retag (story, before, after) VALUES (?, ?, ?)", self._log)
        self._moved.clear()
        self._log.clear()
        self._new.clear()


def recount(connection: sqlite3.Connection, key: int, before: Tags | None, after: Tags | None) -> None:
    """Move one story from the counts of `before` to those of `after`."""
    moves = Recount(connection)
    moves.move(key, before, after)
    moves.flush()
