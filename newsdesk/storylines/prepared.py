"""A story made ready for grouping: everything of that which can be told from the story alone.

It is plain data, so that another process can make it (:mod:`newsdesk.tagging_process`) and the one that writes only compares.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from newsdesk.cutting import Cut, cut
from newsdesk.model import Story
from newsdesk.storylines.cluster import Cluster
from newsdesk.storylines.copies import Sketch, sketch_all
from newsdesk.storylines.explain import name
from newsdesk.storylines.identity import storyline_id
from newsdesk.storylines.kept import KeptBridge
from newsdesk.storylines.lexis import Lexis, Numbers, lexis
from newsdesk.storylines.profile import TERMS_KEPT_OF_ONE, to_profile
from newsdesk.storylines.signature import NOTHING, Signature, read_parts, sign_all

CENTRALITY_OF_ONE = 0.9
_READ_CHARS = 1_300  # of a body: no more of it is looked at once it is signed


class Prepared(NamedTuple):
    """`terms` and `bridge` are keys with a space between, `values` float32 numbers, the other fields up to `crossings` as
    those of :class:`newsdesk.storylines.signature.Signature`. `sketch` is of its text; `title`, `published`, `highlights` and
    `body` are of the story, the last its beginning; `source` is its outlet, if it has one. `keys` and `blob` are the profile of
    a storyline of it alone."""

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
    source: str | None
    published: str | None
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
        return Story(
            title=self.title,
            body=self.body,
            id=self.story_id,
            published=self.published,
            source=self.source,
            highlights=self.highlights,
        )


def prepare_all(stories: Sequence[Story], cuts: Sequence[Cut] | None) -> list[Prepared]:
    """Stories that have ids and tags, made ready. `cuts` are their texts, where they are cut already."""
    if not stories:
        return []
    words, cuts = lexis(), cut(stories) if cuts is None else cuts
    signed = sign_all(stories, words, cuts=cuts)
    terms = words.terms.join_each(np.concatenate([sign.terms for sign in signed]), [len(sign.terms) for sign in signed])
    sketches = sketch_all([read_parts(text.title, text.body) for text in cuts])
    return [_prepare(*known, words) for known in zip(stories, signed, terms, sketches, strict=True)]


def _prepare(story: Story, sign: Signature, terms: str, text: Sketch, words: Lexis) -> Prepared:
    alone = Cluster.of(sign, 0)
    alone.line_id, alone.title, alone.centrality = storyline_id(story.id), name(story), CENTRALITY_OF_ONE
    alone.originals = ((story.id, text),) if text else ()
    profile = to_profile(alone, words, 0, terms.split(" ", TERMS_KEPT_OF_ONE)[:TERMS_KEPT_OF_ONE] if terms else ())
    return Prepared(
        story.id,
        sign.language,
        terms,
        sign.values.tobytes(),
        sign.mass,
        sign.day,
        " ".join(sign.bridge),
        tuple(sign.bridge.values()),
        dict(sign.places),
        sign.crossings,
        tuple(text),
        story.title,
        story.outlet or story.source,
        story.published,
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
