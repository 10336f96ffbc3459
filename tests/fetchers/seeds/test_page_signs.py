"""The signs around a text, as sites of unlike kinds print them: who wrote it, where, for whom, and what is filed beside it."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.credits.bylines import read_byline
from fetchers.seeds.page_text.credits.datelines import read_slug
from fetchers.seeds.page_text.credits.sources import read_source
from fetchers.seeds.page_text.labels.tails import cut_tail
from fetchers.seeds.page_text.lines.lines import Line
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.reading import read_page
from fetchers.seeds.page_text.thread.replies import resolve_replies
from tests.fetchers.seeds.labelled_lines import drafts_of

PIER = "The pier at the old lido closes for the winter after two planks were found on the beach below it on Sunday morning."
BENCH = "A survey counted 41 loose boards, 12 missing bolts and one bench that nobody remembers having put there."
KEYS = "Swimmers who had left a key in the changing rooms may fetch it on Thursday, between nine and noon."
ARABIC = "قررت البلدية إغلاق الرصيف القديم طوال فصل الشتاء بعد العثور على لوحين خشبيين على الشاطئ صباح يوم الأحد."


@pytest.mark.parametrize(
    "line",
    [
        "March 9, 2017 by Odile Farrow 9 Comments",
        "March 9, 2017 by Odile Farrow Leave a Comment",
        "By Odile Farrow 14 Comments",
        "9 mars 2017 par Odile Farrow 3 commentaires",
        "9. März 2017 von Odile Farrow 12 Kommentare",
        "9 de marzo de 2017 por Odile Farrow Deja un comentario",
        "Odile Farrow March 9, 2017 No Comments",
        "Odile Farrow reported this story on Friday, March 9, 2018 07:24:00",
    ],
)
def test_who_wrote_it_stands_beside_the_date_and_the_count_of_comments(line: str) -> None:
    assert read_byline(look_at(Line(line)), "byline") == "Odile Farrow"


@pytest.mark.parametrize(
    "line",
    [
        "March 9, 2017 | Filed under: Harbour",
        "9. März 2017 | Kategorie: Lokales",
        "9 mars 2017 | Classé dans : Société",
        "9 de marzo de 2017 | Archivado en: Nacional",
        "Posted in: Harbour | March 9, 2017",
    ],
)
def test_what_a_story_is_filed_under_names_no_writer(line: str) -> None:
    assert read_byline(look_at(Line(line)), "byline") is None


@pytest.mark.parametrize(
    ("sign", "place", "agency"),
    [
        ("Gurnau (sda). ", "Gurnau", "sda"),
        ("Gurnau (sda) ", "Gurnau", "sda"),
        ("Gurnau (sda/afp). ", "Gurnau", "sda"),
        ("Gurnau (red). ", "Gurnau", None),
        ("Sankt Gurn (kna). ", "Sankt Gurn", "kna"),
    ],
)
def test_the_signs_of_a_newsroom_and_a_stop_end_a_dateline(sign: str, place: str, agency: str | None) -> None:
    slug = read_slug(sign + PIER)
    assert slug is not None
    assert (slug.place, slug.agency, slug.rest) == (place, agency, PIER)


def test_a_word_in_brackets_behind_a_subject_is_no_dateline() -> None:
    assert read_slug(f"The council (now) has no pier. {PIER}") is None


@pytest.mark.parametrize("agency", ["العمانية", "واع", "إرنا"])
def test_a_town_and_an_agency_with_a_colon_begin_an_arabic_text(agency: str) -> None:
    slug = read_slug(f"صلالة - {agency}: {ARABIC}")
    assert slug is not None
    assert (slug.place, slug.agency, slug.rest) == ("صلالة", agency, ARABIC)


@pytest.mark.parametrize(
    ("credit", "source"),
    [("PA Sport", "PA Sport"), ("AFP Sport", "AFP Sport"), ("Reuters Health", "Reuters Health"), ("Reuters Staff", "Reuters")],
)
def test_an_agency_s_desk_is_credited_by_its_whole_name(credit: str, source: str) -> None:
    assert read_source(look_at(Line(credit)), "credit") == source


@pytest.mark.parametrize("sign", ["PTI KGT SS", "PTI COR NSD ANB", "ANSA GBR", "IANS ab/sd"])
def test_those_who_worked_on_a_text_sign_behind_the_agency(sign: str) -> None:
    assert cut_tail(f"{PIER} {sign}") == (PIER, sign.split()[0])
    assert cut_tail(f"{PIER} PTI said") == (f"{PIER} PTI said", None)


def test_a_last_sentence_before_such_signs_is_the_text_s() -> None:
    last = "Two gulls watched it from the rail and left."
    page = (
        f"Pier closes for the winter\nLast updated: 9 March, 2018 10:05 IST\n\n{PIER}\n\n{BENCH}\n\n{KEYS}\n\n"
        f"{last} PTI KGT SS\n\nTags: Piers | Gulls\n"
    )
    [story] = read_page(page)[0]
    assert (story.body[-1], story.source) == (last, "PTI")


@pytest.mark.parametrize("place", ["Quito (Ecuador)", "Ljungdal (Sweden)", "Lima"])
def test_a_first_paragraph_that_date_and_picture_part_from_the_text_is_text(place: str) -> None:
    page = (
        f"Lido closes its pier for the winter\n\n{place} (AFP) – {PIER}\n\n"
        "Issued on: 22/08/2023 - 21:05Modified: 22/08/2023 - 21:03\n\n2 min\n"
        "The pier and a gull at low tide ODILE FARROW AFP/File\n\n"
        f"{BENCH}\n\n{KEYS}\n\n© 2023 AFP\n"
    )
    [story] = read_page(page)[0]
    assert (story.dateline, story.source, story.body) == (place, "AFP", (PIER, BENCH, KEYS))
    assert story.highlights == ()


@pytest.mark.parametrize(
    ("counts", "answered"),
    [
        ((2, 1, 0, 0, 0), [None, 0, 1, None, None]),  # all that stands below a comment
        ((2, 1, 0, 1, 0), [None, 0, 1, None, 3]),
        ((3, 0, 0, 0, 0), [None, 0, 0, 0, None]),
        ((1, 2, 0, 0, 0), [None, 0, 1, 1, None]),  # its own answers
    ],
)
def test_counts_that_add_up_both_ways_are_of_all_that_stands_below(counts: tuple[int, ...], answered: list[int | None]) -> None:
    names = ("kelp_ann", "tidebo", "moss.cara", "dune_dov", "reed_eva")
    rows = []
    for name, count in zip(names, counts, strict=True):
        rows += [("author", f"[–]{name} 9 points 6 years ago ({count} children)"), ("comment", f"No bench, no {name}.")]
    assert resolve_replies(drafts_of(rows), None) == answered


@pytest.mark.parametrize("address", ["Bo Marsh not this year", "Bo Marsh, not this year", "@Bo Marsh not this year"])
def test_a_name_inside_a_thread_one_level_deep_says_whom_it_answers(address: str) -> None:
    posts = (
        ("", "Ann Reed", BENCH),
        ("    ", "Bo Marsh", "Is the lido open for the New Year swim?"),
        ("    ", "Cara Dune", "I hope so, the towels are packed."),
        ("    ", "Ann Reed", f"{address}, the pumps are off."),
        ("", "Dov Kelp", KEYS),
    )
    shown = "\n".join(
        f"{space}{name}\n{space}{text}\n{space}Like · Reply · {n} · 8y\n" for n, (space, name, text) in enumerate(posts, 2)
    )
    page = (
        f"Lido closes its pier\n\nMay 4, 2017\n\n{PIER}\n{BENCH}\n{KEYS}\n\n5 Comments\nSort by Oldest\nAdd a comment...\n\n"
        f"{shown}\nFacebook Comments Plugin\n"
    )
    [story] = read_page(page)[0]
    assert [comment.reply_to for comment in story.comments] == [None, 0, 0, 1, None]
