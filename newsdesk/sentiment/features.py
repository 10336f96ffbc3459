"""What is looked at in a comment: hashed words, word pairs and pieces of words, and a row of counted marks.

Everything is done for a whole batch at once with numpy. The batch becomes one long string; the hash of any stretch of it is
read off a running sum of ``code point * BASE ** position`` modulo 2 ** 64 (Karp and Rabin's rolling hash), so words, pairs and
pieces cost a few array operations each and the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Floats = NDArray[np.float32]

# A longer comment is read by its beginning and its end: people say what they think there.
HEAD_CHARS, TAIL_CHARS = 2400, 1200
BUCKET_BITS = 17
BUCKETS = 1 << BUCKET_BITS
PIECE_SIZES = (3, 4, 5)
NEGATION_REACH = 3

_BASE = 0x9E3779B97F4A7C15 | 1
_BASE_INVERSE = pow(_BASE, -1, 1 << 64)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_MARK = {
    name: np.uint64(0x94D049BB133111EB * (place + 1) & 0xFFFFFFFFFFFFFFFF)
    for place, name in enumerate(("word", "denied", "pair", "first", "piece", "skip", "triple"))
}

_LINK = re.compile(r"https?://\S+|www\.\S+")
_ADDRESSED = re.compile(r"@\w+|\[name\]|\[religion\]")
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[!?]+|\.\.+|[.,;:…\"()]|[☀-➿\U0001f000-\U0001faff]")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "\n": " ", "\x00": " ", "`": "'"})
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_TRIPLES = tuple(letter * 3 for letter in "abcdefghijklmnopqrstuvwxyz")
NEGATORS = frozenset(
    "not no never none nobody nothing neither nor without hardly cannot cant dont doesnt didnt isnt wasnt wont wouldnt "
    "don't doesn't didn't isn't aren't wasn't weren't won't wouldn't can't couldn't shouldn't haven't hasn't hadn't "
    "ain't".split()
)
_ENDS_SCOPE = frozenset(". , ; : … ( ) but".split())


def trim(text: str) -> str:
    """`text`, or its beginning and end where it is long."""
    if len(text) <= HEAD_CHARS + TAIL_CHARS:
        return text
    return f"{text[:HEAD_CHARS]} {text[-TAIL_CHARS:]}"


def fold(text: str) -> str:
    """`text` as words are compared: lower case, straight quotes, one line, no addresses, "sooooo" as "soo"."""
    text = text.lower().translate(_QUOTES)
    if "http" in text or "www." in text:
        text = _LINK.sub(" urlhere ", text)
    if "@" in text or "[" in text:
        text = _ADDRESSED.sub(" ", text)
    # Looking for each letter three times over is far cheaper than the pattern, which few texts need.
    if text.isascii() and not any(map(text.__contains__, _TRIPLES)):
        return text
    return _STRETCHED.sub(r"\1\1", text)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a batch: `text` is the folded batch, each text between two spaces.

    Token t is ``text[start[t]:end[t]]`` and of comment `owner[t]`; `denied` marks those that a negation reaches.
    """

    text: str
    count: int
    start: Ints
    end: Ints
    owner: Ints
    denied: NDArray[np.bool_]
    words: list[str]


@dataclass(frozen=True, slots=True)
class Features:
    """Hashed features: feature f is in bucket `bucket[f]`, came from token `token[f]` and weighs `weight[f]`."""

    bucket: Ints
    token: Ints
    weight: Floats


def tokenise(folded: Sequence[str]) -> Tokens:
    """Cut a batch of folded texts into tokens, marking those that a negation before them reaches."""
    text = "".join(f" {one} " for one in folded)
    spans = [found.span() for found in _TOKEN.finditer(text)]
    bounds = np.array(spans, dtype=np.int64).reshape(-1, 2)
    start, end = bounds[:, 0], bounds[:, 1]
    starts_of_text = np.cumsum([0] + [len(one) + 2 for one in folded[:-1]])
    owner = np.searchsorted(starts_of_text, start, side="right") - 1
    words = [text[begin:stop] for begin, stop in spans]
    return Tokens(text, len(folded), start, end, owner, _denied(words, owner), words)


def _denied(words: list[str], owner: Ints) -> NDArray[np.bool_]:
    """Which tokens stand within reach of a negation, with no clause end between."""
    size = len(words)
    if not size:
        return np.zeros(0, dtype=bool)
    place = np.arange(size)
    negator = np.fromiter(map(NEGATORS.__contains__, words), dtype=bool, count=size)
    stop = np.fromiter(map(_ENDS_SCOPE.__contains__, words), dtype=bool, count=size)
    stop[1:] |= owner[1:] != owner[:-1]
    last_negator = np.maximum.accumulate(np.where(negator, place, -NEGATION_REACH - 1))
    last_stop = np.maximum.accumulate(np.where(stop, place, -1))
    denied: NDArray[np.bool_] = (last_negator < place) & (place - last_negator <= NEGATION_REACH) & (last_stop <= last_negator)
    return denied


def _points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _sums(text: str) -> tuple[Hashes, Hashes]:
    """Running sums of the text's code points times powers of the base, and the inverse powers."""
    points = _points(text).astype(np.uint64) + np.uint64(1)
    size = len(points)
    powers = np.full(size + 1, _BASE, dtype=np.uint64)
    inverse = np.full(size + 1, _BASE_INVERSE, dtype=np.uint64)
    powers[0] = inverse[0] = 1
    np.cumprod(powers, out=powers)
    np.cumprod(inverse, out=inverse)
    sums = np.zeros(size + 1, dtype=np.uint64)
    np.cumsum(points * powers[:-1], out=sums[1:])
    return sums, inverse


def _bucket(hashes: Hashes, mark: str) -> Ints:
    mixed = (hashes ^ _MARK[mark]) * _MIX
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MIX
    return (mixed >> np.uint64(64 - BUCKET_BITS)).astype(np.int64)


def hash_features(tokens: Tokens, apart: NDArray[np.bool_] | None = None) -> Features:
    """The hashed features of a batch. Each group (words, pairs, pieces) is scaled by 1 / sqrt(its number in the comment). The
    pieces of tokens that are `apart` are left out."""
    sums, inverse = _sums(tokens.text)
    here = np.arange(len(tokens.start))
    whole = (sums[tokens.end] - sums[tokens.start]) * inverse[tokens.start]
    single = np.where(tokens.denied, _bucket(whole, "denied"), _bucket(whole, "word"))
    follows = here[1:][tokens.owner[1:] == tokens.owner[:-1]]
    pair = _bucket(whole[follows - 1] * _MIX + whole[follows], "pair")
    third = follows[1:][np.diff(follows) == 1] if len(follows) else follows
    triple = _bucket((whole[third - 2] * _MIX + whole[third - 1]) * _MIX + whole[third], "triple")
    first = here[np.diff(tokens.owner, prepend=-1) != 0]
    groups = [
        (single, here),
        (pair, follows),
        (triple, third),
        (_bucket(whole[first], "first"), first),
    ]
    weights = [_scale(tokens.owner[token], tokens.count) for _, token in groups]
    pieces, token = _pieces(tokens, sums, inverse, here if apart is None else here[~apart])
    groups.append((pieces, token))
    weights.append(scale_of_pieces(tokens)[tokens.owner[token]])
    return Features(
        np.concatenate([bucket for bucket, _ in groups]),
        np.concatenate([token for _, token in groups]),
        np.concatenate(weights),
    )


def _pieces(tokens: Tokens, sums: Hashes, inverse: Hashes, among: Ints) -> tuple[Ints, Ints]:
    """Buckets and tokens of the pieces of the words `among` the tokens, the sign on either side counted as part of the word."""
    buckets, owners = [], []
    left, right = tokens.start[among] - 1, tokens.end[among] + 1
    for size in PIECE_SIZES:
        number = np.maximum(right - left - size + 1, 0)
        place = np.repeat(np.arange(len(left)), number)
        offset = np.arange(len(place)) - np.repeat(np.cumsum(number) - number, number)
        start = left[place] + offset
        buckets.append(_bucket((sums[start + size] - sums[start]) * inverse[start], "piece"))
        owners.append(among[place])
    return np.concatenate(buckets), np.concatenate(owners)


def scale_of_pieces(tokens: Tokens) -> Floats:
    """What a piece weighs in each comment."""
    length = tokens.end - tokens.start + 2
    each = sum(np.maximum(length - size + 1, 0) for size in PIECE_SIZES)
    number = np.bincount(tokens.owner, each, minlength=tokens.count)
    scale: Floats = (1.0 / np.sqrt(np.maximum(number, 1))).astype(np.float32)
    return scale


def between_spaces(tokens: Tokens) -> NDArray[np.bool_]:
    """Which tokens have a space on either side, so that their pieces are the same wherever they stand."""
    space = _points(tokens.text) == ord(" ")
    between: NDArray[np.bool_] = space[tokens.start - 1] & space[tokens.end]
    return between


def weigh_pieces(words: Sequence[str], hashed: Floats) -> Floats:
    """The sum of the weights `hashed` [buckets, heads] over the pieces of each word between spaces, [words, heads]."""
    start = np.cumsum([1] + [len(word) + 2 for word in words[:-1]])
    end = start + np.array([len(word) for word in words])
    here = np.arange(len(words))
    tokens = Tokens("".join(f" {word} " for word in words), len(words), start, end, here, np.zeros(len(words), bool), [*words])
    bucket, token = _pieces(tokens, *_sums(tokens.text), here)
    weights = hashed[bucket]
    columns = [np.bincount(token, weights[:, head], minlength=len(words)) for head in range(hashed.shape[1])]
    return np.stack(columns, axis=1).astype(np.float32)


def _scale(owner: Ints, count: int) -> Floats:
    number = np.bincount(owner, minlength=count)
    scaled: Floats = (1.0 / np.sqrt(np.maximum(number, 1)))[owner].astype(np.float32)
    return scaled
