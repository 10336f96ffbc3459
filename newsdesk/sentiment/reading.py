"""Reads a batch of comments with the trained weights: a logit a head, and what each word and mark adds to it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsdesk.sentiment.features import Tokens, between_spaces, fold, hash_features, scale_of_pieces, tokenise, trim
from newsdesk.sentiment.marks import Matrix, read_marks
from newsdesk.sentiment.phrases import FIRST_WORD, hear, number_words
from newsdesk.sentiment.weights import Weights

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reading:
    """`logits` [comments, heads]; `by_token` [tokens, heads] and `marks` [comments, marks] are what they come from.

    The tokens of comment c are ``cuts[c]:cuts[c + 1]``.
    """

    tokens: Tokens
    cuts: list[int]
    logits: Floats
    by_token: Floats
    marks: Matrix


def split_tokens(tokens: Tokens) -> tuple[list[int], list[list[str]], list[list[bool]]]:
    """Where each text's tokens begin and end, its words, and which of them are denied."""
    cuts = np.searchsorted(tokens.owner, np.arange(tokens.count + 1)).tolist()
    denied = tokens.denied.tolist()
    spans = list(itertools.pairwise(cuts))
    return cuts, [tokens.words[a:b] for a, b in spans], [denied[a:b] for a, b in spans]


def look_at(
    texts: Sequence[str], titles: Sequence[str | None], parents: Sequence[str | None], lexicon: Mapping[str, float]
) -> tuple[Tokens, list[int], Matrix]:
    """Tokens and marks of a batch: the one way in, for training and for use."""
    raws = [trim(text) for text in texts]
    folded = [fold(raw) for raw in raws]
    tokens = tokenise(folded)
    cuts, words, denied = split_tokens(tokens)
    return tokens, cuts, read_marks(raws, folded, words, denied, titles, parents, lexicon)


def read(texts: Sequence[str], titles: Sequence[str | None], parents: Sequence[str | None], weights: Weights) -> Reading:
    """The heads' logits for a batch of comments, none of them empty."""
    tokens, cuts, marks = look_at(texts, titles, parents, weights.lexicon)
    numbers = number_words(tokens.words, weights.vocabulary)
    known = (numbers >= FIRST_WORD) & between_spaces(tokens)
    features = hash_features(tokens, known)
    added = weights.hashed[features.bucket] * features.weight[:, None]
    size, heads = len(tokens.start), weights.hashed.shape[1]
    columns = [np.bincount(features.token, added[:, h], minlength=size) for h in range(heads)]
    by_token: Floats = np.stack(columns, axis=1).astype(np.float64, copy=False)  # numpy counts nothing at all in whole numbers
    by_token[known] += weights.pieces[numbers[known] - FIRST_WORD] * scale_of_pieces(tokens)[tokens.owner[known], None]
    words: Floats = np.stack([np.bincount(tokens.owner, by_token[:, h], minlength=len(texts)) for h in range(heads)], axis=1)
    heard = hear(numbers, cuts, weights.ear)
    logits: Floats = words + marks @ weights.dense + weights.bias
    logits[:, : heard.logits.shape[1]] += heard.logits
    by_token[:, : heard.logits.shape[1]] += heard.by_token
    return Reading(tokens, cuts, logits, by_token, marks)


_READABLE = re.compile(r"[^\W\d_]|[\u2600-\u27bf\U0001f000-\U0001faff]|[:;=]-?[()D]|<3(?![\w%.])")


def has_words(text: str) -> bool:
    """Whether there is anything in `text` to read: a letter, or a sign that stands for a feeling."""
    return _READABLE.search(text[:4000]) is not None
