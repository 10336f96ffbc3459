"""The topics of stories, chosen from the evidence of model, word lists and hints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
# A first topic is said from this chance on, a second and a third from these: they raise F1 of all topics most on one half of
# topics/gold-dev, sources never trained on.
_LEAST = (0.12, 0.07, 0.2)
_TOGETHER = 50  # stories looked at in one step: what is found in them meanwhile stays small


_Chosen = Sequence[tuple[int, float]]  # topics and their chances, best first
_Words = Mapping[int, Sequence[str]]  # what speaks for a topic


class _Cases(NamedTuple):
    """The evidence of some stories: log-odds of the 17, a row each; `said`: whether anything speaks at all; `words` of word
    lists and `hints` of the source, by story and topic. `read` are the stories that the model has read, in its order."""

    logits: npt.NDArray[np.floating[Any]]
    said: list[bool]
    words: dict[int, _Words]
    hints: dict[int, dict[int, list[str]]]
    read: Sequence[int]
    reading: model.Reading | None


def tag_many(stories: Sequence[Story], languages: Sequence[str | None], cuts: Sequence[Cut] | None) -> list[tuple[Topic, ...]]:
    """See :func:`newsdesk.topics.tag_topics_many`."""
    cuts = cut(stories) if cuts is None else cuts
    found: list[tuple[Topic, ...]] = []
    for at in range(0, len(stories), _TOGETHER):
        some = slice(at, at + _TOGETHER)
        found += _tag(stories[some], languages[some], cuts[some])
    return found


def _tag(stories: Sequence[Story], languages: Sequence[str | None], cuts: Sequence[Cut]) -> list[tuple[Topic, ...]]:
    read = [place for place, language in enumerate(languages) if language in _ENGLISH]
    texts = [(cuts[place].title, cuts[place].body) for place in read]
    reading = model.load().read(texts) if read else None
    cases = _look(stories, languages, cuts, read, reading)
    chosen = _choose_all(cases)
    below: dict[int, dict[str, tuple[Concept, ...]]] = {}
    if reading:
        asked = {at: [_IDS[topic][0] for topic, _ in chosen[place]] for at, place in enumerate(read)}
        below = {read[at]: found for at, found in find_narrower(texts, reading.words, asked).items()}
    return [
        _topics(topics, why, below.get(place, {}))
        for place, (topics, why) in enumerate(zip(chosen, _reasons(cases, chosen), strict=True))
    ]


def _topics(chosen: _Chosen, why: Sequence[tuple[str, ...]], narrower: Mapping[str, tuple[Concept, ...]]) -> tuple[Topic, ...]:
    """The topics of a story, with the narrower ones that are said below them, which are known in English alone."""
    return tuple(
        Topic(*_IDS[topic], chance, words, narrower.get(_IDS[topic][0], ()))
        for (topic, chance), words in zip(chosen, why, strict=True)
    )


def _look(
    stories: Sequence[Story],
    languages: Sequence[str | None],
    cuts: Sequence[Cut],
    read: Sequence[int],
    reading: model.Reading | None,
) -> _Cases:
    """All evidence of some stories."""
    logits = np.zeros((len(stories), len(TOPICS)))
    said = [False] * len(stories)
    if reading:
        logits[read] = reading.logits
        for place, size in zip(read, np.diff(reading.found.bounds).tolist(), strict=True):
            said[place] = size > 0
    cases = _Cases(logits, said, {}, {}, read, reading)
    for place, (story, language) in enumerate(zip(stories, languages, strict=True)):
        if language not in _ENGLISH:
            _list(cases, place, cuts[place], language or "")
        if story.hints or story.url:
            _hint(cases, place, story)
    return cases


def _list(cases: _Cases, place: int, text: Cut, language: str) -> None:
    """Adds what the word list of a language says of a text."""
    words = lexicon.load(language)
    if words is None:
        return
    strengths, found = lexicon.read(words, text.title, text.body)
    if found:
        cases.logits[place] = np.log((np.array(strengths) + lexicon.PRIOR) ** lexicon.SHARPNESS)
        cases.said[place], cases.words[place] = True, found


def _hint(cases: _Cases, place: int, story: Story) -> None:
    """Adds what the source of a story says."""
    for topic, trust, words in hints.read(story):
        if not cases.said[place]:
            cases.logits[place], cases.said[place] = 0, True
        cases.logits[place, topic] += trust
        cases.hints.setdefault(place, {}).setdefault(topic, []).append(words)


def _reasons(cases: _Cases, chosen: Sequence[_Chosen]) -> list[list[tuple[str, ...]]]:
    """What speaks for each topic of each story."""
    found = [[tuple(cases.words.get(place, {}).get(topic, ())) for topic, _ in own] for place, own in enumerate(chosen)]
    if cases.reading:
        bounds = cases.reading.found.bounds
        telling = [(at, place) for at, place in enumerate(cases.read) if bounds[at] < bounds[at + 1]]
        told = model.load().speakers(cases.reading, [(at, [topic for topic, _ in chosen[place]]) for at, place in telling])
        for (_, place), words in zip(telling, told, strict=True):
            found[place] = words
    for place, said in cases.hints.items():
        found[place] = [
            (*said.get(topic, ()), *words)[:_WORDS_SHOWN] for (topic, _), words in zip(chosen[place], found[place], strict=True)
        ]
    return [[words[:_WORDS_SHOWN] for words in own] for own in found] if cases.words else found


def _choose_all(cases: _Cases) -> list[_Chosen]:
    """The topics of each story that are likely enough to be said."""
    chances = np.exp(cases.logits - cases.logits.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    best = (-chances).argsort(axis=1, kind="stable")[:, : len(_LEAST)]
    listed = chances[np.arange(len(chances))[:, np.newaxis], best]
    counts = (listed >= _LEAST).sum(axis=1) * cases.said  # they fall, and what is asked of them rises
    return [
        list(zip(topics[:count], own[:count], strict=True))
        for topics, own, count in zip(best.tolist(), listed.tolist(), counts.tolist(), strict=True)
    ]
