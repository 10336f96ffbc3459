"""The labelled comments that the mood model learns from, each read in its publisher's format."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from newsdesk.text import clean_lines
from training.mood.runs import cut_spans

CLASSES = ("negative", "neutral", "positive")
Target = tuple[float, float, float]

GOEMOTIONS = "datasets/sentiment-more/goemotions"
LABELS = Path(__file__).parent / "labels.tsv"
AUTHORED, ABROAD, ABROAD_MEASURED = (
    Path(__file__).parent / f"{name}.txt" for name in ("authored", "abroad", "abroad_measured")
)

# Emotions that no toxic comment is written in.
_KIND = frozenset(
    "admiration approval caring excitement gratitude joy love optimism pride relief neutral realization curiosity".split()
)
# How strongly the share of an emotion's few doubly labelled comments is drawn to the share of all.
_PRIOR_COMMENTS = 6.0
_EVERY = 4  # comments of GoEmotions, of which one is learnt from


@dataclass(frozen=True, slots=True)
class Example:
    """A comment with what is known of it; `target` is a chance for each of :data:`CLASSES`, or None."""

    text: str
    source: str
    target: Target | None = None
    sarcastic: float | None = None
    toxic: float | None = None
    title: str | None = None
    parent: str | None = None
    group: str = ""
    language: str = "en"

    @property
    def label(self) -> int:
        return int(np.argmax(self.target)) if self.target else -1


def one_hot(label: int) -> Target:
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


def read_labelled(shared: Path) -> dict[str, list[Example]]:
    """Every set that was labelled under the guideline and may be learnt from, by name."""
    sets = {name: read_comments(shared, name) for name in ("fox", "civil", "reddit")}
    for one in (*read_judged(shared), *read_authored()):
        sets.setdefault(one.source, []).append(one)
    return sets


def labelled_texts(shared: Path) -> list[str]:
    """The texts of :func:`read_labelled`."""
    return [one.text for own in read_labelled(shared).values() for one in own]


def is_held_out(one: Example) -> bool:
    """Whether a Fox comment is of one of the stories that no encoder learns from: every other one by its number."""
    return one.source == "fox" and int(one.group[-3:]) % 2 == 0


def read_judged(shared: Path) -> list[Example]:
    """More comments judged under the guideline, one by one: ``labels.tsv`` holds their set, id, sentiment and sarcasm; the
    texts are looked up in the sets of `shared` that carry no such labels."""
    texts = {("goemotions", row_id): text for text, _, row_id in emotion_rows(shared)}
    texts |= {("toxic_spans", row["comment_id"]): row["comment_text"] for row in _toxic_rows(shared)}
    texts |= {("spans", str(span.number)): span.text for span in cut_spans(toxic_texts(shared))}
    found = []
    for line in LABELS.read_text("utf-8").split("\n"):
        if line:
            name, row_id, label, sarcastic = line.split("\t")
            target = one_hot(CLASSES.index(label))
            found.append(Example(texts[name, row_id], f"judged {name}", target, float(sarcastic)))
    return found


def read_authored(path: Path = AUTHORED) -> list[Example]:
    """The comments that were written for newsdesk, with their headlines; one that answers another has it as its parent. Those
    in :data:`ABROAD` and :data:`ABROAD_MEASURED` are in other languages than English."""
    found: list[Example] = []
    title, language = "", "en"
    for line in path.read_text("utf-8").split("\n"):
        mark, _, text = line.partition(" ")
        if mark == "#":
            title = text
        elif mark == "###":
            language = text
        elif mark and mark != "##":
            target = one_hot({"n": 0, "m": 0, "u": 1, "p": 2}[mark[0]])
            parent = found[-1].text if mark.endswith("^") else None
            mocks = float(mark[0] == "m")
            found.append(Example(text, path.stem, target, mocks, title=title, parent=parent, group=title, language=language))
    return found


def as_said(texts: Sequence[str], source: str, logits: NDArray[np.float64]) -> list[Example]:
    """`texts` with what another model says of them: chances, not certainties."""
    odds = np.exp(logits[:, :3])
    chances = (odds / odds.sum(axis=1, keepdims=True)).tolist()
    sarcastic = (1 / (1 + np.exp(-logits[:, 3]))).tolist()
    rows = zip(texts, chances, sarcastic, strict=True)
    return [Example(text, source, (first, second, third), mocks) for text, (first, second, third), mocks in rows]


def rated_too(shared: Path, told: list[Example]) -> list[Example]:
    """`told`, with its publisher's own rating as half of the target where there is one."""
    rated = {"taught vader": read_vader(shared), "taught newsmtsc": read_newsmtsc(shared)}
    known = {(source, one.text): one.target for source, own in rated.items() for one in own}
    return [_between(one, known.get((one.source, one.text))) for one in told]


def _between(one: Example, rating: Target | None) -> Example:
    if rating is None or one.target is None:
        return one
    first, second, third = ((said + rated) / 2 for said, rated in zip(one.target, rating, strict=True))
    return replace(one, target=(first, second, third))


def read_pages(shared: Path) -> list[Example]:
    """The labelled comments of the page corpus, in many languages. Never learnt from."""
    found = []
    for path in sorted((shared / "pages/dev").glob("*.json")):
        page = json.loads(path.read_text("utf-8"))
        for story in page["stories"]:
            comments = story.get("comments", [])
            for comment in comments:
                answered = comment["reply_to"]
                parent = clean_lines(comments[answered]["text"]) if answered is not None else None
                target = one_hot(CLASSES.index(comment["sentiment"]))
                text = clean_lines(comment["text"])
                language, group = page["language"], path.stem
                found.append(
                    Example(text, "pages", target, title=story["title"], parent=parent, group=group, language=language)
                )
    return found


def read_ratings(shared: Path) -> list[tuple[str, float]]:
    """Sentences of NYT editorials with the mean rating of twenty people. Only ever measured on."""
    return [
        (comment["text"], gold["rating"])
        for story in map(json.loads, _lines(shared / "datasets/comments/nyt-measure.jsonl.gz"))
        for comment, gold in zip(story["comments"], story["gold"]["comments"], strict=True)
    ]


def read_goemotions(shared: Path, judged: list[Example]) -> list[Example]:
    """GoEmotions' train and dev parts, one in :data:`_EVERY`. What its emotions mean under the guideline is counted on
    `judged`, those of its comments that were labelled under it: a comment's target is the mean share of the classes over its
    emotions. The judged comments themselves are left out."""
    names = (shared / GOEMOTIONS / "labels.txt").read_text("utf-8").split()
    labels = {one.text.strip(): one.target for one in judged}
    rows = [(text, numbers) for text, numbers, _ in emotion_rows(shared)]
    share = _emotion_shares(rows, labels, len(names))
    rest = [row for row in rows if row[0].strip() not in labels]
    found = []
    for text, numbers in rest[::_EVERY]:
        first, second, third = share[numbers].mean(axis=0).tolist()
        toxic = 0.0 if _KIND.issuperset(names[number] for number in numbers) else None
        found.append(Example(text, "goemotions", (first, second, third), toxic=toxic))
    return found


def emotion_rows(shared: Path) -> list[tuple[str, list[int], str]]:
    """Text, numbers of the emotions and id of each comment in GoEmotions' train and dev parts."""
    rows = []
    for part in ("train", "dev"):
        for line in _lines(shared / GOEMOTIONS / f"{part}.tsv.gz"):
            text, numbers, row_id = line.split("\t")
            rows.append((text, [int(number) for number in numbers.split(",")], row_id))
    return rows


def _emotion_shares(rows: list[tuple[str, list[int]]], labels: Mapping[str, Target | None], size: int) -> NDArray[np.float64]:
    """Shares of the three classes for each of `size` emotions, counted where a comment has both kinds of label."""
    counts = np.zeros((size, 3))
    for text, numbers in rows:
        target = labels.get(text.strip())
        if target:
            counts[numbers] += np.array(target) / len(numbers)
    overall = counts.sum(axis=0) / counts.sum()
    shares: NDArray[np.float64] = (counts + _PRIOR_COMMENTS * overall) / (counts.sum(axis=1, keepdims=True) + _PRIOR_COMMENTS)
    return shares


VADER_CUTS = {"tweets": 0.6, "amazonReviewSnippets": 0.7, "movieReviewSnippets": 0.9}


def read_vader(shared: Path) -> list[Example]:
    """VADER's ground truth of tweets, product and film reviews (mean ratings -4..4), cut into three classes."""
    return [
        Example(text, "vader", one_hot(2 if rating > cut else 0 if rating < -cut else 1))
        for part, cut in VADER_CUTS.items()
        for text, rating in read_vader_ratings(shared, part)
    ]


def read_vader_ratings(shared: Path, part: str) -> list[tuple[str, float]]:
    """The texts of one of its parts, each with its mean rating."""
    rows = (line.split("\t") for line in _lines(shared / f"datasets/sentiment-more/vader/{part}_GroundTruth.txt.gz"))
    return [(fields[2], float(fields[1])) for fields in rows if len(fields) >= 3]


def read_newsmtsc(shared: Path) -> list[Example]:
    """NewsMTSC's train part: news sentences with the mean polarity (2, 4, 6) towards the people in them."""
    return [
        Example(text, "newsmtsc", one_hot(0 if rating < -0.5 else 2 if rating > 0.5 else 1), toxic=0.0)
        for text, rating in read_newsmtsc_ratings(shared)
    ]


def read_newsmtsc_ratings(shared: Path) -> list[tuple[str, float]]:
    """The same sentences, each with that mean from -2 to 2."""
    records = map(json.loads, _lines(shared / "datasets/sentiment-more/newsmtsc/train.jsonl.gz"))
    return [
        (one["sentence_normalized"], sum(target["polarity"] for target in one["targets"]) / len(one["targets"]) - 4.0)
        for one in records
    ]


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
    return [Example(text, "toxic_spans", toxic=1.0) for text in toxic_texts(shared)]


def toxic_texts(shared: Path) -> list[str]:
    """The texts of :func:`read_toxic`."""
    return [row["comment_text"] for row in _toxic_rows(shared)]


def _toxic_rows(shared: Path) -> list[dict[str, str]]:
    return _csv(shared / "datasets/sentiment-more/toxic_spans/comments.csv.gz")
