"""Words of many texts at once are those that each text has by itself."""

from __future__ import annotations

import random

from newsdesk.query.joined import join_all
from newsdesk.query.words import split_words

PIECES = ("a", "Bridge", "7", " ", "  ", "\n", "\t", ". ", "-", "_", "\u2019", "\u2014", "\u00a0", "\x7f", "\x00", "@", "[")
FOREIGN = ("\u00e9", "\u4e8c\u4e09", "\u0301", "\U0001f600", "\u00df", "\ud800")


def _text(chance: random.Random, pieces: tuple[str, ...]) -> str:
    return "".join(chance.choices(pieces, k=chance.choice((0, 1, 2, 5, 40))))


def test_many_at_once_are_as_one_by_one() -> None:
    chance = random.Random(5)
    for _ in range(200):
        texts = [_text(chance, chance.choice((PIECES, PIECES + FOREIGN))) for _ in range(chance.randint(0, 6))]
        assert join_all(texts) == [" ".join(split_words(text)) for text in texts]


def test_words_that_are_cut() -> None:
    for size in (63, 64, 65, 66, 200):
        texts = ["x" * size, "the bridge", f"a {'x' * size}", f"{'x' * size} b {'y' * size}"]
        assert join_all(texts) == [" ".join(split_words(text)) for text in texts]


def test_no_text() -> None:
    assert join_all([]) == []
    assert join_all(["", " ", "\n"]) == ["", "", ""]
