"""A cluster as the profile that a store keeps, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping

import numpy as np

from newsdesk.ports import Profile
from newsdesk.storylines.cluster import Cluster
from newsdesk.storylines.lexis import Lexis

TERMS_KEPT, TERMS_KEPT_OF_ONE = 150, 60
KEYS_KEPT, KEYS_KEPT_OF_ONE = 24, 12
BRIDGE_KEPT, PLACES_KEPT, CROSSINGS_KEPT = 40, 6, 16
IDS_KEPT = 1_000
_NO_TERM = "=@~%#"
STORY_KEY = "="  # before a story's id, a key of the storyline that it is in


def to_profile(cluster: Cluster, words: Lexis, today: int) -> Profile:
    """The profile of a cluster that has its `line_id`. `today`: day of stories without a date.

    Of a long vector only the heaviest terms are kept; `square` stays that of the whole, so that the closeness inside does
    not change. Stories that a person corrected are keys, so that their storyline is found by them.
    """
    assert cluster.line_id is not None
    one = cluster.size == 1
    heavy = cluster.heaviest(TERMS_KEPT_OF_ONE if one else TERMS_KEPT)
    terms = [words.terms[number] for number in cluster.terms[heavy].tolist()]
    crossings = cluster.crossings[:CROSSINGS_KEPT]
    keys = (
        *terms[: KEYS_KEPT_OF_ONE if one else KEYS_KEPT],
        *crossings,
        *(STORY_KEY + story_id for story_id in sorted(cluster.marked)),
    )
    blob = {
        "n": cluster.size,
        "q": round(cluster.square, 4),
        "m": round(cluster.mass, 3),
        "d": [cluster.first, cluster.last],
        "t": cluster.title,
        "c": round(cluster.centrality, 3),
        "s": cluster.story_ids[-IDS_KEPT:],
        "b": {key: round(value, 3) for key, value in _most(cluster.bridge, BRIDGE_KEPT)},
        "p": {code: round(share, 3) for code, share in _most(cluster.places, PLACES_KEPT)},
        "l": sorted(cluster.languages),
        "o": [[story_id, sorted(sketch)] for story_id, sketch in cluster.originals],
        "v": {term: round(value, 4) for term, value in zip(terms, cluster.values[heavy].tolist(), strict=True)},
    }
    day = cluster.last if cluster.last is not None else today
    return Profile(cluster.line_id, keys, day, json.dumps(blob, ensure_ascii=False, separators=(",", ":")))


def _most(weights: Mapping[str, float], count: int) -> list[tuple[str, float]]:
    return sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:count]


def from_profile(profile: Profile, words: Lexis) -> Cluster:
    data = json.loads(profile.blob)
    first, last = data["d"]
    return Cluster(
        terms=words.number_terms(data["v"]),
        values=np.fromiter(data["v"].values(), np.float32, len(data["v"])),
        size=data["n"],
        square=data["q"],
        mass=data["m"],
        first=first,
        last=last,
        story_ids=data["s"],
        bridge=data["b"],
        places=data["p"],
        languages=frozenset(data["l"]),
        crossings=tuple(key for key in profile.keys if key[0] in _NO_TERM and key[0] != STORY_KEY),
        line_id=profile.id,
        touched=False,
        title=data["t"],
        centrality=data["c"],
        days=sorted({day for day in (first, last) if day is not None}),
        originals=tuple((story_id, frozenset(sketch)) for story_id, sketch in data["o"]),
    )
