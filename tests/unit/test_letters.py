"""Words as hashes: each text has the words that it has by itself, and a table knows its own and no others."""

from __future__ import annotations

import random

import numpy as np
import pytest

from newsdesk.words.hashes import HashTable
from newsdesk.words.letters import hash_words, table_of, words_of

TEXTS = (
    "",
    "Rock falls on Vestfjord's road; 40% of it is shut",
    "“É vero” — said Zoë… £3 or $4 or €5",
    "  ",
    "x" * 40 + " " + "Überlandleitungsbau",
    "橋が落ちた 橋",
    "\ud83d alone",
    "-- a-b -c- d& &e R&D co-op --",
    "units\x1fare parted",
    "Line\none\u2028two\x1fthree",
)


def found_in(texts: tuple[str, ...], known: list[bytes]) -> list[list[bytes]]:
    """The known words of each text."""
    hashes, counts = hash_words(texts)
    numbers, ends = table_of(known).find(hashes), counts.cumsum()
    return [
        [known[number - 1] for number in numbers[end - count : end].tolist() if number]
        for count, end in zip(counts.tolist(), ends.tolist(), strict=True)
    ]


@pytest.mark.parametrize(
    "texts", [TEXTS, tuple(filter(str.isascii, TEXTS)), ("", "a 5% rise", "$4 or\nmore", "", "the end", "")]
)
def test_each_text_has_its_own_words(texts: tuple[str, ...]) -> None:
    known = sorted({word for text in texts for word in words_of(text)})
    assert found_in(texts, known) == [words_of(text) for text in texts]
    assert found_in(texts, known[::2]) == [[word for word in words_of(text) if word in known[::2]] for text in texts]


def test_any_texts_together_are_as_each_alone() -> None:
    chance = random.Random(5)
    signs = [*"abcXYZ ,.'-%$\n\t", "é", "É", "’", "\u00a0", "橋", "£", "\u0130", "9"]
    known = [word.encode() for word in ("a", "b", "ab", "x", "%", "£", "é", "éa", "aé")]
    for _ in range(60):
        texts = tuple("".join(chance.choices(signs, k=chance.randint(0, 30))) for _ in range(4))
        assert found_in(texts, known) == [[word for word in words_of(text) if word in known] for text in texts]


@pytest.mark.parametrize("crowded", [False, True])
def test_a_table_finds_what_was_added_and_nothing_else(crowded: bool) -> None:
    chance = np.random.default_rng(1)
    hashes = chance.integers(0, 1 << 63, 3000, dtype=np.uint64)
    if crowded:  # all want one place
        hashes = hashes % np.uint64(1 << 40) | np.uint64(((1 << 24) - 1) << 40)
    hashes = np.unique(hashes)
    known, others, table = hashes[::2], hashes[1::2], HashTable()
    numbers = np.arange(1, len(known) + 1, dtype=np.int32)
    for at in range(0, len(known), 200):
        table.add(known[at : at + 200], numbers[at : at + 200])
    assert (table.find(known) == numbers).all()
    assert not table.find(others).any()
    assert [table.find_one(own) for own in known[:20].tolist()] == numbers[:20].tolist()
    assert not any(map(table.find_one, others[:20].tolist()))
    assert table.find(hashes[:0]).tolist() == []
    whole = HashTable.of(known, numbers)
    assert (whole.find(hashes) == table.find(hashes)).all()
    with pytest.raises(ValueError, match="nothing more"):
        whole.add(others, numbers)
