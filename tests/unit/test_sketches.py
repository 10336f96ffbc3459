"""Sketches of many texts at once are those that each text has by itself."""

from __future__ import annotations

import random

from newsdesk import ingest
from newsdesk.words import sketches

LETTERS = ("a", "b", "z", "\u00e9", "\u4e8c", "\U0001f600", "\ud800")


def _text(chance: random.Random, words: int) -> list[str]:
    sizes = (1, 1, 2, 3, 5, 12, 64)
    return ["".join(chance.choices(LETTERS, k=chance.choice(sizes))) for _ in range(words)]


def test_many_at_once_are_as_one_by_one() -> None:
    chance = random.Random(4)
    for _ in range(60):
        texts = [_text(chance, chance.choice((0, 1, 4, 5, 6, 50, 300))) for _ in range(chance.randint(0, 5))]
        assert sketches.sketch_all([" ".join(words) for words in texts]) == [ingest.sketch_words(words) for words in texts]


def test_long_and_repetitive_texts_and_longest_words() -> None:
    texts = [["ab"] * 400, ["\U0001f600" * 64] * 9, ["one", "two"] * 300 + _text(random.Random(1), 80), ["x"] * 2500, []]
    assert sketches.sketch_all([" ".join(words) for words in texts]) == [ingest.sketch_words(words) for words in texts]


def test_a_batch_that_is_cut_into_parts() -> None:
    texts = [_text(random.Random(number), 1900) for number in range(30)]
    assert sketches.sketch_all([" ".join(words) for words in texts]) == [ingest.sketch_words(words) for words in texts]
