"""A cluster as the profile that a store keeps, and back."""

from __future__ import annotations

import json

from newsdesk.ports import Profile
from newsdesk.storylines.cluster import Cluster

TERMS_KEPT, TERMS_KEPT_OF_ONE = 150, 60
KEYS_KEPT, KEYS_KEPT_OF_ONE = 24, 12
BRIDGE_KEPT, PLACES_KEPT, CROSSINGS_KEPT = 40, 6, 16
IDS_KEPT = 1_000
_NO_TERM = "=@~%#"
STORY_KEY = "="  # before a story's id, a key of the storyline that it is in


def to_profile(cluster: Cluster, today: int) -> Profile:
    """The profile of a cluster that has its `line_id`. `today`: day of stories without a date.

    Of a long vector only the heaviest terms are kept; `square` stays that of the whole, so that the closeness inside does
    not change. Stories that a person corrected are keys, so that their storyline is found by them.
    """
    assert cluster.line_id is not None
    one = cluster.size == 1
    terms = cluster.heaviest(TERMS_KEPT_OF_ONE if one else TERMS_KEPT)
    crossings = list(cluster.crossings)[:CROSSINGS_KEPT]
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
        "v": {term: round(cluster.vector[term], 4) for term in terms},
    }
    day = cluster.last if cluster.last is not None else today
    return Profile(cluster.line_id, keys, day, json.dumps(blob, ensure_ascii=False, separators=(",", ":")))


def _most(weights: dict[str, float], count: int) -> list[tuple[str, float]]:
    return sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:count]


def from_profile(profile: Profile) -> Cluster:
    data = json.loads(profile.blob)
    words = dict.fromkeys(key for key in profile.keys if key[0] not in _NO_TERM)
    crossings = dict.fromkeys(key for key in profile.keys if key[0] in _NO_TERM and key[0] != STORY_KEY)
    first, last = data["d"]
    cluster = Cluster(
        data["v"],
        data["n"],
        data["q"],
        data["m"],
        first,
        last,
        data["s"],
        words,
        data["b"],
        data["p"],
        set(data["l"]),
        crossings,
    )
    cluster.line_id, cluster.title, cluster.centrality = profile.id, data["t"], data["c"]
    cluster.days = sorted({day for day in (first, last) if day is not None})
    cluster.originals = [(story_id, frozenset(sketch)) for story_id, sketch in data["o"]]
    cluster.touched = False
    return cluster
