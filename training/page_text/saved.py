"""How the page reader reads real pages as they were saved: the test pages of Mozilla's Readability, as text.

    python -m training.page_text.saved --shared ../shared

Each page is rendered as a browser copies it, and where they are installed by w3m and lynx. Half of the pages, by their names'
hash, were read to mend the reader; the others were only counted. What is expected of a page holds captions and lists of links,
which the reader leaves out on purpose, so that no program has 1 here. A paragraph is found if its letters are in the body, the
highlights or the title of the story that has most of the article, or if 85 per cent of its words are in one paragraph there.
One page in forty has a fifth of all paragraphs, hence their share by page, too.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from fetchers.seeds.page_text.reading import read_page
from newsdesk.dates import find_dates
from newsdesk.model import Story
from training.page_text.saved_pages import ARCHIVE, SavedPage, dumps_of, letters, read_archive

COVERED = 0.85  # of a paragraph's words, at least
TITLED = 0.6  # of a title's letters that a part of it has at least: "Snow | Harbour News"


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


class Printed:
    """Texts in which paragraphs are looked for."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._letters = letters("".join(texts))
        self._words = [_words(text) for text in texts]

    def has(self, paragraph: str) -> bool:
        words = _words(paragraph)
        least = COVERED * words.total()
        return letters(paragraph) in self._letters or any((words & other).total() >= least for other in self._words)


def score(page: SavedPage, dump: str, stories: Sequence[Story]) -> Counter[str]:
    """Counts for one dump; what `dump` does not print is expected of nobody."""
    printed = letters(dump)
    expected = Printed(page.text.split("\n"))
    right = [[part for part in story.body if expected.has(part)] for story in stories]
    best = max(range(len(stories)), key=lambda i: sum(map(len, right[i])), default=None)
    story = Story() if best is None else stories[best]
    told = Printed([*story.body, *story.highlights, story.title or ""])
    wanted = [one for one in dict.fromkeys(page.paragraphs) if letters(one) in printed]
    found = sum(map(told.has, wanted))
    said = letters(page.comments)
    comments = [comment for one in stories for comment in one.comments]
    counts = Counter(
        {
            "paragraphs": len(wanted),
            "found": found,
            "body": sum(len(one.body) for one in stories),
            "right": sum(map(len, right)),
            "false comments": sum(not all(letters(row) in said for row in one.text.split("\n")) for one in comments),
            "too many": max(0, len(stories) - 1),
            "none": int(not stories),
        }
    )
    counts["share"] = round(1000 * found / len(wanted)) if wanted else 1000  # thousandths of this page's, whatever its length
    return counts + _score_facts(page, dump, printed, story)


def _score_facts(page: SavedPage, dump: str, printed: str, story: Story) -> Counter[str]:
    counts: Counter[str] = Counter()
    titles = [title for one in page.titles if (title := letters(one)) and title in printed]
    if titles:
        given = letters(story.title or "")
        counts["titles"] = 1
        counts["title"] = int(any(given == one or (given in one and len(given) > TITLED * len(one)) for one in titles))
    writer = letters(page.byline or "")
    if writer and writer in printed:
        given = letters(story.byline or "")
        counts["bylines"] = 1
        counts["byline"] = int(bool(given) and (writer in given or given in writer))
    if page.published:
        day = date.fromisoformat(page.published)
        near = {(day + timedelta(days=n)).isoformat() for n in (-1, 0, 1)}  # a page prints its own zone's day
        if any(one.iso and one.iso[:10] in near for row in dump.split("\n") for one in find_dates(row)):
            counts["dates"] = 1
            counts["date"] = int((story.published or "")[:10] in near)
    return counts


def to_row(half: str, form: str, pages: int, counts: Counter[str]) -> str:
    recall, precision = counts["found"] / max(1, counts["paragraphs"]), counts["right"] / max(1, counts["body"])
    facts = " · ".join(f"{name} {counts[name]} of {counts[name + 's']}" for name in ("title", "byline", "date"))
    return (
        f"{half:6} {form:5} {pages} pages  paragraphs found {recall:.3f} · right {precision:.3f}  "
        f"found of a page, on average {counts['share'] / 1000 / pages:.3f}  {facts}  "
        f"false comments {counts['false comments']}  stories too many {counts['too many']}  none {counts['none']}"
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description="Read real pages as they were saved.")
    arguments.add_argument("--shared", type=Path, required=True)
    path = arguments.parse_args().shared / ARCHIVE
    totals: dict[tuple[str, str], Counter[str]] = {}
    pages: Counter[tuple[str, str]] = Counter()
    for page in read_archive(path):
        for form, dump in dumps_of(page).items():
            totals.setdefault((page.half, form), Counter()).update(score(page, dump, read_page(dump)[0]))
            pages[page.half, form] += 1
    for (half, form), counts in sorted(totals.items(), reverse=True):
        print(to_row(half, form, pages[half, form], counts))


if __name__ == "__main__":
    main()
