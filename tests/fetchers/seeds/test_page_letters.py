"""Letters: the stories that one numbers, and who wrote them all."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.lines.lines import Line
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.reading import read_page
from fetchers.seeds.page_text.stories.items import head_closed, number_items
from tests.fetchers.seeds.labelled_lines import ICE, SNOW

OWL = "An owl of Hythe has rung the bell of the old tower every night since the frost, said a ringer on Sunday."
LETTER = f"""View in browser
Hythe before breakfast
By Ann Lee and Bo Ek · Mar 07, 2024
Good Thursday. It will snow until it rains.

1 big thing: Ferries of Hythe wait for the ploughs
Illustration: Jo Day

{SNOW}

{ICE}

{SNOW.replace("Snow", "Rain")}

{ICE.replace("Ice", "Fog")}

{SNOW.replace("Snow", "Hail")}

Go deeper

2. An owl rings the bell of Hythe

{OWL}

{ICE.replace("Ice", "Moss")}

3. The last heron leaves the pond

{OWL.replace("owl", "heron").replace("frost", "thaw")}

Was this email forwarded to you? Sign up here.
You received this email because you signed up for our newsletter.
To stop, unsubscribe or manage your email preferences.
"""


def test_a_letter_s_numbered_headlines_begin_stories_and_its_byline_wrote_them_all() -> None:
    stories, _ = read_page(LETTER)
    assert [story.title for story in stories] == [
        "Ferries of Hythe wait for the ploughs",
        "An owl rings the bell of Hythe",
        "The last heron leaves the pond",
    ]
    assert [len(story.body) + len(story.highlights) for story in stories] == [5, 2, 1]
    assert {(story.byline, story.published) for story in stories} == {("Ann Lee and Bo Ek", "2024-03-07")}


def _numbered(first: str) -> list[tuple[str, str]]:
    rows = [(first, "Three things that herons do not like"), ("body", "1. Owls at night"), ("body", SNOW), ("body", ICE)]
    rows += [("body", "2. Bells by day"), ("body", OWL), ("body", ICE), ("body", "3. Ferries"), ("body", SNOW)]
    return [*rows, ("aside", "Sign up for our newsletter"), ("aside", "To stop, unsubscribe here.")]


def test_a_list_below_a_headline_is_one_story() -> None:
    rows = _numbered("title")
    looks, labels = [look_at(Line(text, blanks=1)) for _, text in rows], [label for label, _ in rows]
    assert list(number_items(looks, labels)) == labels
    told = number_items(looks, [label for label, _ in _numbered("furniture")])
    assert [i for i, label in enumerate(told) if label == "title"] == [1, 4, 7]


ITEMS = {
    "Buoy silent for weeks before ferry struck ledge": OWL.replace("owl", "buoy"),
    "Fern thought lost turns up behind a garage": SNOW,
    "Town settles a tied vote with a coin": OWL.replace("An owl", "A coin"),
    "Minus 44 closes a winter festival": ICE,
}


def _mail(closing: str, sender: str) -> str:
    (first, one), *others = ITEMS.items()
    items = "".join(f"\nMONEY\n{title}\n{text}\n{closing}\n" for title, text in others)
    return f"""From: {sender}
Date: Mon, 6 Dec 2021 06:30:04 -0500
Subject: Your Monday briefing: a ferry, a fern and a long letter

The Hythe Briefing
Monday, December 6, 2021
Good morning. Four things to know before the kettle boils.

TOP STORIES
{first}
{one}
{closing}
{items}
Were you forwarded this? Sign up here.
You get this e-mail because you asked for it. Unsubscribe in one click.
"""


@pytest.mark.parametrize("closing", ["Read more »", "Read on »", "Weiter »", "Mehr dazu →"])
@pytest.mark.parametrize("sender", ["The Hythe Briefing <briefing@example.org>", "The Hythe Briefing"])
def test_the_line_that_closes_each_item_of_a_letter_parts_them_whatever_its_words(closing: str, sender: str) -> None:
    stories, _ = read_page(_mail(closing, sender))
    assert [(story.title, list(story.body)) for story in stories] == [(title, [text]) for title, text in ITEMS.items()]
    assert {story.byline for story in stories} == {None}


def test_a_button_below_each_comment_closes_no_item() -> None:
    rows = [("title", "Ferries of Hythe wait"), ("body", SNOW)]
    for name in ("Ann Lee of Hythe", "Bo Ek of the Mill", "Cy Day of the Pond"):
        rows += [("author", name), ("comment", OWL), ("meta", "Answer this")]
    looks, labels = [look_at(Line(text)) for _, text in rows], [label for label, _ in rows]
    assert head_closed(looks, labels) == labels


@pytest.mark.parametrize("farewell", ["Have a quiet evening.", "That's it for today. See you on Monday, and mind the owl."])
def test_a_farewell_below_a_letter_s_last_item_is_not_of_it(farewell: str) -> None:
    coin = OWL.replace("An owl", "A coin")
    items = {
        "Ferries of Hythe wait": SNOW,
        "An owl is mayor of Ten": OWL,
        "A coin is tossed": coin,
        "A seal films her lunch": ICE,
    }
    letter = "\n\n".join(f"{title}\n\n{text}" for title, text in items.items())
    head = "Evening Briefing\nTuesday, Feb. 14, 2017\n\nGood evening. Here's the latest at the end of Tuesday:\n\n"
    foot = "Pictures may appear online only.\nLet us know at briefing@example.org.\n"
    told = [(title, [text]) for title, text in items.items()]
    page = f"{head}{letter}\n\n{farewell}\n{foot}"
    assert [(story.title, list(story.body)) for story in read_page(page)[0]] == told
    without_blanks = page.replace("\n\n", "\n")
    assert [(story.title, list(story.body)) for story in read_page(without_blanks)[0]] == told
