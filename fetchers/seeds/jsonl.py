"""JSONL: one JSON object a line is one story (the contract's section of that name). A bad line costs that line alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import PurePath
from typing import Any, BinaryIO

from fetchers.seeds.decode import decode, decode_head
from fetchers.seeds.detect import HEAD_BYTES, Format, Head, Source
from newsdesk.dates import parse_printed, parse_printed_date
from newsdesk.errors import Problem
from newsdesk.language_codes import language_code
from newsdesk.model import Comment, Json, Origin, Story
from newsdesk.text import clean_field, clean_lines, clean_paragraph

NAME = "jsonl"
LINE_LIMIT = 32_000_000  # bytes; a longer line is skipped, so that a file without line ends can't fill the memory
PARTS_LIMIT = 1_000_000  # lists and objects of a text, each takes up to forty times its bytes; a story has some dozens
TOLD_LIMIT = 20  # bad lines that are told one by one

_SUFFIXES = (".jsonl", ".ndjson", ".jsonlines", ".ldjson")
_STORY_KEYS = frozenset(("id", "title", "body", "published", "source", "byline", "dateline", "language", "url", "comments"))
_KNOWN_KEYS = _STORY_KEYS | {"updated", "outlet", "highlights"}
_HINT_KEYS = ("section", "sections", "category", "categories", "keywords", "tags")
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_DIGITS_LIMIT = 40  # an id of 128 bits has 39; a whole number of more figures is a float, as other readers of JSON have it
_KEPT_BELOW = 2**63  # as what is kept aside, larger numbers are floats too
_MOST_NESTED = 64  # levels of what is kept aside: deeper ones the archive could not write out again


def sniff(head: Head) -> float:
    """A file whose first lines are whole JSON objects; the more so if they look like stories."""
    if head.text is None:
        return 0.0
    named = PurePath(head.path).suffix.lower() in _SUFFIXES
    lines = [line for line in head.text.lstrip("\ufeff").split("\n")[:20] if line.strip()]
    if not lines or not (named or any(line.lstrip().startswith("{") for line in lines[:5])):
        return 0.0
    if not head.complete and len(lines) == 1:
        return 0.7 if named or lines[0].lstrip().startswith('{"') else 0.0
    for line in lines[:5]:
        try:
            value = load_json(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            return 1.0 if named or _STORY_KEYS & value.keys() else 0.5
    return 0.7 if named else 0.0


# --- lines ------------------------------------------------------------------------------------------------------------


def read_lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines of `stream`, None for one over the limit."""
    while line := stream.readline(LINE_LIMIT + 1):
        if len(line) <= LINE_LIMIT:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(LINE_LIMIT)
        yield None


def _as_bytes(stream: BinaryIO) -> tuple[BinaryIO, str]:
    """`stream` and the encoding of its beginning; its text in UTF-8 where it is in a wide one, which can't be cut at a byte."""
    head = stream.read(HEAD_BYTES)
    decoded = decode_head(head, complete=len(head) < HEAD_BYTES)
    stream.seek(0)
    encoding = decoded.encoding if decoded else "utf-8"
    if not encoding.startswith(("utf-16", "utf-32")):
        return stream, encoding
    whole = decode(stream.read())
    return BytesIO(whole.text.encode("utf-8", "replace") if whole else b""), "utf-8"


def read_values(stream: BinaryIO) -> Iterator[tuple[int, Json]]:
    """The number of each line that isn't empty and its value: an exception where it has none, see :func:`reason_of`."""
    stream, encoding = _as_bytes(stream)
    for number, line in enumerate(read_lines(stream), 1):
        if line is None:
            yield number, ValueError(f"a line of more than {LINE_LIMIT // 1_000_000} MB, skipped")
            continue
        line = line.removeprefix(b"\xef\xbb\xbf")  # of a first line, or where files were put one behind the other
        if not line.strip():
            continue
        try:
            value = load_json(as_text(line, encoding).rstrip())  # a fault at its end is one of this line
        except (ValueError, RecursionError, OverflowError) as error:
            value = error
        yield number, value


def _whole(figures: str) -> int | float:
    return int(figures) if len(figures) <= _DIGITS_LIMIT else float(figures)


def _refuse(name: str) -> Json:
    raise ValueError(f"{name} is not JSON")


_decoder = json.JSONDecoder(parse_int=_whole, parse_constant=_refuse)


def load_json(text: str) -> Json:
    if text.count("[") + text.count("{") > PARTS_LIMIT:
        raise ValueError(f"more than {PARTS_LIMIT:,} lists and objects")
    return _decoder.decode(text)


def as_text(data: bytes, encoding: str = "utf-8") -> str:
    """`data` in UTF-8, else in the `encoding` of the file that it is a line of, which a short line alone does not tell; else in
    what it reads most like. Raises ValueError for what is no text."""
    for known in ("utf-8", encoding) if b"\0" not in data else ():  # UTF-16 may be UTF-8 with NULs, which JSON has not
        with suppress(UnicodeDecodeError):
            return data.decode(known)
    decoded = decode(data)
    if decoded is None:
        raise ValueError("binary data")
    return decoded.text


class Complaints:
    """Problems of one file: told one by one up to a limit, then counted. `of`: what there are more of."""

    def __init__(self, path: str, of: str = "lines") -> None:
        self.path, self.of, self.told, self.more = path, of, 0, 0

    def tell(self, line: int | None, why: str, harmless: bool = False) -> Iterator[Problem]:
        if self.told >= TOLD_LIMIT:
            self.more += 1
            return
        self.told += 1
        yield Problem(self.path, why, line=line, whole=False, harmless=harmless)

    def close(self) -> Iterator[Problem]:
        if self.more:
            yield Problem(self.path, f"{self.more} more {self.of} like these", whole=False)


def reason_of(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        line = f"line {error.lineno}, " if error.lineno > 1 else ""
        return f"no JSON: {error.msg.lower()}, {line}column {error.colno}"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def parse(source: Source) -> Iterator[Story | Problem]:
    """A story a line. Bad lines come as problems with their number; the rest is read."""
    complaints = Complaints(source.path)
    found = False
    for number, value in read_values(source.stream):
        found = True
        if isinstance(value, Exception):
            yield from complaints.tell(number, reason_of(value))
            continue
        if not isinstance(value, dict):
            yield from complaints.tell(number, "no JSON object")
            continue
        story, flaws = read_story(value)
        for flaw in flaws:
            yield from complaints.tell(number, flaw)
        if not story.title and not story.body:
            yield from complaints.tell(number, "a story with neither title nor body", harmless=True)
        yield story
    if not found:
        yield Problem(source.path, "no story in it", harmless=True)
    yield from complaints.close()


# --- one object -------------------------------------------------------------------------------------------------------


class _Fields:
    """Typed access to an object's keys; what has the wrong type is None and noted."""

    def __init__(self, value: Mapping[str, Json]) -> None:
        self.value = value
        self.flaws: list[str] = []

    def text(self, key: str) -> str | None:
        """A one-line text; a number is taken as its figures."""
        found = self.value.get(key)
        if found is None:
            return None
        if isinstance(found, str):
            return clean_field(found)
        if isinstance(found, int) and not isinstance(found, bool):
            return str(found)
        self.flaws.append(f"{key} is no string")
        return None

    def paragraphs(self, key: str) -> tuple[str, ...]:
        found = self.value.get(key)
        if found is None:
            return ()
        if isinstance(found, str):
            return split_paragraphs(found)
        if isinstance(found, list):
            if not all(isinstance(item, str) for item in found):
                self.flaws.append(f"{key} holds what is no string")
            texts = (clean_paragraph(item) for item in found if isinstance(item, str))
            return tuple(text for text in texts if text)
        self.flaws.append(f"{key} is neither a string nor a list of strings")
        return ()

    def when(self, key: str) -> str | None:
        found = self.value.get(key)
        return parse_printed(found) if isinstance(found, str) else None

    def item_id(self) -> str | None:
        found = self.value.get("id")
        if isinstance(found, bool) or not isinstance(found, (str, int, float)):
            return None
        return clean_field(str(found))


def split_paragraphs(text: str) -> tuple[str, ...]:
    """A body given as one string: paragraphs end at empty lines if it has any, else at line ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    pieces = _BLANK_LINES.split(text) if _BLANK_LINES.search(text) else text.split("\n")
    return tuple(cleaned for piece in pieces if (cleaned := clean_paragraph(piece)))


def read_story(value: Mapping[str, Json]) -> tuple[Story, list[str]]:
    """(the story of one object, what was wrong with its fields). Its one origin holds the id that it came with."""
    fields = _Fields(value)
    comments = value.get("comments")
    if comments is not None and not isinstance(comments, list):
        fields.flaws.append("comments is no list")
        comments = None
    story = Story(
        title=fields.text("title"),
        body=fields.paragraphs("body"),
        published=fields.when("published"),
        updated=fields.when("updated"),
        source=fields.text("source"),
        outlet=fields.text("outlet"),
        byline=fields.text("byline"),
        dateline=fields.text("dateline"),
        language=language_code(fields.text("language")),
        url=fields.text("url"),
        origins=(Origin(format=NAME, item_id=fields.item_id()),),
        highlights=fields.paragraphs("highlights"),
        comments=_read_comments(comments) if comments else (),
        hints=_read_hints(value),
        extra=_read_extra(fields),
    )
    return story, fields.flaws


def _read_hints(value: Mapping[str, Json]) -> tuple[str, ...]:
    hints: list[str] = []
    for key in _HINT_KEYS:
        found = value.get(key)
        for item in found if isinstance(found, list) else [found]:
            cleaned = clean_paragraph(item) if isinstance(item, str) else ""
            hints += [cleaned] if cleaned else []
    return tuple(hints)


def _read_extra(fields: _Fields) -> dict[str, Any]:
    """Keys that the contract does not know, cleaned and kept aside; what nests absurdly is left out and noted."""
    extra: dict[str, Any] = {}
    for key in [key for key in fields.value if key not in _KNOWN_KEYS]:
        name = clean_paragraph(key)
        try:
            extra[name] = _clean_value(fields.value[key], _MOST_NESTED)
        except RecursionError:
            fields.flaws.append(f"{name[:40]} is nested too deeply")
    return extra


def _clean_value(value: Json, levels: int) -> Json:
    """Raises RecursionError for a value of more than `levels`, wherever it is called from."""
    if isinstance(value, str):
        return clean_lines(value)
    if not isinstance(value, list | dict):
        return float(value) if isinstance(value, int) and abs(value) >= _KEPT_BELOW else value
    if not levels:
        raise RecursionError
    if isinstance(value, list):
        return [_clean_value(item, levels - 1) for item in value]
    return {clean_paragraph(key): _clean_value(item, levels - 1) for key, item in value.items()}


def _read_comments(values: Sequence[Json]) -> tuple[Comment, ...]:
    """Comments keep their number and order: what is no comment becomes an empty one."""
    return tuple(_read_comment(value, i, len(values)) for i, value in enumerate(values))


def _read_comment(value: Json, index: int, count: int) -> Comment:
    if isinstance(value, str):
        return Comment(text=clean_lines(value))
    if not isinstance(value, dict):
        return Comment(text="")
    text, answers, when = value.get("text"), value.get("answers"), value.get("when")
    printed = parse_printed_date(when) if isinstance(when, str) else None
    target = value.get("reply_to")
    valid = type(target) is int and 0 <= target < count and target != index
    return Comment(
        text=clean_lines(text) if isinstance(text, str) else "",
        author=_Fields(value).text("author"),
        when=printed.minute_iso if printed else None,
        votes=_read_votes(value.get("votes")),
        reply_to=target if valid else None,
        answers=(clean_lines(answers) or None) if isinstance(answers, str) else None,
    )


def _read_votes(value: Json) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        return int(value) if re.fullmatch(r"\s*[+-]?\d{1,15}\s*", value, re.ASCII) else None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else None
    return value if isinstance(value, int) and abs(value) < _KEPT_BELOW else None


FORMAT = Format(NAME, sniff, parse)
