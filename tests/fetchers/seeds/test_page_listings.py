"""Program code and tables between a text's paragraphs, sentences that announce something, boxes of links."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.labels.headlines import begin_second, drop_lead_ins
from fetchers.seeds.page_text.labels.inside import keep_lead_ins
from fetchers.seeds.page_text.lines.lines import Line, Page
from fetchers.seeds.page_text.lines.listings import without_listings
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.reading import read_page

SNOW = (
    "The harbour was closed for a third day on Friday after snow drifted over both slipways and the crane froze to its rails."
)
ICE = (
    "Nobody could say when the ice would let the ferries out again, and the baker had no flour left to sell at noon on Sunday."
)
PLOUGH = ["def plough(slip):", "depth = slip.depth()", "if depth > 3:", "slip.clear(depth)", "return depth"]
QUERY = ["SELECT *", "FROM ferries", "WHERE iced", "GROUP BY", "slip,", "day;"]


def page_of(*blocks: list[str]) -> Page:
    return Page(tuple(Line(text, blanks=1 if not i else 0) for block in blocks for i, text in enumerate(block)))


@pytest.mark.parametrize("code", [PLOUGH, QUERY, ["{", '"slip": 2,', '"ice": true', "}", "};"]], ids=["python", "sql", "json"])
def test_code_is_kept_with_the_paragraph_above_it(code: list[str]) -> None:
    page = without_listings(page_of([SNOW], code, [ICE]))
    assert [(line.text, line.listing) for line in page.lines] == [(SNOW, tuple(code)), (ICE, ())]


def test_prose_inside_a_block_of_code_stays_a_line() -> None:
    said = "This is what the plough does when the snow is deep"
    page = without_listings(page_of([SNOW], [*PLOUGH, said, *QUERY]))
    assert [line.text for line in page.lines] == [SNOW, said]
    assert page.lines[1].listing == tuple(QUERY)


def test_a_single_line_is_code_only_where_the_page_has_more_of_it() -> None:
    alone = ["slip.clear(3);"]
    assert without_listings(page_of([SNOW], alone, [ICE])).lines[1].text == alone[0]
    assert [line.text for line in without_listings(page_of([SNOW], PLOUGH, [ICE], alone, [SNOW], QUERY)).lines] == [
        SNOW,
        ICE,
        SNOW,
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["Ann Moss", "Reply", "Share (3)", "Bo Ek", "Reply", "Share (12)"],
        ["Your name (required)", "Your address (required)", "Send", "(c) Harbour News", "* * *"],
        ["Ferries (12)", "Ice (4)", "Snow (9)", "Slipways (3)", "*", "*", "*", "*"],
        ["Bergen 2-1 Molde", "Points: 3", "Table: Bergen 12, Molde 9", "Next: Sunday, 4 p.m."],
    ],
    ids=["thread", "form", "tags", "scores"],
)
def test_what_pages_have_is_no_code(lines: list[str]) -> None:
    page = page_of([SNOW], lines, [ICE])
    assert without_listings(page) == page


def test_the_text_around_code_is_one_story_and_holds_it() -> None:
    blocks = [SNOW, ICE, "\n".join(PLOUGH), SNOW.replace("third", "fourth"), "\n".join(QUERY), ICE.replace("noon", "dawn")]
    text = "Harbour ice keeps the ferries in\nBy Ann Moss\n5 May 2024\n\n" + "\n\n".join(blocks) + "\n"
    (story,), _ = read_page(text)
    assert story.title == "Harbour ice keeps the ferries in"
    assert story.body == (SNOW, ICE, *PLOUGH, SNOW.replace("third", "fourth"), *QUERY, ICE.replace("noon", "dawn"))
    assert not story.comments


def mended(rows: list[tuple[str, str]]) -> list[str]:
    return list(drop_lead_ins([look_at(Line(text)) for _, text in rows], [label for label, _ in rows]))


def test_a_sentence_that_announces_what_follows_is_no_headline() -> None:
    told = [("title", "Snow"), ("body", SNOW), ("title", "This is what the baker wrote on the door:"), ("body", ICE)]
    assert mended(told) == ["title", "body", "body", "body"]
    assert mended([("title", "Live from the harbour:"), ("body", SNOW)]) == ["title", "body"]


def test_a_box_of_links_is_no_second_story() -> None:
    box = [("title", "More about the harbour and the ice"), ("byline", "Ferries Stay In"), ("date", "3 May 2024")]
    rows = [("title", "Snow"), ("body", SNOW), *box, ("body", ICE), ("body", SNOW)]
    labels = mended(rows)
    assert labels == ["title", "body", "aside", "byline", "date", "body", "body"]
    assert list(begin_second([look_at(Line(text)) for _, text in rows], labels)) == labels


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Then she told the harbour master what was wrong:", True),
        ("Read more stories about the ice here:", False),
        ("Sign up for our letter about the harbour:", False),
        ("Ferries:", False),
        ("The harbour master went to look at the crane.", True),
        ("How a crane froze to its own rails in a night?", False),
        ("What the baker of the lower town did without any flour…", False),
    ],
)
@pytest.mark.parametrize("apart", [0, 7])
def test_a_sentence_of_a_text_and_what_announces_its_next_part_are_the_texts(line: str, kept: bool, apart: int) -> None:
    between = [("aside", "Crane: frozen")] * apart
    rows = [("title", "Snow"), ("body", SNOW), *between, ("aside", line), *between, ("body", ICE)]
    labels = keep_lead_ins([look_at(Line(text)) for _, text in rows], [label for label, _ in rows])
    assert labels[2 + apart] == ("body" if kept else "aside")
    far = [rows[0], ("title", "Ice"), *rows[2:]]
    assert keep_lead_ins([look_at(Line(text)) for _, text in far], [label for label, _ in far])[2 + apart] == "aside"


def test_so_is_one_that_announces_code() -> None:
    page = without_listings(page_of([SNOW], ["This is how the plough decides what to do:"], PLOUGH, ["Share", "Print"]))
    labels = keep_lead_ins([look_at(line) for line in page.lines], ["body", "aside", "aside", "aside"])
    assert labels == ["body", "body", "aside", "aside"]
