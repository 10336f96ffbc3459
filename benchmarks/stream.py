"""What a story costs while an archive grows to a million: refresh after refresh, as days go by.

    python -m benchmarks.stream [--most 1000000] [--a-day 2000] [--window 5000] [--folder DIR]
                                [--at 10000 20000 50000 100000 200000 300000 500000 1000000]

Stories come in the order of their days, `--a-day` of them, in refreshes of 250, as a refresh finishes them: tagged, made ready,
grouped with everything that is stored, and the profiles of their storylines stored. Affairs begin on some day, get most of
their stories in the next ones and die out; of a thousand some 600 stay a single story and ten get forty. Words, names and
countries are those of :mod:`benchmarks.tagging`.

Printed, at each of `--at` stories: CPU a story of the `--window` before, tagged and grouped (of 40,000 it holds what keys of
storylines cost in a whole round, see :mod:`newsdesk.archive.line_keys`); CPU a story of grouping the first 1,000
of a refresh that begins anew, with nothing read; the storylines stored; and the memory that the process has then, without what
it sees of the archive's file. In `--folder` the archive is kept, and a run goes on where the one before ended.
"""

from __future__ import annotations

import argparse
import datetime
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks.tagging import WORDS, Press, memory_mb
from newsdesk.archive.memory import GroupingMemory
from newsdesk.archive.profiles import ArchiveProfiles
from newsdesk.archive.store import Store
from newsdesk.model import Story
from newsdesk.person.marks import Marks
from newsdesk.storylines import Grouper, Grouping
from newsdesk.tagging.tagged import of_all
from newsdesk.tagging.tagger import tag_many
from newsdesk.words.cutting import cut

A_BATCH, WINDOW, ANEW = 250, 5_000, 1_000
A_DAY, STEPS = 2_000, (10_000, 20_000, 50_000, 100_000, 200_000, 300_000, 500_000, 1_000_000)
SIZES, CHANCES = (1, 2, 3, 6, 12, 40), (600, 170, 100, 80, 40, 10)  # stories of an affair
LIFE_DAYS, LONGEST_DAYS = 3.0, 45  # a story comes so long after its affair has begun, in the mean and at most
FIRST_DAY = datetime.date(2020, 1, 1)


class Wire(Press):
    """Makes stories day by day."""

    def __init__(self, a_day: int, seed: int = 11) -> None:
        super().__init__(seed)
        self.a_day, self.numbers = a_day, np.random.default_rng(seed)
        self._common = np.array(self.common, object)
        self._shares = np.array(self.weights) / self.weights[-1]

    def come(self) -> Iterator[Story]:
        """Stories without end, in the order of their days."""
        waiting: defaultdict[int, list[list[str]]] = defaultdict(list)
        day = made = 0
        while True:
            while len(waiting[day]) < self.a_day:
                affair = self.affair()
                for at in range(self.chance.choices(SIZES, CHANCES)[0]):
                    later = int(self.chance.expovariate(1 / LIFE_DAYS)) if at else 0
                    waiting[day + min(later, LONGEST_DAYS)].append(affair)
            today = waiting.pop(day)
            self.chance.shuffle(today)
            printed = (FIRST_DAY + datetime.timedelta(day)).isoformat()
            for affair in today:
                yield self._tell(affair, printed, made)
                made += 1
            day += 1

    def _tell(self, affair: Sequence[str], printed: str, number: int) -> Story:
        words: list[str] = self._common[self._shares.searchsorted(self.numbers.random(WORDS + 5))].tolist()
        body = self.paragraphs(affair, words[:WORDS])
        title = " ".join([*self.chance.sample(affair, 3), *words[WORDS:]])
        return Story(title, body, f"s{number:08d}", printed, language="en")


class Refreshes:
    """An archive that stories are grouped in; `tagged`, `grouped`: CPU seconds so far."""

    def __init__(self, store: Store) -> None:
        self.store, self.memory = store, GroupingMemory()
        self.tagged = self.grouped = 0.0

    def done(self) -> int:
        """The stories so far, of runs before as well."""
        with self.store.reading() as connection:
            return A_BATCH * int(connection.execute("SELECT tick FROM state").fetchone()[0])

    def take(self, stories: Sequence[Story]) -> Grouping:
        """The next stories of a refresh, in one transaction, and where they went."""
        start = time.process_time()
        cuts = cut(stories)
        prepared = [one.prepared for one in of_all(tag_many(stories, cuts), cuts)]
        done = time.process_time()
        with self.memory.lasting(), self.store.writing() as connection:
            self.memory.meet(connection)
            profiles = ArchiveProfiles(connection, self.memory.postings)
            grouping = Grouper(profiles, standing=self.memory.standing).group_prepared(prepared)
        self.tagged += done - start
        self.grouped += time.process_time() - done
        return grouping

    def lines(self) -> int:
        with self.store.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM profile").fetchone()[0])

    def begin_anew(self) -> None:
        """As in a process that has just started: nothing that was read is known."""
        self.memory = GroupingMemory()


def run(store: Store, most: int, a_day: int, steps: Sequence[int], window: int) -> None:
    refreshes = Refreshes(store)
    done = began = refreshes.done()
    coming, before = islice(Wire(a_day).come(), done, None), (0.0, 0.0)
    marks = sorted(step for step in {*steps, most} if done < step <= most)
    for mark in marks:
        while done < mark:
            if mark - window <= done < mark - window + A_BATCH:
                began, before = done, (refreshes.tagged, refreshes.grouped)
            refreshes.take(list(islice(coming, A_BATCH)))
            done += A_BATCH
        tagged, grouped = refreshes.tagged - before[0], refreshes.grouped - before[1]
        refreshes.begin_anew()
        start = refreshes.grouped
        for _ in range(ANEW // A_BATCH):
            refreshes.take(list(islice(coming, A_BATCH)))
        anew = refreshes.grouped - start
        of, done = done - began, done + ANEW
        print(
            f"{mark:9,} stories, {refreshes.lines():7,} storylines:  tagged {1e6 * tagged / of:4.0f} us a story,  grouped"
            f" {1e6 * grouped / of:4.0f},  begun anew {1e6 * anew / ANEW:4.0f};  {own_memory_mb():4.0f} MB",
            flush=True,
        )


def own_memory_mb() -> float:
    """What the process has in memory but for files: the system lends it the pages of those that nobody else needs."""
    own = re.search(r"RssAnon:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii", "replace"))
    return int(own[1]) / 1024 if own else memory_mb()


def stream(most: int, a_day: int = A_DAY, steps: Sequence[int] = STEPS, window: int = WINDOW, kept: Path | None = None) -> None:
    """Print what a story costs at each of some steps; the archive stays in the folder `kept`."""
    with opened(kept) as store:
        run(store, most, a_day, steps, window)


@contextmanager
def opened(kept: Path | None = None) -> Iterator[Store]:
    """An archive, in the folder `kept` or for this run only."""
    with tempfile.TemporaryDirectory() as passing:
        folder = kept or Path(passing)
        archive, marks = folder / "archive.sqlite3", folder / "marks.sqlite3"
        Marks(marks, archive).close()
        store = Store(archive, marks)
        try:
            yield store
        finally:
            store.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=STEPS[-1])
    parser.add_argument("--a-day", type=int, default=A_DAY)
    parser.add_argument("--at", type=int, nargs="*", default=STEPS)
    parser.add_argument("--window", type=int, default=WINDOW)
    parser.add_argument("--folder", type=Path)
    flags = parser.parse_args()
    stream(flags.most, flags.a_day, flags.at, flags.window, flags.folder)


if __name__ == "__main__":
    main()
