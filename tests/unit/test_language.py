"""Language: each language told from its look-alikes, None where nothing can be told, quick on anything."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from newsdesk.language import detect, detect_plain
from newsdesk.language_codes import language_code

ROOT = Path(__file__).parents[2]
LINES = (ROOT / "tests" / "data" / "topics" / "languages.tsv").read_text("utf-8").splitlines()
SENTENCES = [line.split("\t") for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, _, text in SENTENCES])
def test_tells_each_language(language: str, text: str) -> None:
    assert detect(text) == language


def test_languages_that_are_nearly_one_do_not_make_a_text_unclear() -> None:
    for text in ("Cijene nekretnina u Splitu porasle za petinu", "Bivši ravnatelj osuđen na pet godina zbog mita"):
        assert detect(text) in ("hr", "bs", "sr")


@pytest.mark.parametrize("text", ["", " ", "42", "12.04.2020 – 17:30", "!!! ???", "😀😀😀", "xqzvk", "ab", "—"])
def test_says_nothing_of_what_tells_nothing(text: str) -> None:
    assert detect(text) is None


def test_what_many_texts_say_plainly_is_what_each_says_by_itself() -> None:
    texts = [*(f"{text} " * 4 for _, _, text in SENTENCES), "", "42", "Hi", "Москва", "a" * 9000, "the " * 300, "\ud800" * 500]
    said = detect_plain(texts)
    for text, language in zip(texts, said, strict=True):
        assert language in (None, detect(text))
    assert said[-2] == "en"
    assert len(set(said)) > 30  # most are told
    assert detect_plain([]) == []


def test_links_and_addresses_do_not_count() -> None:
    text = (
        "https://example.org/the-and-of-with-that/this was@the.end Der Rat hat gesagt, dass er sich noch nicht entschieden hat."
    )
    assert detect(text) == "de"


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "é " * 50_000,
        "'" * 50_000,
        "a-" * 50_000,
        "\ud800" * 1000,
        "\x00\u202e" * 500,
        "國" * 50_000,
        "ab'" * 40_000,
    ],
)
def test_takes_anything(text: str) -> None:
    assert detect(text) in (None, "zh") or len(detect(text) or "") in (2, 3)


@pytest.mark.shared
def test_pages_are_in_the_language_they_are_labelled_with() -> None:
    shared = os.environ.get("NEWSDESK_SHARED")
    if not shared:
        pytest.skip("NEWSDESK_SHARED is not set: the labelled pages are not there")
    right = total = 0
    for path in sorted(Path(shared, "pages", "dev").glob("*.json")):
        page = json.loads(path.read_text("utf-8"))
        for story in page["stories"]:
            said = detect("\n".join(filter(None, (story["title"], *story["highlights"], *story["body"]))))
            right += said == page["language"]
            total += 1
    assert total > 40
    assert right / total >= 0.97


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en", "en"),
        ("EN-GB", "en"),
        (" pt_BR ", "pt"),
        ("iw", "he"),
        ("eng", None),
        ("jp", None),
        ("xx", None),
        ("", None),
        (None, None),
    ],
)
def test_a_language_that_a_document_names_is_one_of_iso_639_1(tag: str | None, code: str | None) -> None:
    assert language_code(tag) == code
