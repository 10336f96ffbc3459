"""The labelled and unlabelled stories that the topic model may learn from, and those that only measure it.

Which set may be shipped from stands in the shared folder's datasets/README.md; the prefixes below follow it.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsdesk.topics.names import TOPICS

HERE = Path(__file__).parent
CODES: tuple[str, ...] = tuple(TOPICS)
LETTERS = dict(zip("ACDEUNHILYPRSOTWM", range(17), strict=True))  # of labels.tsv, in the order of the 17 topics
_BY_NAME = {name: i for i, name in enumerate(TOPICS.values())}
SHIP_PREFIXES = ("huffpost-", "uci-", "ecb-")
WIKINEWS = (
    "open-news/wikinews_vanatteveldt-wikinews_en_2019_2020",
    "open-news/gum-gum_wikinews",
    "open-news/wikinews_wikinewssum-wikinews_en_categories",
)
CURRENT_EVENTS = "open-news/wikipedia_current_events-cep_en"
# Sections of the current-events portal; "international relation" is diplomacy.
_PORTAL = {
    "War_Conflict": "W",
    "Armed conflicts and attacks": "W",
    "Disaster_Accident": "D",
    "Disasters and accidents": "D",
    "International_Relation": "P",
    "International relations": "P",
    "Law_Crime": "C",
    "Law and crime": "C",
    "Politics": "P",
    "Politics and elections": "P",
    "Business_Finance": "E",
    "Sports": "T",
    "Entertainment_Culture": "A",
    "Technology_Internet": "S",
    "Science and technology": "S",
    "Health_Medical_Pharma": "H",
}


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its acceptable topics (indexes into CODES, main first; empty if unlabelled). How far those of a `source` are
    trusted stands in ``__main__.py``."""

    title: str
    body: str
    topics: tuple[int, ...]
    source: str
    id: str


def read_rows(shared: Path, name: str) -> list[dict[str, Any]]:
    with gzip.open(shared / "datasets" / f"{name}.jsonl.gz", "rt", encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]


def _example(row: dict[str, Any], topics: tuple[int, ...], source: str) -> Example:
    return Example(row.get("title") or "", row.get("body") or "", topics, source, str(row["id"]))


def _named(names: list[str], main: str | None = None) -> tuple[int, ...]:
    ordered = [main, *(name for name in names if name != main)] if main else names
    return tuple(_BY_NAME[name] for name in ordered)


def gold(shared: Path) -> list[Example]:
    """All of gold-dev; `source` is the set that a story came from."""
    return [
        _example(row, _named(row["gold"]["topics"], row["gold"]["main_topic"]), row["id"].split("-")[0])
        for row in read_rows(shared, "topics/gold-dev")
    ]


def bbc(shared: Path) -> list[Example]:
    """Measures only."""
    return [_example(row, _named(row["gold"]["topics"]), "bbc-dev") for row in read_rows(shared, "topics/bbc-dev")]


def huffpost(shared: Path) -> list[Example]:
    """Headlines with the topic that we read out of them, for some; for the many others, noisily, the topic of their section."""
    name = "topics/huffpost-dev"
    ours = _own_labels().get(name, {})
    return [
        _example(row, ours[row["id"]], "huffpost-read")
        if row["id"] in ours
        else _example(row, _named(row["gold"]["topics"]), "huffpost-sections")
        for row in read_rows(shared, name)
    ]


def _own_labels() -> dict[str, dict[str, tuple[int, ...]]]:
    labels: dict[str, dict[str, tuple[int, ...]]] = {}
    for line in (HERE / "labels.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            name, key, letters = line.split("\t")
            labels.setdefault(name, {})[key] = tuple(LETTERS[letter] for letter in letters)
    return labels


def labelled_here(shared: Path) -> list[Example]:
    """Stories whose topics we gave ourselves: Wikinews one by one, the headline and event sets by cluster."""
    labels = _own_labels()
    found = [
        _example(row, labels[name][row["id"]], "wikinews")
        for name in WIKINEWS
        for row in read_rows(shared, name)
        if row["id"] in labels[name]
    ]
    for name in ("grouping/uci-dev", "grouping/ecb-dev"):
        source = name.split("/")[1].split("-")[0] + "-clusters"
        found += [_example(row, labels[name][row["gold"]["storyline"]], source) for row in read_rows(shared, name)]
    return found


def current_events(shared: Path) -> list[Example]:
    return [
        _example(row, (LETTERS[_PORTAL[row["categories"][0]]],), "current-events")
        for row in read_rows(shared, CURRENT_EVENTS)
        if row["categories"] and row["categories"][0] in _PORTAL
    ]


def taxonomy(shared: Path) -> list[Example]:
    """Every concept of the IPTC Media Topics below a top one: its name as title, its definition as body."""
    with gzip.open(shared / "reference" / "iptc" / "cptall-en-US.json.gz", "rt", encoding="utf-8") as file:
        concepts = {concept["qcode"]: concept for concept in json.load(file)["conceptSet"]}
    found = []
    for code, concept in concepts.items():
        top = top_concept(code, concepts)
        if top in TOPICS and code != top:
            name, text = concept["prefLabel"].get("en-US", ""), concept.get("definition", {}).get("en-US", "")
            found.append(Example(name, text, (CODES.index(top),), "taxonomy", code))
    return found


def briefs() -> list[Example]:
    """Invented news in brief, ours, for the topics that the open sets hold little of."""
    lines = (HERE / "briefs.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [
        Example(title, text, tuple(LETTERS[letter] for letter in letters), "briefs", f"brief-{i}")
        for i, (letters, title, text) in enumerate(rows)
    ]


def names() -> list[Example]:
    """The lists of names.tsv, a few words at a time."""
    found = []
    for line in (HERE / "names.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            letter, listed = line.split("\t")
            each = listed.split(", ")
            found += [
                Example("", ", ".join(each[i : i + 6]), (LETTERS[letter],), "names", f"names-{letter}-{i}")
                for i in range(0, len(each), 6)
            ]
    return found


def unlabelled(shared: Path) -> list[Example]:
    """News text without topics that a teacher may label: sentences of NewsMTSC, paragraphs of Wikinews and of ECB+."""
    texts: dict[str, None] = {}
    for name in ("train", "devtest_mt", "devtest_rw"):
        path = shared / "datasets" / "sentiment-more" / "newsmtsc" / f"{name}.jsonl.gz"
        with gzip.open(path, "rt", encoding="utf-8") as file:
            texts |= {json.loads(line)["sentence_normalized"]: None for line in file}
    for name in (*WIKINEWS, "grouping/ecb-dev"):
        for row in read_rows(shared, name):
            paragraphs = [part.strip() for part in (row.get("body") or "").split("\n")]
            texts |= {part: None for part in paragraphs if part.count(" ") > 15}
    return [Example("", text, (), "unlabelled", f"unlabelled-{i}") for i, text in enumerate(texts)]


def top_concept(code: str, concepts: dict[str, Any]) -> str:
    """Climb `broader` to the top of the taxonomy."""
    for _ in range(10):
        above = concepts.get(code, {}).get("broader")
        if not above:
            break
        code = "medtop:" + above[0].rsplit("/", 1)[1]
    return code


def examples(shared: Path) -> tuple[list[Example], list[Example]]:
    """(what may be learnt from, what only measures)."""
    every = gold(shared)
    learn = [one for one in every if one.id.startswith(SHIP_PREFIXES)]
    seen = {one.id for one in learn}
    learn += [one for one in labelled_here(shared) if one.id not in seen]
    learn += briefs() + names() + current_events(shared) + taxonomy(shared)
    learn += [one for one in huffpost(shared) if one.id not in seen]
    return learn, [one for one in every if not one.id.startswith(SHIP_PREFIXES)] + bbc(shared)
