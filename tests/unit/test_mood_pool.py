"""The texts that the teachers speak on beside the labelled ones: what is turned in a comment, what was written with ratings."""

from __future__ import annotations

import random

import numpy as np
import pytest

from training.mood import pool


def test_a_comment_is_denied_or_no_longer_denied() -> None:
    draw = random.Random(1)
    assert pool._deny("The plan is good", draw) == "The plan is not good"
    assert {pool._deny("It was not good", random.Random(seed)) for seed in range(20)} == {"It was good", "It was not good"}
    assert pool._deny("Nothing here", draw) == "Nothing here"


def test_words_give_way_to_their_neighbours_in_the_same_case() -> None:
    turned = {pool._swap("Mayor or MAYOR", {"mayor": ["warden"]}, random.Random(seed)) for seed in range(40)}
    assert turned == {f"{first} or {second}" for first in ("Mayor", "Warden") for second in ("MAYOR", "WARDEN")}


def test_a_comment_is_cut_to_one_of_its_clauses() -> None:
    text = "They came in late, nobody had asked them to. It rained."
    assert {pool._shorten(text, random.Random(seed)) for seed in range(20)} == {"They came in late", "nobody had asked them to"}
    assert pool._shorten("It rained here", random.Random(1)) == "It rained here"


@pytest.mark.parametrize(("rating", "label"), [(-2.0, 0), (-0.3, 1), (0.0, 1), (0.4, 1), (1.5, 2)])
def test_ratings_become_chances(rating: float, label: int) -> None:
    target = pool.target_of(rating)
    assert sum(target) == pytest.approx(1.0)
    assert min(target) >= 0
    assert int(np.argmax(target)) == label


def test_written_sentences_are_rated_and_stand_once() -> None:
    written = pool.read_editorial()
    assert len(written) > 2000
    assert len({text for text, _ in written}) == len(written)
    assert all(text.strip() == text and len(text) > 2 and -4 <= rating <= 4 for text, rating in written)
