"""The comments of a page: whose each is, where it ends, what it answers, and what of it is no text."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.lines.lines import Line
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.thread.authors import read_author
from fetchers.seeds.page_text.thread.replies import resolve_replies
from fetchers.seeds.page_text.thread.threads import mend_threads
from tests.fetchers.seeds.labelled_lines import drafts_of, look


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Winnie said...", "Winnie"),
        ("Old Salt Jun 4", "Old Salt"),
        ("kjh8****", "kjh8****"),
        ("@just.a.passenger", "@just.a.passenger"),
        ("u/moss_on_toast", "u/moss_on_toast"),
        ("[–]gary[S] 97 points 3 years ago", "gary"),
        ("2 名前:松江人 投稿日:2019/03/05(火) 12:20:33", "松江人"),
        ("Gnome Guardian »", "Gnome Guardian"),
        ("Carla ha detto:", "Carla"),
        ("Jonas skriver:", "Jonas"),
        ("Re: Snow by oldsledge(m): 7:20am On Jun 05, 2024", "oldsledge"),
        ("old_sledge, Bergen, Norway, 2 hours ago", "old_sledge"),
    ],
)
def test_authors(line: str, name: str) -> None:
    assert read_author(look_at(Line(line))) == name


def test_the_first_comment_is_headed_as_the_others_are() -> None:
    thread = ("ann", "3 May 2021", "It rang.", "bob", "3 May 2021", "Twice.", "cy", "4 May 2021", "Thrice, I think.")
    slipped = ["aside", "author", "comment", *["author", "meta", "comment"] * 2]
    assert mend_threads(look(*thread), slipped) == ["author", "meta", "comment"] * 3


def thread_of(*rows: tuple[str, str]) -> tuple[list[tuple[str | None, str, int | None]], list[int | None]]:
    """(author, text, votes) of every comment and whom it answers, of a thread whose lines are labelled."""
    drafts = drafts_of(rows)
    targets = resolve_replies(drafts, None)
    return [(draft.author, draft.text, draft.votes) for draft in drafts], targets


@pytest.mark.parametrize(
    ("line", "kind"),
    [("Ann Bob Carl Dora Emil", "name"), ("Ann Bob Carl Dora Emil Finn", "short"), ("# Ann Lee", "short"), ("Ann Lee", "name")],
)
def test_a_name_is_five_words_at_most_and_begins_with_a_letter(line: str, kind: str) -> None:
    assert look_at(Line(line)).kind == kind


def test_whom_a_text_speaks_to_is_a_part_of_it_unless_that_one_wrote_before() -> None:
    ann = [("author", "Ann Lee"), ("meta", "3 May 2021"), ("comment", "It rang twice.")]
    for named, text in (("Ann Lee", "Once, I think."), ("The Mayor", "In reply to The Mayor\nOnce, I think.")):
        bob = [
            ("author", "Bob Hale"),
            ("meta", "4 May 2021"),
            ("comment", f"In reply to {named}"),
            ("comment", "Once, I think."),
        ]
        comments, _ = thread_of(*ann, *bob)
        assert comments[1] == ("Bob Hale", text, None)


def test_comments_signed_below_keep_all_their_paragraphs() -> None:
    ann = [("comment", "It rang."), ("comment", "It rang again at noon."), ("author", "Ann Lee"), ("meta", "3 May 2021")]
    bob = [("comment", "Twice."), ("comment", "Or so I heard."), ("author", "Bob Hale"), ("meta", "4 May 2021")]
    comments, targets = thread_of(*ann, *bob)
    assert comments == [
        ("Ann Lee", "It rang.\nIt rang again at noon.", None),
        ("Bob Hale", "Twice.\nOr so I heard.", None),
    ]
    assert targets == [None, None]


def test_a_comment_of_one_word_is_a_comment() -> None:
    thread = ("ann", "It rang.", "bob", "Twice.", "cy", "Shame", "dora", "Thrice, I think.")
    labels = ["author", "comment"] * 2 + ["author", "author"] + ["author", "comment"]
    assert list(mend_threads(look(*thread), labels)) == ["author", "comment"] * 4


def test_a_second_name_in_a_frame_is_whom_the_comment_answers() -> None:
    first = [("author", "redkite"), ("meta", "2 hours ago"), ("comment", "It rang twice."), ("meta", "Reply")]
    second = [("meta", "Old Salt"), ("author", "redkite"), ("meta", "1 hour ago"), ("comment", "Thrice."), ("meta", "Reply")]
    comments, targets = thread_of(*first, *second)
    assert [author for author, _, _ in comments] == ["redkite", "Old Salt"]
    assert targets == [None, 0]
    comments, targets = thread_of(*first, ("author", "Ann Lee replied to redkite"), ("comment", "Once."), ("meta", "Reply"))
    assert [author for author, _, _ in comments] == ["redkite", "Ann Lee"]
    assert targets == [None, 0]


def test_what_a_frame_says_of_the_author_is_neither_time_nor_votes() -> None:
    profile = [("meta", "Joined"), ("meta", "Jul 19, 2016"), ("meta", "Messages"), ("meta", "902"), ("meta", "Jun 4, 2024")]
    rows = [
        ("author", "Hopkins"),
        *profile,
        ("comment", "It rang."),
        ("author", "Tram"),
        *profile,
        ("comment", "Twice."),
    ]
    drafts = drafts_of(rows)
    assert [(draft.author, draft.when, draft.votes) for draft in drafts] == [
        ("Hopkins", "2024-06-04", None),
        ("Tram", "2024-06-04", None),
    ]


def test_the_subject_that_answers_repeat_is_no_text() -> None:
    rows = [("author", "Ann, 4 Mar 2021"), ("comment", "Simple solution"), ("comment", "Move the stars.")]
    rows += [("author", "Bob, 4 Mar 2021"), ("meta", "Re: Simple solution"), ("comment", "Best pitch this week.")]
    comments, targets = thread_of(*rows)
    assert [text for _, text, _ in comments] == ["Move the stars.", "Best pitch this week."]
    assert targets == [None, 0]


def test_numbers_head_the_comments_of_a_thread_without_names() -> None:
    rows = [
        (("meta", f"#{n}"), ("meta", "03.03.2021 | 13:11"), ("comment", f"It rang {n} times."), ("meta", "Reply"))
        for n in (1, 2, 3)
    ]
    flat = [row for group in rows for row in group]
    comments, _ = thread_of(*flat[:-4], ("author", "#3"), *flat[-3:])
    assert comments == [(None, f"It rang {n} times.", None) for n in (1, 2, 3)]


@pytest.mark.parametrize(("foot", "votes"), [("Like · Reply · 17 · 1y", 17), ("44 Trả lời 13:02 4/6/2024", 44)])
def test_a_number_between_buttons_is_the_score(foot: str, votes: int) -> None:
    comments, _ = thread_of(("author", "Ann Lee"), ("comment", "It rang."), ("meta", foot))
    assert comments == [("Ann Lee", "It rang.", votes)]


def test_what_ends_every_comment_ends_the_last() -> None:
    thread = ("ann", "It rang.", "+3", "bob", "Twice.", "+1", "cy", "Thrice, I think.", "-2", "Weather")
    labels = ["author", "comment", "meta"] * 2 + ["author", "comment", "aside", "aside"]
    assert list(mend_threads(look(*thread), labels))[-2:] == ["meta", "aside"]
