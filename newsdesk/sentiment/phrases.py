"""A small net over the words in their order: it hears "why don't they" and "not that bad" where single words say nothing.

Each known word is a short vector; three neighbours at a time are weighed into a row of signs, and a comment is its signs, those
that matter most for the most part (attention), and the strongest of each. What a word adds to a head can be told apart, so the
net says why as the rest of the model does. It was taught by a larger encoder (``training/mood``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

# Words are numbered from here; what is below stands for what is no known word.
FIRST_WORD = 32
_NOTHING, _UNKNOWN, _NUMBER, _OTHER = 0, 1, 12, 16
_POINTS = {".": 2, ",": 3, "!": 4, "?": 5, ":": 6, ";": 7, '"': 8, "(": 9, ")": 10, "…": 11}
_DOTS, _ASKS_AND_SHOUTS, _SHOUTS, _ASKS = 11, 13, 14, 15
# So many tokens of a comment are heard.
REACH = 160


@dataclass(frozen=True, slots=True)
class Net:
    """`vectors` [words, size], `window` [3 * size, signs] with its bias, `attention` [signs]; `mean`, `most` [signs, heads]."""

    vectors: Floats
    window: Floats
    window_bias: Floats
    attention: Floats
    mean: Floats
    most: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class Heard:
    """What the net makes of a batch: `logits` [comments, heads], and `by_token` [tokens, heads], what each word adds to them
    (a sign that is strongest at several words counts at each)."""

    logits: Floats
    by_token: Floats


def number_words(words: Sequence[str], vocabulary: Mapping[str, int]) -> Ints:
    """The number of each token: of the word, or of the kind of sign it is."""
    known = vocabulary.get
    return np.array([known(word) or _kind(word) for word in words], dtype=np.int64)


def _kind(word: str) -> int:
    first = word[0]
    if first.isalpha():
        return _UNKNOWN
    if word in _POINTS:
        return _POINTS[word]
    if first.isdigit():
        return _NUMBER
    if first == ".":
        return _DOTS
    if first not in "!?":
        return _OTHER
    return _ASKS_AND_SHOUTS if "!" in word and "?" in word else _SHOUTS if first == "!" else _ASKS


def attend(signs: Floats, attention: Floats, starts: Ints, owner: Ints) -> Floats:
    """How much each token counts in its comment; the counts of a comment add up to 1."""
    strength = signs @ attention
    strength -= np.maximum.reduceat(strength, starts)[owner]
    odds = np.exp(strength)
    shares: Floats = odds / np.add.reduceat(odds, starts)[owner]
    return shares


def hear(numbers: Ints, cuts: Sequence[int], net: Net) -> Heard:
    """Read a batch. The tokens of comment c are ``cuts[c]:cuts[c + 1]``; `numbers` is of all of them."""
    count, heads = len(cuts) - 1, len(net.bias)
    by_token = np.zeros((len(numbers), heads), dtype=np.float32)
    logits = np.tile(net.bias, (count, 1))
    begin = np.asarray(cuts[:-1])
    size = np.minimum(np.diff(np.asarray(cuts)), REACH)
    full = np.flatnonzero(size)
    if not len(full):
        return Heard(logits, by_token)
    owner = np.repeat(np.arange(len(full)), size[full])
    starts = np.cumsum(size[full]) - size[full]
    place = np.arange(len(owner)) - starts[owner] + begin[full][owner]
    first, last = np.zeros(len(owner), dtype=bool), np.zeros(len(owner), dtype=bool)
    first[starts] = True
    last[starts - 1] = True  # the one before a start is an end, and so is the last of all
    signs = _signs(net.vectors[numbers[place]], net, first, last)
    part = (attend(signs, net.attention, starts, owner)[:, None] * signs) @ net.mean
    strongest = np.maximum.reduceat(signs, starts, axis=0)
    logits[full] += np.add.reduceat(part, starts, axis=0) + strongest @ net.most
    by_token[place] = part + np.where(signs == strongest[owner], signs, 0) @ net.most
    return Heard(logits, by_token)


def _signs(vectors: Floats, net: Net, first: NDArray[np.bool_], last: NDArray[np.bool_]) -> Floats:
    """As ``neighbours(vectors, ...) @ net.window`` with its bias, less what is below 0, without building the rows."""
    size = vectors.shape[1]
    signs = vectors @ net.window[size : 2 * size]
    signs += net.window_bias
    before, after = vectors @ net.window[:size], vectors @ net.window[2 * size :]
    before[last], after[first] = 0, 0
    signs[1:] += before[:-1]
    signs[:-1] += after[1:]
    return np.maximum(signs, 0, out=signs)
