"""A story made ready for grouping: everything of that which can be told from the story alone.

It is plain data, so that another process can make it (:mod:`newsdesk.tagging.processes`) and the one that writes only compares.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from newsdesk.model import Story
from newsdesk.ports import Profile
from newsdesk.storylines.copies import hash_all
from newsdesk.storylines.kept import KeptBridge
from newsdesk.storylines.lexis import Numbers, lexis
from newsdesk.storylines.profile import (
    BRIDGE_KEPT,
    BRIDGE_PARTS,
    CROSSINGS_KEPT,
    KEYS_KEPT_OF_ONE,
    TERMS_KEPT_OF_ONE,
    in_parts,
    pack_sketch,
    quote,
    to_base64,
    write_blob,
)
from newsdesk.storylines.signature import NOTHING, Signature, read_parts, sign_all
from newsdesk.words.cutting import Cut, cut

CENTRALITY_OF_ONE = 0.9
_KEPT_BYTES = 4 * TERMS_KEPT_OF_ONE
_DIGITS = tuple(map(str, range(BRIDGE_PARTS + 1)))
_READ_CHARS = 1_300  # of a body: no more of it is looked at once it is signed


class Prepared(NamedTuple):
    """`terms` and `bridge` are keys with a space between, `values` float32 and `weights` float64 numbers, the other fields up
    to `crossings` as those of :class:`newsdesk.storylines.signature.Signature`. `sketch` is of its text, as a profile has it;
    `title`, `published`, `highlights` and `body` are of the story, the last its beginning; `source` is its outlet, if it has
    one."""

    story_id: str
    language: str | None
    terms: str
    values: bytes
    mass: int
    day: int | None
    bridge: str
    weights: bytes
    places: dict[str, float]
    crossings: tuple[str, ...]
    sketch: str
    title: str | None
    source: str | None
    published: str | None
    highlights: tuple[str, ...]
    body: tuple[str, ...]

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
    sketches = map(pack_sketch, hash_all([read_parts(text.title, text.body) for text in cuts]))
    return [_prepare(*known) for known in zip(stories, signed, terms, sketches, strict=True)]


def _prepare(story: Story, sign: Signature, terms: str, sketch: str) -> Prepared:
    return Prepared(
        story.id,
        sign.language,
        terms,
        sign.values.tobytes(),
        sign.mass,
        sign.day,
        " ".join(sign.bridge),
        array("d", sign.bridge.values()).tobytes(),
        sign.places,
        sign.crossings,
        sketch,
        story.title,
        story.outlet or story.source,
        story.published,
        story.highlights,
        _beginning(story.body),
    )


def _beginning(body: Sequence[str]) -> tuple[str, ...]:
    left, found = _READ_CHARS, []
    for paragraph in body:
        if left <= 0:
            break
        found.append(paragraph[:left])
        left -= len(paragraph)
    return tuple(found)


def profiles_of_one(alone: Sequence[tuple[Prepared, str, str]], today: int) -> list[Profile]:
    """What :func:`newsdesk.storylines.profile.to_profile` makes of storylines of one story each, in a third of the time: each
    with its id and title. `today`: day of stories without a date."""
    values = in_parts(np.frombuffer(b"".join([one.values[:_KEPT_BYTES] for one, _, _ in alone]), np.float32))
    weights, at = values.astype("<u2").tobytes(), 0
    bridges = np.frombuffer(b"".join([one.weights for one, _, _ in alone]))
    below, parts, begun = (-bridges).tolist(), np.rint(bridges * BRIDGE_PARTS).astype(np.int64).tolist(), 0
    found: list[Profile] = []
    for one, line_id, title in alone:
        terms = one.terms.split(" ", TERMS_KEPT_OF_ONE)[:TERMS_KEPT_OF_ONE] if one.terms else []
        bridge = one.bridge.split(" ") if one.bridge else []
        end, after = at + 2 * len(terms), begun + len(bridge)
        # Heaviest first they are already, but of equals by their keys.
        heaviest = [key for _, key in sorted(zip(below[begun:after], bridge, strict=True))[:BRIDGE_KEPT]]
        story_id = quote(one.story_id)
        blob = write_blob(
            (1, 1.0 if terms else 0.0, math.log1p(one.mass), CENTRALITY_OF_ONE),
            (one.day, one.day),
            title,
            "",
            story_id,
            (" ".join(heaviest), ",".join([_DIGITS[part] for part in parts[begun : begun + len(heaviest)]])),
            one.places,
            quote(one.language) if one.language else "",
            f'[{story_id},"{one.sketch}"]' if one.sketch else "",
            " ".join(terms),
            to_base64(weights[at:end]),
        )
        keys = (*terms[:KEYS_KEPT_OF_ONE], *one.crossings[:CROSSINGS_KEPT])
        found.append(Profile(line_id, keys, today if one.day is None else one.day, blob))
        at, begun = end, after
    return found
