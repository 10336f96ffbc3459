"""The heads of pages as browsers save them: a headline below menus, a writer beside a time, a picture's words, buttons."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from fetchers.seeds.page_text.credits.bylines import read_byline
from fetchers.seeds.page_text.credits.credits import read_credits
from fetchers.seeds.page_text.labels.headings import Labelling, choose_title
from fetchers.seeds.page_text.lines.lines import split_page
from fetchers.seeds.page_text.reading import read_page
from fetchers.seeds.page_text.stories.division import divide
from tests.fetchers.seeds.labelled_lines import ICE, SNOW, look, looks_of, mended

HEADLINE = "Owl keeps chapel bell silent for a summer"


def _source(line: str, far: int) -> str | None:
    """Where a text is from that `line` stands `far` lines below."""
    page = [("title", HEADLINE), ("body", SNOW), ("body", ICE), *[("aside", "More")] * far, ("credit", line)]
    looks, labels = looks_of(page), [label for label, _ in page]
    return read_credits(divide(looks, labels)[0], looks, labels, None, None)[1]


def _writer(*rows: tuple[str, str], below: Sequence[tuple[str, str]] = ()) -> str | None:
    """Who wrote a text that stands below its headline and `rows`."""
    page = [("title", HEADLINE), *rows, ("body", SNOW), ("body", ICE), *below]
    looks, labels = looks_of(page), [label for label, _ in page]
    return read_credits(divide(looks, labels)[0], looks, labels, None, None)[0]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("By Mira Holm March 18 at 3:57 PM", "Mira Holm"),
        ("Mira Holm Mira Holm", "Mira Holm"),
        ("Mira Mira", "Mira Mira"),
        ("Our Coastal Staff", None),
        ("发稿时间：2021-05-04 08:42:00 来源： 海峡日报", None),
        ("2021-05-04 09:58:03来源：海峡日报 作者：林小雨", "林小雨"),
    ],
)
def test_a_name_beside_a_day_and_one_printed_twice(text: str, name: str | None) -> None:
    assert read_byline(look(text)[0], "byline") == name


def test_an_editor_behind_an_empty_field_for_the_writer_is_none() -> None:
    assert read_byline(look("2021-05-04 09:58:03来源：海峡日报作者：责任编辑：林小雨")[0], "credit") is None


@pytest.mark.parametrize(
    "line",
    [
        "Mira Holm 2 days ago",
        "By Mira Holm March 18 at 3:57 PM Follow @miraholm",
        "By MIRA HOLM March 11, 2021 3:46 PM Hythe Live",
    ],
)
def test_a_name_beside_a_time_among_a_page_s_buttons_is_who_wrote_the_text(line: str) -> None:
    rows = [("furniture", "Share"), ("furniture", line), ("furniture", "Tweet")]
    assert (_writer(*rows) or "").title() == "Mira Holm"


def test_a_word_below_the_text_that_was_taken_for_a_writer_gives_way_to_a_name_above_it() -> None:
    below = [("aside", "More"), ("byline", "by Adwell")]
    assert _writer(("furniture", "Mira Holm"), below=below) == "Mira Holm"
    assert _writer(below=below) == "Adwell"


def _headline(rows: Sequence[tuple[str, str, float]]) -> str:
    """The headline of a page with these lines, labels and margins above its text."""
    page = [*((label, text) for label, text, _ in rows), ("body", SNOW), ("body", ICE)]
    looks, labels = looks_of(page), [label for label, _ in page]
    part = divide(looks, labels)[0]
    choose_title(part, 0, Labelling(looks, labels, [*(margin for _, _, margin in rows), -9.0, -9.0]))
    return looks[part.titles[0]].text


def test_many_headlines_of_a_menu_above_a_headline_tell_no_more_against_it_than_two() -> None:
    menu = ["Boy Finds Coin in River", "Singer Leaves Band for a Night", "Goat Wins Prize on Friday", "Mayor Paints His Barges"]
    menu += ["Cook Burns Soup on Sunday", "Thief Returns Bicycle After a Week", "Choir Sings Until Noon", "Vicar Sells Car"]
    rows = [("furniture", text, -0.5) for text in menu]
    told = "Ferries wait for ploughs as snow falls on the harbour"
    assert _headline([*rows, ("furniture", told, 0.0)]) == told


TOLD = "Ferries wait for ploughs as snow falls on the harbour"


def test_a_menu_whose_parts_run_into_each_other_is_no_headline() -> None:
    menu = "Snow PoliticsHarbour FerriesPloughs"
    assert _headline([("title", menu, 0.0), ("furniture", "Menu", -9.0), ("title", "The ploughs came late", 0.0)]) != menu
    assert (
        _headline([("title", "McNeil and MacLeod wait for ploughs", 0.0), ("furniture", "The ploughs came", -2.0)])[:2] == "Mc"
    )


def test_a_page_s_own_name_that_it_prints_twice_is_no_headline_above_one() -> None:
    name = ("furniture", "Harbour Ferry Post", -1.0)
    assert _headline([name, name, ("title", "What nobody saw from the quay", 0.0)]) == "What nobody saw from the quay"


def test_a_short_cry_above_a_writer_and_a_date_is_the_headline_where_no_other_is() -> None:
    below = [("furniture", "Older", -9.0), ("byline", "on May 4, 2021 by Mira Holm", -9.0)]
    rows = [("furniture", "The snow is so fetching!", -1.0), *below, ("furniture", "in Featured Tales Boats Nets", 0.0)]
    assert _headline(rows) == "The snow is so fetching!"


def test_above_a_line_with_credits_that_says_what_the_text_does_other_headlines_are_a_menu_s() -> None:
    menu = [("furniture", text, 0.0) for text in ("A singer leaves her band after a row", "Two goats win a prize at the fair")]
    credited = [("furniture", TOLD, -2.0), ("byline", "By Mira Holm", -9.0)]
    assert _headline([*menu, *credited]) == TOLD


def test_a_sentence_on_the_writer_above_the_date_is_no_text() -> None:
    role = "By Mira Holm, a reporter and sailor. She has written of the harbour for ten years at the Hythe Post."
    rows = [("title", HEADLINE), ("body", ICE), ("body", role), ("aside", "May 4, 2021, 8:54 PM UTC|"), ("body", SNOW)]
    assert mended(rows)[1:] == ["body", "byline", "date", "body"]
    assert mended([*rows[:3], ("aside", "More"), *rows[4:]])[2] == "body"
    other = "By Friday, a dozen barges had passed the breaker on the river, and by Sunday none was left to wait."
    assert mended([*rows[:2], ("body", other), *rows[3:]])[2] == "body"


def test_who_posted_a_text_and_what_he_does_is_a_byline() -> None:
    rows = [("title", HEADLINE), ("highlight", "Posted by Mira Holm, Software Engineer on Harbour Play"), ("body", SNOW)]
    assert mended([*rows, ("body", ICE)])[1] == "byline"


def test_a_line_that_says_when_a_text_was_published_is_no_headline() -> None:
    rows = [("title", HEADLINE), ("title", "Published 4 May 2021 · Filed under Bells and owls"), ("body", SNOW), ("body", ICE)]
    assert mended(rows)[:2] == ["title", "date"]


def test_an_outlet_and_a_date_that_run_into_each_other_are_parted() -> None:
    lines = split_page("Harbour PressMay 4, 2021\nMcMay 4 boats\n").lines
    assert [line.text for line in lines] == ["Harbour Press May 4, 2021", "McMay 4 boats"]


def test_a_line_above_a_writer_and_a_day_is_the_headline_far_above_the_text_too() -> None:
    rows = [("furniture", HEADLINE), ("byline", "By Mira Holm March 11, 2021 3:46 PM Hythe Live")]
    player = [("furniture", text) for text in ("Captions", "Text color", "White", "Black", "Red", "Font size") * 3]
    text = [("body", SNOW), ("body", ICE)]
    assert mended([*rows, *player, *text])[0] == "title"
    assert mended([("title", "An owl in the bell"), *rows, *player, *text])[1] != "title"


def test_of_two_headlines_the_one_above_a_writer_and_a_day_is_it_though_the_other_stands_twice() -> None:
    sample = ("title", "Snow will look like this in the window", 0.0)
    rows = [("title", TOLD, 0.0), ("byline", "By Mira Holm March 11, 2021 3:46 PM", -9.0), sample, ("furniture", "Red", -9.0)]
    assert _headline([*rows, sample]) == TOLD


def test_an_agency_s_films_far_below_a_text_are_not_its_source() -> None:
    assert _source("Reuters Video", 30) is None


@pytest.mark.parametrize(
    ("line", "source"), [("Source: Reuters", "Reuters"), ("© 2021 Reuters", "Reuters"), ("Reuters", "Reuters")]
)
def test_who_claims_a_text_is_its_source_however_far_below_it(line: str, source: str) -> None:
    assert _source(line, 30) == source


ENGINE = (
    "The ferry that links Brill to the mainland will stop sailing on Friday, the harbour board said, after it failed twice.\n"
    "Some 400 people use it every day to get to work, and the board has not yet said how they will cross until the spring.\n"
    '"There is no other boat that is wide enough for the pier," said Tom Hale, who chairs the board of the harbour.\n'
)


@pytest.mark.parametrize("slogan", ["Independent journalism for the western coast", "Periodismo independiente desde 1998"])
def test_the_slogan_of_a_masthead_is_no_headline(slogan: str) -> None:
    page = f"The Coast Observer\n{slogan}\nFerry stops for winter\nBy Ann Lee\n12 March 2022\n{ENGINE}"
    assert [story.title for story in read_page(page)[0]] == ["Ferry stops for winter"]


@pytest.mark.parametrize(
    "note",
    [
        "Gerado por inteligência artificial",
        "KI-generiert und redaktionell geprüft",
        "Ce résumé a été généré par l'IA, relu par un journaliste",
        "You have a preview view of this article while we are checking your access.",
    ],
)
def test_who_made_a_summary_and_who_may_read_are_neither_standfirst_nor_text(note: str) -> None:
    page = f"The Coast Observer\nFerry stops for winter after engine fails\n{note}\n12 March 2022\n{note}\n{ENGINE}"
    [story] = read_page(page)[0]
    assert note not in (*story.highlights, *story.body)


def test_what_a_machine_made_may_be_what_a_standfirst_tells() -> None:
    told = "Half of the songs on the chart were written by AI and sung by a choir of nine, a study finds"
    assert mended([("title", "Songs that nobody wrote"), ("highlight", told), ("body", SNOW)])[1] == "highlight"


@pytest.mark.parametrize(
    ("last", "label"),
    [
        ('"I asked everyone in town," she said. "The young ones all laughed at the hour that bread gets up."', "body"),
        (
            '"Bread that gets up", text by Ann Lee, first published by Hill Wire, all rights reserved in every land of it.',
            "credit",
        ),
    ],
)
def test_a_last_sentence_that_someone_says_is_no_credit(last: str, label: str) -> None:
    assert mended([("title", "Bakery shuts"), ("body", SNOW), ("body", ICE), ("credit", last)])[-1] == label
