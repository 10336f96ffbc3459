"""What a page of a dump says of its pictures and of itself, told from its text by what stands beside it."""

from __future__ import annotations

import time

import pytest

from fetchers.seeds.page_text.labels.headings import Labelling, choose_title
from fetchers.seeds.page_text.labels.mending import mend_page
from fetchers.seeds.page_text.labels.openings import lift_standfirsts
from fetchers.seeds.page_text.stories.division import divide
from tests.fetchers.seeds.labelled_lines import ICE, SNOW, looks_of, mended

HEAD = [("title", "Heron votes"), ("highlight", "It waited an hour"), ("byline", "By Ann Ekman"), ("date", "4 May 2023")]


@pytest.mark.parametrize("label", ["highlight", "title", "body"])
def test_words_for_a_picture_stand_right_above_its_caption(label: str) -> None:
    shown = "A heron stands in line at the harbour hall"
    rows = [
        *HEAD,
        (label, shown),
        ("furniture", f"{shown}, Bergen, May 3, 2023. HARBOUR/Ann Lee"),
        ("body", SNOW),
        ("body", ICE),
    ]
    assert mended(rows)[4:7] == ["furniture", "furniture", "body"]


def test_a_caption_in_other_words_has_most_of_them() -> None:
    rows = [HEAD[0], ("highlight", "A heron on a bench in Bergen, Wednesday, May 3, 2023.")]
    caption = "1 of 3 | A heron sits on a bench at the hall in Bergen, Wednesday, May 3, 2023. (AP Photo/Ann Lee, File)"
    assert mended([*rows, ("furniture", caption), *HEAD[2:], ("body", SNOW), ("body", ICE)])[1] == "furniture"


@pytest.mark.parametrize("credit", [" (Bergen Harbour Police)", "Íñigo Lee"])
def test_words_for_a_picture_are_said_again_with_a_credit_behind_them(credit: str) -> None:
    shown = "The heron in front of the harbour hall on Monday morning."
    rows = [*HEAD, ("body", shown), ("body", f"{shown}{credit}"), ("body", SNOW), ("body", ICE)]
    assert mended(rows)[4:] == ["furniture", "aside", "body", "body"]


SHOWN = [("title", "Två måsar vid en kiosk i Bergen"), ("furniture", "Måsarna vid kiosken i måndags morse. Foto: Anna Lind")]
STUCK = "Mås fastnade med huvudet i kioskluckan – stoppade färjan i en timme"
TOLD = [("body", "En mås har räddats ur en kiosk i Bergen sedan den stuckit in huvudet genom luckan. Färjan väntade.")]


def test_what_a_picture_shows_is_known_by_its_caption_though_words_end_otherwise() -> None:
    rows = [("furniture", "Vestland"), *SHOWN, ("highlight", STUCK), ("date", "Publicerad 8 maj 2023 kl 09.14"), *TOLD]
    assert mended([*rows, ("body", SNOW)])[1:4] == ["furniture", "furniture", "title"]


def test_what_a_picture_shows_is_no_headline_though_it_looks_more_like_one() -> None:
    rows = [
        ("furniture", SHOWN[0][1]),
        SHOWN[1],
        ("title", STUCK),
        ("date", "Publicerad 8 maj 2023 kl 09.14"),
        *TOLD,
        ("body", SNOW),
    ]
    looks = looks_of(rows)
    labels = mend_page(looks, [label for label, _ in rows])
    part = divide(looks, labels)[0]
    choose_title(part, 0, Labelling(looks, labels, [2.0, -9.0, -0.5, -9.0, -9.0, -9.0]))
    assert looks[part.titles[0]].text == STUCK


def test_a_standfirst_right_below_the_headline_stays_one() -> None:
    rows = [*HEAD[:2], ("furniture", "The heron on Friday. (Ann Lee/Harbour Mail)"), *HEAD[2:], ("body", SNOW), ("body", ICE)]
    assert mended(rows)[1] == "highlight"


@pytest.mark.parametrize(
    "line",
    [
        "The heron at the hall in Bergen. (Bergen Harbour Office)",
        "Ann Lee at work on the pier. Bo Ek for The Harbour Review",
        "Shutterstock / Heron64 A heron at low tide.",
        "[heron.jpg]",
    ],
)
def test_a_picture_between_paragraphs_is_told_by_its_credit(line: str) -> None:
    assert mended([HEAD[0], ("body", SNOW), ("body", line), ("body", ICE)]) == ["title", "body", "aside", "body"]


def test_a_line_between_a_picture_s_button_and_its_photographer_is_a_caption() -> None:
    rows = [*HEAD, ("furniture", "Enlarge this image"), ("body", "Ann Lee rests in a chair at the harbour hall in Bergen.")]
    assert mended([*rows, ("body", "Bo Ek for Harbour Radio"), ("body", SNOW), ("body", ICE)])[5:7] == ["furniture", "aside"]


def test_a_first_line_that_ends_as_the_last_does_is_a_picture_s() -> None:
    rows = [HEAD[0], ("body", "A heron waits near Bergen on Monday. (Yonhap)"), ("body", SNOW), ("body", f"{ICE} (Yonhap)")]
    assert mended(rows)[1] == "furniture"


def test_what_stands_below_a_picture_s_description_is_no_second_headline() -> None:
    rows = [*HEAD, ("furniture", "Getty Images A heron on a pier with three people in caps below it in the shallow water")]
    assert mended([*rows, ("title", "The pier is a bathing place since 1890"), ("body", SNOW), ("body", ICE)])[5] == "furniture"


def test_a_page_that_praises_itself_tells_no_story() -> None:
    rows = [("furniture", "THE HARBOUR TIMES"), *HEAD, ("body", SNOW), ("body", ICE), ("body", "The heron left at noon.")]
    praise = "Stay updated with the latest news and videos on Harbour Times."
    assert mended([*rows, ("body", praise)])[-1] == "aside"
    told = "“The heron is finished,” the mayor told Harbour Times."
    assert mended([*rows, ("body", told)])[-1] == "body"


def test_a_page_that_does_nothing_but_praise_itself_takes_no_long_time() -> None:
    praise = "Harbour Times subscribers can share this article from the newsletter with offer {0:04}a{0:04}b at {0:04}c."
    rows = [("furniture", "THE HARBOUR TIMES"), *HEAD, *(("body", praise.format(n)) for n in range(3000))]
    started = time.process_time()
    mended(rows)
    assert time.process_time() - started < 3


def test_a_list_of_what_a_search_found_is_no_story() -> None:
    rows = [("furniture", "Search results"), ("title", "Drainage chairman to stand down"), ("meta", "12 January 2023")]
    rows += [("comment", "Why the pumps stopped at Welney"), ("meta", "4 January 2023")]
    rows += [("comment", "Letters: who pays for the ditches?"), ("meta", "22 December 2022")]
    assert set(mended(rows)) == {"furniture"}


def test_key_points_may_stand_below_the_first_paragraph() -> None:
    rows = [HEAD[0], *HEAD[2:], ("furniture", "Share"), ("furniture", SNOW), ("furniture", "Key points:")]
    rows += [("highlight", "The heron votes first"), ("highlight", "The mayor votes last"), ("body", ICE), ("body", SNOW)]
    assert mended(rows)[4:8] == ["body", "furniture", "highlight", "highlight"]


def test_a_page_of_nothing_but_key_points_takes_no_long_time() -> None:
    rows = [HEAD[0], ("body", SNOW), ("furniture", "Key points:"), *[("highlight", "The heron votes")] * 19_000]
    looks, started = looks_of(rows), time.process_time()
    assert len(divide(looks, [label for label, _ in rows])[0].highlights) == 19_000
    assert time.process_time() - started < 2


def test_a_second_line_above_provided_by_is_a_standfirst() -> None:
    rows = [
        HEAD[0],
        ("furniture", "80 million cups to replace plastic at the town's harbour"),
        ("furniture", "News provided by"),
    ]
    assert mended([*rows, ("credit", "Tidewrap Foods Inc."), ("body", SNOW), ("body", ICE)])[1] == "highlight"


def test_points_below_the_first_paragraphs_and_points_that_are_sentences() -> None:
    rows = [HEAD[0], *HEAD[2:], ("body", SNOW), ("body", ICE), ("aside", "Key points:")]
    rows += [("aside", "The heron voted first of all"), ("aside", "The mayor voted last")]
    texts = [("body", SNOW), ("body", ICE), ("body", SNOW), ("body", ICE)]
    assert mended([*rows, *texts])[6:9] == ["highlight", "highlight", "body"]
    rows = [HEAD[0], *HEAD[2:], ("furniture", "KEY POINTS"), ("highlight", "The heron voted first of all in the hall.")]
    rows += [("body", "The mayor voted last."), ("aside", "In this article")]
    assert mended([*rows, *texts])[4:8] == ["highlight", "highlight", "aside", "body"]


def test_a_writer_and_her_outlet_are_no_picture_s_credit() -> None:
    rows = [HEAD[0], ("byline", "By Ann Ekman / The Border Daily"), HEAD[3], ("body", SNOW), ("body", ICE)]
    assert mended(rows)[1] == "byline"


def test_a_name_above_an_address_below_the_text_wrote_it() -> None:
    rows = [HEAD[0], HEAD[3], *[("body", SNOW), ("body", ICE)] * 3]
    rows += [("aside", "Ann Ekman"), ("aside", "ann.ekman@harbour.example")]
    praise = "Harbour News stands for facts, and what it prints is true and of weight, and its reasons are open."
    assert mended([*rows, ("aside", "How we work"), ("body", praise)])[8] == "byline"
    contact = [*rows[:8], ("aside", "Media contact"), *rows[8:]]
    assert "byline" not in mended([*contact, ("aside", "How we work"), ("body", praise)])


def test_a_line_above_a_credited_caption_is_no_standfirst_if_more_parts_it_from_the_headline() -> None:
    rows = [HEAD[0], *HEAD[2:], ("highlight", "Two men carry a clock past a row of herons")]
    rows += [("furniture", "The clock on Friday. (Ann Lee/Harbour Mail)"), ("body", SNOW), ("body", ICE)]
    assert mended(rows)[3] == "furniture"


def test_a_text_s_last_paragraph_may_be_signed_as_pictures_are() -> None:
    signed = "The heron left at noon. (Bergen Harbour Office)"
    assert mended([HEAD[0], ("body", SNOW), ("body", ICE), ("body", signed)])[-1] == "body"


@pytest.mark.parametrize("label", ["title", "highlight"])
def test_a_line_printed_twice_below_headline_and_date_says_what_a_picture_shows(label: str) -> None:
    twice = [("title", "A heron in the hall"), (label, "A heron in the hall")]
    text = [("body", SNOW), ("body", ICE)]
    assert mended([HEAD[0], HEAD[3], *twice, *text])[2:4] == ["furniture", "furniture"]
    assert mended([*twice, HEAD[3], *text])[0] == "title"


def test_an_agency_and_a_name_below_a_sentence_credit_the_picture_that_it_tells_of() -> None:
    credit = ("byline", "KEYSTONE/Ann Lee")
    rows = [*HEAD, ("body", "The hall, where a heron waits."), credit, ("body", SNOW), ("body", ICE)]
    assert mended(rows)[4:6] == ["furniture", "furniture"]
    assert mended([HEAD[0], credit, ("body", SNOW), ("body", ICE)])[1] == "byline"


def test_words_for_a_picture_below_standfirst_and_writer_are_no_second_headline() -> None:
    shown = [("title", "A heron on an empty bench of the hall"), ("byline", "Jo May / Harbour Archive")]
    rows = [HEAD[0], ("body", ICE), HEAD[2], *shown, HEAD[3], ("body", SNOW), ("body", SNOW)]
    assert mended(rows)[3:5] == ["furniture", "furniture"]


@pytest.mark.parametrize("caption", ["The old hall at noon Image: Ann Lee", "Photo: Ann Lee"])
def test_a_line_between_a_caption_and_the_text_is_a_standfirst(caption: str) -> None:
    told = "Harbour engineers say great herons have been found in two more ponds on the route"
    rows = [HEAD[0], HEAD[3], ("furniture", caption), ("furniture", told), ("body", SNOW), ("body", ICE), ("body", SNOW)]
    looks, labels = looks_of(rows), [label for label, _ in rows]
    part = divide(looks, labels)[0]
    lift_standfirsts(part, looks, labels)
    assert part.highlights == [3]


@pytest.mark.parametrize("credit", ["Photograph: Joe Purkiss/PA", "Fotografie: Joris Kant/ANP", "Photographie : Ann Lee"])
def test_a_picture_between_the_entries_of_a_live_page_is_told_by_its_credit(credit: str) -> None:
    shown = f"The barge seen from the bridge. {credit}"
    rows = [("title", "Barge freed – as it happened"), ("aside", "5.05pm GMT"), ("body", SNOW), ("body", shown)]
    rows += [("aside", "4.05pm GMT"), ("body", ICE)]
    assert mended(rows)[2:] == ["body", "aside", "aside", "body"]
