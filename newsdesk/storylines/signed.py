"""The signatures of a call's stories, packed: side by side in a few arrays, as a call may have more than a hundred thousand."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterator, Sequence
from typing import IO, overload

import numpy as np

from newsdesk.model import Story
from newsdesk.storylines.lexis import Numbers, Weights, lexis
from newsdesk.storylines.signature import (
    NOTHING,
    Signature,
    bridges_of,
    crossings_of,
    day_of,
    language_of,
    mains,
    measure_all,
    places_of,
)
from newsdesk.storylines.table import UNDATED, Table
from newsdesk.storylines.vectors import Places
from newsdesk.words.cutting import Cut
from newsdesk.words.stretches import spans

_MOST_HELD = 2_000_000  # words in memory


class _Blocks:
    """Words and their weights, as they came: in memory while they are few, in a file without a name when they grow too many, so
    that they don't take room beside the taggers."""

    def __init__(self) -> None:
        self._held: list[tuple[Numbers, Weights]] = []
        self._count = 0  # of what is held
        self._file: IO[bytes] | None = None
        self._sizes: list[int] = []  # of what is in the file

    def append(self, words: Numbers, values: Weights) -> None:
        """Raises OSError where the file can't be written."""
        self._held.append((words, values))
        self._count += len(words)
        if self._count <= _MOST_HELD:
            return
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed when all is given back
        for words, values in self._held:
            self._sizes.append(len(words))
            self._file.write(words.astype(np.int32, copy=False).tobytes() + values.tobytes())
        self._held.clear()
        self._count = 0

    def give(self) -> Iterator[tuple[Numbers, Weights]]:
        """All of it, in order; it goes when it has been given."""
        if self._file is not None:
            with self._file as file:
                file.seek(0)
                for size in self._sizes:
                    yield np.frombuffer(file.read(4 * size), np.int32), np.frombuffer(file.read(4 * size), np.float32)
        self._held.reverse()
        while self._held:
            yield self._held.pop()


class Signed(Sequence[Signature]):
    """Takes the signatures of stories a few at a time, before their ids are known, and gives each back when it is asked for.

    What tells a story in another language is worked out only where the stories are in more than one.
    """

    def __init__(self) -> None:
        self.words = lexis()
        self._ids: Sequence[str] = ()
        self._blocks = _Blocks()
        self._starts = array("q", [0])
        self._masses, self._days, self._worths = array("i"), array("i"), array("f")
        self._languages: list[str | None] = []
        self._countries: list[tuple[str, ...]] = []
        self._mains: list[tuple[str, ...]] = []  # of these the main ones
        self._shares, self._share_ends = array("d"), array("i", [0])
        self._told: set[str | None] = set()
        self._same: dict[tuple[str, ...], tuple[str, ...]] = {}  # many stories are about the same countries

    def add(self, stories: Sequence[Story], cuts: Sequence[Cut] | None = None) -> None:
        """The next stories; `cuts` are their texts, where they are cut already."""
        if not stories:
            return
        measured = list(measure_all(stories, self.words, cuts))
        for story, (numbers, _, mass) in zip(stories, measured, strict=True):
            self._starts.append(self._starts[-1] + len(numbers))
            self._masses.append(mass)
            day = day_of(story.published)
            self._days.append(UNDATED if day is None else day)
            self._worths.append(1.0 if story.title else 0.5 if story.lead() else 0.0)
            self._told.add(story.language)
            self._languages.append(language_of(story, mass))
            places = places_of(story)
            codes = tuple(places)
            self._countries.append(self._same.setdefault(codes, codes))
            self._shares.extend(places.values())
            self._share_ends.append(len(self._shares))
            main = mains(places)
            self._mains.append(self._same.setdefault(main, main))
        words, values, _ = zip(*measured, strict=True)
        self._blocks.append(np.concatenate(words), np.concatenate(values))

    def finish(self, ids: Sequence[str]) -> Signed:
        """All stories have been added; `ids` are theirs."""
        self._ids = ids
        self._across = len(self._told - {None}) > 1
        self.words.close(self._across)
        count, at = self._starts[-1], 0
        self._terms: Numbers = np.empty(count, np.int32)
        self._values: Weights = np.empty(count, np.float32)
        self._words: Numbers = np.empty(count if self._across else 0, np.int32)
        for words, values in self._blocks.give():
            own = slice(at, at := at + len(words))
            self._terms[own], self._values[own] = self.words.term_of[words], values
            if self._across:
                self._words[own] = words
        return self

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, at: int) -> Signature: ...
    @overload
    def __getitem__(self, at: slice) -> list[Signature]: ...
    def __getitem__(self, at: int | slice) -> Signature | list[Signature]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        own, day = slice(self._starts[at], self._starts[at + 1]), self._days[at]
        values, shares = self._values[own], self._shares[self._share_ends[at] : self._share_ends[at + 1]]
        places = dict(zip(self._countries[at], shares, strict=True)) if shares else NOTHING
        bridge = next(bridges_of([(self._words[own], values)], self.words)) if self._across else NOTHING
        return Signature(
            self._ids[at],
            self._languages[at],
            self._terms[own],
            values,
            self._masses[at],
            None if day == UNDATED else day,
            bridge,
            places,
            crossings_of(bridge, places),
        )

    @property
    def is_in_several_languages(self) -> bool:
        return self._across

    def language(self, at: int) -> str | None:
        """The language of a story, where it is sure."""
        return self._languages[at]

    @property
    def masses(self) -> Numbers:
        """Of each story of how many terms it is."""
        return np.frombuffer(self._masses, np.int32)

    @property
    def days(self) -> Numbers:
        """Of each story the day, `UNDATED` where there is none."""
        return np.frombuffer(self._days, np.int32)

    @property
    def worth_as_title(self) -> Weights:
        """1 for a story with a title, less for one whose lead would have to do, 0 for one without either."""
        return np.frombuffer(self._worths, np.float32)

    def elements(self, places: Places) -> tuple[Places, Numbers, Weights]:
        """The vectors of stories, one after the other: of which of `places` each element is, its term and its weight."""
        starts = np.frombuffer(self._starts, np.int64)
        sizes = (starts[places + 1] - starts[places]).astype(np.int32)
        at = spans(starts[places], sizes)
        return np.arange(len(places)).repeat(sizes), self._terms.take(at), self._values.take(at)

    def vectors(self) -> tuple[Numbers, Weights]:
        """All terms, and their weights, story by story."""
        return self._terms, self._values

    def enter(self, places: Places, table: Table) -> Numbers:
        """Put stories into a table of clusters. Returns their numbers there."""
        starts, some = np.frombuffer(self._starts, np.int64), places.tolist()
        return table.extend_with_stories(
            starts[places],
            (starts[places + 1] - starts[places]).astype(np.int32),
            np.log1p(self.masses[places]),
            self.days[places],
            np.array([table.languages.number((tongue,) if (tongue := self._languages[at]) else ()) for at in some], np.int32),
            np.array([table.countries.number(self._countries[at]) for at in some], np.int32),
            np.array([table.countries.number(self._mains[at]) for at in some], np.int32),
        )
