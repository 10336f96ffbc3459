"""What stands above a thread, and the lines of its comments where all stand apart."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.comments import split_comments
from fetchers.seeds.page_text.frames import read_frames
from fetchers.seeds.page_text.lines import Line
from fetchers.seeds.page_text.looks import look_at
from tests.fetchers.seeds.labelled_lines import ICE, SNOW, looks_of, mended

SAID = (("Ann Lee", "The heron has my vote."), ("May Roe", "Mine went to the owl."), ("Jo Day", "Both eat frogs."))


def _thread(lead: str, *above: tuple[str, str]) -> list[tuple[str, str]]:
    rows = [("title", "Heron votes"), ("body", SNOW), ("body", ICE), *above]
    for name, text in (
        ("Ann Lee", "The heron has my vote."),
        ("May Roe", "Mine went to the owl."),
        ("Jo Day", "Both eat frogs."),
    ):
        rows += [("comment", lead)] if lead else []
        rows += [("author", name), ("meta", "4 May 2021, 6:21 AM"), ("comment", text), ("meta", "Reply")]
    return rows


def test_what_stands_above_the_line_that_begins_every_comment_is_none() -> None:
    rules = ("comment", "Stay civil, stay constructive, stay on topic.")
    labels = mended(_thread("Open this in our app to join in today.", ("aside", "3 Comments"), rules))
    assert "comment" not in labels[: labels.index("author")]
    assert labels.count("comment") == 3


def test_a_link_above_the_count_of_the_comments_is_none() -> None:
    link = [("aside", "More from Hythe"), ("author", "Crime & Safety | 1d"), ("comment", "Owl Found With Extra Frog")]
    labels = mended(_thread("", *link, ("meta", "3 Replies")))
    assert labels.count("comment") == labels.count("author") == 3


def test_authors_stand_above_their_texts_where_every_line_stands_apart() -> None:
    rows = _thread("")[3:]
    rows = [row for found in rows for row in ((found, ("meta", "Share")) if found[1] == "Reply" else (found,))]
    looks = [look_at(Line(text, blanks=int(text != "Share"))) for _, text in rows]
    drafts = split_comments(looks, [label for label, _ in rows])
    read_frames(drafts, "dmy")
    assert [draft.author for draft in drafts] == ["Ann Lee", "May Roe", "Jo Day"]


def test_the_lines_of_a_thread_are_read_alike_without_empty_ones() -> None:
    rows = _thread("")[3:]
    drafts = split_comments(looks_of(rows), [label for label, _ in rows])
    read_frames(drafts, "dmy")
    assert [draft.author for draft in drafts] == ["Ann Lee", "May Roe", "Jo Day"]


@pytest.mark.parametrize("foot", ["Reply", "Tell the editors about this"])
def test_a_line_below_every_comment_begins_none(foot: str) -> None:
    rows = [(label, foot if text == "Reply" else text) for label, text in _thread("")]
    labels = mended([*rows[:3], ("comment", "Nobody asked the frogs."), ("meta", foot), *rows[3:]])
    assert labels.count("comment") == 4
