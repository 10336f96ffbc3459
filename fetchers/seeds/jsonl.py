"""JSON Lines: one object a line is exactly one story (the outside contract, "A JSONL seed file")."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from newsdesk.dates import parse_printed
from newsdesk.errors import Problem
from newsdesk.model import Comment, Origin, Story
from newsdesk.text import clean_field, clean_lines, clean_paragraph

LONGEST_LINE = 16 * 2**20
_KNOWN = frozenset("id title body published updated source outlet byline dateline language url highlights comments".split())
_LARGEST = 2**53


class _LineError(ValueError):
    """The line is no story; the text says why."""


def sniff(head: str, path: str) -> float:
    """How sure it is, from 0 to 1, that a file that begins with `head` is of this format."""
    first = next((line for line in head.split("\n") if line.strip()), "").strip()
    if path.endswith((".jsonl", ".ndjson")):
        return 0.9
    return 0.8 if first.startswith('{"') and (first.endswith("}") or len(first) > 2000) else 0.0


def parse(text: str, path: str) -> tuple[list[Story], list[Problem]]:
    """The stories of a file, and a problem for each line that is none. Lines end at LF alone."""
    stories: list[Story] = []
    problems: list[Problem] = []
    for number, line in _lines(text):
        try:
            stories.append(_read_line(line, path, len(stories)))
        except _LineError as error:
            problems.append(Problem(path, str(error), line=number, whole=False))
    if not stories and not problems:
        problems.append(Problem(path, "no story in it", harmless=True))
    return stories, problems


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line := line.removesuffix("\r").strip(" \t\ufeff"):
            yield number, line


def _refuse_constant(name: str) -> float:
    raise _LineError(f"{name} is no JSON")


def _read_line(line: str, path: str, index: int) -> Story:
    if len(line) > LONGEST_LINE:
        raise _LineError(f"a line of more than {LONGEST_LINE // 2**20} million characters")
    try:
        fields = json.loads(line, parse_constant=_refuse_constant)
    except RecursionError:
        raise _LineError("nested too deep") from None
    except json.JSONDecodeError as error:
        raise _LineError(f"broken JSON at character {error.pos + 1} ({error.msg})") from None
    except ValueError as error:
        raise _LineError(str(error) if isinstance(error, _LineError) else "a number too large") from None
    if not isinstance(fields, dict):
        raise _LineError("not an object, and a story is one")
    return _read_story(fields, path, index)


def _scalar(fields: Mapping[str, Any], name: str) -> str | None:
    """A one-line text; a number is taken as its digits, anything else as absent."""
    value = fields.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if not isinstance(value, str):
        value = str(value) if abs(value) < _LARGEST else ""
    return clean_field(value)


def _date(fields: Mapping[str, Any], name: str) -> str | None:
    text = _scalar(fields, name)
    return parse_printed(text[:200]) if text else None


def _paragraphs(value: Any) -> tuple[str, ...]:
    """A string (its lines are paragraphs) or a list of paragraphs."""
    parts = value.split("\n") if isinstance(value, str) else value if isinstance(value, list) else ()
    cleaned = (clean_paragraph(part) for part in parts if isinstance(part, str))
    return tuple(part for part in cleaned if part)


def _read_story(fields: Mapping[str, Any], path: str, index: int) -> Story:
    comments = fields.get("comments")
    language = _scalar(fields, "language")
    return Story(
        title=_scalar(fields, "title"),
        body=_paragraphs(fields.get("body")),
        published=_date(fields, "published"),
        updated=_date(fields, "updated"),
        source=_scalar(fields, "source"),
        outlet=_scalar(fields, "outlet"),
        byline=_scalar(fields, "byline"),
        dateline=_scalar(fields, "dateline"),
        language=language[:2].lower() if language and len(language) >= 2 else None,
        url=_scalar(fields, "url"),
        origins=(Origin("jsonl", index, path=path, item_id=_scalar(fields, "id")),),
        highlights=_paragraphs(fields.get("highlights")),
        comments=tuple(_read_comment(row, len(comments)) for row in comments) if isinstance(comments, list) else (),
        extra={name: value for name, value in fields.items() if name not in _KNOWN},
    )


def _read_comment(row: Any, count: int) -> Comment:
    """A comment in its place: their number and order are kept, so that one that is no comment becomes an empty one."""
    if not isinstance(row, dict):
        return Comment(clean_lines(row) if isinstance(row, str) else "")
    votes, reply_to, text, answers = row.get("votes"), row.get("reply_to"), row.get("text"), row.get("answers")
    when = _date(row, "when")
    return Comment(
        text=clean_lines(text) if isinstance(text, str) else "",
        author=_scalar(row, "author"),
        when=when[:16] if when else None,
        votes=votes if _is_int(votes) and abs(votes) < _LARGEST else None,
        reply_to=reply_to if _is_int(reply_to) and 0 <= reply_to < count else None,
        answers=clean_lines(answers) or None if isinstance(answers, str) else None,
    )


def _is_int(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
