"""The topics of stories, chosen from the evidence of model, word lists and hints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from newsdesk.cutting import Cut, cut
from newsdesk.model import Story, Topic
from newsdesk.topics import hints, lexicon, model
from newsdesk.topics.names import TOPICS
from newsdesk.topics.narrower import find_all_narrower

_IDS = tuple(TOPICS.items())
_ENGLISH = ("en", None)  # what the model reads: also what may be in any language
_WORDS_SHOWN = 4
# A first topic is said from this chance on; a second and a third from these, and only at this share of the first.
_FIRST, _SECOND, _THIRD = 0.12, 0.22, 0.3


@dataclass(slots=True)
class _Case:
    """The evidence of one story: log-odds of the 17, and for each the words that speak for it."""

    logits: npt.NDArray[np.float64]
    words: Callable[[int], Sequence[str]] = lambda topic: ()
    hints: dict[int, list[str]] = field(default_factory=dict)

    def why(self, topic: int) -> tuple[str, ...]:
        return (*self.hints.get(topic, ()), *self.words(topic))[:_WORDS_SHOWN]


def tag_many(stories: Sequence[Story], languages: Sequence[str | None], cuts: Sequence[Cut] | None) -> list[tuple[Topic, ...]]:
    """See :func:`newsdesk.topics.tag_topics_many`."""
    cuts = cut(stories) if cuts is None else cuts
    english = [language in _ENGLISH for language in languages]
    cases = _from_model([words for words, reads in zip(cuts, english, strict=True) if reads])
    tagged = [
        _tag(story, next(cases) if reads else _from_lexicon(words.title, words.body, language or ""))
        for story, words, language, reads in zip(stories, cuts, languages, english, strict=True)
    ]
    return _narrow(tagged, cuts, english)


def _narrow(tagged: list[tuple[Topic, ...]], cuts: Sequence[Cut], english: Sequence[bool]) -> list[tuple[Topic, ...]]:
    """The topics of each story with the narrower ones that are said below them, which are known in English alone."""
    places = [place for place, topics in enumerate(tagged) if topics and english[place]]
    below = find_all_narrower([cuts[place] for place in places], [[topic.id for topic in tagged[place]] for place in places])
    for place, found in zip(places, below, strict=True):
        if found:
            tagged[place] = tuple(replace(topic, narrower=found.get(topic.id, ())) for topic in tagged[place])
    return tagged


def _tag(story: Story, case: _Case | None) -> tuple[Topic, ...]:
    hinted = list(hints.read(story))
    if case is None:
        if not hinted:
            return ()
        case = _Case(np.zeros(len(TOPICS)))
    for topic, trust, words in hinted:
        case.logits[topic] += trust
        case.hints.setdefault(topic, []).append(words)
    return _choose(case)


def _from_model(cuts: Sequence[Cut]) -> Iterator[_Case | None]:
    if not cuts:
        return
    english = model.load()
    for evidence in english.read_cuts(cuts):
        yield _Case(evidence.logits.astype(np.float64), partial(english.speakers, evidence)) if evidence else None


def _from_lexicon(title: str, body: str, language: str) -> _Case | None:
    words = lexicon.load(language)
    if words is None:
        return None
    strengths, found = lexicon.read(words, title, body)
    if not found:
        return None
    shares = (np.array(strengths) + lexicon.PRIOR) ** lexicon.SHARPNESS
    return _Case(np.log(shares), lambda topic: found.get(topic, ()))


def _choose(case: _Case) -> tuple[Topic, ...]:
    chances = np.exp(case.logits - case.logits.max())
    chances /= chances.sum()
    listed: list[float] = chances.tolist()
    best = sorted(range(len(listed)), key=lambda topic: -listed[topic])[:3]
    said = [topic for topic, least in zip(best, (_FIRST, _SECOND, _THIRD), strict=True) if listed[topic] >= least]
    if not said or said[0] != best[0]:
        return ()
    return tuple(Topic(_IDS[topic][0], _IDS[topic][1], listed[topic], case.why(topic)) for topic in said)
