"""Short stories below a whole one, which are teasers of others and neither stories of the page nor sub-headings."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.reading import read_page

WHOLE = (
    "The ferry that crosses the sound nine times a day has a new horn, and people on both shores have written about it.",
    "The company says the old horn was two notes and broke on one of them, and that the crew chose the new one from a list.",
    "A vote will be held on the quay on Saturday, with slips of paper and a bucket, and the company will be bound by it.",
)
TOLD = "\n\n".join(WHOLE)
OTHERS = {
    "Goat boards the tram at the market": "Line 4 stopped for an hour after a goat boarded and would not leave again.",
    "Bridge to close on Sundays from June": "The county will close the old bridge so that painters can work there.",
    "Bell stolen in 1987 comes home by post": "The bell that was stolen from St. Olave's came back on Tuesday.",
}


def _page(heading: str, closing: str, signs: str = "By Nell Okafor\nMay 4, 2019\n") -> str:
    others = "\n".join(f"{title}\n{text}\n{closing}" for title, text in OTHERS.items())
    head = f"The Harbour Post\nHome News Sport\n\nFerry horn divides two shores\n{signs}\n"
    return f"{head}{TOLD}\n\n{heading}\n{others}\nContact | Privacy\n"


@pytest.mark.parametrize(
    ("heading", "closing"),
    [
        ("More from the Harbour Post\n", "Continue reading\n"),
        ("", "[Read more]\n"),
        ("Related stories\n", "May 3, 2019\n"),
        ("Read also\n", ""),
    ],
)
def test_short_stories_below_a_whole_one_are_teasers_of_others(heading: str, closing: str) -> None:
    (story,) = read_page(_page(heading, closing))[0]
    assert (story.title, story.byline, story.body) == ("Ferry horn divides two shores", "Nell Okafor", WHOLE)


def test_short_stories_below_a_letter_s_first_are_told_there() -> None:
    letter = _page("", "Continue reading\n", "") + "You get this letter because you asked for it.\nUnsubscribe\n"
    assert [story.title for story in read_page(letter)[0]][1:] == list(OTHERS)
