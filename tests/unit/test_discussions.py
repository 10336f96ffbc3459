"""A thread that is read again: what is new is known as new, and nothing that was had is lost by a short answer."""

from __future__ import annotations

from dataclasses import replace

from newsdesk.model import Comment
from newsdesk.threads.discussions import merge

MONDAY, TUESDAY = "2026-03-09T10:00:00Z", "2026-03-10T10:00:00Z"


def comment(author: str, text: str, reply_to: int | None = None, when: str | None = None, votes: int | None = None) -> Comment:
    return Comment(text, author, when, votes, reply_to)


def test_a_first_reading_is_all_new_and_a_second_one_changes_nothing() -> None:
    read = (comment("a", "One"), comment("b", "Two", 0))
    first, new = merge((), read, MONDAY, whole=True)
    assert (new, [c.seen for c in first]) == (2, [MONDAY, MONDAY])
    assert merge(first, read, TUESDAY, whole=True) == (first, 0)
    assert merge(first, read, TUESDAY, whole=False) == (first, 0)


def test_what_came_later_is_known_by_when_it_was_seen() -> None:
    first, _ = merge((), (comment("a", "One"),), MONDAY, whole=True)
    merged, new = merge(first, (comment("a", "One"), comment("b", "Two", 0)), TUESDAY, whole=True)
    assert (new, [(c.text, c.seen) for c in merged]) == (1, [("One", MONDAY), ("Two", TUESDAY)])


def test_a_feed_of_the_latest_comments_keeps_the_earlier_ones() -> None:
    first, _ = merge((), (comment("a", "One"), comment("b", "Two")), MONDAY, whole=False)
    merged, new = merge(first, (comment("b", "Two"), comment("c", "Three", 0)), TUESDAY, whole=False)
    assert [(c.text, c.reply_to) for c in merged] == [("One", None), ("Two", None), ("Three", 1)]
    assert new == 1


def test_what_a_whole_thread_has_no_more_goes_but_not_what_came_with_the_story() -> None:
    printed = comment("z", "Printed")
    first, _ = merge((printed,), (comment("a", "One"), comment("b", "Two", 0)), MONDAY, whole=True)
    assert [(c.text, c.reply_to, c.seen) for c in first] == [
        ("Printed", None, None),
        ("One", None, MONDAY),
        ("Two", 1, MONDAY),
    ]
    merged, new = merge(first, (comment("b", "Two"),), TUESDAY, whole=True)
    assert ([c.text for c in merged], new) == (["Printed", "Two"], 0)


def test_votes_and_edits_are_the_same_comment() -> None:
    first, _ = merge((), (comment("a", "One", when="2026-03-09T09:00", votes=1),), MONDAY, whole=True)
    merged, new = merge(first, (comment("a", "One, or two", when="2026-03-09T09:00", votes=5),), TUESDAY, whole=True)
    assert (new, merged) == (0, (replace(first[0], text="One, or two", votes=5),))


def test_a_comment_whose_quotation_had_no_mark_yet_is_the_same_one() -> None:
    first, _ = merge((), (comment("a", "Good.\nIs it?"), comment("a", "No.")), MONDAY, whole=False)
    merged, new = merge(first, (comment("a", "> Good.\nIs it?"), comment("a", "No.")), TUESDAY, whole=False)
    assert (new, [(c.text, c.seen) for c in merged]) == (0, [("> Good.\nIs it?", MONDAY), ("No.", MONDAY)])


def test_without_an_author_or_a_moment_another_text_is_another_comment() -> None:
    for before in (comment("a", "One"), Comment("One", None, "2026-03-09T09:00")):
        first, _ = merge((), (before,), MONDAY, whole=True)
        merged, new = merge(first, (replace(before, text="Two"),), TUESDAY, whole=False)
        assert (new, [c.text for c in merged]) == (1, ["One", "Two"])


def test_what_a_comment_answers_stays_known() -> None:
    first, _ = merge((), (replace(comment("a", "One"), answers="Zero"),), MONDAY, whole=True)
    (told,), _ = merge(first, (comment("a", "One"),), TUESDAY, whole=True)
    assert told.answers == "Zero"


def test_two_that_say_the_same_are_two() -> None:
    same = (comment("a", "Yes"), comment("a", "Yes"))
    first, new = merge((), same, MONDAY, whole=False)
    assert (len(first), new) == (2, 2)
    assert merge(first, (*same, comment("a", "Yes")), TUESDAY, whole=False)[1] == 1


def test_a_reply_follows_its_parent_wherever_that_moves() -> None:
    first, _ = merge((), (comment("a", "One"), comment("b", "Two", 0)), MONDAY, whole=True)
    merged, _ = merge(first, (comment("n", "New"), comment("a", "One"), comment("b", "Two", 1)), TUESDAY, whole=True)
    assert [(c.text, c.reply_to) for c in merged] == [("New", None), ("One", None), ("Two", 1)]
