"""What the encoders are taught with: rows of words, how they are cut into pieces, and how they are turned."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from newsdesk.sentiment.pieces import words_of
from training.mood.pack import Labelled, Pack, Rows, Words, cut, load, save, unmask
from training.mood.turns import Turner, together, turned

WORDS = "they lied . it is not fair , is tax ! paid we".split()
NUMBER = {word: at for at, word in enumerate(dict.fromkeys(WORDS))}


def row(text: str) -> list[int]:
    return [NUMBER[word] for word in text.split()]


def said(numbers: list[int]) -> str:
    return " ".join(list(NUMBER)[number] for number in numbers)


@pytest.fixture
def pack() -> Pack:
    each = Rows.of([[number] for number in range(len(NUMBER))])
    rows = Rows.of([row("they lied . it is not fair"), row("we paid tax !"), row("it is fair")])
    numbers = np.arange(len(NUMBER), dtype=np.int32)
    labelled = Labelled(
        Rows.of([row("tax is fair"), row("we lied")]),
        np.eye(3, dtype=np.float32)[:2],
        np.zeros(2, np.float32),
        np.ones(2, np.float32),
        np.zeros(2, np.int32),
        ["fox"],
        np.array([False, True]),
    )
    near = np.array([[NUMBER["paid"]] * 12], np.int32)
    links, ends = np.array(row("is"), np.int32), np.array(row(". ! ,"), np.int32)
    near_of = np.array(row("lied"), np.int32)
    return Pack(each, each, numbers, numbers, near_of, near, links, NUMBER["not"], ends, rows, labelled)


def test_rows_are_kept_one_after_the_other() -> None:
    rows = Rows.of([[1, 2], [], [3]])
    assert rows.lists() == [[1, 2], [], [3]]
    assert rows.begins.tolist() == [0, 2, 2]
    assert together([rows, Rows.of([[4]])]).lists() == [[1, 2], [], [3], [4]]


def test_a_pack_comes_back_as_it_was_written(pack: Pack, tmp_path: Path) -> None:
    save(pack, tmp_path / "pack.npz")
    found = load(tmp_path / "pack.npz")
    assert found.pool.lists() == pack.pool.lists()
    assert found.labelled.words.lists() == pack.labelled.words.lists()
    assert (found.labelled.names, found.denial) == (["fox"], pack.denial)
    assert found.ends.tolist() == pack.ends.tolist()


def test_words_are_cut_into_pieces_between_the_signs_that_begin_and_end() -> None:
    table = Rows.of([[10], [20, 21], [30, 31, 32]])
    assert cut(Rows.of([[0, 1], [2]]), table, (1, 2), (9, 9)).lists() == [[1, 10, 20, 21, 2], [1, 30, 31, 32, 2]]
    assert cut(Rows.of([[1, 2, 1], [0]]), table, (1, 2), (2, 1)).lists() == [[1, 20, 21, 21, 2], [1, 10, 2]]


def test_a_word_has_one_number_and_a_long_text_its_beginning_and_end() -> None:
    words = Words()
    assert words.rows(["Tax, tax", "a tax"]).lists() == [[0, 1, 0], [2, 0]]
    assert len(words.row("word " * 500)) == 80
    assert words_of("The CAFÉ https://example.org") == ["the", "cafe", "link"]


def test_masks_are_read_as_names_the_same_each_time() -> None:
    text = "[NAME] told [NAME] so"
    assert unmask(text) == unmask(text)
    assert "[" not in unmask(text)
    assert unmask("no [mask] here") == "no [mask] here"


def test_rows_are_denied_swapped_cut_and_joined(pack: Pack) -> None:
    turners = [Turner(pack, seed) for seed in range(30)]
    assert {said(one.deny(row("it is fair"))) for one in turners} == {"it is not fair"}
    assert {said(one.deny(row("it is not fair"))) for one in turners} == {"it is fair", "it is not fair"}
    assert {said(one.swap(row("we lied"))) for one in turners} == {"we lied", "we paid"}
    whole = "they lied . it is not fair , we paid tax !"
    cuts = {said(one.cut(row(whole))) for one in turners}
    assert cuts == {"it is not fair ,", "we paid tax !", "it is not fair , we paid tax !"}
    assert said(turners[0].join([row("we lied"), row("we paid !")])) == "we lied . we paid !"


def test_turned_rows_are_many_alike_for_a_seed_and_never_of_what_is_kept_aside(pack: Pack) -> None:
    rows = turned(pack, 200, 5).lists()
    assert len(rows) == 200
    assert rows == turned(pack, 200, 5).lists()
    assert all(0 < len(one) <= 80 for one in rows)
    assert row("we lied") not in rows
