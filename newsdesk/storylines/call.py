"""The storylines of one call, beside which nothing is known and after which nothing comes.

All that is remembered of a story is a few numbers. Its reasons are put into words when it is given out, with its text at hand.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from newsdesk.model import Story, StorylineRef
from newsdesk.processes.collecting import collector_at_rest
from newsdesk.storylines.consolidate import consolidate
from newsdesk.storylines.copies import LIKE_COPIES, Originals, in_turn, sketch_stories
from newsdesk.storylines.explain import NOTHING_SHARED, SHARED, kept_out, name, reasons
from newsdesk.storylines.gather import Gathering
from newsdesk.storylines.identity import storyline_id
from newsdesk.storylines.lexis import Numbers, Weights
from newsdesk.storylines.signed import Signed
from newsdesk.storylines.table import UNDATED
from newsdesk.storylines.titles import CENTRAL_DIGITS, TYPICAL, main_language
from newsdesk.storylines.vectors import Doubles, Places, added_up, runs
from newsdesk.words.stretches import spans

_TOGETHER = 200  # stories of storylines that are finished in one step
_FEW = 64  # stories of a storyline that are held against each other before their texts are
_NO_TERM = -1
_TINY = 1e-9


class Lines:
    """Which storyline each story of a call is in (:meth:`of`)."""

    def __init__(self, signed: Signed, ids: Sequence[str], order: Places, roots: Numbers) -> None:
        """`order`: the places of the stories, each once, as they were taken; `roots`: which cluster each is in, by its place in
        `order`."""
        self._signed, self._ids, self.days = signed, ids, signed.days
        numbers, which = np.unique(roots, return_inverse=True)
        self.sizes: Numbers = np.bincount(which, minlength=len(numbers)).astype(np.int32, copy=False)
        # The stories of each storyline, one storyline after the other, and where those of each begin.
        self.members: Places = order[which.argsort(kind="stable")]
        self.starts = self.sizes.cumsum() - self.sizes
        self.line_of: Numbers = np.zeros(len(ids), np.int32)
        self.line_of[order] = which
        self.titles: dict[int, str] = {}
        self.copies: dict[int, int] = {}
        self.kept_out: dict[int, str] = {}
        self.shared: Numbers = np.full((len(ids), SHARED), _NO_TERM, np.int32)
        self.gaps: Numbers = np.full(len(ids), UNDATED, np.int32)
        self._names: list[str] = []

    def name_all(self) -> None:
        """Give each storyline an id, from its first story; another one where that is another one's."""
        taken: set[str] = set()
        for first in self.members[self.starts].tolist():
            attempt = 0
            while (own := storyline_id(self._ids[first], attempt)) in taken:
                attempt += 1
            taken.add(own)
            self._names.append(own)

    def of(self, place: int, story: Story) -> tuple[StorylineRef, str | None]:
        """The storyline of a story, which is given with its place, and the story that it is a copy of."""
        line, copied = int(self.line_of[place]), self.copies.get(place)
        size, title, gap = int(self.sizes[line]), self.titles.get(line), int(self.gaps[place])
        why: tuple[str, ...] = (self.kept_out[place],) if place in self.kept_out else ()
        if size > 1:
            shared = self.shared[place]
            terms = self._signed.words.terms.read(shared[shared != _NO_TERM])
            why = reasons(story, terms, None if gap == UNDATED else gap)
        ref = StorylineRef(self._names[line], name(story) if title is None else title, size, why)
        return ref, None if copied is None else self._ids[copied]


def group_call(stories: Sequence[Story], signed: Signed, ids: Sequence[str]) -> Lines:
    """The storylines of the stories of a call, which `signed` has taken in; few are looked at again. `ids` are theirs."""
    with collector_at_rest():
        signed.finish(ids)
        order, again = _in_turn(signed, ids)
        gathering = Gathering(signed.words, signed=signed)
        gathering.gather_signed(order)
        consolidate(gathering)
        lines, alike = Lines(signed, ids, order, gathering.roots()), gathering.look_alikes()
        del gathering
        lines.name_all()
        _tell_days(lines, signed)
        for some in _steps(lines):
            _finish(lines, some, signed, stories)
        for number, other in alike.items():
            line, place = int(lines.line_of[order[other]]), int(order[other])
            lines.kept_out[int(order[number])] = kept_out(lines.titles.get(line) or name(stories[place]))
        for place, first in again.items():
            _repeat(lines, place, first, stories)
        return lines


def _in_turn(signed: Signed, ids: Sequence[str]) -> tuple[Places, dict[int, int]]:
    """The places of stories, each once, by date, fullest first, then by id; and of those given again the first place."""
    firsts: dict[str, int] = {}
    again = {place: first for place, own in enumerate(ids) if (first := firsts.setdefault(own, place)) != place}
    places = np.fromiter(firsts.values(), np.intp, len(firsts))
    names = np.array(list(firsts) or [""])[: len(firsts)]
    return places[np.lexsort((names, -signed.masses[places], signed.days[places]))], again


def _repeat(lines: Lines, place: int, first: int, stories: Sequence[Story]) -> None:
    """A story that is given again is where it is at first."""
    line = lines.line_of[place] = lines.line_of[first]
    lines.shared[place], lines.gaps[place] = lines.shared[first], lines.gaps[first]
    lines.titles.setdefault(int(line), name(stories[first]))
    if first in lines.copies:
        lines.copies[place] = lines.copies[first]
    if first in lines.kept_out:
        lines.kept_out[place] = lines.kept_out[first]


def _tell_days(lines: Lines, signed: Signed) -> None:
    """Of each story how many days it is from the nearest other one of its storyline."""
    places = lines.members[signed.days[lines.members] != UNDATED]
    owners, days = lines.line_of[places], signed.days[places]
    order = np.lexsort((days, owners))
    places, owners, days = places[order], owners[order], days[order]
    gaps = np.where(owners[1:] == owners[:-1], days[1:] - days[:-1], UNDATED)
    lines.gaps[places[1:]] = gaps
    lines.gaps[places[:-1]] = np.minimum(lines.gaps[places[:-1]], gaps)


def _steps(lines: Lines) -> Iterator[Numbers]:
    """The storylines of more than one story, a few at a time."""
    several = (lines.sizes > 1).nonzero()[0].astype(np.int32)
    ends = runs(lines.sizes[several].cumsum() // _TOGETHER)
    yield from (several[start:end] for start, end in pairwise([*ends.tolist(), len(several)]))


class _Elements(NamedTuple):
    """The vectors of the stories at `places`, which are in the storylines `owners`, element by element: of which story it is,
    its term, its weight, the weight of the term in the whole storyline."""

    places: Places
    owners: Numbers
    rows: Places
    terms: Numbers
    values: Weights
    whole: Weights


def _finish(lines: Lines, some: Numbers, signed: Signed, stories: Sequence[Story]) -> None:
    """Titles, reasons and copies of some storylines."""
    starts = lines.starts[some]
    places = np.concatenate([lines.members[at : at + size] for at, size in zip(starts, lines.sizes[some], strict=True)])
    owners = lines.line_of[places]
    rows, terms, values = signed.elements(places)
    codes = owners[rows].astype(np.int64) << 32 | terms
    order = codes.argsort(kind="stable")
    begins = runs(codes[order])
    whole = np.empty(len(values), np.float32)
    whole[order] = np.add.reduceat(values[order], begins).repeat(np.diff(begins, append=len(order))) if len(order) else values
    found = _Elements(places, owners, rows, terms, values, whole)
    likeness = added_up(values * whole, rows, len(places))
    _call(lines, found, likeness, signed, stories)
    _explain(lines, found)
    _find_copies(lines, found, likeness - 1.0 >= LIKE_COPIES, stories)


def _call(lines: Lines, found: _Elements, likeness: Doubles, signed: Signed, stories: Sequence[Story]) -> None:
    """Each storyline is called after its newest typical story (see `TYPICAL`); of those of one day it is the most central. One
    without a title is worth half."""
    worth, days = signed.worth_as_title[found.places], signed.days[found.places]
    own = found.owners - found.owners[0]
    lengths = np.sqrt(added_up(likeness, own, int(own[-1]) + 1))[own]
    central = np.round(likeness / np.maximum(lengths, _TINY), CENTRAL_DIGITS)
    central = np.where(worth > 0.0, central * worth, -1.0)
    typical = (central >= TYPICAL * lengths / lines.sizes[found.owners]) & _in_main_language(found, signed)
    since = np.where(typical, np.where(days == UNDATED, -UNDATED, days), 0)
    order = np.lexsort((-central, -since, ~typical, found.owners))
    best = order[runs(found.owners[order])]
    for line, place in zip(found.owners[best].tolist(), found.places[best].tolist(), strict=True):
        lines.titles[line] = name(stories[place])


def _in_main_language(found: _Elements, signed: Signed) -> npt.NDArray[np.bool_]:
    """Which of the stories are in the language that most of their storyline are in."""
    same = np.ones(len(found.places), np.bool_)
    if signed.is_in_several_languages:
        for start, end in pairwise([*runs(found.owners).tolist(), len(found.owners)]):
            languages = [signed.language(place) for place in found.places[start:end].tolist()]
            main = main_language(languages)
            same[start:end] = [language in (None, main) for language in languages]
    return same


def _explain(lines: Lines, found: _Elements) -> None:
    """The terms that each story shares with the others of its storyline, heaviest first."""
    shared = found.values * (found.whole - found.values)
    some = (shared > NOTHING_SHARED).nonzero()[0]
    rows, shared = found.rows[some], shared[some]
    order = np.lexsort((-shared, rows))
    rows = rows[order]
    starts = runs(rows)
    within = np.arange(len(rows)) - starts.repeat(np.diff(starts, append=len(rows)))
    most = within < SHARED
    lines.shared[found.places[rows[most]], within[most]] = found.terms[some[order[most]]]


def _find_copies(lines: Lines, found: _Elements, likely: npt.NDArray[np.bool_], stories: Sequence[Story]) -> None:
    """Near-identical texts of a storyline; only those that are `likely` ones can be."""
    starts = runs(found.owners)
    for start, end in pairwise([*starts.tolist(), len(found.owners)]):
        rows = start + likely[start:end].nonzero()[0]
        if end - start > 2 and 1 < len(rows) <= _FEW:  # of two each is the only one that the other can be like
            rows = rows[_alike(found, rows)]
        if len(rows) < 2:
            continue
        sketches: dict[int, array[int]] = {}
        turns: list[tuple[int, int, str | None]] = []
        for at in range(0, len(rows), _TOGETHER):  # a storyline may be all of a call
            places = found.places[rows[at : at + _TOGETHER]].tolist()
            told = [stories[place] for place in places]
            turns += [(place, lines.days[place], story.published) for place, story in zip(places, told, strict=True)]
            sketches |= zip(places, (array("I", text) for text in sketch_stories(told)), strict=True)
        originals = Originals(())
        for place in in_turn(turns):
            earlier = originals.earlier(str(place), frozenset(sketches[place]))
            if earlier is not None:
                lines.copies[place] = int(earlier)


def _alike(found: _Elements, rows: Places) -> npt.NDArray[np.bool_]:
    """Which of some stories of a storyline are so like another one of them as copies are."""
    starts, ends = found.rows.searchsorted(rows), found.rows.searchsorted(rows + 1)
    at = spans(starts, ends - starts)
    terms, columns = np.unique(found.terms[at], return_inverse=True)
    laid: Weights = np.zeros((len(rows), len(terms)), np.float32)
    laid[np.arange(len(rows)).repeat(ends - starts), columns] = found.values[at]
    cosines = laid @ laid.T
    np.fill_diagonal(cosines, 0.0)
    like: npt.NDArray[np.bool_] = cosines.max(axis=1) >= LIKE_COPIES
    return like
