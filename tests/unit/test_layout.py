"""Display width, cutting, wrapping and columns."""

from __future__ import annotations

import pytest

from newsdesk.commands.layout import columns, cut, pad, style, width, wrap


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("plain", 5),
        ("", 0),
        ("日本", 4),
        ("ｆｕｌｌ", 8),
        ("e\u0301", 1),
        ("한국", 4),
        ("\u1112\u1161\u11ab", 2),
        ("👍", 2),
        ("👩\u200d👩\u200d👧", 2),
        ("❤\ufe0f", 2),
        ("נייז", 4),
        (style("bold", "bold"), 4),
    ],
)
def test_width(text: str, cells: int) -> None:
    assert width(text) == cells


def test_cut_keeps_to_the_cells() -> None:
    assert cut("plain text", 20) == "plain text"
    assert cut("plain text", 6) == "plain…"
    assert cut("日本経済新聞", 6) == "日本…"
    assert width(cut("日本経済新聞", 7)) <= 7
    assert cut("abc", 1) == "…"
    assert cut("abc", 0) == ""


def test_pad_fills_by_width() -> None:
    assert pad("日本", 6) == "日本  "
    assert pad("7", 3, right=True) == "  7"
    assert width(pad("日本経済", 5)) == 5


def test_wrap_breaks_at_words_and_inside_what_has_none() -> None:
    assert wrap("one two three", 9) == ["one two", "three"]
    assert all(width(line) <= 20 for line in wrap("日本経済新聞社" * 9, 20))
    assert "".join(wrap("x" * 95, 20)) == "x" * 95
    assert wrap("", 20) == [""]
    assert wrap("a b", 20, "- ") == ["- a b"]
    assert wrap("aaaa bbbb cccc", 12, "- ") == ["- aaaa bbbb", "  cccc"]


def test_wrap_of_a_megabyte_is_linear() -> None:
    assert len(wrap("x" * 1_000_000, 80)) == 12_500
    assert len(wrap("word " * 200_000, 80)) == 12_500


def test_columns_line_up_by_width() -> None:
    rows = [("a", "日本", "first"), ("bbb", "x", "a long title that does not fit")]
    lines = list(columns(rows, 30, grow=2))
    assert lines[0] == "a    日本  first"
    assert all(width(line) <= 30 for line in lines)
    assert lines[1].endswith("…")
    assert list(columns([], 30, grow=0)) == []


def test_a_wide_column_gives_way_so_that_lines_fit() -> None:
    rows = [("x" * 150, "https://example.org/" + "a" * 40, "", "next 2026-03-12"), ("y", "https://example.org/b", "", "")]
    lines = list(columns(rows, 100, 1))
    assert max(map(width, lines)) <= 100
    assert lines[0].endswith("next 2026-03-12")
    assert lines[1].index("https://example.org/b") == lines[0].index("https://example.org/a")
