"""What stands above a thread, and the lines of its comments where all stand apart."""

from __future__ import annotations

from collections import Counter

import pytest

from fetchers.seeds.page_text.labels.mending import mend_page
from fetchers.seeds.page_text.lines.lines import Line, split_page
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.stories.division import Part
from fetchers.seeds.page_text.stories.title_text import read_title
from fetchers.seeds.page_text.thread.comments import split_comments
from fetchers.seeds.page_text.thread.frames import read_frames
from tests.fetchers.seeds.labelled_lines import ICE, SNOW, look, looks_of, mended

SAID = (("Ann Lee", "The heron has my vote."), ("May Roe", "Mine went to the owl."), ("Jo Day", "Both eat frogs."))


def _thread(lead: str, *above: tuple[str, str]) -> list[tuple[str, str]]:
    rows = [("title", "Heron votes"), ("body", SNOW), ("body", ICE), *above]
    for name, text in SAID:
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


def test_two_lines_that_come_again_below_every_comment_are_buttons() -> None:
    rows = _thread("")
    pair = [("author", "Tell the editors of this"), ("comment", "Copy the way to this")]
    below = [(*rows[:7], *pair), (*rows[7:11], *pair), (*rows[11:], *pair)]
    labels = mended([row for part in below for row in part])
    assert labels.count("comment") == labels.count("author") == 3
    once = mended([*rows[:7], *pair, *rows[7:]])
    assert once.count("author") == 4


def test_a_first_comment_without_time_and_foot_is_what_the_page_says() -> None:
    notice = [("author", "Fold all"), ("comment", "This thread holds words that you have not read yet.")]
    labels = mended(_thread("", ("aside", "3 Comments"), *notice))
    assert labels.count("comment") == labels.count("author") == 3
    labels = mended(_thread("", ("aside", "3 Comments"), *notice, ("meta", "Reply")))
    assert labels.count("comment") == 4


@pytest.mark.parametrize("opening", ["(", "( "])
def test_a_score_stands_above_a_name_whose_time_is_on_the_next_line(opening: str) -> None:
    rows = [("title", "Heron votes"), ("body", SNOW), ("body", ICE)]
    rows += [("byline", f"No frog {opening}Score: 5 , Odd)"), ("date", "by ann ( 17 ) writes: on Tuesday May 4, 2021 @6:21AM")]
    rows += [("body", "The heron has my vote."), ("author", f"Re:No frog {opening}Score: 0 )"), ("comment", "by bo writes:")]
    rows += [("author", "on Tuesday May 4, 2021 @6:25AM ( #3 )"), ("comment", "Mine went to the owl.")]
    labels = mended(rows)[3:]
    assert labels == ["meta", "author", "comment", "meta", "author", "meta", "comment"]
    drafts = split_comments(looks_of(rows[3:]), labels)
    read_frames(drafts, "dmy")
    assert [(draft.author, draft.votes, draft.subject) for draft in drafts] == [("ann", 5, "No frog"), ("bo", 0, "Re:No frog")]


def test_an_arrow_alone_belongs_to_the_name_below_it() -> None:
    assert [line.text for line in split_page("Bo\n↪\nAnn\n2 yrs ago").lines] == ["Bo", "↪ Ann", "2 yrs ago"]
    assert [line.text for line in split_page("Bo\n↪\n\nAnn").lines] == ["Bo", "↪", "Ann"]


def test_a_name_said_again_behind_its_time_is_a_line_of_its_own() -> None:
    said = "Comment posted by Ann Lee, at 09:14 2 Nov 2021"
    assert [line.text for line in split_page(f"{said}Ann Lee\n{said}").lines] == [said, "Ann Lee", said]


def test_words_in_small_letters_apart_below_a_text_are_its_tags() -> None:
    rows = [("title", "Heron votes"), ("body", SNOW), ("body", ICE), ("body", "herons owls frogs"), ("aside", "Related Links")]
    looks = [look_at(Line(text, blanks=1)) for _, text in rows]
    assert list(mend_page(looks, [label for label, _ in rows]))[2:4] == ["body", "aside"]
    capital = [look_at(Line(text.replace("herons", "Herons"), blanks=1)) for _, text in rows]
    assert list(mend_page(capital, [label for label, _ in rows]))[2] == "body"


@pytest.mark.parametrize("behind", ["", " 41"])
def test_a_headline_ends_before_the_site_of_its_link_and_the_count(behind: str) -> None:
    looks = look(f"Herons of Hythe vote (heron.example){behind}")
    assert read_title(Part(titles=[0]), looks, Counter()) == "Herons of Hythe vote"


@pytest.mark.parametrize("order", ["Sorteer op: oudste", "Trier par : les plus anciens", "Oldest first"])
def test_how_comments_without_names_are_sorted_is_nobody_s_name(order: str) -> None:
    rows = [("title", "Heron votes"), ("body", SNOW), ("body", ICE), ("aside", "3 comments"), ("author", order)]
    for n, (_, text) in enumerate(SAID):
        rows += [
            ("author" if n else "meta", f"4 May 2021, 6:2{n} AM"),
            ("comment", text),
            ("meta", f"{n} likes"),
            ("meta", "Reply"),
        ]
    labels = mended(rows)
    assert labels[4:6] == ["aside", "author"]
    assert labels.count("author") == len(SAID)


def test_how_comments_are_sorted_is_nobody_s_name_where_names_stand_beside_the_times() -> None:
    rows = [("title", "Heron votes"), ("body", SNOW), ("body", ICE), ("aside", "3 comments"), ("author", "並べ替え:古い順")]
    for n, (_, text) in enumerate(SAID):
        rows += [
            ("author" if n else "meta", f"{n + 1}:鉄子{n} 2022/12/05 11:4{n}"),
            ("comment", text),
            ("meta", "👍24 👎0 返信"),
        ]
    labels = mended(rows)
    assert labels[4:6] == ["aside", "author"]
    assert labels.count("author") == len(SAID)


def test_a_name_behind_a_dash_that_comes_again_signs_what_is_above_it() -> None:
    rows = [("title", "Heron votes"), ("body", SNOW), ("body", ICE), ("aside", "Your reactions")]
    for name, text in (*SAID, ("Ann Lee", "None of them swims."), ("Bo Ek", "The owl did, once.")):
        rows += [("comment", f"{text} I have seen it from my window."), ("author", f"– {name}, Hythe")]
    assert mended(rows)[4:] == ["comment", "author"] * 5
