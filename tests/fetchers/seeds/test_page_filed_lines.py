"""What a text is filed under, on the line of its date, and the paragraph below that line."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.labels.captions import is_caption
from fetchers.seeds.page_text.reading import read_page
from tests.fetchers.seeds.labelled_lines import ICE, SNOW, look, mended

VOTED = "Hythe council decided on Tuesday to leave its open pool below Chapel Hill closed this year too, by a vote of 5 to 2."
PAGE = """Skip to content
Harbour Notes
Home About Contact

Parish keeps the old slipway shut for a third year

{filed}

The Hythe parish council voted on Tuesday to leave the old slipway below the chapel shut this year too, by five votes to two.

A new ramp would cost 90,000 pounds. The county refused to pay for half of it in April.

The boats will use the beach at Orne, which is free before eight.

Share this:
Email
"""


@pytest.mark.parametrize(
    "filed",
    [
        "June 3, 2014 in Parish, Boats | Tags: slipway, budget, Hythe",
        "3. Juni 2014 in Rat, Freizeit | Schlagwörter: Slipanlage, Haushalt",
        "Tuesday, June 3, 2014 | Parish, Boats | slipway",
        "3 juin 2014 · Conseil, Bateaux · cale, budget",
    ],
)
def test_a_date_with_what_the_text_is_filed_under_dates_it_and_is_no_standfirst(filed: str) -> None:
    (story,) = read_page(PAGE.format(filed=filed))[0]
    assert (story.published, story.highlights, len(story.body)) == ("2014-06-03", (), 3)


@pytest.mark.parametrize("label", ["furniture", "highlight", "body"])
def test_such_a_line_above_a_text_is_a_date_whatever_it_was_taken_for(label: str) -> None:
    rows = [("title", "Parish keeps the slipway shut"), (label, "May 9, 2016 in Parish | Tags: slipway"), ("body", SNOW)]
    assert mended([*rows, ("body", ICE)]) == ["title", "date", "body", "body"]


def test_a_long_sentence_between_a_date_and_the_text_is_its_first_paragraph() -> None:
    rows = [("title", "Parish keeps the pool shut"), ("furniture", "May 9, 2016 in Parish | Tags: pool"), ("furniture", VOTED)]
    assert mended([*rows, ("body", SNOW), ("body", ICE)])[1:3] == ["date", "body"]


def test_by_and_a_number_of_votes_credit_no_picture_beside_a_pool() -> None:
    voted, pictured = look(VOTED, "The old pool at the chapel in the spring of 2014, pictured by Ann Lee for the county")
    assert not is_caption(voted, None)
    assert is_caption(pictured, None)
