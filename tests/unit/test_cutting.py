"""Texts are cut once: every reader sees the words that it would have cut itself."""

from __future__ import annotations

import random
import weakref

import numpy as np
import pytest

from newsdesk.model import Story
from newsdesk.processes.collecting import collector_at_rest
from newsdesk.tagging.tagger import tag_many
from newsdesk.words.cutting import READ_CHARS, Table, Vocabulary, cut, forget, vocabulary

WORDS = ("a", "of", "Vestfjord,", "“rock", "fall”", "É", "橋が落ちた", "\ud83d\ude00", "U.S.", "x" * 40)


def names(found: Vocabulary, numbers: object) -> list[str]:
    return [found.names[number] for number in numbers.tolist()]  # type: ignore[attr-defined]


def make_text(chance: random.Random, words: int, spaces: tuple[str, ...] = (" ",)) -> str:
    return "".join(chance.choice(WORDS) + chance.choice(spaces) for _ in range(words)).strip()


def test_title_and_body_come_in_their_words() -> None:
    story = Story("Rock  falls", ("One two.", "Three"), highlights=("Zero",))
    (found,) = cut((story,))
    assert names(found.vocabulary, found.title_numbers) == ["Rock", "falls"]
    assert names(found.vocabulary, found.body_numbers) == ["Zero", "One", "two.", "Three"]
    assert found.body == "Zero\nOne two.\nThree"
    assert cut(()) == []


@pytest.mark.parametrize("spaces", [(" ",), (" ", "\n"), (" ", "  ", "\t\n")])
def test_any_part_of_a_body_is_cut_as_that_part_by_itself(spaces: tuple[str, ...]) -> None:
    chance = random.Random(3)
    for _ in range(40):
        stories = [Story(make_text(chance, 5), (make_text(chance, chance.randint(0, 60), spaces),)) for _ in range(3)]
        for found in cut(stories):
            start, end = sorted(chance.randint(0, len(found.body) + 3) for _ in range(2))
            words = found.vocabulary
            assert names(words, found.between(start, end)) == found.body[start:end].split()


def test_all_white_space_parts_stretches_and_no_other_sign_does() -> None:
    signs = [
        chr(code)
        for code in (
            *range(0x100),
            *range(0x1670, 0x1690),
            *range(0x1FF0, 0x2070),
            *range(0x2FF0, 0x3010),
            0xD800,
            0xFEFF,
            0x1F600,
        )
    ]
    spaces = [sign for sign in signs if sign.isspace()]
    assert len(spaces) > 20
    for sign in signs:
        (found,) = cut((Story("a" + sign, (f"é{sign}b{sign * 20}c", sign)),))
        assert names(found.vocabulary, found.body_numbers) == found.body.split()
        assert found.ends.tolist()[-1] == len(found.body.rstrip())
        assert names(found.vocabulary, found.title_numbers) == found.title.split()


def test_a_stretch_has_one_number_however_it_is_asked_for_and_however_many_there_are() -> None:
    words, stretches = Vocabulary(), [f"{'wide' * (n % 9)}{n}{'é' * (n % 3)}" for n in range(70_000)]
    for at in range(0, len(stretches), 7_000):
        words.number_all(stretches[at : at + 7_000])
    assert words.number_all(stretches).tolist() == list(range(1, len(stretches) + 1))
    assert words.names.read(np.arange(len(words.names))) == ["", *stretches]
    assert len(words) == len(stretches)
    for at in (*range(9), 69_999):
        assert words.number_all(stretches[at : at + 1]).tolist() == [at + 1]
    assert words.number_all(["new", "new", "newer"]).tolist() == [70_001, 70_001, 70_002]
    assert words.number_all([]).tolist() == []


def test_so_much_of_a_body_is_read() -> None:
    (found,) = cut((Story(body=("word " * READ_CHARS,)),))
    assert len(found.body) == READ_CHARS
    (short,) = cut((Story(body=("one", "two", "three")),), 5)
    assert short.body == "one\nt"


def test_a_table_gives_none_one_or_several_numbers_in_order() -> None:
    words, asked = Vocabulary(), list[str]()

    def make(stretches: list[str]) -> list[list[int]]:
        asked.extend(stretches)
        return [[int(figure) for figure in stretch if figure.isdigit()] for stretch in stretches]

    table = words.table("figures", lambda known: Table(known, make))
    for text in ("1 2 3", "12 - 3 456 -", "- - 12", "7 " * 9000 + "8", " ".join(f"{n}x" for n in range(9000))):
        pieces = text.split()
        found, counts = table.read(words.number_all(pieces))
        expected = [[int(figure) for figure in piece if figure.isdigit()] for piece in pieces]
        assert found.tolist() == [figure for figures in expected for figure in figures]
        assert [1] * len(pieces) == list(map(len, expected)) if counts is None else counts.tolist() == list(map(len, expected))
    assert len(asked) == len(set(asked))
    assert words.table("figures", lambda known: Table(known, make)) is table


def test_only_so_many_tables_and_stretches_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    words = Vocabulary()
    first = words.table(0, lambda known: Table(known, lambda some: [[] for _ in some]))
    for reader in range(1, 40):
        words.table(reader, lambda known: Table(known, lambda some: [[] for _ in some]))
    assert words.table(0, lambda known: Table(known, lambda some: [[] for _ in some])) is not first
    monkeypatch.setattr("newsdesk.words.cutting._MOST", 2)
    (found,) = cut((Story("One two three four"),))
    assert vocabulary() is not found.vocabulary


def test_a_vocabulary_that_is_forgotten_goes_at_once_with_its_tables() -> None:
    stories = [Story("Rock falls in Norway", ("It fell on the road to the harbour of Vestfjord on Monday. " * 6,))]
    with collector_at_rest():
        forget()
        tag_many(stories)
        going = weakref.ref(vocabulary())
        assert vocabulary() is going()
        forget()
        assert going() is None
