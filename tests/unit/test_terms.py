"""Packed terms say what a dictionary of them would."""

from __future__ import annotations

import random

import pytest

from newsdesk.countries.terms import Found, Seconds, Terms, by_first, seconds_of


def made_up(seed: str, count: int) -> dict[str, str]:
    chance = random.Random(seed)
    letters = "abcdefgh åß東京 =.'\u0301\ud800"
    return {"".join(chance.choices(letters, k=chance.randint(1, 12))): chance.choice("tsrn") + str(at) for at in range(count)}


@pytest.mark.parametrize("count", [0, 1, 2, 3, 500, 9_000])
def test_packed_terms_are_those_of_a_dictionary(count: int) -> None:
    known = made_up("known", count)
    terms = Terms((value, (term,)) for term, value in known.items())
    assert dict(terms) == known
    assert len(terms) == len(known)
    others = [term for term in made_up("others", 2_000) if term not in known]
    assert {term: terms.get(term) for term in [*known, *others]} == {term: known.get(term) for term in [*known, *others]}
    assert not [term for term in others if term in terms]
    assert all(term in terms for term in known)
    assert terms.get("none\nsuch", "x") == "x"
    with pytest.raises(KeyError):
        terms["none\nsuch"]
    assert "\n".join(terms.lines()) == "\n".join(known)


def test_a_part_or_two_of_a_term_is_none() -> None:
    terms = Terms([("tGB4,tUS3", ("lancaster", "new york")), ("nFR", ("france",))])
    assert [terms.get(word) for word in ("lancaster", "new york", "france")] == ["tGB4,tUS3", "tGB4,tUS3", "nFR"]
    assert not {"lancaste", "ancaster", "lancaster\nnew york", "", "\n", "york"} & {
        word for word in ("lancaste", "ancaster", "lancaster\nnew york", "", "\n", "york") if word in terms
    }


def test_the_first_table_that_has_a_term_says_what_it_stands_for() -> None:
    found = Found([{"paris": "cFR"}, Terms([("tUS2", ("paris", "springfield"))])], 3)
    words = ["paris", "springfield", "york", "rome", "paris"]
    assert [found[word] for word in words] == ["cFR", "tUS2", None, None, "cFR"]
    assert len(found) <= 3
    assert [found.has(word) for word in words] == [True, True, False, False, True]


def test_second_words_are_those_of_all_tables_and_the_longest_counts() -> None:
    own = by_first([("2", ("new york", "new delhi")), ("3", ("rio de",))])
    world = Terms(
        (value, (first,)) for first, value in by_first([("4", ("new york",)), ("2", ("new ross", "los angeles"))]).items()
    )
    seconds = Seconds([own, world], 3)
    assert seconds["new"] == seconds[" new"] == {"york": 4, "delhi": 2, "ross": 2}
    assert (seconds["rio"], seconds["los"], seconds["york"]) == ({"de": 3}, {"angeles": 2}, None)
    assert len(seconds) <= 3
    assert seconds.has("los")
    assert not seconds.has("york")
    assert seconds_of(own) | seconds_of(world) == {"york", "delhi", "de", "ross", "angeles"}
