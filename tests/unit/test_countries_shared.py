"""Floors on the labelled sets, a little under what is measured. Needs NEWSDESK_SHARED."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsdesk.countries import tag_countries
from newsdesk.model import Story

pytestmark = pytest.mark.shared
Labelled = tuple[Story, str | None, list[str]]


@pytest.fixture(scope="module")
def shared() -> Path:
    folder = os.environ.get("NEWSDESK_SHARED")
    if not folder:
        pytest.skip("NEWSDESK_SHARED is not set: the labelled sets are not here")
    return Path(folder)


def read_pages(folder: Path) -> Iterator[Labelled]:
    for path in sorted(folder.glob("*.json")):
        page = json.loads(path.read_text("utf-8"))
        for row in page["stories"]:
            story = Story(
                title=row["title"], body=tuple(row["body"]), highlights=tuple(row["highlights"]), dateline=row["dateline"]
            )
            yield story, page.get("language"), row["countries"]


def read_set(path: Path, limit: int) -> Iterator[Labelled]:
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for _, line in zip(range(limit), file, strict=False):
            row = json.loads(line)
            yield Story(title=row["title"], body=(row["body"] or "",)), "en", row["gold"]["countries"]


def figures(rows: Iterator[Labelled]) -> tuple[float, float]:
    """Micro-F1, and the share of stories whose first answer is right."""
    hit = said = gold_n = top = count = 0
    for story, language, gold in rows:
        codes = [country.code for country in tag_countries(story, language)]
        hit += len(set(codes) & set(gold))
        said += len(codes)
        gold_n += len(set(gold))
        top += bool(codes) and codes[0] in gold
        count += 1
    return 2 * hit / (said + gold_n), top / count


def test_both_seeds_are_as_labelled(shared: Path) -> None:
    assert figures(read_pages(shared / "seeds")) == (1.0, 1.0)


def test_pages(shared: Path) -> None:
    micro, top = figures(read_pages(shared / "pages" / "dev"))
    assert micro >= 0.88
    assert top >= 0.93


@pytest.mark.parametrize(
    ("name", "least_micro", "least_top"),
    [("reuters-dev", 0.90, 0.96), ("cliff-nyt-dev", 0.88, 0.95), ("cliff-huffpo-dev", 0.82, 0.93), ("lgl-dev", 0.87, 0.88)],
)
def test_sets(shared: Path, name: str, least_micro: float, least_top: float) -> None:
    micro, top = figures(read_set(shared / "datasets" / "countries" / f"{name}.jsonl.gz", 2000))
    assert micro >= least_micro
    assert top >= least_top
