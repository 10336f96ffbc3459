"""Pages whose text was copied out of a print: narrow columns, words parted at line ends, sheets with running heads."""

from __future__ import annotations

import time

import pytest

from fetchers.seeds.page_text.lines.lines import split_page
from fetchers.seeds.page_text.reading import read_page
from fetchers.seeds.page_text.saved.printed_pages import without_sheets
from fetchers.seeds.page_text.saved.saved_forms import page_text
from newsdesk.model import Story

HEAD = "Ferry clock at Olsund runs back\n\nBy ADA QUILL\nThe Marsh Courier\n\nMarch 4, 2019\n\n"
COLUMN = """The clock above the ferry land-
ing at Olsund has gone back-
wards since Monday, and the
ferry has followed it twice
before the harbor master had
finished his well-deserved and
well-known breakfast.
“We left before we had come,”
the mate, Jens Roe, told his
passengers, who were given
soup and a second ticket for
the journey that they had al-
ready made on the way out.
A clockmaker is expected on
Friday, or on the Friday be-
fore, said a woman whom the
council had sent with a lad-
der and a well-known drill.
"""
BODY = (
    "The clock above the ferry landing at Olsund has gone backwards since Monday, and the ferry has followed it twice before "
    "the harbor master had finished his well-deserved and well-known breakfast.",
    "“We left before we had come,” the mate, Jens Roe, told his passengers, who were given soup and a second ticket for the "
    "journey that they had already made on the way out.",
    "A clockmaker is expected on Friday, or on the Friday before, said a woman whom the council had sent with a ladder and a "
    "well-known drill.",
)
ROWS = COLUMN.splitlines()
CUT = 9  # lines on the first sheet: it ends in mid-sentence


def read(text: str) -> Story:
    stories, _ = read_page(page_text(text.encode(), text))
    assert len(stories) == 1
    return stories[0]


def sheets(foot: str, head: str) -> str:
    return HEAD + "\n".join(ROWS[:CUT]) + "\n" + foot + head + "\n".join(ROWS[CUT:]) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        HEAD + COLUMN,
        (HEAD + COLUMN).replace("\n", "\n\n"),
        "The Marsh Courier\n\n" + sheets("\n12\n\f", "THE MARSH COURIER\n\n") + "\n13\n\f",
        "THE MARSH COURIER      B3\nMONDAY, MARCH 4, 2019\n\n"
        + sheets("\f", "The Marsh Courier | Monday, March 4, 2019      B4\n\n"),
        "3/5/24, 9:14 AM   Ferry clock - The Marsh Courier\n\n"
        + sheets("https://marsh.example/clock   1/2\n", "3/5/24, 9:14 AM   Ferry clock - The Marsh Courier\n\n")
        + "https://marsh.example/clock   2/2\n",
    ],
    ids=["column", "double-spaced", "form feeds", "left and right", "printed by a browser"],
)
def test_a_printed_column_is_read_as_its_paragraphs(text: str) -> None:
    story = read(text)
    assert story.body == BODY
    assert (story.title, story.byline, story.published) == ("Ferry clock at Olsund runs back", "ADA QUILL", "2019-03-04")


def test_a_hyphen_at_a_line_end_stays_where_words_are_not_parted() -> None:
    text = (
        "The harbor master of Olsund has finished his well-\nknown breakfast, and the ferry waits for him with\n"
        "a cup of tea, and with the long face of the mate,\nwho has seen a clock do this before.\n"
    )
    assert [line.text for line in split_page(text).lines] == [text.replace("well-\n", "well-").replace("\n", " ").strip()]


@pytest.mark.parametrize(
    "text",
    [
        "Home\n\nnews\n\nsport\n\nlog in\n\nfor readers\n\nof the paper\n\nthe shop\n\nA sentence stands here, in full.\n",
        "One page.\n\fAnother page, with nothing that both have.\n",
        "The Courier\n\nFirst.\n\fThe Courier of 2019 has more to say.\n",
        "See https://example.org/a 1/2\nand what comes after.\n",
        "https://example.org/a 2/9\nhttps://example.org/b 2/8\n",
    ],
)
def test_what_was_not_printed_stays(text: str) -> None:
    assert without_sheets(text) == text


def test_short_lines_in_small_letters_are_no_column() -> None:
    menu = "Latest news for readers\nof the paper in print\nsport and the weather\nwhat to do tonight\n"
    long = "A sentence that is longer than any of these lines ends here, as it does on a page of the web.\n"
    assert len(split_page(menu * 3 + long).lines) == 13


@pytest.mark.parametrize(
    "text", ["\f" * 200_000, "a\n\n" * 100_000, "https://a 1/2\n" * 50_000, "a://" + " " * 300_000, "-\n" * 200_000]
)
def test_hostile_prints_take_no_long_time(text: str) -> None:
    started = time.process_time()
    without_sheets(text)
    assert time.process_time() - started < 3


def test_an_indented_line_of_a_second_sheet_is_no_running_head_without_a_number() -> None:
    sheets = [
        "The Harbour Mail\n\nFerries wait\n\nSnow fell all night.\n1",
        "    The Harbour\n\nIce lay on the river all week.\n2",
    ]
    assert "    The Harbour\n" in without_sheets("\f".join(sheets))
    assert "Harbour" not in without_sheets("\f".join([sheets[0], sheets[1].replace("Harbour", "Harbour 2")]))[40:]
