"""Headlines told by what stands around them, and the items of letters, where the model took other lines or none for them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from fetchers.seeds.page_text.labels.headings import Labelling, choose_title
from fetchers.seeds.page_text.labels.mending import mend_page
from fetchers.seeds.page_text.lines.lines import Line
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.stories.division import Part, divide
from tests.fetchers.seeds.labelled_lines import ICE, SNOW, looks_of, mended

OWL = "An owl lived in the bell of the chapel, and nobody rang it until the young had flown in the month of June."
HEADLINE = "Owl keeps chapel bell silent for a summer"


def _apart(rows: Sequence[tuple[str, str]], blank: frozenset[int] | set[int]) -> list[str]:
    """The labels of a page, put right, where an empty line stands above those of `blank`."""
    looks = [look_at(Line(text, blanks=int(i in blank))) for i, (_, text) in enumerate(rows)]
    return list(mend_page(looks, [label for label, _ in rows]))


def _chosen(rows: Sequence[tuple[str, str]], margins: Sequence[float]) -> str:
    """The headline of a page of one story."""
    looks = looks_of(rows)
    labels = mend_page(looks, [label for label, _ in rows])
    part = divide(looks, labels)[0]
    choose_title(part, 0, Labelling(looks, labels, margins))
    return looks[part.titles[0]].text


@pytest.mark.parametrize("said", ["Published: 4 May 2021 5.03pm", "4 May 2021"])
def test_the_line_above_the_day_it_was_published_is_the_headline_where_no_other_is(said: str) -> None:
    rows = [("furniture", "Plain words, gladly told"), ("furniture", HEADLINE), ("date", said)]
    rows += [("furniture", "Author"), ("furniture", "Reader in Bells, University of Hythe"), ("body", OWL), ("body", SNOW)]
    assert (mended(rows)[1] == "title") is said.startswith("Published")


def test_a_first_line_in_capitals_above_its_standfirst_and_date_is_the_headline() -> None:
    rows = [("furniture", "Give"), ("body", "An Owl Kept a Bell Silent. The Town Paid $75."), ("body", OWL)]
    rows += [("aside", "by Ann Lee, with photography by Jo May"), ("date", "June 13, 2019"), ("body", SNOW), ("body", ICE)]
    assert _apart(rows, {1})[1] == "title"
    assert _apart([*rows[:4], *rows[5:]], {1})[1] != "title"  # nothing dates it


def test_of_a_line_that_the_page_has_twice_what_stands_below_is_the_standfirst() -> None:
    share = [("furniture", "Share this post"), ("furniture", "An owl, a bell"), ("furniture", "Copy link")]
    rows = [*share, ("furniture", "An owl, a bell"), ("title", "What a chapel in Hythe did not hear until June")]
    rows += [("byline", "Ann Lee"), ("date", "4 May 2021"), ("body", OWL), ("body", SNOW)]
    margins = [-9.0, -1.0, -9.0, -1.0, 0.0, -9.0, -9.0, -9.0, -9.0]
    assert _chosen(rows, margins) == "An owl, a bell"
    assert _chosen(rows[2:], margins[2:]) == "What a chapel in Hythe did not hear until June"


def test_words_for_a_picture_above_its_caption_are_no_headline() -> None:
    rows = [
        ("furniture", "Hythe"),
        ("title", "Two owls by a bell in Hythe"),
        ("furniture", "The owls by the bell. Photo: Ann Lee"),
    ]
    rows += [("highlight", HEADLINE), ("date", "Published 4 May 2021"), ("body", OWL), ("body", SNOW), ("body", ICE)]
    assert _chosen(rows, [-9.0, 0.0, -9.0, -2.4, -9.0, -9.0, -9.0, -9.0]) == HEADLINE


def test_a_headline_above_a_caption_that_says_other_things_stays_one() -> None:
    rows = [("furniture", "Hythe"), ("title", HEADLINE), ("furniture", "Ferries in the snow. Photo: Ann Lee")]
    rows += [("highlight", "What the harbour heard all summer long"), ("date", "Published 4 May 2021")]
    rows += [("body", OWL), ("body", SNOW), ("body", ICE)]
    assert _chosen(rows, [-9.0, 0.0, -9.0, -0.4, -9.0, -9.0, -9.0, -9.0]) == HEADLINE


def test_a_few_words_above_a_link_s_site_and_who_sent_it_are_the_headline() -> None:
    rows = [("furniture", "A bell that weeps oil"), ("furniture", "bells owls"), ("furniture", "ann.example.net")]
    rows += [("byline", "via may 3 years ago | 2 comments"), ("author", "jo 3 years ago"), ("comment", SNOW)]
    looks, labels = looks_of(rows), [label for label, _ in rows]
    part = Part(credits=[3], comments=[4, 5])
    choose_title(part, 0, Labelling(looks, labels, [-0.5, -4.5, -5.4, -9.0, -9.0, -9.0]))
    assert part.titles == [0]


def _letter(closing: str) -> list[tuple[str, str]]:
    rows = [("furniture", "Three stories before the kettle boils."), ("title", HEADLINE), ("body", OWL), ("aside", closing)]
    rows += [("aside", "Ferries at Hythe: free by noon?"), ("body", SNOW), ("aside", f"May Roe{closing[7:]}")]
    return [*rows, ("aside", "Barges wait for the breaker"), ("body", ICE), ("aside", closing)]


def test_a_letter_s_items_end_with_who_wrote_them_and_a_link() -> None:
    labels = _apart(_letter("Ann Lee | READ MORE"), {1, 4, 7})
    assert labels == ["furniture", *["title", "body", "byline"] * 3]
    looks = looks_of(_letter("Ann Lee | READ MORE"))
    assert [part.credits for part in divide(looks, labels)] == [[3], [6], [9]]


def test_names_without_a_link_end_no_items() -> None:
    assert _apart(_letter("Ann Lee | Harbour Radio"), {1, 4, 7})[4] != "title"


@pytest.mark.parametrize(
    "neighbour", ["Why the bell of Hythe rang twice →", "← The bell of Hythe", "« Older bells", "New bells »"]
)
def test_what_leads_to_the_next_text_of_a_blog_is_no_headline(neighbour: str) -> None:
    rows = [("title", neighbour), ("highlight", HEADLINE), ("byline", "Posted on 4 May 2021 by Ann Lee")]
    assert mended([*rows, ("body", OWL), ("body", SNOW)])[:2] == ["furniture", "title"]
    assert mended([("title", "Hythe: « Nobody rang »"), *rows[1:], ("body", OWL), ("body", SNOW)])[0] == "title"


def test_a_row_of_choices_that_says_a_word_three_times_is_no_headline() -> None:
    choices = ("furniture", "Size Small Standard Width Standard Bell Links Standard Orange")
    rows = [choices, ("title", "What Hythe did not hear"), ("byline", "By Ann Lee, 4 May 2021"), ("body", OWL), ("body", SNOW)]
    assert _chosen(rows, [0.0, -1.0, -9.0, -9.0, -9.0]) == "What Hythe did not hear"
