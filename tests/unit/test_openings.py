"""Most words are passed over by a filter: never one that a name begins with. And texts read by number say what they say read
word by word."""

from __future__ import annotations

import random

import numpy as np
import pytest

from newsdesk.countries import tag_countries, tagger
from newsdesk.countries.gazetteer import lexicon, section
from newsdesk.countries.openings import Openings
from newsdesk.countries.reading import read_all
from newsdesk.countries.scan import scan
from newsdesk.model import Story
from newsdesk.words.cutting import cut
from newsdesk.words.packed import PackedTexts, find_plain, small_words

FILLING = (
    'the minister of in and said, that (a) "new" law; would: help! farmers? near "Mr Mrs Michael Ltd Inc dollars street'.split()
)


def plainly(words: list[str]) -> tuple[list[str], list[bool]]:
    texts = PackedTexts()
    for word in words:
        texts.append_text(word)
    letters, _ = find_plain(texts, np.arange(len(words)))
    may = Openings("en", "latn", ()).may_begin(small_words(texts, letters))
    return [words[at] for at in letters.places.tolist()], may.tolist()


def test_no_word_is_passed_over_that_a_name_begins_with() -> None:
    english = lexicon("en")
    names = [*section("+latn").proper, *section("en").proper, *section("en").lower, *section("en").stems]
    words = [word.removeprefix("=") for name in random.Random(1).sample(names, 4_000) for word in name.split(" ")]
    words += [word.title() for word in words] + [word.upper() for word in words] + [word + "s" for word in words]
    found, may = plainly(words)
    assert len(found) > 9_000
    assert not [word for word, begins in zip(found, may, strict=True) if english.openers.key_of(word) and not begins]


def test_most_words_that_no_name_begins_with_are_passed_over() -> None:
    chance = random.Random(2)
    found, may = plainly(["".join(chance.choices("bdfglmnprst" * 3 + "aeiou", k=9)) for _ in range(2_000)])
    assert sum(may) < len(found) / 4


@pytest.mark.parametrize("language", ["en", "fr", "pl", "id"])
def test_a_text_is_read_by_number_as_word_by_word(language: str) -> None:
    chance, words = random.Random(language), lexicon(language)
    proper = sorted({name for part in words.proper.parts for name in part})
    names = [*random.Random(3).sample(proper, 600), *words.lower]
    for _ in range(60):
        pieces = []
        for _ in range(chance.randint(1, 120)):
            name = chance.choice(names).removeprefix("=")
            piece = chance.choice([chance.choice(FILLING), chance.choice([name, name.title(), name.upper()])])
            pieces.append(
                chance.choice(["", "", '"', "("]) + piece + chance.choice(["", "", "", ",", ".", "?", '."', "'s", "…"])
            )
        title, body = " ".join(pieces[:8]), " ".join(pieces)
        (text,) = cut((Story(title, (body,)),))
        found = read_all((text.title_numbers, text.body_numbers), (True, False), text.vocabulary, words)
        assert found == [scan(title, words, headline=True), scan(body, words)]


def test_lexicons_that_were_forgotten_are_read_again() -> None:
    story = Story("Floods in Kenya", ("Officials in Nairobi said that Paris, Texas, sent help.",))
    before = tag_countries(story, "en")
    tagger.forget()
    assert section.cache_info().currsize == 0
    assert tag_countries(story, "en") == before
    assert [country.code for country in before][:1] == ["KE"]
