"""More texts that nobody labelled, for the teacher to speak on: other cuts of what is at hand, and comments with a turn.

Of Civil comments other runs of sentences, of the rated sets and of Reddit comments what wasn't asked yet, sentences of
Wikinews, headlines; and comments and runs in which words give way to words of like use, or which are joined, cut short or
denied. What becomes of a comment then, the teacher says (data augmentation for distillation, Jiao et al. 2020, "TinyBERT"). And
sentences as editorials have them, written for newsdesk, each with a rating (``editorial.tsv``).
"""

from __future__ import annotations

import gzip
import json
import math
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.mood import sources
from training.mood.runs import CUT, cut_spans
from training.mood.sources import Example, Target
from training.mood.spans import bare, read_spans

EDITORIAL = Path(__file__).parent / "editorial.tsv"
OTHER_SEEDS, FURTHER_SEEDS = (8, 9), (10, 11)
MOST = {
    "runs": 24_000,
    "civil": 4_000,
    "vader": 6_000,
    "newsmtsc": 4_300,
    "wikinews": 6_000,
    "headlines": 3_000,
    "reddit": 5_000,
    "turned": 16_000,
    "joined": 5_000,
}
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_NEIGHBOURS, _NEIGHBOUR_SHARE = 12, 0.35
_TURNED, _JOINED = 24_000, 7_000  # of which MOST are taken, less what is known
_PLAIN, _WIDTH = 0.6, 0.3
_LITTLE = 150  # the commonest words stay
_LINKS = {"is": "is not", "are": "are not", "was": "was not", "were": "were not", "will": "will not", "can": "cannot"}
_LINKS |= {"should": "should not", "would": "would not", "do": "do not", "does": "does not", "have": "have not"}
_DENIED = re.compile(r"\b(is|are|was|were|will|should|would|do|does|did|have|has|could) not\b|n't\b", re.IGNORECASE)
_LINK = re.compile(rf"\b({'|'.join(_LINKS)})\b(?! not|n't)", re.IGNORECASE)


def read_more(shared: Path, taught: Mapping[str, NDArray[Any]]) -> list[tuple[str, str]]:
    """Kind and text of each, in the order in which the teacher is asked: any beginning of it has a part of every kind."""
    draw = random.Random(21)
    known = _known(shared, taught)
    found: list[tuple[str, str]] = []
    for kind, texts in _of_kinds(shared, taught, draw):
        fresh = []
        for text in texts:
            if (key := bare(text)) and key not in known:
                known.add(key)
                fresh.append((kind, text))
        draw.shuffle(fresh)
        found += fresh[: MOST[kind]]
    draw.shuffle(found)
    measured = {bare(text) for text, _ in sources.read_ratings(shared)}  # stock phrases stand there too
    return [(kind, text) for kind, text in found if bare(text) not in measured]


def read_taught_more(shared: Path, taught: Mapping[str, NDArray[Any]]) -> list[Example]:
    """Those that the teacher was asked about, with what it says of them."""
    logits = sources.logits_of(taught, "more")
    asked = read_more(shared, taught)[: len(logits)]
    said = sources.as_said([text for _, text in asked], "", logits)
    return [replace(one, source=f"more {kind}") for one, (kind, _) in zip(said, asked, strict=True)]


def read_rest(shared: Path, taught: Mapping[str, NDArray[Any]]) -> list[Example]:
    """What the teacher wasn't asked about: the rest of :func:`read_more`, and runs of sentences of Civil comments cut at yet
    other places. The encoder says of them what they are, for the base tier."""
    known = _known(shared, taught) | {bare(text) for text, _ in sources.read_ratings(shared)}
    more = read_more(shared, taught)
    known |= {bare(text) for _, text in more}
    found = [Example(text, "heard more") for _, text in more[len(taught["more_logits"]) :]]
    civil = sources.toxic_texts(shared)
    for text in (span.text for seed in (*OTHER_SEEDS, *FURTHER_SEEDS) for span in cut_spans(civil, seed)):
        if (key := bare(text)) and key not in known:
            known.add(key)
            found.append(Example(text, "heard runs"))
    return found


def read_editorial() -> list[tuple[str, float]]:
    """The sentences of ``editorial.tsv`` with their ratings, -4 to 4."""
    rows = (line.split("\t") for line in EDITORIAL.read_text("utf-8").split("\n") if line)
    return [(text, float(rating)) for rating, text in rows]


def target_of(rating: float) -> Target:
    """Chances of the classes: what is rated more than 0.6 from nothing is rather positive or negative."""
    positive, negative = (1 / (1 + math.exp((_PLAIN - own) / _WIDTH)) for own in (rating, -rating))
    return (negative, 1 - negative - positive, positive)


def _known(shared: Path, taught: Mapping[str, NDArray[Any]]) -> set[str]:
    """What was asked or labelled, and what is kept aside to choose and to measure."""
    fox = sources.read_comments(shared, "fox")
    aside = [one.text for one in (*sources.read_comments(shared, "ucc"), *filter(sources.is_held_out, fox))]
    asked = [one.text for one in sources.read_taught(shared, taught)] + [one.text for one in read_spans(shared)]
    return {bare(text) for text in (*aside, *asked, *sources.labelled_texts(shared))}


def _of_kinds(shared: Path, taught: Mapping[str, NDArray[Any]], draw: random.Random) -> Iterator[tuple[str, list[str]]]:
    civil = sources.toxic_texts(shared)
    runs = [span.text for seed in OTHER_SEEDS for span in cut_spans(civil, seed)]
    yield "runs", runs
    yield "civil", civil
    yield "vader", [one.text for one in sources.read_vader(shared)]
    yield "newsmtsc", [one.text for one in sources.read_newsmtsc(shared)]
    yield "wikinews", read_wikinews(shared)
    yield "headlines", read_headlines(shared)
    yield "reddit", [text for text, _, _ in sources.emotion_rows(shared)]
    own = [span.text for span in read_spans(shared)] + runs
    own += [
        one.text for one in (*sources.read_comments(shared, "fox"), *sources.read_authored()) if not sources.is_held_out(one)
    ]
    yield "turned", list(_turned(draw.sample(own, _TURNED), taught, draw))
    yield "joined", [f"{_ended(first)} {second}" for first, second in _pairs(runs, draw)]


def _pairs(runs: Sequence[str], draw: random.Random) -> Iterator[tuple[str, str]]:
    return zip(draw.sample(runs, _JOINED), draw.sample(runs, _JOINED), strict=True)


def read_wikinews(shared: Path) -> list[str]:
    """Sentences of Wikinews articles (CC BY 2.5)."""
    found = []
    for path in sorted((shared / "datasets/open-news").glob("*wikinews*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                found += [part.strip() for part in CUT.split(json.loads(line)["body"]) if 40 <= len(part.strip()) <= 320]
    return found


def read_headlines(shared: Path) -> list[str]:
    """Headlines of the HuffPost set (CC BY 4.0), which come in small letters, cut apart."""
    with gzip.open(shared / "datasets/topics/huffpost-dev.jsonl.gz", "rt", encoding="utf-8") as file:
        titles = [json.loads(line)["title"] for line in file]
    return [re.sub(r" (?=['’,.!?:;%)])|(?<=[($]) ", "", one[:1].upper() + one[1:]) for one in titles]


def _ended(text: str) -> str:
    return text if text[-1:] in ".!?" else f"{text}."


def _turned(texts: Sequence[str], taught: Mapping[str, NDArray[Any]], draw: random.Random) -> Iterator[str]:
    near = _neighbours(taught)
    for text in texts:
        turned = _swap(text, near, draw)
        chance = draw.random()
        if chance < 0.25:
            turned = _deny(turned, draw)
        elif chance < 0.4:
            turned = _shorten(turned, draw)
        yield turned


def _neighbours(taught: Mapping[str, NDArray[Any]]) -> dict[str, list[str]]:
    words = taught["words"].tobytes().decode().split("\n")
    vectors = taught["vectors"].astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found = {}
    for begin in range(_LITTLE, len(words), 1000):
        close = np.argsort(-(vectors[begin : begin + 1000] @ vectors.T), axis=1)[:, 1 : _NEIGHBOURS + 1]
        found.update({words[begin + at]: [words[other] for other in row] for at, row in enumerate(close.tolist())})
    return found


def _swap(text: str, near: Mapping[str, list[str]], draw: random.Random) -> str:
    def other(match: re.Match[str]) -> str:
        word = match[0]
        choice = near.get(word.lower())
        if not choice or len(word) < 3 or draw.random() > _NEIGHBOUR_SHARE:
            return word
        found = draw.choice(choice)
        return found.upper() if word.isupper() else found.capitalize() if word[0].isupper() else found

    return _WORD.sub(other, text)


def _deny(text: str, draw: random.Random) -> str:
    """With one denial more, or one less."""
    if (denied := list(_DENIED.finditer(text))) and draw.random() < 0.7:
        match = draw.choice(denied)
        return text[: match.start()] + (match[1] or "") + text[match.end() :]
    if links := list(_LINK.finditer(text)):
        match = draw.choice(links)
        return text[: match.start()] + _LINKS[match[1].lower()] + text[match.end() :]
    return text


def _shorten(text: str, draw: random.Random) -> str:
    """One clause of it, or its words from somewhere on."""
    parts = [part.strip() for part in re.split(r"[,;:.!?]+\s", text) if len(part.split()) >= 3]
    return draw.choice(parts) if len(parts) > 1 else text
