"""The signatures of a call's stories, packed: side by side in a few arrays, as a call may have more than a hundred thousand."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import overload

import numpy as np

from newsdesk.cutting import Cut
from newsdesk.model import Story
from newsdesk.storylines.lexis import Numbers, Weights, lexis
from newsdesk.storylines.signature import (
    NOTHING,
    Signature,
    bridge_of,
    crossings_of,
    day_of,
    language_of,
    measure_all,
    places_of,
)

_UNDATED = 1 << 30  # after all days


class Signed(Sequence[Signature]):
    """Takes the signatures of stories a few at a time, before their ids are known, and gives each back when it is asked for.

    What tells a story in another language is worked out only where the stories are in more than one.
    """

    def __init__(self) -> None:
        self.words = lexis()
        self._ids: Sequence[str] = ()
        self._blocks: list[
            tuple[Numbers, Weights]
        ] = []  # one for each call of `add`; of one large array growth would cost most
        self._block_of, self._starts = array("i"), array("i")
        self._sizes, self._masses, self._days = array("i"), array("i"), array("i")
        self._languages: list[str | None] = []
        self._places: list[dict[str, float]] = []
        self._told: set[str | None] = set()
        self._alone: dict[str, dict[str, float]] = {}

    def add(self, stories: Sequence[Story], cuts: Sequence[Cut] | None = None) -> None:
        """The next stories; `cuts` are their texts, where they are cut already."""
        if not stories:
            return
        measured = list(measure_all(stories, self.words, cuts))
        at = 0
        for story, (numbers, _, mass) in zip(stories, measured, strict=True):
            self._block_of.append(len(self._blocks))
            self._starts.append(at)
            self._sizes.append(len(numbers))
            at += len(numbers)
            self._masses.append(mass)
            day = day_of(story.published)
            self._days.append(_UNDATED if day is None else day)
            self._told.add(story.language)
            self._languages.append(language_of(story, mass))
            self._places.append(self._shared(places_of(story)))
        words, values, _ = zip(*measured, strict=True)
        self._blocks.append((np.concatenate(words), np.concatenate(values)))

    def _shared(self, places: dict[str, float]) -> dict[str, float]:
        """Many stories are about one country alone: they have their places in common."""
        return self._alone.setdefault(next(iter(places)), places) if len(places) == 1 else places

    def finish(self, ids: Sequence[str]) -> Signed:
        """All stories have been added; `ids` are theirs."""
        self._ids = ids
        self._across = len(self._told - {None}) > 1
        self._terms = [self._terms_in(numbers) for numbers, _ in self._blocks]
        return self

    def _terms_in(self, numbers: Numbers) -> Numbers:
        """The terms of words, in place of them where these are of no more use."""
        terms = self.words.term_of[numbers]
        if self._across:
            return terms
        numbers[:] = terms
        return numbers

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, at: int) -> Signature: ...
    @overload
    def __getitem__(self, at: slice) -> list[Signature]: ...
    def __getitem__(self, at: int | slice) -> Signature | list[Signature]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        block, start, day = self._block_of[at], self._starts[at], self._days[at]
        own = slice(start, start + self._sizes[at])
        numbers, values = self._blocks[block]
        values, places, bridge = values[own], self._places[at], NOTHING
        if self._across:
            bridge = bridge_of(numbers[own], values, self.words)
        return Signature(
            self._ids[at],
            self._languages[at],
            self._terms[block][own],
            values,
            self._masses[at],
            None if day == _UNDATED else day,
            bridge,
            places,
            crossings_of(bridge, places) if self._across else (),
        )

    def turn(self, at: int) -> tuple[int, int, str]:
        """Stories are taken by date, those that say most first, then by id."""
        return self._days[at], -self._masses[at], self._ids[at]
