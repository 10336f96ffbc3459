"""The topics of stories, chosen from the evidence of model, word lists and hints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from newsdesk.cutting import Cut, cut
from newsdesk.model import Concept, Story, Topic
from newsdesk.topics import hints, lexicon, model
from newsdesk.topics.names import TOPICS
from newsdesk.topics.narrower import find_narrower

_IDS = tuple(TOPICS.items())
_ENGLISH = ("en", None)  # what the model reads: also what may be in any language
_WORDS_SHOWN = 4
# A first topic is said from this chance on; a second and a third from these, and only at this share of the first.
_LEAST = (0.12, 0.22, 0.3)


_Chosen = Sequence[tuple[int, float]]  # topics and their chances, best first


class _Case(NamedTuple):
    """The evidence of one story: log-odds of the 17, and what speaks for each, the model or words; `hints`: what its source
    says of each."""

    logits: npt.NDArray[np.floating[Any]]
    evidence: model.Evidence | None
    words: Mapping[int, Sequence[str]]
    hints: dict[int, list[str]]


def tag_many(stories: Sequence[Story], languages: Sequence[str | None], cuts: Sequence[Cut] | None) -> list[tuple[Topic, ...]]:
    """See :func:`newsdesk.topics.tag_topics_many`."""
    cuts = cut(stories) if cuts is None else cuts
    english = [language in _ENGLISH for language in languages]
    read = _from_model([words for words, reads in zip(cuts, english, strict=True) if reads])
    cases = [
        _hinted(story, next(read) if reads else _from_lexicon(words.title, words.body, language or ""))
        for story, words, language, reads in zip(stories, cuts, languages, english, strict=True)
    ]
    chosen = _choose_all(cases)
    places = [place for place, topics in enumerate(chosen) if topics and english[place]]
    below = find_narrower(
        [(cuts[place].title, cuts[place].body) for place in places],
        [[_IDS[topic][0] for topic, _ in chosen[place]] for place in places],
    )
    narrower = dict(zip(places, below, strict=True))
    return [
        _topics(topics, why, narrower.get(place, {}))
        for place, (topics, why) in enumerate(zip(chosen, _reasons(cases, chosen), strict=True))
    ]


def _topics(chosen: _Chosen, why: Sequence[tuple[str, ...]], narrower: Mapping[str, tuple[Concept, ...]]) -> tuple[Topic, ...]:
    """The topics of a story, with the narrower ones that are said below them, which are known in English alone."""
    return tuple(
        Topic(*_IDS[topic], chance, words, narrower.get(_IDS[topic][0], ()))
        for (topic, chance), words in zip(chosen, why, strict=True)
    )


def _reasons(cases: Sequence[_Case | None], chosen: Sequence[_Chosen]) -> list[list[tuple[str, ...]]]:
    """What speaks for each topic of each case."""
    found: list[list[tuple[str, ...]]] = [[] for _ in cases]
    asked: list[tuple[model.Evidence, Sequence[int]]] = []
    places = []
    for place, (case, topics) in enumerate(zip(cases, chosen, strict=True)):
        if case and case.evidence:
            asked.append((case.evidence, [topic for topic, _ in topics]))
            places.append(place)
        elif case:
            found[place] = [tuple(case.words.get(topic, ())) for topic, _ in topics]
    if asked:
        for place, words in zip(places, model.load().speakers(asked, _WORDS_SHOWN), strict=True):
            found[place] = words
    for case, topics, why in zip(cases, chosen, found, strict=True):
        if case:
            why[:] = [
                (*case.hints.get(topic, ()), *words)[:_WORDS_SHOWN] for (topic, _), words in zip(topics, why, strict=True)
            ]
    return found


def _hinted(story: Story, case: _Case | None) -> _Case | None:
    """The case with what the story's source says added to it."""
    if not (story.hints or story.url):
        return case
    for topic, trust, words in hints.read(story):
        if case is None:
            case = _Case(np.zeros(len(TOPICS)), None, {}, {})
        case.logits[topic] += trust
        case.hints.setdefault(topic, []).append(words)
    return case


def _from_model(cuts: Sequence[Cut]) -> Iterator[_Case | None]:
    if cuts:
        for evidence in model.load().read_many([(words.title, words.body) for words in cuts]):
            yield _Case(evidence.logits, evidence, {}, {}) if evidence else None


def _from_lexicon(title: str, body: str, language: str) -> _Case | None:
    words = lexicon.load(language)
    if words is None:
        return None
    strengths, found = lexicon.read(words, title, body)
    if not found:
        return None
    shares = (np.array(strengths) + lexicon.PRIOR) ** lexicon.SHARPNESS
    return _Case(np.log(shares), None, found, {})


def _choose_all(cases: Sequence[_Case | None]) -> list[_Chosen]:
    """The topics of each case that are likely enough to be said."""
    if not cases:
        return []
    nothing = np.zeros(len(TOPICS))
    logits = np.array([nothing if case is None else case.logits for case in cases], dtype=np.float64)
    chances = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    best = (-chances).argsort(axis=1, kind="stable")[:, : len(_LEAST)]
    listed = np.take_along_axis(chances, best, axis=1).tolist()
    return [_choose(topics, own) if case else () for case, topics, own in zip(cases, best.tolist(), listed, strict=True)]


def _choose(best: Sequence[int], chances: Sequence[float]) -> _Chosen:
    said = [(topic, chance) for topic, chance, least in zip(best, chances, _LEAST, strict=True) if chance >= least]
    return said if said and said[0][0] == best[0] else ()
