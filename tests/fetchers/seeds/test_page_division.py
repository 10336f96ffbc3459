"""Pages of one long story: its sections, and teasers of other stories around it, are no stories of their own."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.lines.lines import Line
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.reading import read_page
from fetchers.seeds.page_text.stories.division import divide

PARAGRAPHS = [
    "The harbour board voted on Tuesday to rebuild the old ferry pier, which has been closed since a storm tore away its roof "
    "and left the planks unsafe for the three hundred people who cross the bay each morning.",
    "Members heard for two hours from fishermen, shopkeepers and the owners of the two boats that still sail, and most of them "
    "said that a cheaper jetty on the far side would be of no use to anybody who walks to work.",
    "The pier will cost four million crowns, a third of which the county has promised to pay once the plans are drawn and "
    "the harbour master has signed them, which he expects to do before the first snow.",
    "“We have waited for six winters, and I am not going to wait for a seventh,” said Anna Holm, who runs the bakery at the "
    "ticket office and counted the votes from the gallery with a pencil behind her ear.",
    "Work is to begin in April with the piles, of which forty are rotten below the water line, and to end in the autumn of the "
    "year after, when the larger of the two boats is to be back on its old timetable.",
    "Until then the ferry goes on landing at the fish quay, where a shelter of canvas has been put up for the passengers and "
    "where the board has asked the town to light the path up to the road.",
    "The vote was eleven to two; both members who said no had asked for a bridge instead, a plan that has been put before the "
    "board nine times since the war and has never had more than three friends.",
    "The county's engineer told the meeting that a bridge would need twelve years and forty times the money, and that the bay "
    "is too deep in its middle for any pillar that he would care to stand on.",
    "Drawings of the new pier hang in the library until the end of the month, and whoever wants to say something about them "
    "can write it into the book that lies beside them on the table.",
]
HEAD = "Ferry pier to be rebuilt after six winters\n\nBy Lena Marsh\n\nMarch 4, 2024\n\n"
MENU = "Most read\n\nNews\n\nSport\n\nWeather\n\nSubscribe\n\n"
TEASERS = [
    (
        "Mayor of Eastport resigns over parking fines",
        "She had let friends park for free at the town hall for most of a year.",
    ),
    ("Storm closes three schools in the hills", "Pupils were sent home at noon on Monday when the roads began to freeze."),
    (
        "Chess club wins its first cup since 1988",
        "A girl of twelve beat the champion of the county in the last game.",
    ),
]


def test_teasers_apart_from_a_long_story_are_no_stories() -> None:
    below = "\n\nShare\n\nPrint\n\nAdvertisement\n\n".join(f"{title}\n\n{said}" for title, said in TEASERS)
    stories, _ = read_page(HEAD + "\n\n".join(PARAGRAPHS) + "\n\nShare this\n\n" + MENU + below + "\n")
    assert [story.title for story in stories] == ["Ferry pier to be rebuilt after six winters"]
    assert stories[0].body == tuple(PARAGRAPHS)


def parted(rows: list[tuple[str, str]]) -> list[list[str]]:
    """The texts of each story's headlines and paragraphs."""
    looks = [look_at(Line(text)) for _, text in rows]
    return [[looks[i].text for i in [*part.titles, *part.body]] for part in divide(looks, [label for label, _ in rows])]


LONG = [("title", "Ferry pier to be rebuilt after six winters"), *(("body", text) for text in PARAGRAPHS)]
SECTIONS = [row for title, said in TEASERS for row in (("title", title.split(" ", 2)[2]), ("body", said))]


def test_short_sections_below_a_long_text_are_its_own() -> None:
    whole = parted([*LONG, *SECTIONS])
    assert len(whole) == 1
    assert {said for _, said in TEASERS} < set(whole[0])


def test_a_short_section_above_a_long_one_keeps_the_headline() -> None:
    short = [
        ("title", "A vote at the harbour"),
        ("body", "The harbour board met on Tuesday."),
        ("aside", "Anna Holm"),
    ]
    whole = parted([*short, *LONG])
    assert [part[:2] for part in whole] == [["A vote at the harbour", "The harbour board met on Tuesday."]]


@pytest.mark.parametrize("sign", ["day", "place"])
def test_a_short_story_with_a_day_or_a_place_of_its_own_is_a_story(sign: str) -> None:
    dated = [("date", "March 5, 2024")] if sign == "day" else []
    said = "The mayor resigned on Tuesday over parking fines that she and her friends had left unpaid for most of a year."
    said = said if dated else f"EASTPORT (AP) — {said}"
    other = [("aside", "Share")] * 5 + [("title", "Mayor of Eastport resigns"), *dated, ("body", said)]
    assert [part[0] for part in parted([*LONG, *other])] == [LONG[0][1], "Mayor of Eastport resigns"]


SECOND = "Mayor of Eastport resigns over parking fines"
LONGER = [f"{text} {text.lower()}" for text in PARAGRAPHS * 2]


def test_a_story_that_is_signed_stands_beside_one_five_times_as_long() -> None:
    said = PARAGRAPHS[6:]  # of a town meeting, as well as of the pier
    page = HEAD + "\n\n".join([*LONGER, SECOND, "By Ann Reed", *said])
    stories, _ = read_page(page)
    assert [story.title for story in stories] == ["Ferry pier to be rebuilt after six winters", SECOND]
    assert stories[1].body == tuple(said)


def test_so_does_one_below_a_line_across_the_page() -> None:
    long = [LONG[0], *(("body", text) for text in LONGER)]
    second = [("title", SECOND), *(("body", text) for text in PARAGRAPHS[6:])]
    assert [part[0] for part in parted([*long, ("aside", "* * *"), *second])] == [LONG[0][1], SECOND]
    assert len(parted([*long, *second])) == 1


def test_items_that_are_together_longer_than_the_leading_one_are_stories() -> None:
    items = [row for n in range(30) for row in (("title", f"Winter number {n} at sea"), ("body", TEASERS[n % 3][1]))]
    assert len(parted([*LONG, *items])) == 31


CHART = [("author", "tonnes"), ("comment", "Herring landed at the quay"), ("author", "1988"), ("comment", "Cod")]


@pytest.mark.parametrize("heading", [[], [("title", "What the pier costs")]], ids=["bare", "headed"])
def test_a_text_goes_on_below_what_looked_like_a_thread(heading: list[tuple[str, str]]) -> None:
    below = [("body", text) for text in PARAGRAPHS[4:]]
    whole = parted([*LONG[:5], *CHART, *heading, *below])
    assert len(whole) == 1
    assert [text for text in PARAGRAPHS if text not in whole[0]] == []


def test_a_headline_and_a_sentence_below_a_thread_are_not_the_texts() -> None:
    assert parted([*LONG, *CHART, ("title", TEASERS[0][0]), ("body", TEASERS[0][1])]) == [[said for _, said in LONG]]


HEADING = "Winters cost the harbour more than its ferries and library bring in"


@pytest.mark.parametrize("below", [[], [("highlight", "It has been so since the storm.")]])
def test_a_longer_sub_heading_right_between_paragraphs_is_the_texts(below: list[tuple[str, str]]) -> None:
    rows = [*LONG, ("title", HEADING), *below, ("body", PARAGRAPHS[1])]
    assert parted(rows)[0][-2 - len(below) :] == [HEADING, *(text for _, text in below), PARAGRAPHS[1]]


@pytest.mark.parametrize(
    "heading",
    [
        "Three chess clubs begin the season in Eastport on Monday",
        f"{HEADING}, 4 May 2024",
    ],
)
def test_what_speaks_of_something_else_or_is_dated_is_no_sub_heading(heading: str) -> None:
    assert heading not in parted([*LONG, ("title", heading), ("body", PARAGRAPHS[1])])[0]


def test_the_source_below_a_chart_begins_no_story() -> None:
    chart = [
        ("title", "Winters cost more"),
        ("aside", "2019"),
        ("aside", "15"),
        ("byline", "By Harbour News | Source: Port Board"),
    ]
    rows = [*LONG, *chart, *LONG[1:]]
    assert len(parted(rows)) == 1
    rows[-len(LONG)] = ("byline", "By Lena Marsh")
    assert len(parted(rows)) == 2
