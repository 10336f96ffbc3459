"""Line labels from the gold stories of a page (LABELS.md): which line is which field."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any

from fetchers.seeds.page_text.lines.labelling import LABELS
from fetchers.seeds.page_text.lines.lines import split_page
from fetchers.seeds.page_text.lines.looks import Look, look_at
from fetchers.seeds.page_text.lines.pictures import without_pictures
from newsdesk.text import clean_paragraph

HEAD_LINES = 10  # no frame of a comment has more lines above its text
INDEX = {name: i for i, name in enumerate(LABELS)}


@dataclass
class Labelled:
    """A page as the model sees it, with the label of every line (index into LABELS); `source` groups what shares text."""

    name: str
    looks: list[Look]
    labels: list[int]
    source: str


def _fold(text: str | None) -> str:
    return clean_paragraph(text or "")


_PROMPTING = frozenset(("letter", "login"))


class Aligner:
    """Walks a page from top to bottom and gives every line its label."""

    def __init__(self, text: str, gold: dict[str, Any]) -> None:
        self.page = without_pictures(split_page(text))
        self.looks = [look_at(line) for line in self.page.lines]
        self.texts = [look.text for look in self.looks]
        self.gold = gold
        self.labels: list[str | None] = [None] * len(self.texts)

    def run(self) -> list[str]:
        at = 0
        bounds: list[tuple[int, int, int]] = []  # first body line, last body line, last comment line of each story
        for story in self.gold["stories"]:
            first, last = self._body(story, at)
            start = first if first is not None else at
            after = last if last is not None else at - 1
            end = self._comments(story, after + 1)
            bounds.append((start, after, end))
            at = max(after, end) + 1
        for i, story in enumerate(self.gold["stories"]):
            low = 0 if i == 0 else max(bounds[i - 1][1], bounds[i - 1][2]) + 1
            high = len(self.texts) if i + 1 == len(bounds) else bounds[i + 1][0]
            self._head(story, low, bounds[i])
            self._credits(story, low, high)
        first_body = min((i for i, label in enumerate(self.labels) if label == "body"), default=None)
        return [label or self._rest(i, first_body) for i, label in enumerate(self.labels)]

    def _rest(self, i: int, first_body: int | None) -> str:
        if first_body is None:
            seen = any(label in ("comment", "title") for label in self.labels[:i])
            return "aside" if seen else "furniture"
        return "furniture" if i < first_body else "aside"

    def _find(self, wanted: str, at: int) -> int | None:
        """The next free line that is `wanted`, or that ends with it, or holds most of it."""
        exact = next((i for i in range(at, len(self.texts)) if self.labels[i] is None and self.texts[i] == wanted), None)
        if len(wanted) < 20:
            return exact
        for i in range(at, len(self.texts) if exact is None else exact):
            if self.labels[i] is None and wanted in self.texts[i] and len(wanted) * 2 >= len(self.texts[i]):
                return i
        return exact

    def _body(self, story: dict[str, Any], at: int) -> tuple[int | None, int | None]:
        first = last = None
        paragraphs = [_fold(paragraph) for paragraph in story["body"]]
        for paragraph, following in zip_longest(paragraphs, paragraphs[1:]):
            i = self._find(paragraph, at)
            i = self._nearest(paragraph, i, following) if i is not None and following else i
            if i is None:
                print("not found in body:", paragraph[:60])
                continue
            self.labels[i] = "body"
            first, last, at = i if first is None else first, i, i + 1
        return first, last

    def _nearest(self, wanted: str, found: int, following: str) -> int:
        """Of several lines that are `wanted` the last above the next paragraph: a list above the text may name its headings."""
        end = self._find(following, found + 1)
        alike = range(found + 1, end if end is not None else found)
        return max((i for i in alike if self.labels[i] is None and self.texts[i] == wanted), default=found)

    def _comments(self, story: dict[str, Any], at: int) -> int:
        """Label comment paragraphs and the frames between them; the last line that belongs to comments."""
        spans: list[tuple[int, int]] = []
        for comment in story["comments"]:
            lines = []
            for paragraph in comment["text"].split("\n"):
                i = self._find(_fold(paragraph), at)
                if i is None:
                    print("not found in comments:", paragraph[:60])
                    continue
                self.labels[i] = "comment"
                lines.append(i)
                at = i + 1
            if lines:
                spans.append((lines[0], lines[-1]))
        if not spans:
            return -1
        self._frames(story["comments"], spans)
        return max(i for i, label in enumerate(self.labels) if label in ("comment", "author", "meta"))

    def _frames(self, comments: list[dict[str, Any]], spans: list[tuple[int, int]]) -> None:
        """Author and meta lines: what stands between the texts of comments, and the same kinds before and after them."""
        inner = [i for (_, a), (b, _) in pairwise(spans) for i in range(a + 1, b)]
        inner += [i for a, b in spans for i in range(a, b) if self.labels[i] is None]
        for i in inner:
            self.labels[i] = self.labels[i] or "meta"
        shapes = {self.looks[i].shape for i in inner} | {self.texts[i] for i in inner}
        marks = {kind for i in inner for kind in self.looks[i].found.classes if self.looks[i].width < 50}
        before = spans[0][0] - 1
        head = self._head_line(comments[0]["author"], before)
        while before >= 0 and self.labels[before] is None:
            if before < head and not self._framed(before, shapes, marks, comments[0]["author"]):
                break
            self.labels[before] = "meta"
            before -= 1
        self._number_above(before, shapes)
        after = spans[-1][1] + 1
        author = comments[-1]["author"]
        while after < len(self.texts) and self.labels[after] is None and self._framed(after, shapes, marks, author):
            self.labels[after] = "meta"
            after += 1
        self._authors(comments, spans)

    def _number_above(self, last: int, shapes: set[str]) -> None:
        """A number two lines above the first frame, as the others have it, and the subject below it belong to the frame."""
        above = last - 1
        if above >= 0 and self.labels[above] is None and self.looks[above].kind == "num" and self.looks[above].shape in shapes:
            self.labels[above] = self.labels[last] = "meta"

    def _head_line(self, author: str | None, last: int) -> int:
        """The line above the first comment that begins with its author's name, short lines between; else `last` + 1."""
        name = _fold(author).lower()
        for i in range(last, max(-1, last - HEAD_LINES), -1):
            if self.labels[i] is not None or self.looks[i].width > 60:
                break
            if name and self.looks[i].lower.startswith(name):
                return i
        return last + 1

    def _framed(self, i: int, shapes: set[str], marks: set[str], author: str | None) -> bool:
        look = self.looks[i]
        if author and _fold(author).lower() in look.lower and look.width < 100:
            return True
        if look.shape in shapes and ("0" in look.shape or look.text in shapes):
            return True
        return bool(look.dates) and look.rest < 12

    def _authors(self, comments: list[dict[str, Any]], spans: list[tuple[int, int]]) -> None:
        """Mark one line of every frame as its head: the one with the author, else the first of the frame."""
        edges = [-1, *(end for _, end in spans)]
        starts = [*(start for start, _ in spans), len(self.texts)]
        first = _fold(comments[0]["author"]).lower()
        header_first = any(
            first in self.looks[i].lower and self.labels[i] == "meta"
            for i in range(max(0, spans[0][0] - HEAD_LINES), spans[0][0])
        )
        top = next((i for i in range(max(0, spans[0][0] - HEAD_LINES), spans[0][0]) if self.labels[i] == "meta"), 0)
        shape = self.looks[top].shape
        for n, comment in enumerate(comments):
            author = _fold(comment["author"]).lower()
            gap = range(edges[n] + 1, starts[n]) if header_first else range(spans[n][1] + 1, starts[n + 1])
            hits = [i for i in gap if self.labels[i] == "meta" and author in self.looks[i].lower]
            if not author and header_first and hits:
                hits = [i for i in hits if self.looks[i].shape == shape] or hits
            if hits:
                best = max(
                    hits,
                    key=lambda i: (
                        bool(author) and self.looks[i].lower.startswith(author),
                        -i if not header_first or not author else i,
                    ),
                )
                self.labels[best] = "author"
            elif author:
                print("no author line:", author)

    def _head(self, story: dict[str, Any], low: int, bounds: tuple[int, int, int]) -> None:
        first, last, _ = bounds
        title = _fold(story["title"]).lower()
        has_body = last >= first
        stop = (
            first
            if has_body
            else next((i for i, label in enumerate(self.labels) if label in ("author", "comment")), len(self.texts))
        )
        for i in range(low, stop):
            text = self.looks[i].text.lower()
            if title and self.labels[i] is None and title in text and len(text) - len(title) < 25:
                self.labels[i] = "title"
        wanted = {_fold(highlight) for highlight in story["highlights"]}
        for i in range(low, stop):
            if self.labels[i] is None and self.texts[i] in wanted:
                self.labels[i] = "highlight"

    def _credits(self, story: dict[str, Any], low: int, high: int) -> None:
        byline, source = _fold(story["byline"]).lower(), _fold(story["source"]).lower()
        titles = [i for i in range(low, high) if self.labels[i] == "title"]
        for i in range(low, high):
            look = self.looks[i]
            above = byline and titles and i < titles[0] and look.width <= len(byline) + 30 and look.lower.endswith(byline)
            if above and self.labels[i] is None and "photo" not in look.found.classes:
                self.labels[i] = "byline"
            masthead = titles and i < titles[0] and not look.dates and "agency" not in look.found.classes
            if self.labels[i] is not None or masthead or (look.width > 160 and look.starts != "©"):
                continue
            if byline and byline in look.lower and look.width < len(byline) + 90 and "caption" not in look.lower:
                if "photo" in look.found.classes:
                    continue
                self.labels[i] = "byline"
            elif ("photo" not in look.found.classes or "srcword" in look.found.first) and self._is_credit(look, source):
                self.labels[i] = "credit"
            elif any(story["published"] in (one.date, one.swapped().date) for one in look.dates) and look.rest < 60:
                self.labels[i] = "date"

    def _is_credit(self, look: Look, source: str) -> bool:
        if look.starts != "©" and _PROMPTING & set(look.found.classes):
            return False  # "Download the … app", "Follow …"
        if source and re.search(rf"(?<!\w){re.escape(source)}(?![a-z])", look.lower):
            return True
        return "agency" in look.found.classes and bool(source) and (look.found.cover >= 0.4 or look.starts == "©")


def label_page(text: str, gold: dict[str, Any], name: str) -> Labelled:
    aligner = Aligner(text, gold)
    return Labelled(name, aligner.looks, [INDEX[label] for label in aligner.run()], name)


def read_folder(folder: Path) -> list[Labelled]:
    """The pairs NN-slug.txt + NN-slug.json of a folder."""
    return [
        label_page(path.read_text("utf-8"), json.loads(path.with_suffix(".json").read_text("utf-8")), path.stem)
        for path in sorted(folder.glob("*.txt"))
    ]
