"""The labelled sets: floors under what was measured, so that a later change that loses is seen."""

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from newsdesk.model import Country, Story
from newsdesk.storylines import Grouper, MemoryProfiles

pytestmark = pytest.mark.shared


def story_of(line: dict[str, Any]) -> Story:
    body = tuple(part for part in (line["body"] or "").split("\n") if part.strip())
    story_id = "s" + hashlib.sha256(line["id"].encode()).hexdigest()[:10]
    return Story(line["title"] or None, body, story_id, line["published"], language="en")


def group(stories: Sequence[Story]) -> list[str]:
    return [assignment.storyline_id for assignment in Grouper(MemoryProfiles()).group(stories).assignments]


def bcubed(said: Sequence[str], gold: Sequence[str]) -> float:
    by_said, by_gold, joint = Counter(said), Counter(gold), Counter(zip(said, gold, strict=True))
    precision = sum(v * v / by_said[s] for (s, _), v in joint.items()) / len(gold)
    recall = sum(v * v / by_gold[g] for (_, g), v in joint.items()) / len(gold)
    return 2 * precision * recall / (precision + recall)


@pytest.mark.parametrize(("name", "floor"), [("uci", 0.87), ("ecb", 0.93), ("basil", 0.97)])
def test_grouping_sets(shared: Path, name: str, floor: float) -> None:
    with gzip.open(shared / "datasets" / "grouping" / f"{name}-dev.jsonl.gz", "rt", encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    assert bcubed(group([story_of(line) for line in lines]), [line["gold"]["storyline"] for line in lines]) >= floor


LANGUAGES = {
    "14": "fr",
    "15": "de",
    "18": "ja",
    "27": "ar",
    "28": "es",
    "32": "zh",
    "33": "ja",
    "34": "de",
    "35": "fr",
    "36": "pt",
}
LANGUAGES |= {"37": "it", "38": "hi", "39": "ru"}


def labelled(path: Path) -> list[tuple[Story, str]]:
    found = []
    for number, line in enumerate(json.loads(path.read_text("utf-8"))["stories"]):
        countries = tuple(Country(code, code, 0.9) for code in line["countries"])
        story = Story(line["title"], tuple(line["body"]), f"s{path.stem}{number}", line["published"], countries=countries)
        story = story.with_(highlights=tuple(line["highlights"]), language=LANGUAGES.get(path.stem[:2], "en"))
        found.append((story, line["storyline"]))
    return found


def test_page_set_links(shared: Path) -> None:
    pairs = [pair for path in sorted((shared / "pages" / "dev").glob("*.json")) for pair in labelled(path)]
    said, gold = group([story for story, _ in pairs]), [line for _, line in pairs]
    both = either = 0
    for i, j in itertools.combinations(range(len(gold)), 2):
        both += said[i] == said[j] and gold[i] == gold[j]
        either += (said[i] == said[j]) + (gold[i] == gold[j])
    assert 2 * both / either >= 0.85


def test_seeds(shared: Path) -> None:
    pairs = [pair for path in sorted((shared / "seeds").glob("*.json")) for pair in labelled(path)]
    said, gold = group([story for story, _ in pairs]), [line for _, line in pairs]
    assert [a == b for a, b in itertools.combinations(said, 2)] == [a == b for a, b in itertools.combinations(gold, 2)]
