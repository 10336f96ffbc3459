"""The stories of one call with their signatures."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Sequence

from newsdesk.model import Story
from newsdesk.ports import Profile
from newsdesk.storylines.cluster import Cluster
from newsdesk.storylines.copies import sketch
from newsdesk.storylines.kept import KeptSketch
from newsdesk.storylines.lexis import Lexis, lexis
from newsdesk.storylines.prepared import Prepared, profiles_of_one
from newsdesk.storylines.signature import Signature, sign_all

_UNDATED = 1 << 30


class Batch:
    """The stories of one call, each once, by date, fullest first, with their signatures. `order`: the ids as given."""

    def __init__(
        self,
        stories: Sequence[Story],
        ids: Sequence[str],
        signed: Sequence[Signature],
        words: Lexis,
        prepared: Sequence[Prepared] = (),
    ) -> None:
        """`prepared`: more of the stories that is known beforehand."""
        self.order, self.words = ids, words
        once = {own: place for place, own in zip(range(len(ids) - 1, -1, -1), reversed(ids), strict=True)}
        self._places = array("i", sorted(once.values(), key=lambda place: _turn(signed[place])))
        self._stories, self._signed, self._prepared = stories, signed, prepared

    def __len__(self) -> int:
        return len(self._places)

    def sign(self, place: int) -> Signature:
        """The signature at a place: it may be made when it is asked for."""
        return self._signed[self._places[place]]

    def story(self, place: int) -> Story:
        """The story of a signature."""
        return self._stories[self._places[place]]

    def stories(self, places: Iterable[int]) -> dict[int, Story]:
        """The stories of some signatures, by their places: each is fetched once."""
        return {place: self.story(place) for place in places}

    def sketch(self, place: int) -> Collection[int]:
        """The sketch of a story's text."""
        if self._prepared:
            return KeptSketch(self._prepared[self._places[place]].sketch)
        return sketch(self.story(place))

    def profiles_of_one(self, clusters: Iterable[Cluster], today: int) -> dict[str, Profile]:
        """The profiles of clusters of one story, of stories that were made ready, by their ids."""
        if not self._prepared:
            return {}
        alone = [(self._prepared[self._places[one.members[0]]], one.line_id or "", one.title) for one in clusters]
        return {profile.id: profile for profile in profiles_of_one(alone, today)}


def _turn(sign: Signature) -> tuple[int, int, str]:
    return _UNDATED if sign.day is None else sign.day, -sign.mass, sign.story_id


def sign_batch(stories: Sequence[Story], keeps: bool = True) -> Batch:
    """The stories as a batch. `keeps`: will it be stored, and meet stories of other languages later?"""
    words = lexis()
    across = keeps or len({story.language for story in stories} - {None}) > 1
    return Batch(stories, [story.id for story in stories], sign_all(stories, words, across=across), words)


def prepared_batch(prepared: Sequence[Prepared]) -> Batch:
    """Stories that were made ready as a batch."""
    words = lexis()
    terms = words.number_each([one.terms for one in prepared])
    signed = [one.sign(own) for one, own in zip(prepared, terms, strict=True)]
    return Batch([one.story() for one in prepared], [one.story_id for one in prepared], signed, words, prepared)
