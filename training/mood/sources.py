"""The labelled comments that the mood model learns from, each read in its publisher's format."""

from __future__ import annotations

import csv
import gzip
import io
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

CLASSES = ("negative", "neutral", "positive")

# GoEmotions' 27 emotions as the guideline sees them: surprise, realization, confusion and curiosity take no side.
_KIND = frozenset("admiration amusement approval caring excitement gratitude joy love optimism pride relief desire".split())
_UNKIND = frozenset(
    "anger annoyance disappointment disapproval disgust embarrassment fear grief remorse sadness nervousness".split()
)


@dataclass(frozen=True, slots=True)
class Example:
    """A comment with what is known of it; `target` is a chance for each of :data:`CLASSES`, or null."""

    text: str
    source: str
    target: tuple[float, float, float] | None = None
    sarcastic: float | None = None
    toxic: float | None = None
    title: str | None = None
    parent: str | None = None
    group: str = ""

    @property
    def label(self) -> int:
        return int(np.argmax(self.target)) if self.target else -1


def one_hot(label: int) -> tuple[float, float, float]:
    return (float(label == 0), float(label == 1), float(label == 2))


def _lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8", errors="replace", newline="\n") as file:
        return [line.rstrip("\n") for line in file if line.strip()]


def read_comments(shared: Path, name: str) -> list[Example]:
    """One of the comment sets labelled under the guideline: fox, civil, reddit, ucc."""
    found = []
    for story in map(json.loads, _lines(shared / f"datasets/comments/{name}-dev.jsonl.gz")):
        for comment, gold in zip(story["comments"], story["gold"]["comments"], strict=True):
            found.append(
                Example(
                    comment["text"],
                    name,
                    one_hot(CLASSES.index(gold["sentiment"])),
                    float(gold["sarcastic"]),
                    title=story["title"],
                    parent=comment.get("answers"),
                    group=story["id"],
                )
            )
    return found


def read_ratings(shared: Path) -> list[tuple[str, float]]:
    """Sentences of NYT editorials with the mean rating of twenty people. Only ever measured on."""
    return [
        (comment["text"], gold["rating"])
        for story in map(json.loads, _lines(shared / "datasets/comments/nyt-measure.jsonl.gz"))
        for comment, gold in zip(story["comments"], story["gold"]["comments"], strict=True)
    ]


def read_goemotions(shared: Path) -> list[Example]:
    """GoEmotions' train and dev parts, emotions mapped to the three classes; those that pull both ways are left out."""
    folder = shared / "datasets/sentiment-more/goemotions"
    names = (folder / "labels.txt").read_text("utf-8").split()
    found = []
    for part in ("train", "dev"):
        for line in _lines(folder / f"{part}.tsv.gz"):
            text, numbers, _ = line.split("\t")
            emotions = {names[int(number)] for number in numbers.split(",")}
            kind, unkind = len(emotions & _KIND), len(emotions & _UNKIND)
            if kind != unkind or not kind:
                label = 2 if kind > unkind else 0 if unkind > kind else 1
                toxic = 0.0 if not unkind and not emotions & {"surprise", "confusion"} else None
                found.append(Example(text, "goemotions", one_hot(label), toxic=toxic))
    return found


def read_vader(shared: Path) -> list[Example]:
    """VADER's ground truth of tweets, product and film reviews (mean ratings -4..4), cut into three classes."""
    found = []
    for part, cut in (("tweets", 0.6), ("amazonReviewSnippets", 0.7), ("movieReviewSnippets", 0.9)):
        for line in _lines(shared / f"datasets/sentiment-more/vader/{part}_GroundTruth.txt.gz"):
            fields = line.split("\t")
            if len(fields) >= 3:
                rating = float(fields[1])
                found.append(Example(fields[2], f"vader-{part}", one_hot(2 if rating > cut else 0 if rating < -cut else 1)))
    return found


def read_newsmtsc(shared: Path) -> list[Example]:
    """NewsMTSC's train part: news sentences with the mean polarity (2, 4, 6) towards the people in them."""
    found = []
    for record in map(json.loads, _lines(shared / "datasets/sentiment-more/newsmtsc/train.jsonl.gz")):
        mean = sum(target["polarity"] for target in record["targets"]) / len(record["targets"])
        label = 0 if mean < 3.5 else 2 if mean > 4.5 else 1
        found.append(Example(record["sentence_normalized"], "newsmtsc", one_hot(label), toxic=0.0))
    return found


def _csv(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(io.StringIO(file.read())))


def read_isarcasm(shared: Path) -> list[Example]:
    """iSarcasmEval's train part: tweets that their authors call sarcastic or not, and the authors' plain rephrasings."""
    found = []
    for row in _csv(shared / "datasets/sentiment-more/isarcasm/train.En.csv.gz"):
        if row["tweet"]:
            found.append(Example(row["tweet"], "isarcasm", sarcastic=float(row["sarcastic"])))
        if row["rephrase"]:
            found.append(Example(row["rephrase"], "isarcasm", sarcastic=0.0))
    return found


def read_toxic(shared: Path) -> list[Example]:
    """Civil Comments texts of the Toxic Spans set, most of which were called toxic by most of their raters."""
    rows = _csv(shared / "datasets/sentiment-more/toxic_spans/comments.csv.gz")
    return [Example(row["comment_text"], "toxic_spans", toxic=1.0) for row in rows]


Targets = NDArray[np.float64]
