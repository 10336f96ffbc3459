"""What databases of papers export: lists of named fields and of codes around a text, one document or more."""

from __future__ import annotations

from fetchers.seeds.page_text.credits.bylines import read_byline
from fetchers.seeds.page_text.lines.lines import Line
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.reading import read_page

HEAD = """Copyright 2001 Fen Press Ltd
The Fen Mercury ({town})

{date}

SECTION: NEWS; Pg. {page}

LENGTH: 60 words

HEADLINE: {title}

BYLINE: {who}

DATELINE: {place}

BODY:
"""
FIRST = HEAD.format(
    town="Ely",
    date="August 12, 2001",
    page=3,
    title="Eels return to the old cut after forty years",
    who="Ida Crombe",
    place="ELY",
)
SECOND = HEAD.format(
    town="Ely", date="August 14, 2001", page=9, title="Bell ringer, 91, hands over the rope", who="Colin Begge", place="MARCH"
)
EXPORT = f"""2 of 41 documents selected

{FIRST}The eels have come back to the old cut, the river board said on Friday, and they have brought others.

LOAD-DATE: August 13, 2001

1 of 41 DOCUMENTS

{SECOND}The tenor of St Wendreda's has a new ringer, who is eighty-eight and has been waiting his turn since the war.

LOAD-DATE: August 15, 2001
"""
CODES = """HD
Goats mow the airfield at Orkney
BY
By Magnus Rend
WC
146 words
PD
12 June 2018
SN
Northern Post
LA
English
LP
Twelve goats have been hired to keep the grass of the airfield at Kirkwall short, the council said on Tuesday.
TD
They cost less than the mower, which had been in the workshop since the spring and is not expected back.
NS
ctech : Technology
AN
Document NPOST00020180612ee6c00004
"""
TEXTS = (
    "Twelve goats have been hired to keep the grass of the airfield at Kirkwall short, the council said on Tuesday.",
    "They cost less than the mower, which had been in the workshop since the spring and is not expected back.",
)


def test_every_document_of_an_export_is_a_story() -> None:
    stories = read_page(EXPORT)[0]
    told = [(one.title, one.byline, one.source, one.dateline, str(one.published)[:10], len(one.body)) for one in stories]
    assert told == [
        ("Eels return to the old cut after forty years", "Ida Crombe", "The Fen Mercury", "ELY", "2001-08-12", 1),
        ("Bell ringer, 91, hands over the rope", "Colin Begge", "The Fen Mercury", "MARCH", "2001-08-14", 1),
    ]


def test_codes_say_what_stands_below_them() -> None:
    (story,) = read_page(CODES)[0]
    assert (story.title, story.byline, story.source) == ("Goats mow the airfield at Orkney", "Magnus Rend", "Northern Post")
    assert story.body == TEXTS


def test_codes_may_stand_beside_what_they_say() -> None:
    rows = CODES.splitlines()
    beside = "\n".join(f"{code}   {said}" for code, said in zip(rows[::2], rows[1::2], strict=True))
    (story,) = read_page(beside)[0]
    assert (story.title, story.source, story.body) == ("Goats mow the airfield at Orkney", "Northern Post", TEXTS)


def test_a_field_may_name_its_writer_surname_first() -> None:
    def byline(text: str) -> str | None:
        return read_byline(look_at(Line(text)), "byline")

    assert byline("Author: Crombe, Ida") == "Crombe, Ida"
    assert byline("Autor: hav, ČTK") != "hav, ČTK"


def test_lists_of_bodies_and_codes_take_bounded_time() -> None:
    head = "Title: One two three\nAuthor: Ann Lee\nSection: A\nPage: 3\nLength: 4\nDocument 1 of 2\n"
    bodies = head + "Body\nwords of it\n" * 500
    assert read_page(bodies)[0]
    codes = f"HD\nGoats mow the airfield\nLP\n{TEXTS[0]}\n" + "WC\nx\n" * 500
    assert len(read_page(codes)[0]) == 1
    assert read_page(f"{'🐢' * 60} !\n{TEXTS[0]}\n{TEXTS[1]}\n")[0]  # no pattern tries every way to part them
