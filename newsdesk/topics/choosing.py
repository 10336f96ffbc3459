"""The topics of stories, chosen from the evidence of model, word lists and hints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from newsdesk.model import Concept, Story, Topic
from newsdesk.printed import as_printed
from newsdesk.topics import hints, lexicon, model
from newsdesk.topics.names import TOPICS
from newsdesk.topics.narrower import find_narrower
from newsdesk.words.cutting import Cut, cut

_IDS = tuple(TOPICS.items())
_ENGLISH = ("en", None)  # what the model reads: also what may be in any language
_WORDS_SHOWN = 4
# A first topic is said from this chance on, a second and a third from these, chosen with the numbers below.
_LEAST = (0.12, 0.25, 0.33)
# The 17 share one chance, which the main topic has most of; that another fits as well is a question of its own. Its log-odds:
# a constant of each topic (arts and science are named in passing, money and government mostly are a part of it), then times
# the logarithm of its share and that of the main topic, and what stands in together.txt for the two. They are those that
# training/topics/together.py fits with 132 more stories of pages.
_CONSTANTS = np.array([2.56, 3.04, 2.87, 3.35, 2.88, 3.15, 2.86, 2.88, 2.93, 2.84, 3.27, 2.88, 2.63, 3.09, 2.82, 2.87, 2.94])
_BY_FEATURE = np.array([0.72, 1.07, 0.49])
# Of the words of a text in no known language the model has to know more than this share, else it is not English.
_LEAST_KNOWN = 0.6
_LEAST_ABOVE = 0.4  # the chance of a topic below which narrower ones are looked for
_LEAST_SHARE = -8.0  # a logarithm: below it shares tell nothing
_TOGETHER = 200  # stories looked at in one step: what is found in them meanwhile stays small


Floats = npt.NDArray[np.floating[Any]]
_Chosen = Sequence[tuple[int, float]]  # topics and their chances, best first
_Words = Mapping[int, Sequence[str]]  # what speaks for a topic


class _Cases(NamedTuple):
    """The evidence of some stories: log-odds of the 17, a row each; `heard`: whether anything speaks for each; `words` of word
    lists and `hints` of the source, by story and topic. `read` are the stories that the model has read, in its order."""

    logits: Floats
    heard: npt.NDArray[np.bool_]
    words: dict[int, _Words]
    hints: dict[int, dict[int, list[str]]]
    read: Sequence[int]
    reading: model.Reading | None


def tag_many(stories: Sequence[Story], languages: Sequence[str | None], cuts: Sequence[Cut] | None) -> list[tuple[Topic, ...]]:
    """See :func:`newsdesk.topics.tag_topics_many`."""
    cuts = cut(stories) if cuts is None else cuts
    found: list[tuple[Topic, ...]] = []
    for some in _steps(len(stories)):
        found += _tag(stories[some], languages[some], cuts[some])
    return found


def _steps(count: int) -> Iterator[slice]:
    return (slice(at, at + _TOGETHER) for at in range(0, count, _TOGETHER))


def _tag(stories: Sequence[Story], languages: Sequence[str | None], cuts: Sequence[Cut]) -> list[tuple[Topic, ...]]:
    read, texts, reading = _read(languages, cuts)
    cases = _look(stories, languages, cuts, read, reading)
    chosen = _choose_all(cases)
    below: dict[int, dict[str, tuple[Concept, ...]]] = {}
    if reading:
        likely = ([_IDS[topic][0] for topic, chance in chosen[place] if chance >= _LEAST_ABOVE] for place in read)
        asked = dict(enumerate(likely))
        below = {read[at]: found for at, found in find_narrower(texts, reading.words, asked).items()}
    return [
        _topics(topics, why, below.get(place, {}))
        for place, (topics, why) in enumerate(zip(chosen, _reasons(cases, chosen, texts), strict=True))
    ]


def _read(
    languages: Sequence[str | None], cuts: Sequence[Cut]
) -> tuple[list[int], list[tuple[str, str]], model.Reading | None]:
    """Which of some stories the model reads, their titles and bodies, and what it says of them."""
    read = [place for place, language in enumerate(languages) if language in _ENGLISH]
    texts = [(cuts[place].title, cuts[place].body) for place in read]
    return read, texts, model.load().read(texts) if read else None


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
    heard = np.zeros((len(stories), len(TOPICS)), np.bool_)
    if reading:
        logits[read] = reading.logits
        heard[read] = _is_english(reading, [languages[place] for place in read])[:, np.newaxis]
    cases = _Cases(logits, heard, {}, {}, read, reading)
    for place, (story, language) in enumerate(zip(stories, languages, strict=True)):
        if language not in _ENGLISH:
            _list(cases, place, cuts[place], language or "")
        if story.hints or story.url:
            _hint(cases, place, story)
    return cases


def _is_english(reading: model.Reading, languages: Sequence[str | None]) -> npt.NDArray[np.bool_]:
    """Which texts the model knows anything of, and where the language is not known, most."""
    words = reading.words
    least = np.where([language is None for language in languages], _LEAST_KNOWN, 0.0)
    found: npt.NDArray[np.bool_] = np.diff(reading.found.bounds) > 0
    return found & (np.diff(words.bounds) > least * np.diff(words.ends[::2]))


def _list(cases: _Cases, place: int, text: Cut, language: str) -> None:
    """Adds what the word list of a language says of a text."""
    words = lexicon.load(language)
    if words is None:
        return
    strengths, found = lexicon.read(words, text.title, text.body)
    if found:
        cases.logits[place] = np.log((np.array(strengths) + lexicon.PRIOR) ** lexicon.SHARPNESS)
        cases.heard[place], cases.words[place] = np.array(strengths) > 0, found


def _hint(cases: _Cases, place: int, story: Story) -> None:
    """Adds what the source of a story says."""
    for topic, trust, words in hints.read(story):
        if not cases.heard[place].any():
            cases.logits[place] = 0
        cases.heard[place, topic] = True
        cases.logits[place, topic] += trust
        cases.hints.setdefault(place, {}).setdefault(topic, []).append(words)


def main_chances(stories: Sequence[Story], languages: Sequence[str | None], cuts: Sequence[Cut]) -> Floats:
    """The chance of each topic to be the main one, a row for each story."""
    found: list[Floats] = [np.zeros((0, len(TOPICS)))]
    for some in _steps(len(stories)):
        read, _, reading = _read(languages[some], cuts[some])
        found.append(_shares(_look(stories[some], languages[some], cuts[some], read, reading).logits))
    return np.concatenate(found)


def _reasons(cases: _Cases, chosen: Sequence[_Chosen], texts: Sequence[tuple[str, str]]) -> list[list[tuple[str, ...]]]:
    """What speaks for each topic of each story. `texts`: titles and bodies of those that the model has read."""
    found = [[tuple(cases.words.get(place, {}).get(topic, ())) for topic, _ in own] for place, own in enumerate(chosen)]
    if cases.reading:
        bounds = cases.reading.found.bounds
        telling = [(at, place) for at, place in enumerate(cases.read) if bounds[at] < bounds[at + 1]]
        told = model.load().speakers(cases.reading, [(at, [topic for topic, _ in chosen[place]]) for at, place in telling])
        for (at, place), words in zip(telling, told, strict=True):
            found[place] = _as_printed(words, texts[at])
    for place, said in cases.hints.items():
        found[place] = [
            (*said.get(topic, ()), *words)[:_WORDS_SHOWN] for (topic, _), words in zip(chosen[place], found[place], strict=True)
        ]
    return [[words[:_WORDS_SHOWN] for words in own] for own in found] if cases.words else found


def _as_printed(told: Sequence[tuple[str, ...]], text: tuple[str, str]) -> list[tuple[str, ...]]:
    """Words of each topic of a story as its title or body has them, in small letters: "fire" may be of "cease-fire"."""
    whole = " ".join(text).lower()
    return [tuple(dict.fromkeys(as_printed(word, whole) for word in words)) for words in told]


def _choose_all(cases: _Cases) -> list[_Chosen]:
    """The topics of each story that are likely enough to be said."""
    shares = _shares(cases.logits)
    main = shares.argmax(axis=1)
    rows = np.arange(len(shares))
    odds = second_features(shares, main) @ _BY_FEATURE + _CONSTANTS
    chances = np.maximum(shares, np.minimum(1 / (1 + np.exp(-odds)), shares[rows, main, np.newaxis])) * cases.heard
    order = -chances
    order[rows, main] = -2.0  # before those that are as likely
    best = order.argsort(axis=1, kind="stable")[:, : len(_LEAST)]
    listed = chances[rows[:, np.newaxis], best]
    counts = (listed >= _LEAST).cumprod(axis=1).sum(axis=1)
    return [
        list(zip(topics[:count], own[:count], strict=True))
        for topics, own, count in zip(best.tolist(), listed.tolist(), counts.tolist(), strict=True)
    ]


def _shares(logits: Floats) -> Floats:
    """The chance of each topic to be the main one; those of a story add up to 1."""
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    told: Floats = shares
    return told


def second_features(shares: Floats, main: npt.NDArray[np.intp]) -> Floats:
    """What the chance of each topic (stories, 17, 3) to stand beside the main one is a function of."""
    logs = np.log(np.maximum(shares, np.exp(_LEAST_SHARE)))
    own = np.broadcast_to(logs[np.arange(len(main)), main, np.newaxis], logs.shape)
    return np.stack((logs, own, _together()[main]), axis=2)


@cache
def _together() -> Floats:
    """Log-odds of the second of two topics where the first is the main one (17, 17)."""
    text = (resources.files("newsdesk") / "data" / "topics" / "together.txt").read_text("ascii")
    return np.array([line.split() for line in text.splitlines() if not line.startswith("#")], np.float64) / 10
