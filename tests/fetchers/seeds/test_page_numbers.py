"""Threads whose comments are told by numbers, names and what the page calls each, and what a page says of its writers."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.credits.bylines import read_byline
from fetchers.seeds.page_text.lines.lines import Line
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.reading import read_page
from fetchers.seeds.page_text.thread.authors import read_author
from fetchers.seeds.page_text.thread.comments import split_comments
from fetchers.seeds.page_text.thread.frames import read_frames
from fetchers.seeds.page_text.thread.repeats import number_names
from fetchers.seeds.page_text.thread.replies import resolve_replies
from tests.fetchers.seeds.labelled_lines import ICE, SNOW, looks_of, mended

NUMBERED = [
    ("author", "#1 owl_ann"),
    ("comment", "The heron has my vote."),
    ("meta", "points: 31 karma: 240 06/03/2018 10:02"),
    ("author", "#2 Bo_Ek"),
    ("comment", "Mine went to the owl."),
    ("author", "points: 2 karma: 98 06/03/2018 10:11"),
    ("comment", "#3 ida roe"),
    ("comment", "#2 You saw no owl"),
    ("meta", "points: 9 karma: 77 06/03/2018 10:30"),
]


def test_names_behind_rising_numbers_head_comments_and_numbers_in_texts_do_not() -> None:
    looks = looks_of(NUMBERED)
    labels = number_names(looks, [label for label, _ in NUMBERED])
    assert labels == ["author", "comment", "meta"] * 3
    drafts = split_comments(looks, labels)
    read_frames(drafts, "dmy")
    assert [(draft.author, draft.votes) for draft in drafts] == [("owl_ann", 31), ("Bo_Ek", 2), ("ida roe", 9)]
    assert resolve_replies(drafts, None) == [None, None, 1]


def test_numbered_lines_without_times_head_no_comments() -> None:
    rows = [row for row in NUMBERED if "karma" not in row[1]]
    labels = [label for label, _ in rows]
    assert number_names(looks_of(rows), labels) == labels


def test_a_reply_answers_the_comment_above_it() -> None:
    rows = []
    for kind, name in (("Comment", "Ann"), ("Comment", "Bo"), ("Reply", "May"), ("Reply", "Jo"), ("Comment", "Al")):
        rows += [("meta", f"{kind} posted by {name}, at 10:12 3 Oct 2024"), ("author", name), ("meta", "10:12 3 Oct 2024")]
        rows += [("comment", f"{name} has seen the owl of Hythe."), ("meta", "3 likes"), ("meta", "report")]
    drafts = split_comments(looks_of(rows), [label for label, _ in rows])
    read_frames(drafts, "dmy")
    assert [draft.author for draft in drafts] == ["Ann", "Bo", "May", "Jo", "Al"]
    assert resolve_replies(drafts, None) == [None, None, 1, 1, None]


@pytest.mark.parametrize("line", ["by owl_7 to heron.example", "por owl_7 a heron.example", "von owl_7 auf heron.example"])
def test_who_brought_a_link_and_from_which_site(line: str) -> None:
    page = (
        f"Menu\nLogin\n\nHerons of Hythe vote for a new owl in the old bell tower\n\n{line}\n3 May 2019 08:12\n{SNOW} {ICE}\n"
    )
    assert read_byline(look_at(Line(line)), "byline") == "owl_7"
    (story,), _ = read_page(page)
    assert (story.byline, story.source) == ("owl_7", "heron.example")


@pytest.mark.parametrize("role", ["Gardening Correspondent", "Senior Football Reporter", "Travel Editor"])
def test_a_section_s_name_before_a_role_is_no_part_of_the_writer_s(role: str) -> None:
    assert read_byline(look_at(Line(f"By Ann Lee-Roe {role}")), "byline") == "Ann Lee-Roe"


def test_a_last_paragraph_that_begins_with_the_writer_s_name_says_who_that_is() -> None:
    rows = [("title", "Heron votes"), ("byline", "By Ann Lee"), ("body", SNOW), ("body", ICE)]
    assert mended([*rows, ("body", "Ann Lee keeps herons in Hythe, and can be asked about them at any hour.")])[-1] == "aside"
    assert mended([*rows, ("body", "May Roe keeps herons in Hythe, and can be asked about them at any hour.")])[-1] == "body"
    assert mended([*rows, ("body", "Ann Lee: And can you be asked about them at any hour, even by a child?")])[-1] == "body"


ENTRIES = [
    ("title", "Storm closes the bridges of Hythe – as it happened"),
    ("byline", "Ann Lee and Bo Ek"),
    ("date", "Sun 10 Dec 2023 17.45 GMT"),
    ("author", "4h ago Closing summary"),
    ("comment", "9h ago Lorries turn round"),
    ("furniture", "17.40 GMT"),
    ("body", "Closing summary"),
    ("body", SNOW),
    ("aside", "15.22 GMT"),
    ("body", "Bo Ek"),
    ("body", ICE),
    ("aside", "13.05 GMT"),
    ("body", "Lorries turn round"),
    ("body", SNOW),
]


def test_what_leads_to_the_entries_of_a_live_blog_is_no_comment() -> None:
    labels = mended(ENTRIES)
    assert labels[3:5] == ["furniture"] * 2
    assert [labels[i] for i in (6, 7, 10, 12, 13)] == ["body"] * 5
    assert labels[9] == "aside"
    other = [*ENTRIES[:4], ("comment", "The wind took my hat at Lydd."), *ENTRIES[5:]]
    assert mended(other)[3:5] == ["author", "comment"]


@pytest.mark.parametrize(
    ("header", "author"),
    [
        ("Ann, Doncaster, 3 years ago", "Ann"),
        ("Ann, Doncaster 3 years ago", "Ann, Doncaster"),
        ("Ann, Roe, 3 years ago", "Ann, Roe"),
    ],
)
def test_a_town_in_a_row_with_the_time_is_no_part_of_a_name(header: str, author: str) -> None:
    assert read_author(look_at(Line(header))) == author


def test_of_two_comments_that_hold_quoted_words_the_named_author_s_is_answered() -> None:
    words = "Was the owl licked or was it bitten by frogs?"
    rows = [("author", "Ann Keeper of Owls"), ("meta", "Sep 5, 2024 at 5:06 PM"), ("comment", words), ("meta", "Reply")]
    for name, text in (("Bo", "Does it matter to an owl?"), ("Jo", "Both, in that order.")):
        rows += [("author", name), ("meta", "Sep 5, 2024 at 5:31 PM"), ("meta", "Ann said:"), ("comment", words)]
        rows += [("comment", text), ("meta", "Reply")]
    drafts = split_comments(looks_of(rows), [label for label, _ in rows])
    read_frames(drafts, "dmy")
    assert resolve_replies(drafts, None) == [None, 0, 0]
