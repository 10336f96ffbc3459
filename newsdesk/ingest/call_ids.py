"""Ids for the stories of one call, beside which nothing is known.

Few stories of a call share a key with another one. The others need no decision, so that all that is remembered of a story
until the last one has come are its keys, its sketch and its id, as numbers, and it is not looked at again. Needs numpy,
which whoever reads a call's stories has.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from newsdesk.archive.ids import to_id
from newsdesk.ingest.facts import facts_of
from newsdesk.ingest.keys import NEAR_KEYS, Keys, keys_of, name_of, number_of
from newsdesk.ingest.register import Register
from newsdesk.ingest.sketch import pack_sketch
from newsdesk.model import Json, Origin, Story

_AT_ONCE = 200  # stories whose texts are sketched together
_NO_KEY = -1
_KEYS = 4 + NEAR_KEYS


@dataclass(frozen=True, slots=True)
class Identities:
    """`ids`: one a story, in order; `origins`: of an id that several stories have, all places where it was seen."""

    ids: Sequence[str]
    origins: Mapping[str, tuple[Origin, ...]]

    def changes(self, place: int, story: Story) -> dict[str, Json]:
        """What is other of the story at a place once it is known: its id, and all its origins, the one that it came from there
        first."""
        own = self.ids[place]
        everywhere = self.origins.get(own)
        if everywhere is None:
            return {"id": own}
        return {"id": own, "origins": tuple(dict.fromkeys((*story.origins, *everywhere)))}


@dataclass(slots=True)
class ClosedBatch:
    """Takes stories in as they come (:meth:`add`), and tells them apart when all are there (:meth:`identify`)."""

    _keys: array[int] = field(default_factory=lambda: array("q"))
    _sketches: array[int] = field(default_factory=lambda: array("I"))
    _ends: array[int] = field(default_factory=lambda: array("q", [0]))
    _numbers: array[int] = field(default_factory=lambda: array("q"))

    def add(self, stories: Sequence[Story]) -> None:
        """The next stories of the call."""
        from newsdesk.query.joined import join_all
        from newsdesk.words.sketches import sketch_all

        for at in range(0, len(stories), _AT_ONCE):
            some = stories[at : at + _AT_ONCE]
            for story, sketch in zip(some, sketch_all(join_all(["\n".join(story.body) for story in some])), strict=True):
                keys = keys_of(story, sketch=sketch)
                own = [key if key is not None else _NO_KEY for key in (keys.item, keys.url, keys.title, keys.title_here)]
                self._keys.extend((*own, *keys.near, *[_NO_KEY] * (NEAR_KEYS - len(keys.near))))
                self._sketches.extend(sketch)
                self._ends.append(len(self._sketches))
                self._numbers.append(number_of(name_of(story)))

    def identify(self, stories: Sequence[Story]) -> Identities:
        """The ids of all stories that were added, which `stories` are."""
        shared = self._shared()
        register = Register()
        ids: list[str] = []
        twice: dict[str, dict[Origin, None]] = {}
        for place, number in enumerate(self._numbers):
            if not shared[place]:
                own = to_id(number)
                ids.append(own if register.claim(own) else register.new_id(name_of(stories[place])))
                continue
            story = stories[place]
            facts = facts_of(story, self._keys_at(place))
            found = register.decide(facts, register.find_any(facts)).id
            twice.setdefault(found, {}).update(dict.fromkeys(story.origins))
            ids.append(found)
        return Identities(ids, {own: tuple(origins) for own, origins in twice.items()})

    def _shared(self) -> list[bool]:
        """Has each story a key that another one has, too?"""
        import numpy as np

        keys = np.frombuffer(self._keys, np.int64).reshape(-1, _KEYS)
        ordered = np.sort(keys, axis=None)
        several = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
        several = several[several != _NO_KEY]
        if not len(several):
            return [False] * len(keys)
        found: list[bool] = []
        for at in range(0, len(keys), _AT_ONCE):  # a few at a time, for the memory
            some = keys[at : at + _AT_ONCE]
            found += (several[np.minimum(several.searchsorted(some), len(several) - 1)] == some).any(axis=1).tolist()
        return found

    def _keys_at(self, place: int) -> Keys:
        own = [key if key != _NO_KEY else None for key in self._keys[place * _KEYS : (place + 1) * _KEYS]]
        item, url, title, here, *near = own
        return Keys(
            item,
            url,
            title,
            here,
            tuple([key for key in near if key is not None]),
            pack_sketch(self._sketches[self._ends[place] : self._ends[place + 1]]),
        )


def identify(stories: Iterable[Story]) -> list[Story]:
    """Ids for a closed batch (`inspect`): every position is kept; stories that are the same share id and all origins."""
    batch, all_of_them = ClosedBatch(), list(stories)
    batch.add(all_of_them)
    found = batch.identify(all_of_them)
    return [story.with_(**found.changes(place, story)) for place, story in enumerate(all_of_them)]
