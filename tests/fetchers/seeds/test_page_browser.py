"""Ordinary news pages as people copy them from a browser: what the rules around the page model make of their lines."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.credits.bylines import read_byline
from fetchers.seeds.page_text.credits.datelines import read_town
from fetchers.seeds.page_text.credits.sources import read_outlet, read_source
from fetchers.seeds.page_text.lines.lines import Line
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.thread.votes import read_votes
from tests.fetchers.seeds.labelled_lines import ICE, SNOW, mended


def test_a_headline_of_another_story_between_paragraphs_is_no_sub_heading() -> None:
    other = "Twins arrested over stolen lighthouse lamp"
    assert mended([("title", "Snow closes school"), ("body", SNOW), ("aside", other), ("body", ICE)])[2] == "aside"


def test_a_sub_heading_of_some_words_that_the_story_says_is_the_texts() -> None:
    rows = [("title", "Snow closes school"), ("body", SNOW), ("aside", "But nobody wants to hear of ferries and their ploughs")]
    assert mended([*rows, ("body", ICE)])[2] == "body"
    caption = "Ann Lee with the ferries, which waited for the ploughs"
    assert mended([*rows[:2], ("aside", caption), ("body", ICE)])[2] == "aside"


@pytest.mark.parametrize(
    "notice",
    [
        "A correction was made on May 4, 2024: An earlier version gave another depth.",
        "Get 14 days free to read all our stories.",
        "【関連】灯台守の娘、100歳に",
    ],
)
def test_notices_among_paragraphs_are_no_text(notice: str) -> None:
    assert mended([("title", "Snow closes school"), ("body", SNOW), ("body", ICE), ("body", notice)])[3] == "aside"


def test_an_archived_post_says_so_above_nothing() -> None:
    notice = "Archived post. New comments cannot be posted and votes cannot be cast."
    assert mended([("title", "Snow closes school"), ("body", notice), ("aside", "412 points")])[1] == "aside"


def test_the_answer_below_a_question_is_text() -> None:
    rows = [("title", "Snow closes school"), ("body", SNOW), ("body", "What does it cost?")]
    assert mended([*rows, ("aside", "About 90,000 kroner a year, he says, most of it paint.")])[3] == "body"


def test_a_town_that_no_list_knows_is_one_where_the_page_says_so() -> None:
    text = "Eppstett. Die Sanierung des Freibads kostet mehr als doppelt so viel wie der Gemeinderat geplant hatte."
    above = look_at(Line("Startseite > Region > Eppstett"))
    slug = read_town(text, [above, look_at(Line(text))])
    assert slug is not None
    assert (slug.place, slug.rest[:13]) == ("Eppstett", "Die Sanierung")
    quiet = text.replace("Eppstett", "Stillstand")
    assert read_town(quiet, [above, look_at(Line(quiet))]) is None


def test_outlets_and_people_of_credit_lines() -> None:
    assert read_source(look_at(Line("Copyright 2022 by KOLT News 5 - All rights reserved.")), "credit") == "KOLT News 5"
    assert read_outlet(look_at(Line("Manila Ledger / 05:04 AM December 19, 2022"))) == "Manila Ledger"
    people = look_at(Line("Reporting by Anna Lie and Tom Hale"))
    assert read_source(people, "byline") is None
    assert read_byline(people, "byline") == "Anna Lie and Tom Hale"
    assert read_byline(look_at(Line("Thread starter: slowfreight Start date: Mar 3, 2020")), "byline") == "slowfreight"


def test_votes_behind_the_words_that_ask_for_them() -> None:
    line = look_at(Line("Click to rate -3"))
    assert read_votes([line], None, [line.text]) == -3
