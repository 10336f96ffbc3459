"""Agencies and outlets that no list knows, told by where the page prints them and by what else it says of them."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.credits.told_outlets import told_outlets
from fetchers.seeds.page_text.lines.lines import split_page
from fetchers.seeds.page_text.reading import read_page
from tests.fetchers.seeds.labelled_lines import ICE, SNOW

HEAD = "Harbour board keeps the crane that lifts nothing"
TEXT = "The harbour board voted on Tuesday to keep the old crane, which has lifted nothing since 1988, for another ten years."
DATE = "March 2, 2019 at 9:14 am"


def page(*head: str, lead: str = TEXT, below: tuple[str, ...] = ()) -> str:
    return "\n".join(("Home", HEAD, *head, lead, SNOW, ICE, *below, "Share this article")) + "\n"


SHAPES = [
    (("KVN", DATE), TEXT, (), "KVN"),  # alone beside a date
    (("The Fathom", DATE), TEXT, (), "The Fathom"),
    (("By Anna Lie", "MarshNews24", DATE), TEXT, (), "MarshNews24"),
    (("Par Anna Lie, avec KVN", DATE), TEXT, (), "KVN"),
    (("Quelle: ZEIT ONLINE, Halden Wire, mkl", DATE), TEXT, (), "Halden Wire"),
    (("Anna Lie / KVN / Aug 29, 2024, 06:51 IST",), TEXT, (), "KVN"),
    (("The Fathom / 04:18 PM February 10, 2021",), TEXT, (), "The Fathom"),
    (("KVN, Hassan", "Last Updated : 05 December 2020, 02:14 IST"), TEXT, (), "KVN"),
    (("By: KVN | Lucknow |", DATE), TEXT, (), "KVN"),
    (("Colaboração para o MarshNews24, em Joinville (SC)", DATE), TEXT, (), "MarshNews24"),
    ((DATE,), f"Deggendorf (Kvikk/lby) - {TEXT}", (), "Kvikk"),
    ((DATE,), TEXT, ("hhe/Halden Wire",), "Halden Wire"),
    ((DATE,), TEXT, ("(rbü/Kvikk)",), "Kvikk"),
    ((DATE,), TEXT, ("es/rm (Quill & Anchor, AFP)",), "Quill & Anchor"),
    ((DATE,), TEXT, ("With reporting by Kvikk",), "Kvikk"),
    ((DATE,), TEXT, ("- KVN",), "KVN"),
    ((DATE,), TEXT, ("© 2023 KVN",), "KVN"),
    ((DATE,), TEXT, ("© KVN 2026.",), "KVN"),
    (
        (DATE,),
        f"PUNO, Perú, 6 nov (Prensa Lago) -- {TEXT}",
        (),
        "Prensa Lago",
    ),  # what could be a person's name, where none stands
    ((DATE,), f"DULUTH, Minn., Oct. 14, 2021 /Bergwacht Online/ -- {TEXT}", (), "Bergwacht Online"),
    ((DATE,), TEXT, ("− Nyhetsbyrån Fjell/ka",), "Nyhetsbyrån Fjell"),
    ((DATE,), TEXT, ("hhe/Agência Sertão",), "Agência Sertão"),
    (("ORF", DATE), TEXT, ("(Photo: ORF)",), "ORF"),
    (("By: Anna Lie", "Nordfeld / 05:04 AM December 19, 2022"), TEXT, (), "Nordfeld"),
    ((DATE,), TEXT, ("Thùy Linh (Theo Halden Wire)",), "Halden Wire"),
]


@pytest.mark.parametrize(("head", "lead", "below", "outlet"), SHAPES)
def test_a_name_that_no_list_knows_is_the_source_where_credits_stand(
    head: tuple[str, ...], lead: str, below: tuple[str, ...], outlet: str
) -> None:
    text = page(*head, lead=lead, below=below)
    assert told_outlets(split_page(text)) == (outlet,)
    stories, _ = read_page(text)
    assert [(story.title, story.source, len(story.body)) for story in stories] == [(HEAD, outlet, 3)]


@pytest.mark.parametrize(
    ("owner", "source", "byline"), [("Meridian Newswire", "Meridian Newswire", None), ("Anna Lie", None, "Anna Lie")]
)
def test_who_owns_the_copyright_at_a_texts_end_wrote_it_or_its_name_is_an_outlets(
    owner: str, source: str | None, byline: str | None
) -> None:
    story = read_page(page(DATE, below=(f"© {owner} 2026.",)))[0][0]
    assert (story.source, story.byline, len(story.body)) == (source, byline, 3)


@pytest.mark.parametrize(
    "row",
    [
        "Anna Lie",
        "Tromsø",
        "DRC",
        "NATION",
        "Politics",
        "By Anna Lie",
        "Kenya",
        "The Harbour Sun",  # a masthead above its date as often as not
        "News Sport What's On Announcements",
    ],
)
def test_a_person_a_place_a_section_and_a_masthead_beside_a_date_are_no_outlets(row: str) -> None:
    assert told_outlets(split_page(page(row, DATE))) == ()


def test_an_acronym_that_the_text_speaks_of_is_no_outlet() -> None:
    text = page("SQL", DATE, lead=f"{TEXT} SQL was asked.", below=(f"SQL is old. {TEXT}", f"Some like SQL. {TEXT}"))
    assert told_outlets(split_page(text)) == ()


def test_an_end_mark_a_hand_s_sign_and_a_stage_direction_at_a_text_s_end_are_no_outlets() -> None:
    assert told_outlets(split_page(page(DATE, below=("AGG",)))) == ()
    assert told_outlets(split_page(page(DATE, below=("(END)", TEXT, "(END)")))) == ()
    assert told_outlets(split_page(page(DATE, lead=f"{TEXT} (Laughter)", below=(f"{TEXT} (Laughter)",)))) == ()


ITEMS = [
    ("Peru closes trail after landslide", "LIMA – A popular trail to a mountain lagoon has been closed", "HNS"),
    ("Oslo trams to sell tickets in coins again", "OSLO – The tram company will bring back its old machines", "Kvikk"),
    ("Kenyan court clears seller of giant mango", "NAIROBI – A court has cleared a trader from the coast", "Reuters"),
]


def test_items_credit_alike() -> None:
    end = "after many people had written to complain that nobody else would. They will be asked again by telephone."
    items = [f"{title}\n{text} {end} — {who}" for title, text, who in ITEMS]
    stories, _ = read_page("\n\n".join(("World at a glance\nFriday 7 June 2024", *items, "Get our newsletter")) + "\n")
    assert [(story.title, story.source) for story in stories] == [(title, who) for title, _, who in ITEMS]
    assert not any("—" in text for story in stories for text in story.body)


def test_what_one_page_tells_is_not_known_on_the_next() -> None:
    told, plain = page("KVN", DATE), page(DATE, below=(f"{ICE[:-1]} too, it said. KVN",))
    assert [story.source for text in (told, plain) for story in read_page(text)[0]] == ["KVN", None]


def test_an_acronym_that_a_page_is_about_is_no_outlet_though_it_owns_the_page_and_its_pictures() -> None:
    below = (f"The ACLU is old. {TEXT}", f"Some like the ACLU. {TEXT}", f"The ACLU will go on. {TEXT}", "Photo: ACLU", "© ACLU")
    assert told_outlets(split_page(page("By Anna Lie", DATE, below=below))) == ()
