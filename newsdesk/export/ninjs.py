"""ninjs 2.1, the IPTC's JSON for news (https://iptc.org/std/ninjs/): a JSON list of items.

ninjs knows only moments. A printed date without a time or a zone is none, and is left out: nothing is guessed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from newsdesk.jsontext import dump_json
from newsdesk.model import Concept, Json, Story, Topic
from newsdesk.urls import as_uri

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d|Z)")
_SCHEMA = "https://www.iptc.org/std/ninjs/ninjs-schema_2.1.json"


def to_ninjs(stories: Iterable[Story], _now: datetime) -> Iterator[str]:
    """One JSON list, an item a line."""
    before = "[\n"
    for story in stories:
        yield before + dump_json(item(story))
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def item(story: Story) -> dict[str, Json]:
    """A story as a ninjs item; properties that are not known are left out, as the standard wants it."""
    told: dict[str, Json] = {
        "uri": as_uri(story.url) or f"urn:newsdesk:{story.id}",
        "standard": {"name": "ninjs", "version": "2.1", "schema": _SCHEMA},
        "type": "text",
        "representationtype": "complete",
        "version": str(story.revision),
        "firstcreated": _moment(story.published),
        "versioncreated": _moment(story.updated) or _moment(story.published),
        "pubstatus": "withheld" if story.status == "embargoed" else story.status,
        "language": story.language,
        "byline": story.byline,
        "located": story.dateline,
        "headlines": [{"role": "main", "value": story.title}] if story.title else None,
        "descriptions": [{"role": "highlight", "value": highlight} for highlight in story.highlights] or None,
        "bodies": _bodies(story),
        "subjects": [_subject(topic) for topic in story.all_topics()] or None,
        "places": [{"name": country.name, "literal": country.code} for country in story.countries] or None,
        "infosources": [{"name": name} for name in dict.fromkeys(filter(None, (story.source, story.outlet)))] or None,
        "altids": [{"role": "newsdesk", "value": story.id}],
    }
    return {name: value for name, value in told.items() if value is not None}


def _moment(printed: str | None) -> str | None:
    """A printed time as RFC 3339, or None where no zone or time was printed: none is guessed."""
    found = _MOMENT.fullmatch(printed or "")
    if not found:
        return None
    return found[0] if found[1] else found[0][:16] + ":00" + found[2]


def _bodies(story: Story) -> list[Json] | None:
    if not story.body:
        return None
    plain = "\n\n".join(story.body)
    markup = "\n".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in story.body)
    words = sum(len(paragraph.split()) for paragraph in story.body)
    return [
        {"role": "main", "contenttype": "text/plain", "charcount": len(plain), "wordcount": words, "value": plain},
        {"role": "main", "contenttype": "text/html", "charcount": len(markup), "wordcount": words, "value": markup},
    ]


def _subject(topic: Topic | Concept) -> dict[str, Json]:
    subject = {"name": topic.name, "uri": f"http://cv.iptc.org/newscodes/mediatopic/{topic.id.partition(':')[2]}"}
    return subject | {"confidence": round(topic.score * 100)} if isinstance(topic, Topic) else subject
