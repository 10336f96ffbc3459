"""One JSON document of many stories: what `--format json` prints, or a list of the objects that JSON Lines has one a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fetchers.seeds.detect import Format, Head, Source
from fetchers.seeds.jsonl import Complaints, as_text, load_json, read_story, reason_of
from newsdesk.errors import Problem
from newsdesk.model import Json, Story

NAME = "json"
BYTES_LIMIT = 64_000_000  # an export may be long

_LIST = re.compile(r'\s*\[\s*\{\s*"')
_STORIES = re.compile(r'\s*\{\s*(?:"version"\s*:\s*1\s*,\s*)?"stories"\s*:\s*\[')
_STORY_KEY = re.compile(r'"(?:title|body)"\s*:')


def sniff(head: Head) -> float:
    """A list of objects with titles or bodies, or newsdesk's own JSON."""
    start = (head.text or "").lstrip("\ufeff")
    if _STORIES.match(start):
        return 1.0
    return 0.8 if _LIST.match(start) and _STORY_KEY.search(start) else 0.0


def parse(source: Source) -> Iterator[Story | Problem]:
    """A story an object, in the order of the document."""
    try:
        document = load_document(source)
    except ValueError as error:
        yield Problem(source.path, str(error))
        return
    values = document.get("stories") if isinstance(document, dict) else document
    if not isinstance(values, list):
        yield Problem(source.path, "no list of stories")
        return
    complaints = Complaints(source.path, "stories")
    for number, value in enumerate(values, 1):
        if not isinstance(value, dict):
            yield from complaints.tell(None, f"story {number} is no JSON object")
            continue
        story, flaws = read_story(value)
        for flaw in flaws:
            yield from complaints.tell(None, f"story {number}: {flaw}")
        if not story.title and not story.body:
            yield from complaints.tell(None, f"story {number} has neither title nor body", harmless=True)
        yield story
    yield from complaints.close()
    if not values:
        yield Problem(source.path, "no story in it", harmless=True)


def load_document(source: Source) -> Json:
    """The JSON of a whole file. Raises ValueError, in a few words, for a broken, deep or long one."""
    data = source.read_whole(BYTES_LIMIT)
    try:
        return load_json(as_text(data).lstrip("\ufeff"))
    except (ValueError, RecursionError, OverflowError) as error:
        raise ValueError(reason_of(error)) from error


FORMAT = Format(NAME, sniff, parse)
