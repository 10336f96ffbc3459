"""What the archive costs: each figure beside a floor, which is raw SQLite doing the least that could be called the same.

    python -m benchmarks.archive [--stories 100000] [--folder DIR]

Prints the median in milliseconds, the floor's, and the ratio. The stories are generated, with a Zipf-like vocabulary and
topics and countries as uneven as the news; storylines have 1 to 200 stories, few of them many, within weeks; two comments a
story, most in the threads of few. Tagging and grouping are left out, since they have figures of their own.
"""

from __future__ import annotations

import argparse
import bisect
import contextlib
import itertools
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from newsdesk.archive import entries, write
from newsdesk.archive.lines import put_line
from newsdesk.desk import Desk
from newsdesk.ingest import Decision, decide
from newsdesk.model import Comment, Country, Origin, Story, Topic
from newsdesk.paths import Paths
from newsdesk.storylines import storyline_id
from newsdesk.tagging.drafts import Draft

SEEN = "2026-06-01T08:00:00Z"
SIZES = range(1, 201)
SHARES = [1 / size**2 for size in SIZES]
MOST_GROUPED = 10_000_000  # stories with a higher number are each a storyline of their own
CODES = [a + b for a in "ABCDEFGHIJ" for b in "KLMNOPQRST"]


class Press:
    """Makes stories, the same ones for the same number. Stories that follow each other are of one storyline."""

    def __init__(self) -> None:
        chance = random.Random(7)
        letters = "abcdefghijklmnopqrstuvwxyz"
        self.words = ["".join(chance.choices(letters, k=chance.randint(3, 10))) for _ in range(40_000)]
        self.weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(self.words))))
        self._sizes = random.Random(8)
        self._ends = [0]

    def pick(self, chance: random.Random, count: int) -> list[str]:
        top = self.weights[-1]
        return [self.words[bisect.bisect(self.weights, chance.random() * top)] for _ in range(count)]

    def line(self, number: int) -> int:
        """The storyline of a story, as a number: how many stories one has falls off with the square of that."""
        while self._ends[-1] <= number and number < MOST_GROUPED:
            self._ends.append(self._ends[-1] + self._sizes.choices(SIZES, SHARES)[0])
        return bisect.bisect_right(self._ends, number) if number < MOST_GROUPED else number

    def day(self, number: int) -> date:
        """Within some weeks of the other stories of the storyline."""
        first = random.Random(-self.line(number)).randrange(1200)
        return date(2023, 1, 1) + timedelta(days=first + int(random.Random(~number).expovariate(0.1)))

    def comments(self, chance: random.Random) -> tuple[Comment, ...]:
        """A twenty-fifth of the stories have a thread, of 50 on average, and some of thousands."""
        if chance.random() >= 0.04:
            return ()
        size = min(int(chance.lognormvariate(3.2, 1.2)) + 1, 5000)
        return tuple(
            Comment(" ".join(self.pick(chance, 12)), f"reader{chance.randrange(9999)}", reply_to=at // 3 if at % 2 else None)
            for at in range(size)
        )

    def story(self, number: int) -> Story:
        chance = random.Random(number)
        topics = sorted({min(int(chance.expovariate(0.25)), 16) + 1 for _ in range(chance.randint(0, 2))})
        codes = {CODES[min(int(chance.expovariate(0.1)), 99)] for _ in range(chance.randint(0, 3))}
        return Story(
            title=" ".join(self.pick(chance, 9)),
            body=tuple(" ".join(self.pick(chance, 60)) for _ in range(4)),
            published=str(self.day(number)),
            source=f"Wire {number % 23}",
            origins=(Origin("jsonl", number, path=f"part{number // 1000}.jsonl", item_id=str(number)),),
            topics=tuple(Topic(f"medtop:{topic:02d}000000", "", 0.8) for topic in topics),
            countries=tuple(Country(code, "", 0.8) for code in sorted(codes)),
            comments=self.comments(chance),
        )


def fill(desk: Desk, press: Press, stories: int) -> None:
    """Write stories as a refresh would, without looking for known ones: there are none."""
    for start in range(0, stories, 2000):
        drafts = [Draft.of(press.story(number)) for number in range(start, min(start + 2000, stories))]
        with desk.store.writing() as connection:
            put(connection, drafts, decide([draft.facts for draft in drafts]), lambda at: f"line {press.line(start + at)}")  # noqa: B023


def put(
    connection: sqlite3.Connection, drafts: Sequence[Draft], decisions: Sequence[Decision], line_of: Callable[[int], str]
) -> None:
    """Write new stories; `line_of` names the storyline of each."""
    writer = write.Writer(connection, SEEN)
    lines = [put_line(connection, storyline_id(line_of(at)), draft.columns[0]) for at, draft in enumerate(drafts)]
    writer.insert([write.Arrival(*one) for one in zip(decisions, drafts, lines, strict=True)])
    writer.remember(decisions)
    writer.flush()


def write_one(desk: Desk, story: Story) -> None:
    """One new story without tagging and grouping, in a transaction of its own: looked for, decided, written."""
    draft = Draft.of(story)
    with desk.store.writing() as connection:
        known = entries.find_entries(connection, draft.facts.keys.all())
        decisions = decide([draft.facts], known, lambda story_id: entries.is_taken(connection, story_id))
        put(connection, [draft], decisions, lambda _: decisions[0].id)


def fill_floor(path: Path, desk: Desk) -> sqlite3.Connection:
    """The same rows in plain tables: one for lists, one for words, one for marks."""
    floor = sqlite3.connect(path, isolation_level=None)
    floor.executescript(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
        "CREATE TABLE flat (topic INTEGER, day INTEGER, key INTEGER, heading TEXT, rest TEXT,"
        " PRIMARY KEY (topic, day, key)) WITHOUT ROWID;"
        "CREATE VIRTUAL TABLE flat_words USING fts5 (text, content='');"
        "CREATE TABLE one (key INTEGER PRIMARY KEY, text TEXT); CREATE TABLE counts (topic INTEGER PRIMARY KEY, n INTEGER);"
    )
    floor.execute("ATTACH DATABASE ? AS own", (str(desk.store.path),))
    floor.executescript(
        "BEGIN; INSERT INTO flat SELECT t.topic, s.doc, s.key, s.heading, s.topics || s.countries || s.seen"
        " FROM own.story_topic t JOIN own.story s ON s.key = t.key;"
        "INSERT INTO flat_words (rowid, text) SELECT s.doc, r.json"
        " FROM own.story s JOIN own.revision r ON r.story = s.key ORDER BY 1;"
        "INSERT INTO counts SELECT topic, count(*) FROM flat GROUP BY 1; COMMIT;"
    )
    floor.execute("DETACH DATABASE own")
    return floor


def median_ms(work: Callable[[int], object], times: int) -> float:
    """The median of several runs, after one that warms the caches."""
    work(0)
    taken = []
    for at in range(1, times + 1):
        began = time.perf_counter()
        work(at)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1000


def measure(desk: Desk, floor: sqlite3.Connection, press: Press, stories: int) -> list[tuple[str, float, float]]:
    ids = desk.ids(limit=2000)
    common, rare = press.words[20], press.words[5000]
    topic = "SELECT key, heading, rest FROM flat WHERE topic = 3000000 ORDER BY day DESC LIMIT 100"
    text = "SELECT rowid FROM flat_words WHERE flat_words MATCH ? ORDER BY rowid DESC LIMIT 100"

    def keep(at: int) -> object:
        return desk.keep([press.story(stories + at)])

    def write_floor(at: int) -> object:
        return floor.execute("INSERT OR REPLACE INTO one VALUES (?, ?)", (at, "x" * 3000))

    def read_floor(query: str, *values: str) -> Callable[[int], object]:
        return lambda _: floor.execute(query, values).fetchall()

    fresh = [press.story(2 * stories + at) for at in range(101)]
    counts = read_floor("SELECT topic, n FROM counts")
    return [
        (
            "latest 100 of a topic",
            median_ms(lambda _: desk.rows("topic:disaster", limit=100), 30),
            median_ms(read_floor(topic), 30),
        ),
        (
            "latest 100 of topic and country",
            median_ms(lambda _: desk.rows("topic:disaster country:unknown", limit=100), 30),
            median_ms(read_floor(topic), 30),
        ),
        ("latest 100 of all", median_ms(lambda _: desk.rows(limit=100), 30), median_ms(read_floor(topic), 30)),
        ("search, common word", median_ms(lambda _: desk.rows(common, limit=100), 20), median_ms(read_floor(text, common), 20)),
        ("search, rare word", median_ms(lambda _: desk.rows(rare, limit=100), 20), median_ms(read_floor(text, rare), 20)),
        (
            "search, two words and a topic",
            median_ms(lambda _: desk.rows(f"{common} {press.words[40]} topic:disaster", limit=100), 20),
            median_ms(read_floor(text, f"{common} AND {press.words[40]}"), 20),
        ),
        (
            "search in comments, common word",
            median_ms(lambda _: desk.rows(f"comment:{common}", limit=100), 20),
            median_ms(read_floor(text, common), 20),
        ),
        (
            "count by a rare word in comments",
            median_ms(lambda _: desk.count(f"comment:{rare}"), 3),
            median_ms(read_floor(text, rare), 20),
        ),
        ("count of a common word", median_ms(lambda _: desk.count(common), 10), median_ms(read_floor(text, common), 10)),
        ("sections", median_ms(lambda _: desk.sections(), 30), median_ms(counts, 30)),
        ("sections of a topic", median_ms(lambda _: desk.sections("topic:disaster"), 10), median_ms(counts, 30)),
        ("storylines counted", median_ms(lambda _: desk.storyline_count(), 10), median_ms(counts, 30)),
        (
            "storylines of a topic counted",
            median_ms(lambda _: desk.storyline_count("topic:disaster"), 10),
            median_ms(counts, 30),
        ),
        ("50 storylines", median_ms(lambda _: desk.storyline_rows(limit=50), 20), median_ms(read_floor(topic), 30)),
        ("mark one read", median_ms(lambda at: desk.mark([ids[at]], "read"), 100), median_ms(write_floor, 100)),
        (
            "mark a topic read, undo",
            median_ms(lambda _: (desk.mark("topic:disaster", "read"), desk.undo()), 3),
            median_ms(write_floor, 100),
        ),
        ("write one story", median_ms(lambda at: write_one(desk, fresh[at]), 100), median_ms(write_floor, 100)),
        ("keep one story, grouping included", median_ms(keep, 100), median_ms(write_floor, 100)),
        ("version", median_ms(lambda _: desk.version(), 200), median_ms(counts, 200)),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    flags = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsdesk-") as passing:
        run(flags.folder or Path(passing), flags.stories)


def run(folder: Path, stories: int) -> None:
    """Fill an archive in `folder`, where none is there, and print what it costs."""
    press = Press()
    paths = Paths(folder / "config.toml", folder / "data", folder / "state")
    with Desk.open(paths, tag=lambda story: story) as desk:
        began = time.perf_counter()
        if desk.count() == 0:
            fill(desk, press, stories)
            took = time.perf_counter() - began
            size = paths.archive.stat().st_size / 1e6
            print(f"{stories} stories written in {took:.0f} s, {took / stories * 1000:.2f} ms each, {size:.0f} MB")
        (folder / "floor.sqlite3").unlink(missing_ok=True)
        with contextlib.closing(fill_floor(folder / "floor.sqlite3", desk)) as floor:
            print(f"{'':34}{'ms':>10}{'floor ms':>10}{'ratio':>8}")
            for name, ours, least in measure(desk, floor, press, desk.count()):
                print(f"{name:34}{ours:10.3f}{least:10.3f}{ours / least:8.1f}")


if __name__ == "__main__":
    main()
