"""How the page reader reads pages composed of two: a part of one labelled page in another, read like each of its parents.

    python -m training.page_text.grafts --shared ../shared [--write DIR]

A composition breaks if something is read wrong that is read right on both pages as they are. Both are in one language, both
set their blocks apart with empty rows or neither does, and both have one story whose labels tell where its parts begin and end
(parted.py). Left out is what no page would print or what the labels do not answer: each rule says why. A page's mates are
chosen by the sum of both names, within the three quarters of the pages that may be read or within the quarter that is only
counted (variants.py).
"""

from __future__ import annotations

import argparse
import json
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from fetchers.seeds.page_text.reading import read_page
from training.page_text.parted import ARTICLE, Parted, Row, interruptions, names_any, part_page
from training.page_text.score import load_scorer
from training.page_text.variants import LabelledPage, faults, part_of, read_pages

EACH_KIND = 2  # mates of a page
PROSE_WIDTH = 160
SIGNED = re.compile(r"©|\([cC]\)|[Cc]opyright")
HANDLE = re.compile(r"[a-z\d_]*[\d_][a-z\d_]*|[a-z]+")
TALK = ("author", "when", "votes", "reply_to")
Graft = Callable[[Parted, Parted], LabelledPage | None]


def _same_calendar(page: Parted, other: Parted) -> bool:
    """True if no day of the two is written so that only the other days of its page tell month from day ("04/06/2024")."""
    return not any(
        day.swappable
        for one in (page, other)
        for row in (*one.article, *one.talk, *one.foot)
        for look in row.looks
        for day in look.dates
    )


def compose(story: Mapping[str, Any], blocks: Sequence[Sequence[Row]], spaced: bool) -> LabelledPage:
    """The page of these blocks with the labels of `story`."""
    texts = ["\n".join(row.text for row in block).strip("\n") for block in blocks]
    return LabelledPage(("\n\n" if spaced else "\n").join(filter(None, texts)), {"stories": [dict(story)], "dropped": []})


def other_comments(page: Parted, other: Parted) -> LabelledPage | None:
    """The comments of the other page, from their heading on, below this article."""
    if not other.talk or names_any(other.talk, [other.story["title"]]) or not _same_calendar(page, other):
        return None  # "Re: …": a subject that names the other headline
    blocks = (page.head, page.article, page.gap, other.talk, page.foot)
    return compose({**page.story, "comments": other.story["comments"]}, blocks, page.spaced)


def _is_head(rows: Sequence[Row], story: Mapping[str, Any]) -> bool:
    """True for rows above a headline that tell nothing of the article: no day, no headline, no name of its credits."""
    told = [story[field] for field in ("title", "byline", "source", "dateline")]
    return bool(rows) and not any(look.dates for row in rows for look in row.looks) and not names_any(rows, told)


def other_head(page: Parted, other: Parted) -> LabelledPage | None:
    """What stands above the headline of the other page above this one."""
    if not _is_head(page.head, page.story) or not _is_head(other.head, other.story):
        return None
    return compose(page.story, (other.head, page.article, page.gap, page.talk, page.foot), page.spaced)


def _names(story: Mapping[str, Any]) -> list[str | None]:
    """What a row that tells of this story holds: its headline, its source, a name of its writer's."""
    return [story["title"], story["source"], *(name for name in (story["byline"] or "").split() if len(name) > 3)]


def _is_foot(rows: Sequence[Row], owner: Mapping[str, Any], story: Mapping[str, Any]) -> bool:
    """True for rows that may stand below `story` as they stand below their owner.

    No credits, no prose, which may tell of the article (a firm's profile, who the writer is), and no date or copyright line
    where the story has none: it would be the story's.
    """
    if not any(row.text.strip() for row in rows) or not all(row.frame for row in rows):
        return False
    if any(len(row.text) > PROSE_WIDTH for row in rows) or names_any(rows, _names(owner)):
        return False
    if any(row.text.rstrip().endswith(".") for row in [row for row in rows if row.text.strip()][:2]):
        return False
    if not story["source"] and any(SIGNED.search(row.text) for row in rows):
        return False
    return bool(story["published"]) or not any(look.dates for row in rows for look in row.looks)


def other_foot(page: Parted, other: Parted) -> LabelledPage | None:
    """What stands below the other page below this one; both have comments or neither has, since a foot speaks of them."""
    if bool(page.talk) != bool(other.talk) or not _is_foot(page.foot, page.story, page.story):
        return None
    if not _is_foot(other.foot, other.story, page.story):
        return None
    return compose(page.story, (page.head, page.article, page.gap, page.talk, other.foot), page.spaced)


def other_article(page: Parted, other: Parted) -> LabelledPage | None:
    """The article of the other page within what stands around this one, comments too; a board's first post is no article."""
    if HANDLE.fullmatch(other.story["byline"] or "") or not _same_calendar(page, other):
        return None
    if not _is_head(page.head, page.story) or names_any(page.talk, [page.story["title"]]):
        return None
    for rows in (page.gap, page.foot):
        if any(row.text.strip() for row in rows) and not _is_foot(rows, page.story, other.story):
            return None
    story = {**other.story, "comments": page.story["comments"]}
    return compose(story, (page.head, other.article, page.gap, page.talk, page.foot), page.spaced)


def _is_prompt(rows: Sequence[Row]) -> bool:
    """True for furniture that may stand between any two paragraphs: an entry's time or a page's number belongs to its own."""
    shown = [row for row in rows if row.text.strip()]
    return all(row.looks and not any(look.clock or look.dates or look.number for look in row.looks) for row in shown)


def other_prompt(page: Parted, other: Parted) -> LabelledPage | None:
    """What interrupts the other text between two long paragraphs of this one, about its middle."""
    body = [i for i, row in enumerate(page.article) if row.has("body")]
    joints = [(left, right) for left, right in pairwise(body) if all(page.article[i].looks[0].long for i in (left, right))]
    runs = [run for run in interruptions(other.article) if _is_prompt(run)]
    whole = [joint for joint in joints if not any(row.text.strip() for row in page.article[joint[0] + 1 : joint[1]])]
    if not whole or not runs:
        return None
    at = whole[len(whole) // 2][0] + 1
    run = min(runs, key=lambda rows: zlib.crc32("\n".join(row.text for row in rows).encode()))
    article = (page.article[:at], run, page.article[at:])
    return compose(page.story, (page.head, *article, page.gap, page.talk, page.foot), page.spaced)


def _order_of(rows: Sequence[Row]) -> list[str] | None:
    """In what order the title, standfirsts and credits above a text stand, or None where two of a kind stand apart."""
    kinds = [min(row.labels & ARTICLE) for row in rows if row.labels & ARTICLE]
    order = [kind for i, kind in enumerate(kinds) if i == 0 or kinds[i - 1] != kind]
    return order if len(set(order)) == len(order) else None


def _tells_standfirst(order: Sequence[str]) -> bool:
    return "highlight" not in order or order.index("title") < order.index("highlight") < len(order) - 1


def other_order(page: Parted, other: Parted) -> LabelledPage | None:
    """The title, standfirsts and credits of this page in the order of the other; share bars and captions stay below them.

    A standfirst stays below the headline, and above a credit: else nobody could tell it from a kicker or the first paragraph.
    """
    top, rest = page.article[: page.first_paragraph], page.article[page.first_paragraph :]
    mine, theirs = _order_of(top), _order_of(other.article[: other.first_paragraph])
    if not mine or not theirs or mine == theirs or sorted(mine) != sorted(theirs):
        return None
    if any(len(row.labels & ARTICLE) > 1 for row in top) or not _tells_standfirst(theirs):
        return None
    blocks = [[row for row in top if kind in row.labels] for kind in theirs]
    others = [row for row in top if row.frame and row.text.strip()]
    return compose(page.story, (page.head, *blocks, others, rest, page.gap, page.talk, page.foot), page.spaced)


GRAFTS: Mapping[str, Graft] = {
    "other comments": other_comments,
    "other head": other_head,
    "other foot": other_foot,
    "other prompt": other_prompt,
    "other article": other_article,
    "other order of credits": other_order,
}


def mates(page: Parted, pages: Sequence[Parted], kind: str) -> list[Parted]:
    """The pages that this one may be composed with, by the sum of their names."""
    fitting = [
        one
        for one in pages
        if one is not page and one.page.label.get("language") == page.page.label.get("language") and one.spaced == page.spaced
    ]
    return sorted(fitting, key=lambda one: zlib.crc32(f"{kind}{page.name}{one.name}".encode()))


def compositions(pages: Sequence[Parted]) -> Iterator[tuple[str, Parted, Parted, LabelledPage]]:
    """(kind, page, its mate, the two composed): up to `EACH_KIND` of a page and kind."""
    for kind, graft in GRAFTS.items():
        for page in pages:
            made = ((other, graft(page, other)) for other in mates(page, pages, kind))
            for other, composed in islice(((other, one) for other, one in made if one), EACH_KIND):
                yield kind, page, other, composed


def main() -> None:
    parser = argparse.ArgumentParser(description="Read pages composed of two labelled ones.")
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--write", type=Path, help="where to write what breaks of the pages that may be read")
    arguments = parser.parse_args()
    scorer = load_scorer(arguments.shared)
    pages: dict[str, list[Parted]] = {"read": [], "only counted": []}
    before: dict[str, set[tuple[object, ...]]] = {}
    for name, page in read_pages(arguments.shared):
        if parted := part_page(name, page):
            pages[part_of(name)].append(parted)
            before[name] = faults(scorer, page, read_page(page.text)[0], TALK)
    for half, parted_pages in pages.items():
        made: Counter[str] = Counter()
        broken: Counter[str] = Counter()
        for kind, one, other, composed in compositions(parted_pages):
            new = faults(scorer, composed, read_page(composed.text)[0], TALK) - before[one.name] - before[other.name]
            made[kind] += 1
            broken[kind] += bool(new)
            if new and arguments.write and half == "read":
                write(arguments.write / f"{kind}, {one.name[:-4]}, {other.name}".replace(" ", "-"), composed, new)
        for kind in GRAFTS:
            print(f"{half:12}  {kind:24}  {broken[kind]:3} of {made[kind]:3} break")
        print(f"{half:12}  {'all':24}  {broken.total()} of {made.total()} break, {broken.total() / max(1, made.total()):.3f}")


def write(path: Path, page: LabelledPage, new: Set[tuple[object, ...]]) -> None:
    """Write a composition as a labelled page is stored, and print what is read wrong."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page.text, "utf-8")
    path.with_suffix(".json").write_text(json.dumps(page.label, ensure_ascii=False, indent=1), "utf-8")
    print(f"{path.name}: {', '.join(sorted({str(fault[1] if len(fault) > 1 else fault[0]) for fault in new}))}")


if __name__ == "__main__":
    main()
