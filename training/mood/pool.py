"""The texts that nobody labelled, for the teacher to speak on.

Civil comments and runs of their sentences, Reddit comments, the publishers' rated sets, tweets, sentences of Wikinews,
headlines; comments and runs in which words give way to words of like use, or which are joined, cut short or denied. What
becomes of a comment then, the teacher says (data augmentation for distillation, Jiao et al. 2020, "TinyBERT"). And sentences as
editorials have them, written for newsdesk, each with a rating (``editorial.tsv``).
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
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from training.mood import sources
from training.mood.runs import CUT, SEED, cut_spans
from training.mood.sources import Example, Target

EDITORIAL = Path(__file__).parent / "editorial.tsv"
SEEDS = (SEED, 8, 9, 10, 11)  # of the runs of sentences, each cut at other places
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
NEIGHBOURS, _NEIGHBOUR_SHARE = 12, 0.35
_TURNED, _JOINED, _HEADLINES = 48_000, 16_000, 10_000
_PLAIN, _WIDTH = 0.6, 0.3
_LITTLE = 150  # the commonest words stay
_LINKS = {"is": "is not", "are": "are not", "was": "was not", "were": "were not", "will": "will not", "can": "cannot"}
_LINKS |= {"should": "should not", "would": "would not", "do": "do not", "does": "does not", "have": "have not"}
_DENIED = re.compile(r"\b(is|are|was|were|will|should|would|do|does|did|have|has|could) not\b|n't\b", re.IGNORECASE)
_LINK = re.compile(rf"\b({'|'.join(_LINKS)})\b(?! not|n't)", re.IGNORECASE)


class Asked(NamedTuple):
    """A text that the teacher is asked about, and which set or making it is of."""

    kind: str
    text: str


def read_pool(shared: Path, taught: Mapping[str, NDArray[Any]]) -> list[Asked]:
    """Each text once, in an order of which any beginning has a part of every kind. What is labelled, kept aside to choose or
    to measure, word for word, is left out. `taught` has the words' vectors, which say what is of like use."""
    fox = sources.read_comments(shared, "fox")
    aside = [one.text for one in (*sources.read_comments(shared, "ucc"), *filter(sources.is_held_out, fox))]
    aside += [text for text, _ in sources.read_ratings(shared)]  # stock phrases stand there too
    known = {bare(text) for text in (*aside, *sources.labelled_texts(shared))}
    found = []
    for kind, text in _of_kinds(shared, taught, random.Random(21)):
        if (key := bare(text)) and key not in known:
            known.add(key)
            found.append(Asked(kind, text))
    random.Random(22).shuffle(found)
    return found


def read_taught(shared: Path, taught: Mapping[str, NDArray[Any]]) -> list[Example]:
    """The pool with what the teachers say of each text: chances, not certainties. Where a publisher rated a text, that is half
    of it."""
    asked = read_pool(shared, taught)
    logits = taught["pool_logits"].astype(np.float64) * float(taught["logits_scale"])
    said = sources.as_said([one.text for one in asked], "", logits)
    named = [replace(one, source=f"taught {own.kind}") for one, own in zip(said, asked, strict=True)]
    return sources.rated_too(shared, named)


def bare(text: str) -> str:
    """The words alone, in small letters."""
    return re.sub(r"\W+", " ", text.lower()).strip()


def read_editorial() -> list[tuple[str, float]]:
    """The sentences of ``editorial.tsv`` with their ratings, -4 to 4."""
    rows = (line.split("\t") for line in EDITORIAL.read_text("utf-8").split("\n") if line)
    return [(text, float(rating)) for rating, text in rows]


def target_of(rating: float) -> Target:
    """Chances of the classes: what is rated more than 0.6 from nothing is rather positive or negative."""
    positive, negative = (1 / (1 + math.exp((_PLAIN - own) / _WIDTH)) for own in (rating, -rating))
    return (negative, 1 - negative - positive, positive)


def _of_kinds(shared: Path, taught: Mapping[str, NDArray[Any]], draw: random.Random) -> Iterator[Asked]:
    civil = sources.toxic_texts(shared)
    runs = list(dict.fromkeys(span.text for seed in SEEDS for span in cut_spans(civil, seed)))
    own = [
        one.text for one in (*sources.read_comments(shared, "fox"), *sources.read_authored()) if not sources.is_held_out(one)
    ]
    kinds = {
        "civil": civil,
        "runs": runs,
        "goemotions": [text for text, _, _ in sources.emotion_rows(shared)],
        "vader": [one.text for one in sources.read_vader(shared)],
        "newsmtsc": [one.text for one in sources.read_newsmtsc(shared)],
        "isarcasm": [one.text for one in sources.read_isarcasm(shared)],
        "wikinews": read_wikinews(shared),
        "headlines": draw.sample(read_headlines(shared), _HEADLINES),
        "turned": list(_turned(draw.sample(runs + own * 2, _TURNED), taught, draw)),
        "joined": [
            f"{_ended(one)} {two}" for one, two in zip(draw.sample(runs, _JOINED), draw.sample(runs, _JOINED), strict=True)
        ],
    }
    return (Asked(kind, text) for kind, texts in kinds.items() for text in texts)


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
    near = neighbours(taught)
    for text in texts:
        turned = _swap(text, near, draw)
        chance = draw.random()
        if chance < 0.25:
            turned = _deny(turned, draw)
        elif chance < 0.4:
            turned = _shorten(turned, draw)
        yield turned


def neighbours(taught: Mapping[str, NDArray[Any]]) -> dict[str, list[str]]:
    words = taught["words"].tobytes().decode().split("\n")
    vectors = taught["vectors"].astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found = {}
    for begin in range(_LITTLE, len(words), 1000):
        close = np.argsort(-(vectors[begin : begin + 1000] @ vectors.T), axis=1)[:, 1 : NEIGHBOURS + 1]
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
