"""A cluster as the profile that a store keeps, and back."""

from __future__ import annotations

import json
import struct
from array import array
from binascii import a2b_base64, b2a_base64
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from newsdesk.ports import Profile
from newsdesk.storylines.cluster import Cluster
from newsdesk.storylines.kept import KeptBridge, KeptSketch
from newsdesk.storylines.lexis import Lexis, Numbers, Weights

TERMS_KEPT, TERMS_KEPT_OF_ONE = 150, 60
KEYS_KEPT, KEYS_KEPT_OF_ONE = 24, 12
BRIDGE_KEPT, PLACES_KEPT, CROSSINGS_KEPT = 40, 6, 16
IDS_KEPT = 1_000
_NO_TERM = "=@~%#"
STORY_KEY = "="  # before a story's id, a key of the storyline that it is in
# Weights are kept as whole numbers of such parts: a third of the price of decimal fractions.
_WEIGHT, BRIDGE_PARTS = 10_000, 1_000
# The JSON of a profile is put together of these: the encoder takes three times as long for all of it. Many numbers are base64
# in it, of their bytes: they are most of a profile, and written and read again whenever its storyline grows.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # json.dumps would make an encoder for each
quote = json.encoder.encode_basestring


def to_profile(cluster: Cluster, words: Lexis, today: int) -> Profile:
    """The profile of a cluster that has its `line_id`. `today`: day of stories without a date.

    Of a long vector only the heaviest terms are kept; `square` stays that of the whole, so that the closeness inside does
    not change. Stories that a person corrected are keys, so that their storyline is found by them.
    """
    assert cluster.line_id is not None
    one = cluster.size == 1
    heavy = slice(TERMS_KEPT_OF_ONE) if one else cluster.heaviest(TERMS_KEPT)
    terms = words.terms.join(cluster.terms[heavy]).decode("utf-8", "surrogatepass")
    crossings, bridge = cluster.crossings[:CROSSINGS_KEPT], dict(_most(cluster.bridge, BRIDGE_KEPT))
    values = in_parts(cluster.values[heavy])
    most = KEYS_KEPT_OF_ONE if one else KEYS_KEPT
    keys = (
        *(terms.split(" ", most)[:most] if terms else ()),
        *crossings,
        *(STORY_KEY + story_id for story_id in sorted(cluster.marked)),
    )
    originals = ",".join([f'[{quote(story_id)},"{pack_sketch(sketch)}"]' for story_id, sketch in cluster.originals])
    called = "" if one else f'"e":{_day(cluster.title_day)},'
    if len(cluster.languages) > 1:
        called += f'"g":{_encode(cluster.title_language)},'
    blob = write_blob(
        (cluster.size, cluster.square, cluster.mass, cluster.centrality),
        (cluster.first, cluster.last),
        cluster.title,
        called,
        ",".join(map(quote, cluster.story_ids[-IDS_KEPT:])),
        (" ".join(bridge), ",".join([str(round(value * BRIDGE_PARTS)) for value in bridge.values()])),
        cluster.places,
        ",".join(map(quote, sorted(cluster.languages))),
        originals,
        terms,
        _pack_weights(values),
    )
    day = cluster.last if cluster.last is not None else today
    return Profile(cluster.line_id, keys, day, blob)


def write_blob(
    numbers: tuple[int, float, float, float],
    days: tuple[int | None, int | None],
    title: str,
    called: str,
    ids: str,
    bridge: tuple[str, str],
    places: Mapping[str, float],
    languages: str,
    originals: str,
    terms: str,
    weights: str,
) -> str:
    """The text of a profile. `numbers`: how many stories it has, its square, its mass and how central its title is. `called`,
    `ids`, `languages` and `originals` are as JSON; `bridge` are keys with a space between and weights with a comma."""
    size, square, mass, centrality = numbers
    shares = ",".join([f"{quote(code)}:{round(share, 3)!r}" for code, share in _most(places, PLACES_KEPT)])
    return (
        f'{{"n":{size},"q":{round(square, 4)},"m":{round(mass, 3)},'
        f'"d":[{_day(days[0])},{_day(days[1])}],"t":{quote(title)},{called}'
        f'"c":{round(centrality, 3)},'
        f'"s":[{ids}],'
        f'"b":{quote(bridge[0])},"x":[{bridge[1]}],'
        f'"p":{{{shares}}},"l":[{languages}],"o":[{originals}],'
        f'"v":{quote(terms)},"w":"{weights}"}}'
    )


def in_parts(weights: Weights) -> npt.NDArray[np.int64]:
    """Weights of terms as they are kept."""
    return np.rint(np.multiply(weights, _WEIGHT, dtype=np.float64)).astype(np.int64)


def _pack_weights(weights: npt.NDArray[np.int64]) -> str:
    """In two bytes each, or in four where one of them needs these."""
    return to_base64(weights.astype("<u2" if int(weights.max(initial=0)) < 1 << 16 else "<u4").tobytes())


def _unpack_weights(packed: str, count: int) -> npt.NDArray[np.integer]:
    data = a2b_base64(packed)
    return np.frombuffer(data, "<u2" if len(data) == 2 * count else "<u4")


def pack_sketch(sketch: Collection[int]) -> str:
    """A sketch as a profile has it."""
    return sketch.packed if isinstance(sketch, KeptSketch) else to_base64(struct.pack(f"<{len(sketch)}I", *sorted(sketch)))


def to_base64(data: bytes) -> str:
    return b2a_base64(data, newline=False).decode("ascii")


def _day(day: int | None) -> str:
    return "null" if day is None else str(day)


def _most(weights: Mapping[str, float], count: int) -> list[tuple[str, float]]:
    """The heaviest, of equals by their keys. Those of one story are heaviest first already: then that is one pass."""
    ranked = sorted([(-weight, key) for key, weight in weights.items()])[:count]
    return [(key, -weight) for weight, key in ranked]


def from_profiles(profiles: Iterable[Profile], words: Lexis) -> list[Cluster]:
    """The clusters of storylines that are stored."""
    known = [(profile, json.loads(profile.blob)) for profile in profiles]
    terms = words.number_each([_terms(data["v"]) for _, data in known])
    return [_load(profile, data, own) for (profile, data), own in zip(known, terms, strict=True)]


def _load(profile: Profile, data: dict[str, Any], terms: Numbers) -> Cluster:
    first, last = data["d"]
    values, bridge = _vectors(data, len(terms))
    return Cluster(
        terms=terms,
        values=values,
        size=data["n"],
        square=data["q"],
        mass=data["m"],
        first=first,
        last=last,
        story_ids=data["s"],
        bridge=bridge,
        places=data["p"],
        languages=frozenset(data["l"]),
        crossings=tuple([key for key in profile.keys if key[0] in _NO_TERM and key[0] != STORY_KEY]),
        line_id=profile.id,
        touched=False,
        title=data["t"],
        centrality=data["c"],
        title_day=data.get("e", first),
        title_language=data["l"][0] if len(data["l"]) == 1 else data.get("g"),
        days=sorted({day for day in (first, last) if day is not None}),
        originals=tuple([(story_id, _sketch(known)) for story_id, known in data["o"]]),
    )


def _terms(known: str | Mapping[str, float]) -> str:
    """Older archives have the terms with their weights, by key."""
    return known if isinstance(known, str) else " ".join(known)


def _sketch(known: str | list[int]) -> Collection[int]:
    """Older archives have the numbers of a sketch."""
    return KeptSketch(known) if isinstance(known, str) else array("I", known)


def _vectors(data: dict[str, Any], count: int) -> tuple[Weights, Mapping[str, float]]:
    """The weights of `count` terms, and the bridge. Older archives have both as decimal fractions by key, or whole numbers."""
    if isinstance(known := data["v"], dict):
        return np.fromiter(known.values(), np.float32, len(known)), data["b"]
    weights = data["w"]
    whole = _unpack_weights(weights, count) if isinstance(weights, str) else np.array(weights)
    values = (whole / np.float64(_WEIGHT)).astype(np.float32)
    return values, KeptBridge(data["b"], [part / BRIDGE_PARTS for part in data["x"]]) if data["b"] else {}
