"""ninjs, the IPTC's JSON for news (https://iptc.org/std/ninjs/), 1.x to 3.x: an item, a list of items, or an item a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

from fetchers.feeds.adapt import read_date, read_link
from fetchers.seeds.detect import Format, Head, Source
from fetchers.seeds.json_document import load_document
from fetchers.seeds.jsonl import Complaints, read_values, reason_of, split_paragraphs
from fetchers.seeds.xml_document import status_of
from newsdesk.errors import Problem
from newsdesk.language_codes import language_code
from newsdesk.markup import read_paragraphs
from newsdesk.model import Json, Origin, Status, Story
from newsdesk.text import clean_field, clean_paragraphs

NAME = "ninjs"

# Keys that only ninjs has, and those that a story of ours would have.
_MARKS = re.compile(
    r'"(?:versioncreated|firstcreated|pubstatus|body_text|body_html|body_xhtml|bodies|headlines|representationtype|headline)"\s*:'
)
_URI = re.compile(r'"uri"\s*:')
_OURS = re.compile(r'"(?:title|body)"\s*:')
_WRAPS = ("items", "item", "data", "news")
_CODE = re.compile(r"(?<!\d)\d{8}(?!\d)")


def sniff(head: Head) -> float:
    """JSON whose head has an address of an item and keys of ninjs, and none of JSON Lines' own."""
    start = (head.text or "").lstrip("\ufeff \t\r\n")[:20_000]
    if start[:1] not in ("{", "[") or not _URI.search(start) or _OURS.search(start):
        return 0.0
    return 1.0 if len({found[0] for found in islice(_MARKS.finditer(start), 50)}) >= 2 else 0.0


def parse(source: Source) -> Iterator[Story | Problem]:
    """A story a text item. Pictures and the like are passed over."""
    found = False
    for value in _documents(source):
        if isinstance(value, Problem):
            yield value
            found = True
            continue
        for item in _items(value):
            story = read_item(item)
            if story.title or story.body:
                found = True
                yield story
    if not found:
        yield Problem(source.path, "no text item in it", harmless=True)


def _documents(source: Source) -> Iterator[Json | Problem]:
    """The JSON of the file: one document, or, where that is none, a document a line."""
    try:
        yield load_document(source)
        return
    except ValueError as error:
        whole = Problem(source.path, str(error))
    source.stream.seek(0)
    complaints, good = Complaints(source.path), False
    for number, value in read_values(source.stream):
        if not isinstance(value, Exception):
            good = True
            yield value
        elif good:
            yield from complaints.tell(number, reason_of(value))
        else:
            break
    if not good:
        yield whole
    yield from complaints.close()


def _items(document: Json) -> Iterator[dict[str, Json]]:
    """The items of a document, of a list, or of an answer that wraps them."""
    waiting = [document]  # the next one last
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            inner = [value[name] for name in _WRAPS if isinstance(value.get(name), dict | list)]
            if "uri" in value or not inner:
                yield value
            else:
                waiting.extend(reversed(inner))


def read_item(item: dict[str, Json]) -> Story:
    """The story of one item; without title and body if it holds no text."""
    if item.get("type") not in (None, "text", "composite"):
        return Story()
    created = _when(item, "firstcreated") or _when(item, "contentcreated") or _when(item, "versioncreated")
    version = _when(item, "versioncreated")
    uri = _text(item.get("uri"))
    return Story(
        title=_text(item.get("headline")) or _main(item.get("headlines")) or _text(item.get("title")),
        body=_body(item),
        published=created,
        updated=version if version != created else None,
        source=_name(item.get("infosources") or item.get("infosource")) or _text(item.get("copyrightholder")),
        byline=_text(item.get("byline")) or _name(item.get("bylines"), "by", "byline"),
        dateline=_text(item.get("located")),
        language=language_code(_text(item.get("language"))),
        url=read_link(uri, ""),
        origins=(Origin(format=NAME, item_id=uri),),
        highlights=_highlights(item.get("descriptions")),
        status=_status(item),
        hints=tuple(_hints(item))[:20],
    )


def _text(value: Json) -> str | None:
    return clean_field(value[:5000]) if isinstance(value, str) else None


def _when(item: dict[str, Json], key: str) -> str | None:
    return read_date(_text(item.get(key)))


def _objects(value: Json) -> list[dict[str, Json]]:
    """The objects of a list, or the one object that stands where a list may."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


def _main(values: Json) -> str | None:
    """The value whose role is "main", else the first one."""
    objects = sorted(_objects(values), key=lambda one: one.get("role") != "main")
    return next((text for one in objects if (text := _text(one.get("value")))), None)


def _name(values: Json, *keys: str) -> str | None:
    names = (_text(one.get(key)) for one in _objects(values) for key in (*keys, "name"))
    return next(filter(None, names), None)


def _body(item: dict[str, Json]) -> tuple[str, ...]:
    """The text in the plainest form that it comes in; the description of an item without text."""
    forms = [(item.get("body_text"), False), (item.get("body_html") or item.get("body_xhtml"), True)]
    bodies = [(one.get("value"), "html" in str(one.get("contenttype"))) for one in _objects(item.get("bodies"))]
    forms += sorted(bodies, key=lambda body: body[1])
    forms.append((item.get("description_text") or _main(item.get("descriptions")), False))
    for text, markup in forms:
        if isinstance(text, str) and text.strip():
            return read_paragraphs(text) if markup else split_paragraphs(text)
    return ()


def _highlights(descriptions: Json) -> tuple[str, ...]:
    told = (one.get("value") for one in _objects(descriptions) if one.get("role") == "highlight")
    return clean_paragraphs([text for text in told if isinstance(text, str)])


def _status(item: dict[str, Json]) -> Status:
    """An embargo that has not yet run out goes before what the item calls itself."""
    until = item.get("embargoed")
    if isinstance(until, str) and until.strip():
        try:
            moment = datetime.fromisoformat(until.strip())
        except ValueError:
            return "embargoed"  # a time that can't be read is not known to be over
        if moment.replace(tzinfo=moment.tzinfo or UTC) > datetime.now(UTC):
            return "embargoed"
    return status_of(_text(item.get("pubstatus")))


def _hints(item: dict[str, Json]) -> Iterator[str]:
    """Codes of subjects, else their names, of which the topic tagger knows the IPTC's."""
    for subject in _objects(item.get("subjects") or item.get("subject")):
        told = [_text(subject.get(key)) for key in ("code", "uri", "literal", "name")]
        codes = [hint for hint in told if hint and _CODE.search(hint)]
        yield from codes[:1] or [hint for hint in told[-1:] if hint]


FORMAT = Format(NAME, sniff, parse)
