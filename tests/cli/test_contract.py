"""The fields of the outside contract, word for word: what scripts read is written out here and not taken from the program."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newsdesk.log import log_file
from tests.cli.conftest import STORIES, Run, write_jsonl
from tests.cli.test_hostile_output import STRINGS, make_stories

TOPICS = (
    "arts, culture, entertainment and media",
    "crime, law and justice",
    "disaster, accident and emergency incident",
    "economy, business and finance",
    "education",
    "environment",
    "health",
    "human interest",
    "labour",
    "lifestyle and leisure",
    "politics and government",
    "religion",
    "science and technology",
    "society",
    "sport",
    "conflict, war and peace",
    "weather",
)
_DAY, _MINUTE = r"\d{4}-\d\d-\d\d", r"\d\d:\d\d"
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
# What each field may be, in their order: a pattern for a text that may be null, or a type. What a mood is is checked apart.
FIELDS: dict[str, Any] = {
    "id": "s[a-z2-7]{10}",
    "title": ".+",
    "published": f"{_DAY}(T{_MINUTE}(:\\d\\d)?(Z|[+-]{_MINUTE})?)?",
    "updated": f"{_DAY}(T{_MINUTE}(:\\d\\d)?(Z|[+-]{_MINUTE})?)?",
    "source": ".+",
    "outlet": ".+",
    "byline": ".+",
    "dateline": ".+",
    "language": "[a-z]{2}",
    "url": ".+",
    "origin": dict,
    "origins": list,
    "highlights": list,
    "body": list,
    "comments": list,
    "mood": object,
    "topics": list,
    "countries": list,
    "published_in": "[A-Z]{2}",
    "storyline": dict,
    "wire_copy_of": "s[a-z2-7]{10}",
    "status": "usable|embargoed|withheld|canceled",
    "revision": int,
}


def faults(story: dict[str, Any]) -> Iterator[str]:
    """What a printed story has other than the contract says."""
    if list(story)[: len(FIELDS)] != list(FIELDS):
        yield f"fields {list(story)}"
        return
    for name, form in FIELDS.items():
        value = story[name]
        if isinstance(form, str):
            fits = value is None or (isinstance(value, str) and re.fullmatch(form, value))
        else:
            fits = isinstance(value, form)
        if not fits or (value is None and name in ("id", "status")):
            yield f"{name} {value!r}"
    for text in _texts(story):
        if _FORBIDDEN.search(text) or not unicodedata.is_normalized("NFC", text):
            yield f"text {text!r}"
    for place in (story["origin"], *story["origins"]):
        if set(place) not in ({"path", "format", "index", "item_id"}, {"feed", "format", "index", "item_id"}):
            yield f"origin {place}"
    yield from _faults_of_labels(story)
    yield from _faults_of_comments(story["comments"], story["mood"])


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value if isinstance(value, list) else value.values():
            yield from _texts(one)


def _faults_of_labels(story: dict[str, Any]) -> Iterator[str]:
    scores = [topic["score"] for topic in story["topics"]]
    if len(scores) > 3 or scores != sorted(scores, reverse=True) or not all(0 <= score <= 1 for score in scores):
        yield f"topics {scores}"
    for topic in story["topics"]:
        number = re.fullmatch(r"medtop:(\d\d)000000", topic["id"])
        if not number or topic["name"] != TOPICS[int(number[1]) - 1] or not isinstance(topic["why"], list):
            yield f"topic {topic}"
    for country in story["countries"]:
        named = re.fullmatch("[A-Z]{2}", country["code"]) and country["name"]
        if not named or not 0 <= country["score"] <= 1 or not isinstance(country["why"], list):
            yield f"country {country}"
    line = story["storyline"]
    named = list(line)[:4] == ["id", "title", "stories", "why"] and re.fullmatch("t[a-z2-7]{10}", line["id"])
    if not named or line["stories"] < 1 or not isinstance(line["why"], list):
        yield f"storyline {line}"


def _faults_of_comments(comments: list[dict[str, Any]], mood: dict[str, Any] | None) -> Iterator[str]:
    said = [one["sentiment"] for one in comments if one["sentiment"] is not None]
    for at, one in enumerate(comments):
        if list(one)[:6] != ["author", "text", "when", "votes", "reply_to", "sentiment"]:
            yield f"comment {list(one)}"
        if one["when"] is not None and not re.fullmatch(f"{_DAY}(T{_MINUTE})?", one["when"]):
            yield f"when {one['when']!r}"
        if one["votes"] is not None and type(one["votes"]) is not int:
            yield f"votes {one['votes']!r}"
        if one["reply_to"] is not None and (one["reply_to"] == at or one["reply_to"] not in range(len(comments))):
            yield f"reply_to {one['reply_to']}"
    for one in said:
        flags = [type(one[name]) for name in ("unsure", "sarcasm", "toxic")]
        if one["label"] not in ("negative", "neutral", "positive") or flags != [bool] * 3 or not isinstance(one["why"], list):
            yield f"sentiment {one}"
        if not -1 <= one["score"] <= 1 or not 0 <= one["confidence"] <= 1:
            yield f"sentiment {one}"
    if (mood is None) != (not comments):
        yield f"mood {mood} of {len(comments)} comments"
    if mood is not None:
        yield from _faults_of_mood(mood, len(comments), said)


def _faults_of_mood(mood: dict[str, Any], comments: int, said: list[dict[str, Any]]) -> Iterator[str]:
    sure = [one["label"] for one in said if not one["unsure"]]
    counts = {label: sure.count(label) for label in ("negative", "neutral", "positive")}
    known = {"comments": comments, "scored": len(said), **counts, "unsure": len(said) - len(sure)}
    if {name: mood[name] for name in known} != known or mood["tier"] not in ("base", "model"):
        yield f"mood {mood}, not {known}"
    if not sure:
        if (mood["share"], mood["interval"]) != (None, None):
            yield f"mood {mood}"
        return
    low, high = mood["interval"]
    if abs(mood["share"] - counts["negative"] / len(sure)) > 0.001 or not 0 <= low <= mood["share"] <= high <= 1:
        yield f"mood {mood}"


def check_files(newsdesk: Run, seeds: Path) -> list[dict[str, Any]]:
    """The stories that `inspect` prints of a file, and then `list`, after the file was read twice, as the contract has them."""
    inspected = newsdesk("inspect", str(seeds)).lines()
    assert newsdesk("refresh", "--quiet", "--seeds", str(seeds)).code == 0
    os.utime(seeds, (1, 1))
    again = json.loads(newsdesk("refresh", "--json", "--seeds", str(seeds)).text)
    assert (again["stories"]["new"], again["stories"]["changed"]) == (0, 0)
    listed = newsdesk("list").lines()
    assert {story["id"] for story in listed} == {story["id"] for story in inspected}
    assert again["stories"]["total"] == len(listed)
    assert [fault for story in (*inspected, *listed) for fault in faults(story)] == []
    log = log_file(os.environ)
    assert not log.exists() or "internal error" not in log.read_text("utf-8")
    return listed


def test_the_fields_are_those_of_the_contract(newsdesk: Run, data: Path, news: Path) -> None:
    assert len(check_files(newsdesk, news / "wire.jsonl")) == len(STORIES)


def test_hostile_stories_have_the_fields_of_the_contract(newsdesk: Run, data: Path, tmp_path: Path) -> None:
    seeds = tmp_path / "nasty.jsonl"
    seeds.write_text("".join(json.dumps(story) + "\n" for story in make_stories(STRINGS)))
    check_files(newsdesk, seeds)


@pytest.mark.shared
def test_collected_strings_have_the_fields_of_the_contract(newsdesk: Run, data: Path, tmp_path: Path, shared: Path) -> None:
    """A tenth of them: markup, broken letters and what drives terminals, in every field."""
    names = ("blns/blns.json", "dompurify/cases.json", "terminal-hostile/cases.json", "utf8-stress/vectors.json")
    texts = [text for name in names for text in _texts(json.loads((shared / "corpora" / name).read_text("utf-8")))]
    seeds = write_jsonl(tmp_path / "strings.jsonl", [])
    seeds.write_text("".join(json.dumps(story) + "\n" for story in make_stories(tuple(texts[::10]))))
    assert len(check_files(newsdesk, seeds)) > 150
