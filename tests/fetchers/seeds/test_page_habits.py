"""Layout habits of many sites, each in a few lines of our own: what the rules around the page model make of them."""

from __future__ import annotations

from collections import Counter

import pytest

from fetchers.seeds.page_text.credits.bylines import read_byline
from fetchers.seeds.page_text.credits.datelines import read_slug
from fetchers.seeds.page_text.credits.sources import read_outlet_and_place, read_source
from fetchers.seeds.page_text.credits.towns import place_beside_date
from fetchers.seeds.page_text.labels.headings import Labelling, choose_title
from fetchers.seeds.page_text.lines.lines import Line, split_page
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.lines.pictures import without_pictures
from fetchers.seeds.page_text.reading import read_page
from fetchers.seeds.page_text.stories.division import Part
from fetchers.seeds.page_text.stories.title_text import read_title
from fetchers.seeds.page_text.thread.frames import answers_whom
from fetchers.seeds.page_text.thread.replies import resolve_replies
from newsdesk.dates import find_dates
from tests.fetchers.seeds.labelled_lines import ICE, SNOW, drafts_of, looks_of, mended


def test_a_line_printed_twice_in_a_row_is_a_caption() -> None:
    shown = "The heron on the roof that it shares with the mayor"
    rows = [("title", "Heron votes"), ("body", SNOW), ("body", shown), ("body", shown), ("body", ICE)]
    assert mended(rows) == ["title", "body", "aside", "aside", "body"]


def test_capitals_below_links_head_what_follows() -> None:
    rows = [("title", "Heron votes"), ("body", SNOW), ("aside", "READ MORE IN NEWS"), ("aside", "Crab wins seat")]
    assert mended([*rows, ("aside", "WING AND A PRAYER"), ("body", ICE)])[4] == "body"


def test_a_headline_below_its_own_path_is_the_headline() -> None:
    rows = [
        ("title", "Bergen: Heron casts a vote in the harbour ward"),
        ("title", "Heron casts a vote in the harbour ward"),
        ("body", SNOW),
    ]
    part = Part(titles=[0, 1], body=[2])
    looks = looks_of(rows)
    choose_title(part, 0, Labelling(looks, [label for label, _ in rows], [0.0, -0.5, -9.0]))
    assert read_title(part, looks, Counter()) == "Heron casts a vote in the harbour ward"


@pytest.mark.parametrize(
    ("text", "writer"),
    [
        ("Par Le Courrier du Large avec AFP", None),
        ("By Anna Lie at Mill Road", "Anna Lie"),
        ("Anna Lie (now) and Bo Ek (earlier)", "Anna Lie and Bo Ek"),
        ("الخليج - سالم المنصوري", "سالم المنصوري"),
        ("كتبت - هالة عبد الرازق:", "هالة عبد الرازق"),
        ("By Dilys Rowe Community Reporter", "Dilys Rowe"),
    ],
)
def test_writers_beside_outlets_and_grounds(text: str, writer: str | None) -> None:
    assert read_byline(look_at(Line(text)), "byline") == writer


def test_an_agency_and_a_town_in_hindi_and_a_site_s_owner() -> None:
    assert read_outlet_and_place("एजेंसी, जोधपुर") == ("एजेंसी", "जोधपुर")
    assert read_source(look_at(Line("© 2024 Murbote GmbH & Co KG")), "credit") is None
    assert read_source(look_at(Line("© 2024 Harbour News")), "credit") == "Harbour News"


def test_a_button_is_no_answer_and_an_answer_may_end_the_line() -> None:
    assert answers_whom("Ответить") is None
    assert answers_whom("Ответ на: Инна П.") == "Инна П."
    assert answers_whom("Nermin adlı kullanıcıya cevap") == "Nermin"
    assert answers_whom("Antwort an U. Stelter") == "U. Stelter"


def test_numbers_and_subjects_above_author_and_time_are_no_text() -> None:
    rows: list[tuple[str, str]] = []
    for number, name in ((1, "Ann"), (2, "Bob"), (3, "Cyd")):
        rows += [("author", f"{number}."), ("comment", f"At last, says {name}")]
        rows += [("meta", f"{name}, Leeds | 5 May 2013 10:1{number}"), ("comment", f"Snow again, number {number} this year.")]
    drafts = drafts_of(rows)
    assert [draft.text for draft in drafts] == [f"Snow again, number {n} this year." for n in (1, 2, 3)]
    assert [draft.when for draft in drafts] == [f"2013-05-05T10:1{n}" for n in (1, 2, 3)]


def test_two_numbers_behind_a_button_are_votes() -> None:
    rows = [("author", "Ann"), ("comment", "Snow."), ("meta", "Yanıtla (1) 9 2")]
    rows += [("author", "Bob"), ("comment", "Ice."), ("meta", "Yanıtla (0) 0 3")]
    assert [draft.votes for draft in drafts_of(rows)] == [7, -3]


def test_a_name_beside_a_time_below_the_author_is_whom_he_answers() -> None:
    rows = [("author", "Павел С."), ("meta", "3 мар 2021 в 11:02"), ("comment", "Снег."), ("author", "Гость")]
    rows += [("meta", "Павел С., 3 мар 2021 в 11:31"), ("comment", "Лёд.")]
    assert resolve_replies(drafts_of(rows), None) == [None, 0]


def test_authors_cut_from_their_towns() -> None:
    rows: list[tuple[str, str]] = []
    for name in ("Ann, Hull, United Kingdom", "Bob, Perth, Australia", "Cyd, Nether Wallow, Ireland"):
        rows += [("author", f"{name}, 3 hours ago"), ("comment", "Snow again.")]
    assert [draft.author for draft in drafts_of(rows)] == ["Ann", "Bob", "Cyd"]


def test_the_first_comment_is_one_like_the_others() -> None:
    rows = [("title", "Heron votes"), ("body", SNOW), ("aside", "Comments 3"), ("aside", "Ann, Hull, 3 years ago")]
    rows += [("aside", "Snow again, and nobody counted it."), ("meta", "Reply"), ("meta", "12")]
    for name in ("Bob", "Cyd"):
        rows += [("author", f"{name}, Hull, 3 years ago"), ("comment", "Ice again."), ("meta", "Reply"), ("meta", "4")]
    assert mended(rows)[3:5] == ["author", "comment"]


def test_a_prompt_above_the_first_author_is_no_comment() -> None:
    rows = [
        ("title", "Heron votes"),
        ("body", SNOW),
        ("aside", "Comments"),
        ("comment", "The rules of this house hold."),
    ]
    for name in ("Ann", "Bob", "Cyd"):
        rows += [("author", name), ("meta", "5 May 2013 10:10"), ("comment", "Snow again."), ("meta", "Reply")]
    assert mended(rows)[3] == "aside"


def test_a_time_between_month_and_year() -> None:
    (found,) = find_dates("3rd October 4:20 pm 2018")
    assert found.iso == "2018-10-03T16:20"


def test_what_stands_for_a_readers_picture_is_no_line() -> None:
    page = "Avatar\nAnn • 5 years ago\nSnow again.\nAvatar\nBob • 5 years ago\nIce again."
    texts = [line.text for line in without_pictures(split_page(page)).lines]
    assert texts == ["Ann • 5 years ago", "Snow again.", "Bob • 5 years ago", "Ice again."]
    assert without_pictures(split_page("Avatar\nA film of blue people.")).lines[0].text == "Avatar"


def test_bullets_of_a_letter_with_a_paragraph_each_are_headlines() -> None:
    heads = ["Crane driver wins right to nap", "Oyster thieves return half", "Foghorn joins orchestra"]
    items = "\n\n".join(f"• {head}\n{text}" for head, text in zip(heads, (SNOW, ICE, SNOW + " " + ICE), strict=True))
    page = f"The Tide Table\nFriday, 11 October 2019\nGood morning, Freda here.\n\n{items}\n\nUnsubscribe\n"
    stories, _ = read_page(page)
    assert [(story.title, story.published) for story in stories] == [(head, "2019-10-11") for head in heads]
    assert [story.body for story in stories] == [(SNOW,), (ICE,), (SNOW + " " + ICE,)]


def test_links_between_paragraphs_are_no_text() -> None:
    rows = [("title", "Snow"), ("body", SNOW), ("body", "ALSO READ: Who stole the plough?"), ("body", ICE)]
    assert mended(rows)[2] == "aside"
    rows[2:3] = [("aside", "SEE ALSO:"), ("body", "The plough that would not start")]
    assert mended(rows)[3] == "aside"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Pune | Updated: January 19, 2021 7:41 am", "Pune"),
        ("Maumere / Mon, October 4, 2021 / 08:11 pm", "Maumere"),
        ("Sport / Mon, October 4, 2021", None),
    ],
)
def test_a_town_before_what_is_said_of_a_date(text: str, place: str | None) -> None:
    look = look_at(Line(text))
    assert place_beside_date(text, look.dates[0].start) == place


@pytest.mark.parametrize(
    ("text", "writer"),
    [
        ("View by: Time | Thread", None),
        ("Interview von Anna Lie", "Anna Lie"),
        ("By Anna Lie @annalie Chief Reporter", "Anna Lie"),
        ("Cities | Press Trust of India | Updated: November 02, 2018 16:20 IST", None),
    ],
)
def test_who_a_byline_names(text: str, writer: str | None) -> None:
    assert read_byline(look_at(Line(text)), "byline") == writer


def test_datelines_with_countries_in_capitals_and_days_in_words() -> None:
    slug = read_slug("BLANTYRE, MALAWI - A village chose its chief by counting lanterns on two hillsides.")
    assert slug
    assert (slug.place, slug.agency) == ("BLANTYRE, MALAWI", None)
    slug = read_slug("जबलपुर, दो जनवरी (वार्ता) घंटाघर की घड़ी मंगलवार रात अचानक बज उठी।")
    assert slug
    assert (slug.place, slug.agency) == ("जबलपुर", "वार्ता")


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        ("DULUTH, Minn., Oct. 14, 2021 /PRNewswire/ -- A brewer recalled one bottle.", "DULUTH, Minn.", "PRNewswire"),
        ("Aug. 2 (UPI) -- Crews pulled an accordion out of a storm drain.", None, "UPI"),
        ("भोपाल। छोटे तालाब की सफाई के दौरान सोमवार को मिली साइकिल का मालिक मिल गया है।", "भोपाल", None),
    ],
)
def test_datelines_of_wires_and_of_hindi_papers(text: str, place: str | None, agency: str | None) -> None:
    slug = read_slug(text)
    assert slug
    assert (slug.place, slug.agency) == (place, agency)


def test_sections_before_a_headline_are_none_of_it_where_the_page_names_them() -> None:
    looks = [look_at(Line(text)) for text in ("Sport", "Sport: Crab wins the harbour seat", "Snow: a history of one winter")]
    words = Counter(look.lower for look in looks)
    assert read_title(Part(titles=[1]), looks, words) == "Crab wins the harbour seat"
    assert read_title(Part(titles=[2]), looks, words) == "Snow: a history of one winter"


def test_numbered_items_whose_headlines_end_with_a_stop_are_stories() -> None:
    heads = ["Railway stops for the third week.", "A town will vaccinate by alphabet.", "A clock hears rain."]
    items = "\n\n".join(f"{n}. {head}\n{text}" for n, head, text in zip((1, 2, 3), heads, (SNOW, ICE, SNOW + ICE), strict=True))
    page = f"Evening Briefing\nMonday, March 8, 2021\nGood evening. Here is the latest.\n\n{items}\n\nSign up here.\n"
    assert [story.title for story in read_page(page)[0]] == heads


def test_buttons_of_two_words_are_no_authors() -> None:
    rows = [("title", "Snow"), ("body", SNOW), ("aside", "2 comments")]
    for n, name in enumerate(("Anna Lie", "Bo Lie"), 1):
        head = f"{n}. {name} (03/09/2015 07h1{n})"
        rows += [("author" if n == 1 else "meta", head), ("comment", "So much of it."), ("author", "Responda Denuncie")]
    assert [label for label, (_, text) in zip(mended(rows), rows, strict=True) if "Lie (" in text] == ["author", "author"]
