"""The one door for foreign text: what leaves it is safe, and what is harmless leaves it as it came."""

from __future__ import annotations

import re
import unicodedata

import pytest

from newsdesk.text import clean_block, clean_field, clean_lines, clean_paragraph, clean_paragraphs, repair_encoding

BARRED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("a\x1b[31mred\x1b[0m", "a[31mred[0m"),
        ("\x1b]52;c;ZXZpbA==\x07paste", "]52;c;ZXZpbA==paste"),
        ("\x9b2Jclear", "2Jclear"),
        ("back\x08space\x7f", "backspace"),
        ("so\u00adft hy\u200bphen", "soft hyphen"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("\u2066isolate\u2069\ufeff", "isolate"),
        ("flag\U000e0067\U000e007f", "flag"),
        ("one\u2028two\u2029three", "one two three"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("[@click=app.quit]markup[/]", "[@click=app.quit]markup[/]"),
    ],
)
def test_hostile_text_is_shown_without_its_controls(hostile: str, shown: str) -> None:
    assert clean_paragraph(hostile) == shown


def test_every_character_below_the_astral_planes_comes_out_safe() -> None:
    everything = "".join(map(chr, range(0x20000)))
    for cleaned in (clean_paragraph(everything), clean_block(everything), clean_lines(everything)):
        assert not BARRED.search(cleaned.replace("\t", ""))
        assert unicodedata.is_normalized("NFC", cleaned)


@pytest.mark.parametrize(
    "text",
    [
        "“quotes” and ‘quotes’ — dash…",
        "ＦＵＬＬ width ﬁ ligature",
        "👨‍👩‍👧 family",
        "نمی‌خواهم",
        "क्‍ष",
        "宇宙航空研究開発機構",
    ],
)
def test_harmless_text_stays_as_it_came(text: str) -> None:
    assert clean_paragraph(text) == text


@pytest.mark.parametrize("text", ["a\u200db", "word\u200c\u200cword", "\u200dstart", "end\u200c"])
def test_joiners_go_where_no_script_needs_them(text: str) -> None:
    assert not re.search("[\u200c\u200d]", clean_paragraph(text))


def test_mojibake_is_repaired_and_true_text_is_not_touched() -> None:
    assert repair_encoding("Itâ€™s the ministerâ€™s cafÃ©") == "It’s the minister’s café"
    assert repair_encoding("Ünïcödé is Ãll right") == "Ünïcödé is Ãll right"


def test_white_space_folds_by_kind_of_text() -> None:
    assert clean_paragraph("  one\u00a0 two\r\n\tthree　four ") == "one two three four"
    assert clean_lines(" first  line \r\n\r\n second\u2028third ") == "first line\nsecond\nthird"
    assert clean_block("    indented\r\nline") == "    indented\nline"
    assert clean_field(" \u200b ") is None
    assert clean_field(None) is None


def test_a_tower_of_marks_is_cut_and_costs_no_more_than_its_length() -> None:
    tower = clean_paragraph("a" + "\u0301\u0316" * 2_000_000 + "b")
    assert (len(tower), tower[0], tower[-1]) == (31, "\u00e1", "b")
    polite = "a" + "\u0316\u0301" * 15
    assert clean_paragraph(polite + polite) == unicodedata.normalize("NFC", polite + polite)
    assert clean_paragraph("\u2014" * 40 + "e\u0301") == "\u2014" * 40 + "\u00e9"


@pytest.mark.parametrize(
    "texts",
    [
        (),
        ("",),
        (" one ", "", "two  three\nfour"),
        ("a\u00a0b\u00a0\u2014 \u201cc\u201d\u2026", "d\u2003e", "f\tg"),
        ("caf\u00e9 \u00ab \u00e0 \u00bb", "cafe\u0301"),
        ("cafe\u0301", "\u0301 alone at the beginning"),
        ("It\u00e2\u20ac\u2122s broken", "whole"),
        ("\u00c3", "\u00a9 a letter at an end and a sign at a beginning are no pair"),
        ("a\x1cb", "c\x00d", "e\u200bf", "g\u202eh"),
        ("x" + "\u0301" * 40, "y" + "\u2014" * 40),
        ("\u2014a\x07\u2014", "\u2026\tb\u201c", "\u2018\u00e9\u2019"),
        ("\u0434\u0432\u0430", "\u4e8c \u3000 \u4e09", "\ud800"),
    ],
)
def test_paragraphs_are_cleaned_together_as_they_are_one_by_one(texts: tuple[str, ...]) -> None:
    assert clean_paragraphs(texts) == tuple(filter(None, map(clean_paragraph, texts)))
