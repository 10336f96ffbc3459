"""How steady the page reader is: labelled pages with one thing changed that their labels allow, read before and after.

    python -m training.page_text.variants --shared ../shared [--each]

A change puts other names in the places of those that are printed (agencies, outlets, writers, readers, towns), prints days in
another form, calls a button otherwise, sets the page in a margin, in wider gaps or with other line ends, or moves the byline
below the text. Text and labels are changed alike. A variant breaks if something is read wrong that is read right on the page
as it is. The pages are pages/dev, those in training/page_text/pages and those of the tests; one in four, by its name's sum, was
put aside: what broke there was counted and not read.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

from fetchers.seeds.page_text.reading import read_page
from newsdesk.dates import PrintedDate, find_dates
from newsdesk.model import Story
from training.page_text.score import load_scorer

ROOT = Path(__file__).parent.parent.parent
FOLDERS = ("training/page_text/pages", "tests/data/pages", "tests/data/unseen_pages", "tests/data/unseen_pages_fresh")

ACRONYMS = ("KVN", "TNA", "QWA", "HNS", "MBX", "VZP")
OUTLETS = ("The Tarnwick Post", "Halden Wire", "Norrland News Agency", "The Fathom", "Kvikk", "Quill & Anchor", "MarshNews24")
WRITERS = ("J. R. Okonkwo", "Joost van der Meulen", "Karl von Thaden", "Mary K. Obuya", "Leïla Ben Youssef", "Ciara D’Arcy")
READERS = (
    "frog_99",
    "quietriver",
    "Oisín Mac Giolla",
    "Perpetua",
    "3rdrailfan",
    "Beatriz dos Santos",
    "zeta.k",
    "Ngozi Ezenwa",
)
TOWNS = ("Tarnwick", "Skellefteå", "Bad Münder", "Xai-Xai", "Châteauneuf-du-Faou", "Dunmore East", "Żnin", "Oberzell")
NAMED = ("title", "source", "byline", "dateline")
_LATIN = re.compile(r"[^\W\d_]", re.ASCII)
_WRITER = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}")
_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page and its labels, as pages/LABELS.md has them."""

    text: str
    label: dict[str, Any]

    @property
    def stories(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.label["stories"]
        return found


Change = Callable[[LabelledPage, Random], LabelledPage | None]


def _in_all(label: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    def story(one: dict[str, Any]) -> dict[str, Any]:
        named = {field: change(one[field]) if one[field] else None for field in NAMED}
        lists = {field: [change(text) for text in one[field]] for field in ("highlights", "body")}
        said = [
            {**comment, "text": change(comment["text"]), "author": change(comment["author"]) if comment["author"] else None}
            for comment in one["comments"]
        ]
        return {**one, **named, **lists, "comments": said}

    return {
        **label,
        "stories": [story(one) for one in label["stories"]],
        "dropped": [change(text) for text in label["dropped"]],
    }


def rename(page: LabelledPage, names: Mapping[str, str]) -> LabelledPage | None:
    """The page with other names for those in `names`, in capitals where these are; None if that changes nothing."""
    if not names:
        return None
    longest = sorted(names, key=len, reverse=True)
    choices = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest)
    pattern = re.compile(rf"(?<![^\W_])(?:{choices})(?![^\W_])")

    def change(text: str) -> str:
        return pattern.sub(lambda found: names[" ".join(found[0].split())], text)

    changed = LabelledPage(change(page.text), _in_all(page.label, change))
    return changed if changed.text != page.text else None


def _others(rng: Random, printed: Sequence[str], pool: Sequence[str]) -> dict[str, str]:
    plain = [name for name in dict.fromkeys(printed) if name == " ".join(name.split()) and _LATIN.match(name)]
    new = rng.sample(pool, len(pool))
    capitals = [len(name) > 3 and name.isupper() for name in plain]
    return {old: name.upper() if upper else name for old, name, upper in zip(plain, new, capitals, strict=False)}


def other_outlets(page: LabelledPage, rng: Random) -> LabelledPage | None:
    sources = [story["source"] for story in page.stories if story["source"]]
    signs = [name for name in sources if re.fullmatch(r"[A-Z]{2,6}", name)]
    others = [name for name in sources if name not in signs and "." not in name]
    return rename(page, _others(rng, signs, ACRONYMS) | _others(rng, others, OUTLETS))


def other_writers(page: LabelledPage, rng: Random) -> LabelledPage | None:
    return rename(
        page, _others(rng, [name for story in page.stories if (name := story["byline"]) and _WRITER.fullmatch(name)], WRITERS)
    )


def other_towns(page: LabelledPage, rng: Random) -> LabelledPage | None:
    return rename(
        page,
        _others(rng, [name for story in page.stories if (name := story["dateline"]) and not re.search(r"[,(/]", name)], TOWNS),
    )


def other_readers(page: LabelledPage, rng: Random) -> LabelledPage | None:
    """Of the names that nobody on the page is spoken to by a part of."""
    names = {comment["author"] or "" for story in page.stories for comment in story["comments"]}
    names -= {story["byline"] for story in page.stories}
    whole = {name for name in names if len(name) > 2 and not re.match(r"\d|anon|guest", name, re.IGNORECASE)}
    apart = {name for name in whole if not re.search("|".join(map(re.escape, name.split())), page.text.replace(name, ""))}
    return rename(page, _others(rng, sorted(apart), READERS))


def frame_rows(page: LabelledPage) -> Iterator[int]:
    """The rows of the page that hold no labelled text."""
    texts = [text for one in page.stories for text in (one["title"] or "", *one["highlights"], *one["body"])]
    texts += [row for one in page.stories for comment in one["comments"] for row in comment["text"].split("\n")]
    told = "\n".join(" ".join(text.split()) for text in texts)
    for i, row in enumerate(page.text.split("\n")):
        plain = " ".join(row.split())
        if plain and plain not in told and not any(len(text) > 25 and text in plain for text in texts):
            yield i


def _reprinted(page: LabelledPage, changed: Mapping[int, str]) -> LabelledPage | None:
    rows = page.text.split("\n")
    table = {" ".join(rows[i].split()): " ".join(row.split()) for i, row in changed.items()}
    dropped = [table.get(" ".join(text.split()), text) for text in page.label["dropped"]]
    text = "\n".join(changed.get(i, row) for i, row in enumerate(rows))
    return LabelledPage(text, {**page.label, "dropped": dropped}) if changed else None


def dates_as(form: Callable[[PrintedDate], str]) -> Change:
    def change(page: LabelledPage, rng: Random) -> LabelledPage | None:
        days = {story["published"] for story in page.stories}
        rows, changed = page.text.split("\n"), {}
        for i in frame_rows(page):
            dates = find_dates(rows[i])
            if len(dates) == 1 and dates[0].date in days and dates[0].hour is None and _MONTH.search(rows[i], dates[0].start):
                changed[i] = rows[i][: dates[0].start] + form(dates[0]) + rows[i][dates[0].end :]
        return _reprinted(page, changed)

    return change


def buttons_as(old: str, new: str) -> Change:
    def change(page: LabelledPage, rng: Random) -> LabelledPage | None:
        rows = page.text.split("\n")
        return _reprinted(page, {i: rows[i].replace(old, new) for i in frame_rows(page) if rows[i].strip() == old})

    return change


def respaced(change: Callable[[str], str]) -> Change:
    def changed(page: LabelledPage, rng: Random) -> LabelledPage | None:
        text = change(page.text)
        return LabelledPage(text, page.label) if text != page.text else None

    return changed


def byline_below(page: LabelledPage, rng: Random) -> LabelledPage | None:
    """On a page of one story, "By Ann Lee" right below the text."""
    if len(page.stories) != 1 or not page.stories[0]["body"] or not page.stories[0]["byline"]:
        return None
    rows, story = page.text.split("\n"), page.stories[0]
    by = [i for i, row in enumerate(rows) if row.strip().lower() == f"by {story['byline']}".lower()]
    ends = [i for i, row in enumerate(rows) if row.endswith(story["body"][-1][-25:]) and len(row) >= 25]
    if len(by) != 1 or len(ends) != 1 or by[0] > ends[0] or page.text.count(story["byline"]) != 1:
        return None
    gap = [""] if "\n\n" in page.text else []
    moved = [*rows[: by[0]], *rows[by[0] + 1 : ends[0] + 1], *gap, rows[by[0]], *rows[ends[0] + 1 :]]
    return LabelledPage("\n".join(moved), page.label)


def _long(day: PrintedDate) -> str:
    return f"{datetime.date.fromisoformat(day.date):%A, %d %B %Y}"


CHANGES: Mapping[str, Change] = {
    "other outlets": other_outlets,
    "other writers": other_writers,
    "other readers": other_readers,
    "other towns": other_towns,
    "days as 2026-03-12": dates_as(lambda day: day.date),
    "days in full": dates_as(_long),
    "a button no list knows": buttons_as("Reply", "Antworti"),
    "two empty lines for one": respaced(lambda text: re.sub(r"\n\n+", lambda gap: f"{gap[0]}\n", text)),
    "a margin": respaced(lambda text: re.sub(r"^(?=.)", "  ", text, flags=re.MULTILINE)),
    "other line ends": respaced(lambda text: text.replace("\n", "\r\n")),
    "byline below": byline_below,
}


def faults(
    scorer: ModuleType, page: LabelledPage, stories: Sequence[Story], talk: Sequence[str] = ("author",)
) -> set[tuple[object, ...]]:
    """What is read wrong: (story's index, field), and (story's index, field, comment's index) for fields in `talk`."""
    said = [json.loads(json.dumps(story.to_json())) for story in stories]
    pairs = scorer.pair_up(page.stories, said)
    found: set[tuple[object, ...]] = {("stories",)} if len(said) != len(page.stories) else set()
    for n, gold in enumerate(page.stories):
        mate: dict[str, Any] = next((other for one, other in pairs if one is gold), {})
        found |= {(n, field) for field in NAMED if scorer.lower(gold[field]) != scorer.lower(mate.get(field))}
        found |= {(n, "published")} if (gold["published"] or "") != (mate.get("published") or "")[:10] else set()
        for field in ("highlights", "body"):
            found |= {(n, field)} if [*map(scorer.norm, gold[field])] != [*map(scorer.norm, mate.get(field) or [])] else set()
        by_text, read_all = defaultdict(list), mate.get("comments") or []
        for comment in read_all:
            by_text[scorer.norm(comment["text"])].append(comment)
        for i, comment in enumerate(gold["comments"]):
            same = by_text[scorer.norm(comment["text"])]
            if not same:
                found.add((n, "comments", i))
                continue
            right, read = _talk(scorer, gold["comments"], comment), _talk(scorer, read_all, same.pop(0))
            found |= {(n, field, i) for field in talk if right[field] != read[field]}
    return found


def _talk(scorer: ModuleType, comments: Sequence[Mapping[str, Any]], comment: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of one of the comments, as the scorer compares them."""
    return {
        "author": scorer.lower(comment.get("author")),
        "when": scorer.minute(comment.get("when")),
        "votes": comment.get("votes"),
        "reply_to": scorer.target(comments, comment.get("reply_to")),
    }


def part_of(name: str) -> str:
    """Whether what breaks on this page may be read."""
    return "only counted" if zlib.crc32(name.encode()) % 4 == 0 else "read"


def read_pages(shared: Path) -> Iterator[tuple[str, LabelledPage]]:
    roots = [shared / "pages" / "dev", *(ROOT / name for name in FOLDERS)]
    for path in (path for root in roots for path in sorted(root.rglob("*.txt")) if path.with_suffix(".json").exists()):
        label = json.loads(path.with_suffix(".json").read_text("utf-8"))
        if isinstance(label, dict) and "dropped" in label:
            yield path.name, LabelledPage(path.read_text("utf-8"), label)


def main() -> None:
    parser = argparse.ArgumentParser(description="Read labelled pages with one thing changed.")
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--each", action="store_true", help="name what breaks on the pages that may be read")
    arguments = parser.parse_args()
    scorer = load_scorer(arguments.shared)
    made: Counter[tuple[str, str]] = Counter()
    broken: Counter[tuple[str, str]] = Counter()
    for name, page in read_pages(arguments.shared):
        half = part_of(name)
        before = faults(scorer, page, read_page(page.text)[0])
        for kind, change in CHANGES.items():
            variant = change(page, Random(zlib.crc32(f"{name}{kind}".encode())))
            if variant is None:
                continue
            new = faults(scorer, variant, read_page(variant.text)[0]) - before
            made[half, kind] += 1
            broken[half, kind] += bool(new)
            if new and arguments.each and half == "read":
                print(f"{name}: {kind}: {', '.join(sorted({str(fault[1] if len(fault) > 1 else fault[0]) for fault in new}))}")
    for half in ("read", "only counted"):
        for kind in CHANGES:
            print(f"{half:12}  {kind:24}  {broken[half, kind]:3} of {made[half, kind]:3} break")
        whole = sum(broken[half, kind] for kind in CHANGES), sum(made[half, kind] for kind in CHANGES)
        print(f"{half:12}  {'all':24}  {whole[0]} of {whole[1]} break, {whole[0] / max(1, whole[1]):.3f}")


if __name__ == "__main__":
    main()
