"""Pages that nothing was learnt from: how much of them is read right, in bounds that a change must not fall below."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from fetchers.seeds.page_text.reading import read_page
from newsdesk.model import Story

PAGES = Path(__file__).parent.parent.parent / "data" / "unseen_pages"
SINGLE = ("title", "published", "source", "byline", "dateline")
BOUNDS = {
    "title": 0.98,
    "published": 0.98,
    "source": 0.9,
    "byline": 0.96,
    "dateline": 0.96,
    "highlights": 0.81,
    "body": 0.95,
    "comments": 0.98,
    "author": 0.98,
    "when": 0.98,
    "votes": 0.98,
    "reply_to": 0.98,
}
LEAKS = 5
# The pages in later/, which came after: other outlets, languages and comment systems.
LATER = {
    "title": 0.98,
    "published": 0.95,
    "source": 0.95,
    "byline": 0.98,
    "dateline": 0.98,
    "highlights": 0.89,
    "body": 0.95,
    "comments": 0.98,
    "author": 0.98,
    "when": 0.98,
    "votes": 0.98,
    "reply_to": 0.98,
}
LATER_LEAKS = 2
# The pages in third/, forty in thirty languages, of sites and comment systems that none of the others is like.
THIRD = {
    "title": 0.94,
    "published": 0.98,
    "source": 0.96,
    "byline": 0.94,
    "dateline": 0.96,
    "highlights": 0.74,
    "body": 0.97,
    "comments": 0.98,
    "author": 0.94,
    "when": 0.96,
    "votes": 0.97,
    "reply_to": 0.97,
}
THIRD_LEAKS = 7
# The pages in fourth/ and fifth/: thirty of layouts that were hard at first sight, ten of plainer ones.
FOURTH = {
    "title": 0.95,
    "published": 0.98,
    "source": 0.95,
    "byline": 0.92,
    "dateline": 0.98,
    "highlights": 0.91,
    "body": 0.98,
    "comments": 0.96,
    "author": 0.94,
    "when": 0.95,
    "votes": 0.96,
    "reply_to": 0.96,
}
FOURTH_LEAKS = 6
FIFTH = {
    "title": 0.98,
    "published": 0.98,
    "source": 0.98,
    "byline": 0.98,
    "dateline": 0.9,
    "highlights": 0.98,
    "body": 0.98,
    "comments": 0.98,
    "author": 0.98,
    "when": 0.98,
    "votes": 0.98,
    "reply_to": 0.98,
}
FIFTH_LEAKS = 1
# The pages in sixth/ (thirty-five of very unlike sites) and seventh/ (twelve more, scored first with everything frozen).
SIXTH = {
    "title": 0.86,
    "published": 0.94,
    "source": 0.91,
    "byline": 0.89,
    "dateline": 0.94,
    "highlights": 0.9,
    "body": 0.95,
    "comments": 0.95,
    "author": 0.92,
    "when": 0.95,
    "votes": 0.9,
    "reply_to": 0.93,
}
SIXTH_LEAKS = 0
SEVENTH = {
    "title": 0.98,
    "published": 0.98,
    "source": 0.91,
    "byline": 0.91,
    "dateline": 0.98,
    "highlights": 0.8,
    "body": 0.98,
    "comments": 0.98,
    "author": 0.86,
    "when": 0.86,
    "votes": 0.8,
    "reply_to": 0.93,
}
SEVENTH_LEAKS = 1
# The pages in eighth/ (seventeen that rules were made with), in eighth/aside/ (seventeen that were looked at after the second
# score alone) and in ninth/, which the rules of blogs, boards, question sites, briefs and many credits were made with.
EIGHTH = {
    "title": 0.98,
    "published": 0.98,
    "source": 0.94,
    "byline": 0.94,
    "dateline": 0.98,
    "highlights": 0.98,
    "body": 0.98,
    "comments": 0.97,
    "author": 0.97,
    "when": 0.97,
    "votes": 0.93,
    "reply_to": 0.97,
}
EIGHTH_LEAKS = 1
ASIDE = {
    "title": 0.72,
    "published": 0.99,
    "source": 0.77,
    "byline": 0.9,
    "dateline": 0.86,
    "highlights": 0.76,
    "body": 0.9,
    "comments": 0.91,
    "author": 0.91,
    "when": 0.91,
    "votes": 0.85,
    "reply_to": 0.89,
}
ASIDE_LEAKS = 5
NINTH = {
    "title": 0.99,
    "published": 0.99,
    "source": 0.99,
    "byline": 0.98,
    "dateline": 0.99,
    "highlights": 0.94,
    "body": 0.98,
    "comments": 0.98,
    "author": 0.98,
    "when": 0.97,
    "votes": 0.97,
    "reply_to": 0.97,
}
NINTH_LEAKS = 1
# Fifty-six of what text browsers, databases, mailing lists, boards and letters print.
TENTH = {
    "title": 0.93,
    "published": 0.96,
    "source": 0.93,
    "byline": 0.93,
    "dateline": 0.96,
    "highlights": 0.92,
    "body": 0.98,
    "comments": 0.99,
    "author": 0.99,
    "when": 0.99,
    "votes": 0.96,
    "reply_to": 0.99,
}
TENTH_LEAKS = 0
# Eighty-four of the kinds that dumps of news pages are of: dailies, agencies, portals, boards, plugins, letters, live pages.
ELEVENTH = dict.fromkeys(TENTH, 0.98) | {"dateline": 0.97, "highlights": 0.95}
ELEVENTH_LEAKS = 1
ELEVENTH_ASIDE = ELEVENTH | {
    "title": 0.94,
    "source": 0.94,
    "byline": 0.94,
    "dateline": 0.94,
    "highlights": 0.85,
    "author": 0.91,
    "reply_to": 0.95,
}
ELEVENTH_ASIDE_LEAKS = 2
# Fifty ordinary pages as people copy them from a browser.
TWELFTH = ELEVENTH | {"dateline": 0.94}
TWELFTH_LEAKS = 0
# Seventy-two in thirty-four languages, half of which (aside) was read once before any rule was made with it.
THIRTEENTH = {
    "title": 0.97,
    "published": 0.99,
    "source": 0.99,
    "byline": 0.99,
    "dateline": 0.99,
    "highlights": 0.93,
    "body": 0.99,
    "comments": 0.95,
    "author": 0.95,
    "when": 0.95,
    "votes": 0.95,
    "reply_to": 0.95,
}
THIRTEENTH_LEAKS = 0
THIRTEENTH_ASIDE = {
    "title": 0.99,
    "published": 0.99,
    "source": 0.99,
    "byline": 0.97,
    "dateline": 0.94,
    "highlights": 0.8,
    "body": 0.95,
    "comments": 0.99,
    "author": 0.94,
    "when": 0.99,
    "votes": 0.88,
    "reply_to": 0.99,
}
THIRTEENTH_ASIDE_LEAKS = 2
# Twenty-one of sixty-three pages of the years from 2014 on that were read wrong at first sight, most of them right since.
FOURTEENTH = {
    "title": 0.98,
    "published": 0.91,
    "source": 0.82,
    "byline": 0.86,
    "dateline": 0.95,
    "highlights": 0.91,
    "body": 0.96,
    "comments": 0.98,
    "author": 0.86,
    "when": 0.94,
    "votes": 0.86,
    "reply_to": 0.89,
}
FOURTEENTH_LEAKS = 7
# Twenty of seventy-three pages of somebody who knew neither the reader nor the other sets; no rule was made with them.
FIFTEENTH = {
    "title": 0.76,
    "published": 0.92,
    "source": 0.88,
    "byline": 0.8,
    "dateline": 0.88,
    "highlights": 0.63,
    "body": 0.91,
    "comments": 0.85,
    "author": 0.85,
    "when": 0.85,
    "votes": 0.85,
    "reply_to": 0.79,
}
FIFTEENTH_LEAKS = 16
# The pages in sixteenth/, twenty-eight of two authors: news of small places, agencies' forms, threads of many systems.
SIXTEENTH = {
    "title": 0.98,
    "published": 0.98,
    "source": 0.96,
    "byline": 0.96,
    "dateline": 0.98,
    "highlights": 0.98,
    "body": 0.98,
    "comments": 0.98,
    "author": 0.98,
    "when": 0.98,
    "votes": 0.98,
    "reply_to": 0.98,
}
SIXTEENTH_LEAKS = 1
# The pages in seventeenth/, thirty of sixty-one that were read wrong at first sight: other authors, agencies and threads.
SEVENTEENTH = {
    "title": 0.77,
    "published": 0.94,
    "source": 0.94,
    "byline": 0.97,
    "dateline": 0.98,
    "highlights": 0.82,
    "body": 0.91,
    "comments": 0.89,
    "author": 0.87,
    "when": 0.88,
    "votes": 0.89,
    "reply_to": 0.86,
}
SEVENTEENTH_LEAKS = 5
# Fifty-five pages that were written by somebody else, without knowledge of how they would be read.
FRESH = {
    "title": 0.95,
    "published": 0.95,
    "source": 0.92,
    "byline": 0.94,
    "dateline": 0.97,
    "highlights": 0.85,
    "body": 0.94,
    "comments": 0.95,
    "author": 0.92,
    "when": 0.95,
    "votes": 0.95,
    "reply_to": 0.92,
}
FRESH_LEAKS = 8
SETS = [
    pytest.param(PAGES, BOUNDS, LEAKS, id="first"),
    pytest.param(PAGES / "later", LATER, LATER_LEAKS, id="later"),
    pytest.param(PAGES / "third", THIRD, THIRD_LEAKS, id="third"),
    pytest.param(PAGES / "fourth", FOURTH, FOURTH_LEAKS, id="fourth"),
    pytest.param(PAGES / "fifth", FIFTH, FIFTH_LEAKS, id="fifth"),
    pytest.param(PAGES / "sixth", SIXTH, SIXTH_LEAKS, id="sixth"),
    pytest.param(PAGES / "seventh", SEVENTH, SEVENTH_LEAKS, id="seventh"),
    pytest.param(PAGES / "eighth", EIGHTH, EIGHTH_LEAKS, id="eighth"),
    pytest.param(PAGES / "eighth" / "aside", ASIDE, ASIDE_LEAKS, id="aside"),
    pytest.param(PAGES / "ninth", NINTH, NINTH_LEAKS, id="ninth"),
    pytest.param(PAGES / "tenth", TENTH, TENTH_LEAKS, id="tenth"),
    pytest.param(PAGES / "eleventh", ELEVENTH, ELEVENTH_LEAKS, id="eleventh"),
    pytest.param(PAGES / "eleventh" / "aside", ELEVENTH_ASIDE, ELEVENTH_ASIDE_LEAKS, id="eleventh-aside"),
    pytest.param(PAGES / "twelfth", TWELFTH, TWELFTH_LEAKS, id="twelfth"),
    pytest.param(PAGES / "thirteenth", THIRTEENTH, THIRTEENTH_LEAKS, id="thirteenth"),
    pytest.param(PAGES / "thirteenth" / "aside", THIRTEENTH_ASIDE, THIRTEENTH_ASIDE_LEAKS, id="thirteenth-aside"),
    pytest.param(PAGES / "fourteenth", FOURTEENTH, FOURTEENTH_LEAKS, id="fourteenth"),
    pytest.param(PAGES / "fifteenth", FIFTEENTH, FIFTEENTH_LEAKS, id="fifteenth"),
    pytest.param(PAGES / "sixteenth", SIXTEENTH, SIXTEENTH_LEAKS, id="sixteenth"),
    pytest.param(PAGES / "seventeenth", SEVENTEENTH, SEVENTEENTH_LEAKS, id="seventeenth"),
    pytest.param(PAGES.parent / "unseen_pages_fresh", FRESH, FRESH_LEAKS, id="fresh"),
]


class Tally:
    """Right, said and wanted, by field; the figure is F1."""

    def __init__(self) -> None:
        self.sums: dict[str, list[int]] = {}

    def add(self, field: str, said: Iterable[object], wanted: Iterable[object]) -> None:
        mine, gold = Counter(said), Counter(wanted)
        sums = self.sums.setdefault(field, [0, 0, 0])
        for i, count in enumerate(((mine & gold).total(), mine.total(), gold.total())):
            sums[i] += count

    def figures(self) -> dict[str, float]:
        return {field: 2 * right / (said + wanted) for field, (right, said, wanted) in self.sums.items()}


def values(story: dict[str, Any]) -> dict[str, list[object]]:
    """The labelled fields of a story, each as a list; a value that is not printed is one too."""
    comments = story["comments"]
    texts = [comment["text"] for comment in comments]
    return {
        **{field: [(story[field] or "")[:10] if field == "published" else story[field]] for field in SINGLE},
        "highlights": story["highlights"],
        "body": story["body"],
        "comments": texts,
        "author": [(comment["text"], comment["author"]) for comment in comments],
        "when": [
            (comment["text"], (comment["when"] or "")[:16]) for comment in comments
        ],  # to the minute, as the contract has it
        "votes": [(comment["text"], comment["votes"]) for comment in comments],
        "reply_to": [
            (comment["text"], texts[comment["reply_to"]] if comment["reply_to"] is not None else None) for comment in comments
        ],
    }


def lowered(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def measure(said: list[Story], label: dict[str, Any], tally: Tally) -> int:
    """Add one page to the tally; how many pieces of its furniture got into a text."""
    empty: dict[str, Any] = dict.fromkeys(SINGLE) | {"highlights": [], "body": [], "comments": []}
    stories = [json.loads(json.dumps(story.to_json())) for story in said]
    for i in range(max(len(stories), len(label["stories"]))):
        mine, gold = (values(part[i]) if i < len(part) else values(empty) for part in (stories, label["stories"]))
        for field in gold:
            tally.add(field, map(lowered, mine[field]), map(lowered, gold[field]))
    whole = [text for story in stories for text in (*story["body"], *(comment["text"] for comment in story["comments"]))]
    return sum(any(piece in text for text in whole) for piece in label["dropped"])


@pytest.mark.parametrize(("folder", "bounds", "most"), SETS)
def test_pages_never_learnt_from_are_read_as_well_as_before(folder: Path, bounds: dict[str, float], most: int) -> None:
    tally, leaks = Tally(), 0
    for path in sorted(folder.glob("*.txt")):
        said = read_page(path.read_text("utf-8"))[0]
        leaks += measure(said, json.loads(path.with_suffix(".json").read_text("utf-8")), tally)
    figures = tally.figures()
    assert {field: round(figures[field], 3) for field, bound in bounds.items() if figures[field] < bound} == {}
    assert leaks <= most
