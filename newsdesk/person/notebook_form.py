"""What the documents of a notebook hold. People may edit the file: a slip is told by its place, not met later."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from newsdesk.archive.ids import is_story_id
from newsdesk.model import Json

# What has to be there, as texts, by table; other tables are of a later version.
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "follows": ("id", "kind", "target", "name"),
    "stars": ("id",),
    "apart": ("one", "other"),
    "together": ("one", "other"),
    "titles": ("id", "title"),
    "pins": ("id",),
    "queries": ("id", "query"),
    "moods": ("id", "story", "said"),
    "labels": ("id",),
    "paused": ("id",),
    "muted": ("id",),
    "visits": ("id", "at"),
}
_TOPIC, _COUNTRY = re.compile(r"medtop:\d\d000000", re.ASCII).fullmatch, re.compile(r"[A-Z]{2}").fullmatch
_KINDS = ("storyline", "topic", "country", "query")


def first_slip(data: Mapping[str, Json]) -> str | None:
    """The first thing that is not as newsdesk writes it: which table and document, and what it must be."""
    return next(_slips(data), None)


def _slips(data: Mapping[str, Json]) -> Iterator[str]:
    for table, documents in data.items():
        for number, document in documents.items():
            place = f"{table} {number}"
            if not (number.isascii() and number.isdecimal() and len(number) < 19):
                yield f"{place}: the name of an entry must be a number"
            elif not isinstance(document, dict):
                yield f"{place}: must be an object, {{...}}"
            else:
                for name in _TEXTS.get(table, ()):
                    if not isinstance(document.get(name), str):
                        yield f'{place}: "{name}" must be a text'
                if table == "visits" and not _is_number(document.get("arrivals")):
                    yield f'{place}: "arrivals" must be a whole number'
                if table == "labels":
                    yield from (f"{place}: {slip}" for slip in _slips_of_labels(document))
                if table == "follows":
                    yield from (f"{place}: {slip}" for slip in _slips_of_follow(document))


def _is_number(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 63


def _slips_of_labels(document: Mapping[str, Json]) -> Iterator[str]:
    if not is_story_id(str(document.get("id"))):
        yield '"id" must be the id of a story'
    for name, form, like in (("topics", _TOPIC, "medtop:15000000"), ("countries", _COUNTRY, "FI")):
        said = document.get(name)
        if said is not None and not (isinstance(said, list) and all(isinstance(one, str) and form(one) for one in said)):
            yield f'"{name}" must be a list of texts like "{like}", or null'


def _slips_of_follow(document: Mapping[str, Json]) -> Iterator[str]:
    if document["kind"] not in _KINDS:
        yield f'"kind" must be one of {", ".join(_KINDS)}'
    alerts = document.get("alerts", [])
    if not (isinstance(alerts, list) and all(isinstance(rule, str) for rule in alerts)):
        yield '"alerts" must be a list of texts'
    looked = document.get("looked", 0)
    if not _is_number(looked):
        yield '"looked" must be a whole number'
    yield from (
        f'"{name}" must be a text' for name in ("since", "looked_at", "folder") if not isinstance(document.get(name, ""), str)
    )
    yield from (
        f'"{name}" must be true or false' for name in ("muted", "paused") if not isinstance(document.get(name, False), bool)
    )
