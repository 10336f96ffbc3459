"""What the encoders are taught with, in numbers: one file that holds all of it, so that another machine can do the teaching.

A text is a row of numbers of words; a word has its pieces in the vocabulary of the teacher and in that of the encoder that is
shipped. So words can be changed, dropped or put together before they are cut, and both read the same.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsdesk.sentiment.pieces import BEGIN, END, PAD, UNKNOWN, Pieces, words_of
from training.mood import sources
from training.mood.balance import balance
from training.mood.pool import NEIGHBOURS, neighbours, read_editorial, read_pool, target_of
from training.mood.sources import Example

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

PIECES = 14_000
# What is read of a text at most: its beginning and its end, in words; both encoders read fewer pieces than that.
HEAD, TAIL = 54, 26
_MOST_CHARS = 4000
# How much a set counts. Civil comments are nearly all negative: of those a quarter is enough.
WEIGHT = {"fox": 1.5, "civil": 0.6, "reddit": 1.0, "authored": 1.0}
WEIGHT |= {"judged toxic_spans": 0.7, "judged spans": 1.2, "judged goemotions": 0.7}
_CIVIL_KEPT = 0.25
EDITORIAL_WEIGHT = 0.5
_MASKS = re.compile(r"\[(NAME|RELIGION)\]")
# GoEmotions masks names; an encoder reads a name better than a mask.
_NAMES = "John Smith|Mary|Trump|Obama|David|Johnson|Clinton|Mike|Sarah|Jones|Putin|Anna|Brown|Tom|Miller|Emma|Lee|Bill"
_NAMES_OF = {"NAME": _NAMES.split("|"), "RELIGION": ["Christian", "Muslim", "Catholic", "Jewish"]}


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of numbers of unlike length, one after the other: `flat`, and how many are of each row."""

    flat: Ints
    counts: Ints

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> Rows:
        flat = np.fromiter((number for row in rows for number in row), np.int32)
        return cls(flat, np.array([len(row) for row in rows], np.int32))

    def __len__(self) -> int:
        return len(self.counts)

    @property
    def begins(self) -> NDArray[np.int64]:
        return np.cumsum(self.counts, dtype=np.int64) - self.counts

    def lists(self) -> list[list[int]]:
        """Each row by itself."""
        flat, ends = self.flat.tolist(), np.cumsum(self.counts, dtype=np.int64).tolist()
        return [flat[end - count : end] for end, count in zip(ends, self.counts.tolist(), strict=True)]


@dataclass(frozen=True, slots=True)
class Labelled:
    """`target` [n, 3], `sarcastic` [n] (-1 where nobody said), `weight` [n]; `source`: which of `names` a row is of; `held`:
    of the Fox stories that are kept aside to measure."""

    words: Rows
    target: Floats
    sarcastic: Floats
    weight: Floats
    source: Ints
    names: list[str]
    held: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Pack:
    """`large`, `small`: the pieces of each word in the two vocabularies, numbered by `large_rows` and `small_rows`, the rows of
    the encoders' tables that are used. `near` [n, NEIGHBOURS]: of the words `near_of` those of like use. `not_after`: the
    words that a denial may follow, `denial`; `ends`: the signs that end a clause, the full stop first."""

    large: Rows
    small: Rows
    large_rows: Ints
    small_rows: Ints
    near_of: Ints
    near: Ints
    not_after: Ints
    denial: int
    ends: Ints
    pool: Rows
    labelled: Labelled


def unmask(text: str) -> str:
    """`text` with a name for each mask."""
    if "[" not in text:
        return text
    draw = random.Random(len(text))
    return _MASKS.sub(lambda match: draw.choice(_NAMES_OF[match[1]]), text)


def prune(vocabulary: Sequence[str], shared: Path) -> tuple[Pieces, list[int]]:
    """The pieces that the texts at hand use most, with all single signs of ASCII; and their rows in the encoder's table."""
    whole = Pieces({piece: at for at, piece in enumerate(vocabulary)})
    texts = [one.text for name in ("fox", "civil", "reddit") for one in sources.read_comments(shared, name)]
    texts += [unmask(text) for text, _, _ in sources.emotion_rows(shared)]
    texts += [one.text for one in (*sources.read_toxic(shared), *sources.read_vader(shared), *sources.read_newsmtsc(shared))]
    texts += [part for one in sources.read_authored() for part in (one.text, one.title or "")]
    count: Counter[int] = Counter()
    for text in texts:
        count.update(whole.cut(text))
    needed = [PAD, UNKNOWN, BEGIN, END]
    needed += [lead + chr(sign) for sign in range(33, 127) for lead in ("", "##")]
    kept = {whole.number[piece] for piece in needed if piece in whole.number}
    for number, _ in count.most_common():
        if len(kept) >= PIECES:
            break
        kept.add(number)
    rows = sorted(kept)
    return Pieces({vocabulary[row]: at for at, row in enumerate(rows)}), rows


def cut(words: Rows, table: Rows, ends: tuple[int, int], read: tuple[int, int]) -> Rows:
    """The pieces of each row, between the numbers that begin and end one; where they are more than `read` says, the first and
    the last of them."""
    counts = table.counts[words.flat]
    row_of_word = np.repeat(np.arange(len(words)), words.counts)
    size = np.bincount(row_of_word, counts, len(words)).astype(np.int64)
    first = np.cumsum(counts, dtype=np.int64) - counts
    at = np.arange(counts.sum()) - np.repeat(first, counts)
    flat = table.flat[np.repeat(table.begins[words.flat], counts) + at]
    row = np.repeat(row_of_word, counts)
    place = np.arange(len(flat)) - (np.cumsum(size) - size)[row]
    kept = (size[row] <= sum(read)) | (place < read[0]) | (place >= size[row] - read[1])
    flat, row = flat[kept], row[kept]
    kept_size = np.bincount(row, minlength=len(words))
    out = np.empty(len(flat) + 2 * len(words), np.int32)
    begins = np.cumsum(kept_size + 2) - (kept_size + 2)
    inside = np.arange(len(flat)) - np.repeat(np.cumsum(kept_size) - kept_size, kept_size)
    out[begins[row] + 1 + inside] = flat
    out[begins], out[begins + kept_size + 1] = ends
    return Rows(out, (kept_size + 2).astype(np.int32))


class Words:
    """Numbers for words, in the order in which they come."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}

    def rows(self, texts: Sequence[str]) -> Rows:
        return Rows.of([self.row(text) for text in texts])

    def row(self, text: str) -> list[int]:
        words = words_of(unmask(text)[:_MOST_CHARS])
        if len(words) > HEAD + TAIL:
            words = words[:HEAD] + words[-TAIL:]
        number = self.number
        return [number.setdefault(word, len(number)) for word in words]


def weighed(sets: Mapping[str, list[Example]]) -> Iterator[tuple[Example, float]]:
    """The labelled comments with what each counts: classes evened out within a set, a part of the many negative ones."""
    draw = random.Random(4)
    for name, weight in WEIGHT.items():
        kept = [one for one in sets[name] if name != "civil" or one.label or draw.random() < _CIVIL_KEPT]
        targets = np.array([one.target for one in kept])
        weights = balance(targets, np.full(len(kept), weight), np.zeros(len(kept), int), 0.5)
        yield from zip(kept, weights.tolist(), strict=True)


def _label(shared: Path, words: Words) -> Labelled:
    pairs = list(weighed(sources.read_labelled(shared)))
    pairs += [(Example(text, "editorial", target_of(rating), -1.0), EDITORIAL_WEIGHT) for text, rating in read_editorial()]
    examples = [one for one, _ in pairs]
    names = list(dict.fromkeys(one.source for one in examples))
    return Labelled(
        words.rows([one.text for one in examples]),
        np.array([one.target for one in examples], np.float32),
        np.array([one.sarcastic for one in examples], np.float32),
        np.array([weight for _, weight in pairs], np.float32),
        np.array([names.index(one.source) for one in examples], np.int32),
        names,
        np.array([sources.is_held_out(one) for one in examples]),
    )


def make_pack(shared: Path, taught: Mapping[str, NDArray[Any]], large: Sequence[str], small: Sequence[str]) -> Pack:
    """`large`, `small`: the whole vocabularies of the two encoders; `taught` has the words' vectors (:func:`read_pool`)."""
    words = Words()
    pool = words.rows([one.text for one in read_pool(shared, taught)])
    labelled = _label(shared, words)
    near = {word: [w for w in own if w in words.number] for word, own in neighbours(taught).items() if word in words.number}
    near = {word: (own * NEIGHBOURS)[:NEIGHBOURS] for word, own in near.items() if own}
    links = ("is", "are", "was", "were", "will", "should", "would", "do", "does", "did", "have", "has", "could", "can")
    denial, ends = words.row("not")[0], words.row(".!?;:,")
    order = list(words.number)
    whole = Pieces({piece: at for at, piece in enumerate(large)})
    few, small_rows = prune(small, shared)
    cut = [whole.cut_word(word) for word in order]
    large_rows = sorted({0, 1, 2, *(number for row in cut for number in row)})
    place = {row: at for at, row in enumerate(large_rows)}
    return Pack(
        Rows.of([[place[number] for number in row] for row in cut]),
        Rows.of([few.cut_word(word) for word in order]),
        np.array(large_rows, np.int32),
        np.array(small_rows, np.int32),
        np.array([words.number[word] for word in near], np.int32),
        np.array([[words.number[w] for w in own] for own in near.values()], np.int32),
        np.array([words.number[word] for word in links if word in words.number], np.int32),
        denial,
        np.array(ends, np.int32),
        pool,
        labelled,
    )


def save(pack: Pack, path: Path) -> None:
    """One file, without text."""
    arrays: dict[str, Any] = {}
    for name in ("large", "small", "pool"):
        arrays |= _arrays(name, getattr(pack, name))
    for name in ("large_rows", "small_rows", "near_of", "near", "not_after", "ends"):
        arrays[name] = getattr(pack, name)
    own = pack.labelled
    arrays |= _arrays("labelled", own.words)
    arrays |= {f"labelled.{name}": getattr(own, name) for name in ("target", "sarcastic", "weight", "source", "held")}
    arrays["labelled.names"] = np.array(own.names)
    arrays["denial"] = np.array(pack.denial)
    np.savez_compressed(path, **arrays)


def _arrays(name: str, rows: Rows) -> dict[str, NDArray[Any]]:
    return {f"{name}.flat": rows.flat, f"{name}.counts": rows.counts}


def load(path: Path) -> Pack:
    with np.load(path, allow_pickle=False) as stored:
        part = {name: stored[name] for name in stored.files}

    def rows(name: str) -> Rows:
        return Rows(part[f"{name}.flat"], part[f"{name}.counts"])

    own = {name: part[f"labelled.{name}"] for name in ("target", "sarcastic", "weight", "source", "held")}
    return Pack(
        rows("large"),
        rows("small"),
        part["large_rows"],
        part["small_rows"],
        part["near_of"],
        part["near"],
        part["not_after"],
        int(part["denial"]),
        part["ends"],
        rows("pool"),
        Labelled(rows("labelled"), names=part["labelled.names"].tolist(), **own),
    )
