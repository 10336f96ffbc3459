"""What stands first on a page that is little else: a headline that ends with a stop, a notice that the text is gone."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.reading import read_page

FERRIES = """Ferries that leave the old pier of Hythe after 9 p.m. will have to pay the port 400 crowns each from May, it said.
The rule covers four boats and ends at five in the morning, when the bakers cross to the other shore with their bread.
Islanders are exempt, as are doctors and the postman, who has crossed at night since the spring of the big ice.
"""


@pytest.mark.parametrize(
    "headline",
    [
        "Hythe to charge ferries that leave its old pier after 9 p.m.",
        "Should ferries pay to leave the pier at night? Hythe says yes!",
        "Ferry firm sues Hythe Boats Inc.",
        "The port of Hythe has a new rule for ferries.",
    ],
)
@pytest.mark.parametrize("dumped", ["", " date 2023-04-17 "])
def test_a_first_line_that_the_text_repeats_is_the_headline_though_it_ends_with_a_stop(headline: str, dumped: str) -> None:
    (story,) = read_page(f"{dumped}{headline}\n{FERRIES}")[0]
    assert (story.title, len(story.body)) == (headline, 3)


def test_a_paragraph_that_begins_a_page_is_no_headline() -> None:
    (story,) = read_page(f" date 2023-04-17 {FERRIES}")[0]
    assert (story.title, len(story.body)) == (None, 3)


GONE = """The Shore Today
national

First fine issued at Hythe pier as the night rule begins

By Lucas Amadi

{gone}

© 2025 Hill Wire

3 Comments
Login to comment

So the first boat fined was the one that carries the bread. You could not make it up.

12 ( +15 / -3 )

Rules are rules. He should have carried a letter from the harbour office.

-7 ( +2 / -9 )

The fine was cancelled the same evening, says the port. That is not in the headline.

0 ( +1 / -1 )
"""


@pytest.mark.parametrize(
    "gone",
    [
        "The article you are looking for has expired and can no longer be shown. Comments from our readers follow.",
        "This story is no longer available. What readers said of it is below.",
        "Dieser Beitrag ist leider nicht mehr verfügbar. Die Kommentare unserer Leser stehen unten.",
        "Cet article n'est plus disponible, mais vous pouvez lire les réactions de nos lecteurs.",
        "Este artículo ya no está disponible. Siguen los comentarios de los lectores.",
    ],
)
def test_what_stands_where_a_text_was_is_none(gone: str) -> None:
    (story,) = read_page(GONE.format(gone=gone))[0]
    assert (story.title, story.body) == ("First fine issued at Hythe pier as the night rule begins", ())
    assert [comment.votes for comment in story.comments] == [12, -7, 0]
