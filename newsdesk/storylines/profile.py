"""A cluster as the profile that a store keeps, and back."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

import numpy as np

from newsdesk.ports import Profile
from newsdesk.storylines.cluster import Cluster
from newsdesk.storylines.lexis import Lexis, Numbers, Weights

TERMS_KEPT, TERMS_KEPT_OF_ONE = 150, 60
KEYS_KEPT, KEYS_KEPT_OF_ONE = 24, 12
BRIDGE_KEPT, PLACES_KEPT, CROSSINGS_KEPT = 40, 6, 16
IDS_KEPT = 1_000
_NO_TERM = "=@~%#"
STORY_KEY = "="  # before a story's id, a key of the storyline that it is in
_WEIGHT, _BRIDGE = 10_000, 1_000  # weights are kept as whole numbers of such parts: a third of the price of decimal fractions
# The JSON of a profile is put together of these: the encoder takes three times as long for all of it.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # json.dumps would make an encoder for each
_quote = json.encoder.encode_basestring


def to_profile(cluster: Cluster, words: Lexis, today: int, of_one: Sequence[str] = ()) -> Profile:
    """The profile of a cluster that has its `line_id`. `today`: day of stories without a date; `of_one`: the terms of a cluster
    of one, where they are at hand.

    Of a long vector only the heaviest terms are kept; `square` stays that of the whole, so that the closeness inside does
    not change. Stories that a person corrected are keys, so that their storyline is found by them.
    """
    assert cluster.line_id is not None
    one = cluster.size == 1
    heavy = slice(TERMS_KEPT_OF_ONE) if one else cluster.heaviest(TERMS_KEPT)
    terms = of_one[:TERMS_KEPT_OF_ONE] or words.terms.read(cluster.terms[heavy])
    crossings, bridge = cluster.crossings[:CROSSINGS_KEPT], dict(_most(cluster.bridge, BRIDGE_KEPT))
    values = np.rint(np.multiply(cluster.values[heavy], _WEIGHT, dtype=np.float64)).astype(np.int64).tolist()
    keys = (
        *terms[: KEYS_KEPT_OF_ONE if one else KEYS_KEPT],
        *crossings,
        *(STORY_KEY + story_id for story_id in sorted(cluster.marked)),
    )
    places = {code: round(share, 3) for code, share in _most(cluster.places, PLACES_KEPT)}
    originals = ",".join(
        [f"[{_quote(story_id)},{str(sorted(sketch)).replace(' ', '')}]" for story_id, sketch in cluster.originals]
    )
    blob = (
        f'{{"n":{cluster.size},"q":{round(cluster.square, 4)},"m":{round(cluster.mass, 3)},'
        f'"d":[{_day(cluster.first)},{_day(cluster.last)}],"t":{_quote(cluster.title)},"c":{round(cluster.centrality, 3)},'
        f'"s":[{",".join(map(_quote, cluster.story_ids[-IDS_KEPT:]))}],'
        f'"b":{_quote(" ".join(bridge))},"x":{_list([round(value * _BRIDGE) for value in bridge.values()])},'
        f'"p":{_encode(places)},"l":[{",".join(map(_quote, sorted(cluster.languages)))}],"o":[{originals}],'
        f'"v":{_quote(" ".join(terms))},"w":{_list(values)}}}'
    )
    day = cluster.last if cluster.last is not None else today
    return Profile(cluster.line_id, keys, day, blob)


class _Spelt(dict[int, str]):
    """Weights as they are written, of which there are few."""

    def __missing__(self, number: int) -> str:
        return str(number)


_SPELT = _Spelt((number, str(number)) for number in range(_WEIGHT + 1))


def _list(weights: Iterable[int]) -> str:
    return f"[{','.join(map(_SPELT.__getitem__, weights))}]"


def _day(day: int | None) -> str:
    return "null" if day is None else str(day)


def _most(weights: Mapping[str, float], count: int) -> list[tuple[str, float]]:
    return sorted(sorted(weights.items()), key=itemgetter(1), reverse=True)[:count]


def from_profile(profile: Profile, words: Lexis) -> Cluster:
    """The cluster of a storyline that is stored."""
    return from_profiles((profile,), words)[0]


def from_profiles(profiles: Iterable[Profile], words: Lexis) -> list[Cluster]:
    """As :func:`from_profile`, of several."""
    known = [(profile, json.loads(profile.blob)) for profile in profiles]
    terms = words.number_each([_terms(data["v"]) for _, data in known])
    return [_load(profile, data, own) for (profile, data), own in zip(known, terms, strict=True)]


def _load(profile: Profile, data: dict[str, Any], terms: Numbers) -> Cluster:
    first, last = data["d"]
    values, bridge = _vectors(data)
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
        days=sorted({day for day in (first, last) if day is not None}),
        originals=tuple([(story_id, array("I", sketch)) for story_id, sketch in data["o"]]),
    )


def _terms(known: str | Mapping[str, float]) -> str:
    """Older archives have the terms with their weights, by key."""
    return known if isinstance(known, str) else " ".join(known)


def _vectors(data: dict[str, Any]) -> tuple[Weights, Mapping[str, float]]:
    """The weights of terms, and the bridge. Older archives have both as decimal fractions by key."""
    if isinstance(known := data["v"], dict):
        return np.fromiter(known.values(), np.float32, len(known)), data["b"]
    values = (np.array(data["w"], np.float64) / _WEIGHT).astype(np.float32)
    return values, KeptBridge(data["b"], [part / _BRIDGE for part in data["x"]]) if data["b"] else {}


class KeptBridge(Mapping[str, float]):
    """A bridge, given by its keys with a space between and their weights. Few look at it: it is small until then."""

    __slots__ = ("_keys", "_known", "_weights")

    def __init__(self, keys: str, weights: Sequence[float]) -> None:
        self._keys, self._weights = keys, array("d", weights)
        self._known: dict[str, float] | None = None

    def _all(self) -> dict[str, float]:
        if self._known is None:
            self._known = dict(zip(self._keys.split(" "), self._weights, strict=True))
        return self._known

    def __getitem__(self, key: str) -> float:
        return self._all()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._weights)
