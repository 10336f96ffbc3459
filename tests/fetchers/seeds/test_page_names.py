"""Threads that print a name and a text and nothing else: whose words are whose, by the names that come again."""

from __future__ import annotations

from fetchers.seeds.page_text.lines.lines import split_page
from fetchers.seeds.page_text.thread.names import name_speakers
from tests.fetchers.seeds.labelled_lines import looks_of

THREAD = [
    ("author", "klaus"),
    ("comment", "Initials? There are nine of us."),
    ("comment", "Do the hustle"),
    ("comment", "My last town did that."),
    ("author", "Bugle Boy"),
    ("comment", "Read the ordinance first."),
    ("comment", "klaus"),
    ("author", "Bugle Boy"),
    ("comment", "Which number?"),
    ("author", "TARA"),
    ("comment", "good"),
    ("author", "saku"),
    ("comment", "@Do the hustle And the landlord?"),
    ("comment", "Do the hustle"),
    ("author", "saku: he moved."),
]
WHO = "a c a c a c a c c a c a c a c".split()


def read(rows: list[tuple[str, str]]) -> list[str]:
    return list(name_speakers(looks_of(rows), [label for label, _ in rows]))


def test_names_that_come_again_tell_who_speaks() -> None:
    assert [label[0] for label in read(THREAD)] == WHO


def test_threads_that_print_more_than_names_are_left_as_they_are() -> None:
    timed = [*THREAD[:2], ("meta", "Reply"), *THREAD[2:]]
    assert read(timed) == [label for label, _ in timed]
    assert read(THREAD[:5]) == [label for label, _ in THREAD[:5]]


def test_a_short_remark_made_twice_is_no_name() -> None:
    rows = [(label, text) for n in range(4) for label, text in (("author", f"Reader {n}"), ("comment", "Agreed"))]
    assert read(rows) == [label for label, _ in rows]


def test_a_long_notice_glued_to_a_text_is_cut() -> None:
    notice = "© Copyright 2022 The Associated Press. All rights reserved. This material may not be published or rewritten."
    text = "“People got off the train hungry,” she said."
    assert [line.text for line in split_page(text + notice).lines] == [text, notice]
