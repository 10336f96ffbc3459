"""A labelled page in parts: what stands above its headline, its article, its readers' comments, and what stands below."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from fetchers.seeds.page_text.lines.looks import Look
from training.page_text.align import Aligner
from training.page_text.variants import LabelledPage

ARTICLE = frozenset(("title", "highlight", "byline", "date", "credit", "body"))
TALK = frozenset(("author", "meta", "comment"))
FRAME = frozenset(("furniture", "aside"))
HEADING_WIDTH, HEADING_ROWS = 50, 5  # of a heading of comments: columns, and rows of its own below it ("Sort by", "Log in")


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is printed, the labels of what it holds, and the looks of that."""

    text: str
    labels: frozenset[str]
    looks: tuple[Look, ...]

    @property
    def frame(self) -> bool:
        """True for an empty row and for one of nothing but furniture."""
        return self.labels <= FRAME

    def has(self, *labels: str) -> bool:
        return not self.labels.isdisjoint(labels)


@dataclass(frozen=True, slots=True)
class Parted:
    """A page of one story. `head` ends where its headline begins, `article` with the text or the last of its credits;
    `talk` begins with the heading of the comments and is empty where there are none; `gap` and `foot` are what stands
    between the two and below."""

    name: str
    page: LabelledPage
    head: tuple[Row, ...]
    article: tuple[Row, ...]
    gap: tuple[Row, ...]
    talk: tuple[Row, ...]
    foot: tuple[Row, ...]

    @property
    def story(self) -> dict[str, Any]:
        return self.page.stories[0]

    @property
    def spaced(self) -> bool:
        """True where empty rows part what the page prints."""
        return any(not row.text.strip() for row in (*self.article, *self.talk))

    @property
    def first_paragraph(self) -> int:
        return next(i for i, row in enumerate(self.article) if row.has("body"))


def _rows_of(page: LabelledPage) -> list[Row] | None:
    """The rows of a page with their labels; None where a label is not found, or a paragraph is broken into several rows."""
    aligner = Aligner(page.text, page.label)
    with contextlib.redirect_stdout(io.StringIO()) as complaints:
        labels = aligner.run()
    if complaints.getvalue():
        return None
    printed = page.text.replace("\r\n", "\n").split("\n")
    held: list[list[int]] = [[] for _ in printed]
    at = 0
    for i, look in enumerate(aligner.looks):
        end = next((n for n in range(at, len(printed)) if look.text in " ".join(printed[n].split())), None)
        if end is None or any(printed[n].strip() for n in range(at + 1, end)):
            return None
        held[end].append(i)
        at = end
    return [
        Row(row, frozenset(labels[i] for i in lines), tuple(aligner.looks[i] for i in lines))
        for row, lines in zip(printed, held, strict=True)
    ]


def _talk_begins(rows: Sequence[Row], first: int, after: int) -> int | None:
    """The row of the heading above the first comment, which begins at `first`; none is looked for above `after`."""
    above = [i for i in range(after, first) if rows[i].text.strip()][-HEADING_ROWS:]
    for i in above:
        if any("commenthead" in look.found.classes and look.width <= HEADING_WIDTH for look in rows[i].looks):
            return i
    return None


def _talk_ends(rows: Sequence[Row], begin: int, last: int) -> int:
    """The row below the comments: rows like those of their frames ("-3" like "212", "Reply") belong to the last one."""
    known = {_unnumbered(row.text) for row in rows[begin : last + 1]}
    end = at = last + 1
    while at < len(rows) and rows[at].frame and (not rows[at].text.strip() or _unnumbered(rows[at].text) in known):
        at += 1
        end = at if rows[at - 1].text.strip() else end
    return end


def _unnumbered(text: str) -> str:
    return re.sub(r"[-+−–]?\d+", "0", text.strip())


def part_page(name: str, page: LabelledPage) -> Parted | None:
    """The parts of a page of one story, or None where the labels do not tell them apart."""
    if len(page.stories) != 1 or not page.stories[0]["body"] or not page.stories[0]["title"]:
        return None
    rows = _rows_of(page)
    if rows is None or any(row.text[:1].isspace() for row in rows if row.has("body", "title")):
        return None
    title = next((i for i, row in enumerate(rows) if row.has("title")), None)
    body = [i for i, row in enumerate(rows) if row.has("body")]
    if title is None or title >= body[0] or not all(row.frame for row in rows[:title]):
        return None
    parts: tuple[list[Row], ...]
    said = [i for i, row in enumerate(rows) if row.has(*TALK)]
    if not page.stories[0]["comments"]:
        end = max(i for i, row in enumerate(rows) if row.has(*ARTICLE)) + 1
        parts = (rows[:title], rows[title:end], [], [], rows[end:])
    else:
        if said[0] < body[-1]:
            return None
        end = max(i for i, row in enumerate(rows[: said[0]]) if row.has(*ARTICLE)) + 1
        begin = _talk_begins(rows, said[0], end)
        if begin is None:
            return None
        below = _talk_ends(rows, begin, said[-1])
        parts = (rows[:title], rows[title:end], rows[end:begin], rows[begin:below], rows[below:])
    head, article, gap, talk, foot = map(tuple, parts)
    return Parted(name, page, head, article, gap, talk, foot)


def interruptions(article: Sequence[Row]) -> Iterator[tuple[Row, ...]]:
    """The runs of furniture between two paragraphs, with the empty rows around them."""
    body = [i for i, row in enumerate(article) if row.has("body")]
    for left, right in pairwise(body):
        between = article[left + 1 : right]
        if all(row.frame for row in between) and any(row.text.strip() for row in between):
            yield tuple(between)


def names_any(rows: Sequence[Row], names: Sequence[str | None]) -> bool:
    """True if a row holds one of the names as words."""
    known = [re.escape(name) for name in names if name]
    return bool(known) and any(re.search(rf"(?<!\w)(?:{'|'.join(known)})(?!\w)", row.text, re.IGNORECASE) for row in rows)
