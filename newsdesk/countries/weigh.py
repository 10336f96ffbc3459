"""From mentions to countries: which sense an ambiguous name has, how much a mention counts, how likely a country is meant."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from newsdesk.countries.gazetteer import Sense
from newsdesk.countries.scan import Mention

# What a mention counts, by its kind: see training/countries/terms.tsv.
KIND_WEIGHT: Mapping[str, float] = {
    **dict.fromkeys("na", 1.0),
    **dict.fromkeys("cd", 0.9),
    **dict.fromkeys("rq", 0.8),
    "f": 0.7,
    **dict.fromkeys("pi", 0.6),
    **dict.fromkeys("ts", 0.4),
    "o": 0.3,
    "l": 0.12,
}
_CUES_AT_MOST = 0.6
_CUES_ALONE = 0.3  # turns of phrase that weigh so much tell where a story is from that names no place
# The same by size: a town counts more, the larger it is; of the turns of phrase those of size 9 tell by themselves.
_WEIGHTS: Mapping[str, tuple[float, ...]] = {
    kind: tuple([weight + 0.05 * size if kind in "ts" else weight for size in range(10)])
    for kind, weight in KIND_WEIGHT.items()
} | {"l": (*[KIND_WEIGHT["l"]] * 9, _CUES_ALONE)}
Part: TypeAlias = Literal["title", "dateline", "lead", "body"]
LEAD_WORDS = 90
_LEAST = 0.15  # evidence that a share is of at the least, so that one faint mention is not the whole of it


@dataclass(slots=True)
class Evidence:
    """What speaks for one country. Sums of the weights of its mentions, by where they stand."""

    title: float = 0.0
    dateline: float = 0.0
    lead: float = 0.0
    body: float = 0.0
    cues: float = 0.0
    local: float = 0.0
    first: int = 1 << 30
    hard: bool = False
    mentions: int = 0
    words: dict[str, Part] = field(default_factory=dict)

    @property
    def total(self) -> float:
        return 2 * self.title + 2 * self.dateline + 1.5 * self.lead + self.body

    @property
    def is_namesake(self) -> bool:
        """Is a lesser town all that speaks for it? Beside a dateline of elsewhere that is mostly a place there of its name."""
        if self.dateline or len(self.words) > 1:
            return False
        named = self.title + self.lead + self.body
        return self.local >= named and named < _WEIGHTS["t"][_GREAT_TOWN] * self.mentions

    def shrink(self, share: float) -> None:
        """Count what names it for this share alone."""
        self.title *= share
        self.lead *= share
        self.body *= share

    def put(self, part: Part, weight: float) -> None:
        """One more mention."""
        self.mentions += 1
        if part == "body":
            self.body += weight
        elif part == "lead":
            self.lead += weight
        elif part == "title":
            self.title += weight
        else:
            self.dateline += weight


Placed: TypeAlias = tuple[Mention, Part]
"""A mention with the part of the story it stands in."""


# How often a name stands for this and not for another, before the rest of the story is heard.
_PRIOR: Mapping[str, float] = {"n": 60.0, "c": 40.0, "r": 120.0}
_BESIDE_A_NATION = 30.0  # of a region that has a nation's name: Georgia
_PRIOR_BY_SIZE = tuple([float(10 ** (0.25 * size)) for size in range(10)])
_UNHEARD = 0.02
# What speaks for a country before a story is heard, as :class:`_Support` has it: that the outlet is there, or that its news is
# in the story's language. Brest is in Brittany for who writes French.
_OF_HOME, _OF_LANGUAGE = (0.1, 0.3), (0.06, 0.06)
# Of those whose towns have namesakes abroad. Not of Spanish and Russian, where mostly the larger town abroad is meant.
_SPOKEN: Mapping[str, str] = {
    "ca": "ES",
    "de": "DE AT CH",
    "fa": "IR AF",
    "fr": "FR BE CH",
    "hi": "IN",
    "it": "IT CH",
    "nl": "NL BE",
    "pt": "PT BR",
    "tr": "TR",
    "uk": "UA",
}
_GREAT_TOWN = 7
_NAMESAKE = 0.3  # what a lesser town counts that speaks alone beside a dateline of elsewhere


def _prior(sense: Sense, nation: bool) -> float:
    """`nation`: may the name stand for one?"""
    if sense.kind in "tsl":
        return _PRIOR_BY_SIZE[sense.size]
    return _BESIDE_A_NATION if nation and sense.kind == "r" else _PRIOR.get(sense.kind, 30.0)


def gather(placed: Sequence[Placed], home: str | None, language: str) -> dict[str, Evidence]:
    """Evidence by country. Clear mentions first; then each ambiguous one goes where the clear ones point, the outlet's country
    (`home`) and those whose news is in that language."""
    found: dict[str, Evidence] = {}
    unclear: list[Placed] = []
    for mention, part in placed:
        if len(mention.senses) == 1:
            _add(found, mention, part, mention.senses[0], 1.0)
        else:
            unclear.append((mention, part))
    ranked: tuple[list[Placed], ...] = ([], [], [])
    for item in unclear:
        ranked[_rank(item[0].senses)].append(item)
    near = dict.fromkeys(_SPOKEN.get(language, "").split(), _OF_LANGUAGE)
    if home:
        near[home] = _OF_HOME
    for items in filter(None, ranked):
        support = _Support(found, near)
        chosen = [_choose(mention.senses, support) for mention, _ in items]
        for (mention, part), (sense, share) in zip(items, chosen, strict=True):
            _add(found, mention, part, sense, share)
    if len(found) > 1 and any(evidence.dateline for evidence in found.values()):
        for evidence in found.values():
            if evidence.is_namesake:
                evidence.shrink(_NAMESAKE)
    return found


def _rank(options: Sequence[Sense]) -> int:
    """When an unclear name is heard: nations and regions that towns are named like first, then turns of phrase, then towns."""
    first = options[0].kind  # senses are in the order of their letters
    if first == "l":
        return 1
    return 0 if first in "nr" and options[1].kind not in "nr" else 2


class _Support(dict[str, tuple[float, float]]):
    """What speaks for each country, as :func:`_choose` hears it; worked out when it is asked for, `found` as it is then."""

    def __init__(self, found: Mapping[str, Evidence], near: Mapping[str, tuple[float, float]]) -> None:
        super().__init__()
        self._found, self._near = found, near

    def __missing__(self, code: str) -> tuple[float, float]:
        evidence, support = self._found.get(code), (0.0, 0.0)
        if evidence is not None:
            support = min(evidence.total, 3.0) / 3, min(evidence.local, 3.0) / 3 + 2 * evidence.cues
        if near := self._near.get(code):
            support = support[0] + near[0], support[1] + near[1]
        self[code] = support
        return support


def _choose(options: Sequence[Sense], support: Mapping[str, tuple[float, float]]) -> tuple[Sense, float]:
    """The likeliest sense, of equals the first, and its share of the whole likelihood.

    `support`: all that speaks for a country, and what speaks for its being the scene: towns, regions, local turns of phrase.
    A great name (Paris, Melbourne, Lebanon) needs any of it; the small namesake needs the second.
    """
    nation = "n" in [sense.kind for sense in options]
    best, chosen, whole = -1.0, options[0], 0.0
    for sense in options:
        score = _prior(sense, nation) * (_UNHEARD + support[sense.code][_is_lesser(sense)])
        whole += score
        if score > best:
            best, chosen = score, sense
    return chosen, best / whole


def _is_lesser(sense: Sense) -> bool:
    return sense.kind in "tsr" and sense.size < _GREAT_TOWN


def _add(found: dict[str, Evidence], mention: Mention, part: Part, sense: Sense, share: float) -> None:
    evidence, kind = found.get(sense.code), sense.kind
    if evidence is None:
        evidence = found[sense.code] = Evidence()
    weight = _WEIGHTS[kind][sense.size] * mention.sure * share
    if kind == "l":
        evidence.cues = min(_CUES_AT_MOST, evidence.cues + weight)
    else:
        evidence.put(part, weight)
        if kind in "tsrqf":
            evidence.local += weight
        if kind in "nadcrqft":
            evidence.hard = True
        at = mention.at if part in ("lead", "body") else 0
        if at < evidence.first:
            evidence.first = at
    evidence.words.setdefault(mention.surface, part)


FEATURES = (
    "bias",
    "title",
    "dateline",
    "lead",
    "body",
    "share",
    "top",
    "early",
    "soft",
    "cues",
    "home",
    "only dateline",
    "often",
    "named first",
    "bare",
)
# All but that of "home" are fitted: no labelled set tells its outlets, so that is a weak prior by hand. That of "bare" is
# fitted after the others, on titles alone.
WEIGHTS: tuple[float, ...] = (-3.45, 1.24, 4.54, 3.1, 0.03, 4.8, -0.65, -1.28, 0.28, 2.87, 0.3, -0.08, 1.1, 1.26, 1.68)


class Heard(NamedTuple):
    """What speaks for each country of a story; where it is at home; whether it is a bare headline, which no text bears out."""

    evidence: Mapping[str, Evidence]
    home: str | None
    bare: bool


Doubles = npt.NDArray[np.float64]


def features(stories: Sequence[Heard]) -> Doubles:
    """The numbers that the likelihood of each country of each story is a logistic function of: a row for each, in the order of
    `FEATURES`. Each story names one at least."""
    each = [evidence for story in stories for evidence in story.evidence.values()]
    sizes = np.array([len(story.evidence) for story in stories])
    owners, starts = np.arange(len(sizes)).repeat(sizes), sizes.cumsum() - sizes
    told = np.fromiter(chain.from_iterable(map(_NUMBERS_OF, each)), np.float64)  # far faster than an array of rows
    title, dateline, lead, body, cues, first, hard, mentions = told.reshape(len(each), -1).T
    totals = 2 * title + 2 * dateline + 1.5 * lead + body
    # No place at all: turns of phrase may tell where a local story is from, if there are several.
    none = np.bincount(owners, totals) == 0.0
    totals = np.where(none[owners], np.where(cues >= _CUES_ALONE, cues, 0.0), totals)
    wholes, tops = np.bincount(owners, totals), np.maximum.reduceat(totals, starts)
    titled = np.bincount(owners, title) > 0
    firsts = np.minimum.reduceat(first, starts)  # who acts is mostly named before who is acted on
    columns = (
        np.ones(len(each)),
        np.minimum(title, 1.0),
        np.minimum(dateline, 1.0),
        1 - np.array(list(map(math.exp, (-lead).tolist()))),  # numpy's own is not the same on every machine
        np.array(list(map(math.log1p, body.tolist()))),
        totals / (wholes + _LEAST)[owners],
        (totals == tops[owners]) & (totals > 0),
        1 / (1 + first / 50),
        hard == 0.0,
        cues,
        [code == story.home for story in stories for code in story.evidence],
        (dateline > 0) & titled[owners] & (title == 0.0),
        np.minimum(mentions, 6) / 6,
        first == firsts[owners],
        np.array([story.bare for story in stories])[owners],
    )
    return np.stack(columns, axis=1).astype(np.float64, copy=False)


_NUMBERS_OF = attrgetter("title", "dateline", "lead", "body", "cues", "first", "hard", "mentions")


def likelihoods(numbers: Doubles, weights: Sequence[float] = WEIGHTS) -> list[float]:
    """Of each row of numbers."""
    sums = np.zeros(len(numbers))
    for column, weight in zip(numbers.T, weights, strict=True):  # in this order, so that a sum is the same in every batch
        sums += column * weight
    return [1 / (1 + math.exp(-odds)) for odds in np.clip(sums, -30.0, 30.0).tolist()]
