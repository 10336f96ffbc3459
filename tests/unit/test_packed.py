"""Texts side by side, and the plain ones among them: what is read of these in one go is what reading each of them gives."""

from __future__ import annotations

import random

import numpy as np

from newsdesk.storylines import words
from newsdesk.storylines.lexis import Lexis
from newsdesk.storylines.rarity import rarity, singular
from newsdesk.words.packed import PackedTexts, Plain, find_plain, small_words
from newsdesk.words.stretches import Places

MARKS = ".,;:!?\"()[]'-"
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def packed(texts: list[str]) -> PackedTexts:
    found = PackedTexts()
    for text in texts:
        found.append_text(text)
    return found


def every(found: PackedTexts) -> Places:
    return np.arange(len(found))


def spelt(found: PackedTexts, plain: Plain) -> list[str]:
    pairs = zip(plain.starts.tolist(), plain.sizes.tolist(), strict=True)
    return [found.codes[start : start + size].tobytes().decode() for start, size in pairs]


def make_texts(chance: random.Random, count: int) -> list[str]:
    found = []
    for _ in range(count):
        middle = "".join(chance.choices(chance.choice([LETTERS, "0123456789", LETTERS + "0é'-"]), k=chance.randint(1, 18)))
        around = ["".join(chance.choices(MARKS, k=chance.choice((0, 0, 1, 2)))) for _ in range(2)]
        found.append(around[0] + middle + around[1])
    return found


def test_texts_are_given_back_as_they_came() -> None:
    texts = ["", "a", "橋が落ちた", "\ud83d", "x" * 50_000, *map(str, range(9_000))]
    found = packed(texts)
    assert len(found) == len(texts)
    assert found.read(every(found)) == texts
    assert [found[at] for at in (0, 2, 3, 9_000)] == [texts[at] for at in (0, 2, 3, 9_000)]
    assert found.read(np.array([7, 2])) == [texts[7], texts[2]]
    assert found.read(np.array([], np.int32)) == []


def test_plain_texts_are_letters_or_figures_with_marks_around() -> None:
    texts = [
        "",
        "-",
        "word",
        "“word”",
        "(Word,",
        "wo-rd",
        "3rd",
        "1,000",
        "1987.",
        "...x",
        "sixteen_letters_",
        "a" * 16,
        "b" * 17,
        "é",
    ]
    texts += make_texts(random.Random(5), 2_000)
    found = packed(texts)
    letters, figures = find_plain(found, every(found))
    bare = [text.strip(MARKS) for text in texts]
    for plain, is_own in ((letters, str.isalpha), (figures, str.isdecimal)):
        own = [at for at, text in enumerate(bare) if text.isascii() and is_own(text) and len(texts[at].encode()) <= 16]
        assert plain.places.tolist() == own
        assert spelt(found, plain) == [bare[at] for at in own]
        assert plain.before.tolist() == [texts[at].index(bare[at]) for at in own]
        assert (plain.before + plain.sizes + plain.after).tolist() == [len(texts[at]) for at in own]


def test_terms_and_weights_of_plain_words_are_those_of_each_word() -> None:
    chance, table = random.Random(2), [word for word in words.background()[0] if word.isascii() and word.isalpha()]
    texts = [
        chance.choice((str, str.title, str.upper))(chance.choice(table)) + chance.choice(("", "s", "es")) for _ in range(3_000)
    ]
    texts += [
        "Cities",
        "ties",
        "lies",
        "bus",
        "gas",
        "as",
        "This",
        "glass",
        "x",
        "A",
        "the",
        "und",
        "tresseriesses",
        "abcdefgies",
    ]
    found = packed(texts)
    letters, _ = find_plain(found, every(found))
    lower = small_words(found, letters)
    terms = singular(lower)
    own = spelt(found, letters)
    pieces = np.split(terms.spell(), terms.sizes.cumsum()[:-1])
    assert [piece.tobytes().decode() for piece in pieces] == [words.stem(word.lower()) for word in own]
    weights, named = rarity().weigh(terms)
    for word, weight, is_name in zip(own, weights.tolist(), named.tolist(), strict=True):
        known = words.resolve_anew(word)
        assert weight == (known.weight if known else 0.0)
        if known and word[0].isupper():
            assert (known.kind == words.NAME) is is_name


def test_weights_of_figures_are_those_of_each_number() -> None:
    chance = random.Random(4)
    texts = [str(chance.randint(1, 10 ** chance.randint(1, 12))) + "0" * chance.randint(0, 3) for _ in range(3_000)]
    texts += ["1900", "1987", "2024", "2100", "911", "7", "10", "100000000"]
    found = packed(texts)
    _, figures = find_plain(found, every(found))
    weights = rarity().weigh_figures(small_words(found, figures)).tolist()
    assert len(weights) == len(texts)
    for text, weight in zip(texts, weights, strict=True):
        known = words.resolve_anew(text)
        assert weight == (known.weight if known else 0.0), text


def test_a_lexis_reads_plain_stretches_as_it_reads_all() -> None:
    texts = [*make_texts(random.Random(9), 3000), "Anglo-French", "“Brenna's”", "007", "U.S.", "taxes", "Taxes", "TAXES,"]
    found = packed(texts)
    together, singly = Lexis(), Lexis()
    letters, figures = find_plain(found, every(found))
    kept = found.codes[figures.starts] != ord("0")
    figures = Plain(*(part[kept] for part in figures))
    for plain, number in ((letters, together.number_plain), (figures, together.number_figures)):
        numbers = number(found, plain).tolist()
        for place, own in zip(plain.places.tolist(), numbers, strict=True):
            other = list(singly.number_all([texts[place]])[0])
            assert [bool(own)] == [bool(other)]
            if own:
                (one,) = other
                assert together.lower[own] == singly.lower[one]
                assert together.terms[int(together.term_of[own])] == singly.terms[int(singly.term_of[one])]
                assert together.weight_of[own] == singly.weight_of[one]
                assert together.kind_of[own] == singly.kind_of[one]
