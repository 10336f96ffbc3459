"""Letters: the stories that one numbers, and who wrote them all."""

from __future__ import annotations

from fetchers.seeds.page_text.items import number_items
from fetchers.seeds.page_text.lines import Line
from fetchers.seeds.page_text.looks import look_at
from fetchers.seeds.page_text.reading import read_page
from tests.fetchers.seeds.labelled_lines import ICE, SNOW

OWL = "An owl of Hythe has rung the bell of the old tower every night since the frost, said a ringer on Sunday."
LETTER = f"""View in browser
Hythe before breakfast
By Ann Lee and Bo Ek · Mar 07, 2024
Good Thursday. It will snow until it rains.

1 big thing: Ferries of Hythe wait for the ploughs
Illustration: Jo Day

{SNOW}

{ICE}

{SNOW.replace("Snow", "Rain")}

{ICE.replace("Ice", "Fog")}

{SNOW.replace("Snow", "Hail")}

Go deeper

2. An owl rings the bell of Hythe

{OWL}

{ICE.replace("Ice", "Moss")}

3. The last heron leaves the pond

{OWL.replace("owl", "heron").replace("frost", "thaw")}

Was this email forwarded to you? Sign up here.
You received this email because you signed up for our newsletter.
To stop, unsubscribe or manage your email preferences.
"""


def test_a_letter_s_numbered_headlines_begin_stories_and_its_byline_wrote_them_all() -> None:
    stories, _ = read_page(LETTER)
    assert [story.title for story in stories] == [
        "Ferries of Hythe wait for the ploughs",
        "An owl rings the bell of Hythe",
        "The last heron leaves the pond",
    ]
    assert [len(story.body) + len(story.highlights) for story in stories] == [5, 2, 1]
    assert {(story.byline, story.published) for story in stories} == {("Ann Lee and Bo Ek", "2024-03-07")}


def _numbered(first: str) -> list[tuple[str, str]]:
    rows = [(first, "Three things that herons do not like"), ("body", "1. Owls at night"), ("body", SNOW), ("body", ICE)]
    rows += [("body", "2. Bells by day"), ("body", OWL), ("body", ICE), ("body", "3. Ferries"), ("body", SNOW)]
    return [*rows, ("aside", "Sign up for our newsletter"), ("aside", "To stop, unsubscribe here.")]


def test_a_list_below_a_headline_is_one_story() -> None:
    rows = _numbered("title")
    looks, labels = [look_at(Line(text, blanks=1)) for _, text in rows], [label for label, _ in rows]
    assert list(number_items(looks, labels)) == labels
    told = number_items(looks, [label for label, _ in _numbered("furniture")])
    assert [i for i, label in enumerate(told) if label == "title"] == [1, 4, 7]
