"""A story made ready for grouping: everything of that which can be told from the story alone.

It is plain data, so that another process can make it (:mod:`newsdesk.tagging_process`) and the one that writes only compares.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np

from newsdesk.cutting import Cut
from newsdesk.model import Story
from newsdesk.storylines.cluster import Cluster
from newsdesk.storylines.copies import sketch
from newsdesk.storylines.explain import name
from newsdesk.storylines.identity import storyline_id
from newsdesk.storylines.lexis import Lexis, Numbers, lexis
from newsdesk.storylines.profile import KeptBridge, to_profile
from newsdesk.storylines.signature import NOTHING, Signature, sign_all

CENTRALITY_OF_ONE = 0.9
_READ_CHARS = 1_300  # of a body: no more of it is looked at once it is signed


class Prepared(NamedTuple):
    """`terms` and `bridge` are keys with a space between, `values` float32 numbers, the other fields up to `crossings` as
    those of :class:`newsdesk.storylines.signature.Signature`. `sketch` is of its text; `title`, `highlights` and `body` are of
    the story, the latter its beginning. `keys` and `blob` are the profile of a storyline of it alone."""

    story_id: str
    language: str | None
    terms: str
    values: bytes
    mass: int
    day: int | None
    bridge: str
    weights: tuple[float, ...]
    places: dict[str, float]
    crossings: tuple[str, ...]
    sketch: tuple[int, ...]
    title: str | None
    highlights: tuple[str, ...]
    body: tuple[str, ...]
    keys: tuple[str, ...]
    blob: str

    def sign(self, terms: Numbers) -> Signature:
        """The story's signature; `terms` are the numbers of its own."""
        return Signature(
            self.story_id,
            self.language,
            terms,
            np.frombuffer(self.values, np.float32),
            self.mass,
            self.day,
            KeptBridge(self.bridge, self.weights) if self.bridge else NOTHING,
            self.places,
            self.crossings,
        )

    def story(self) -> Story:
        """Of the story what grouping still needs of it."""
        return Story(title=self.title, body=self.body, id=self.story_id, highlights=self.highlights)


def prepare_all(stories: Sequence[Story], cuts: Sequence[Cut] | None = None) -> list[Prepared]:
    """Stories that have ids and tags, made ready. `cuts` are their texts, where they are cut already."""
    words = lexis()
    signed = sign_all(stories, words, cuts=cuts)
    every = np.concatenate([sign.terms for sign in signed]) if signed else np.zeros(0, np.int32)
    terms = iter(words.terms.read(every))
    return [
        _prepare(story, sign, words, list(islice(terms, len(sign.terms)))) for story, sign in zip(stories, signed, strict=True)
    ]


def _prepare(story: Story, sign: Signature, words: Lexis, terms: Sequence[str]) -> Prepared:
    text = sketch(story)
    alone = Cluster.of(sign, 0)
    alone.line_id, alone.title, alone.centrality = storyline_id(story.id), name(story), CENTRALITY_OF_ONE
    alone.originals = ((story.id, text),) if text else ()
    profile = to_profile(alone, words, 0, terms)
    return Prepared(
        story.id,
        sign.language,
        " ".join(terms),
        sign.values.tobytes(),
        sign.mass,
        sign.day,
        " ".join(sign.bridge),
        tuple(sign.bridge.values()),
        dict(sign.places),
        sign.crossings,
        tuple(text),
        story.title,
        story.highlights,
        _beginning(story.body),
        profile.keys,
        profile.blob,
    )


def _beginning(body: Sequence[str]) -> tuple[str, ...]:
    left, found = _READ_CHARS, []
    for paragraph in body:
        if left <= 0:
            break
        found.append(paragraph[:left])
        left -= len(paragraph)
    return tuple(found)
