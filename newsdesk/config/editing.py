"""Changing one setting in a settings file's text: comments, order and everything else stay as they are.

As in :mod:`newsdesk.feeds.settings`, nothing here understands TOML by itself: places where the line could stand are tried, each
text is read by a TOML reader, and the first that says exactly what it should is taken. Where none does, the person is told.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from newsdesk.config.file import SettingsFile, parse, read_file, write_file
from newsdesk.config.values import key_text, to_toml
from newsdesk.errors import ConfigError
from newsdesk.model import Json

Place = tuple[str, ...]  # of a value: the names of its tables and its own

_PART = r"""(?:[\w-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_ASSIGNS = re.compile(rf"(\s*)({_PART}(?:[ \t]*\.[ \t]*{_PART})*)[ \t]*=[ \t]*")
_HEADER = re.compile(r"\s*\[[^\[]")
_ANY_HEADER = re.compile(r"\s*\[")
_IDLE = re.compile(r"\s*(?:#.*)?")
_LONGEST_STATEMENT = 500  # lines


def change_setting(path: Path, place: Place, value: Json | None, before: Json | None) -> None:
    """Write `value` (None: the default, so its line goes) at `place`; `before` is what the person saw there (None: nothing).

    Raises ConfigError where the file can't be read or can't be changed without harm, or says something else by now;
    StorageError where it can't be written.
    """
    file = read_file(path)
    if value_at(file.document, place) != before:
        raise ConfigError(f"{path}: {'.'.join(place)} was changed there in the meantime; nothing was written, look again")
    write_file(file, with_value(file, place, value))


def value_at(document: dict[str, Json], place: Place) -> Json | None:
    """What a document says at `place`; None for nothing."""
    found: Json = document
    for name in place:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def with_value(file: SettingsFile, place: Place, value: Json | None) -> str:
    """The file's text with another value at `place`. Raises ConfigError that says what to write by hand."""
    meant = _without_empty(_changed(file.document, place, value))
    if meant == _without_empty(file.document):
        return file.text
    for text in _candidates(file.text, place, value, value_at(file.document, place)):
        told = parse(text)
        if told is not None and _without_empty(told) == meant:
            return text
    line = f"{'.'.join(place)} = {to_toml(value)}" if value is not None else f"take {'.'.join(place)} out"
    raise ConfigError(f"{file.path}: the way it is written, this can't be changed safely; by hand: {line}")


def _changed(document: dict[str, Json], place: Place, value: Json | None) -> dict[str, Json]:
    changed = copy.deepcopy(document)
    table: Json = changed
    for name in place[:-1]:
        table = table.setdefault(name, {})
        if not isinstance(table, dict):
            return changed
    if value is None:
        table.pop(place[-1], None)
    else:
        table[place[-1]] = list(value) if isinstance(value, tuple) else value
    return changed


def _without_empty(document: dict[str, Json]) -> dict[str, Json]:
    """Without tables that hold nothing: an empty section says nothing."""
    return {name: part for name, part in document.items() if part != {}}


@dataclass(frozen=True, slots=True)
class _Text:
    """A text in lines, with the table that each line stands in."""

    lines: Sequence[str]
    tables: Sequence[Place]
    newline: str

    def with_lines(self, start: int, end: int, put: Sequence[str]) -> str:
        return "".join([*self.lines[:start], *put, *self.lines[end:]])


def _candidates(text: str, place: Place, value: Json | None, before: Json | None) -> Iterator[str]:
    """Texts that may say what is meant, the one that changes least first."""
    body = _read_lines(text)
    for index, line in enumerate(body.lines):
        match = _ASSIGNS.match(line)
        if match is None:
            continue
        at = (*body.tables[index], *_names(f"{match[2]} = 0"))
        if at == place:
            yield from _with_statement(body, index, match, value, before)
        elif at == place[: len(at)] and isinstance(table := _inline(body, index, match[2]), dict):
            told = _changed({"x": table}, ("x", *place[len(at) :]), value)["x"]
            yield from _with_statement(body, index, match, told, None)
    if value is not None:
        yield from _with_new_line(body, place, to_toml(value))


def _read_lines(text: str) -> _Text:
    lines = [line for line in re.split(r"(?<=\n)", text) if line]
    tables: list[Place] = []
    here: Place = ()
    for line in lines:
        if _ANY_HEADER.match(line):
            here = _names(line) or here
        tables.append(here)
    return _Text(lines, tables, "\r\n" if "\r\n" in text else "\n")


def _names(line: str) -> Place:
    """The names that a header or a line of a key says, outermost first."""
    found: Json = parse(line.lstrip("\ufeff"))
    names: list[str] = []
    while isinstance(found, dict) and len(found) == 1:
        ((name, found),) = found.items()
        names.append(name)
    return (*names, "[]") if isinstance(found, list) else tuple(names)


# --- a line that is there


def _end_of(body: _Text, start: int) -> int | None:
    """Where the statement that begins at line `start` ends, exclusive."""
    for end in range(start + 1, min(len(body.lines), start + _LONGEST_STATEMENT) + 1):
        if parse("".join(body.lines[start:end])) is not None:
            return end
    return None


def _inline(body: _Text, start: int, key: str) -> Json | None:
    """What the statement at line `start` gives its key."""
    end = _end_of(body, start)
    told: Json = parse("".join(body.lines[start:end])) if end else None
    return value_at(told, _names(f"{key} = 0")) if isinstance(told, dict) else None


def _with_statement(body: _Text, start: int, match: re.Match[str], value: Json | None, before: Json | None) -> Iterator[str]:
    """The statement at line `start` with another value, or without it."""
    end = _end_of(body, start)
    if end is None:
        return
    if value is None:
        yield body.with_lines(start, end, ())
        return
    if end - start > 1 and isinstance(before, list):
        rows = _with_elements(body.lines[start:end], before, list(value), body.newline)
        if rows is not None:
            yield body.with_lines(start, end, rows)
    statement = "".join(body.lines[start:end])
    comment = _comment_after(statement)
    if "#" not in _without_texts(statement[: len(statement) - len(comment)]):  # else a comment inside would be lost
        yield body.with_lines(start, end, [f"{match[0]}{to_toml(value)}{comment}"])


def _comment_after(statement: str) -> str:
    """The end of a statement: blanks, a comment, the line's end."""
    told = parse(statement)
    for place in (found.start() for found in re.finditer("#", statement)):
        if parse(statement[:place]) == told and not statement[place:].strip("\r\n").count("\n"):
            return statement[len(statement[:place].rstrip()) :]
    return statement[len(statement.rstrip()) :]


def _without_texts(statement: str) -> str:
    return re.sub(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', "", statement)


def _with_elements(lines: Sequence[str], before: list[Json], value: list[Json], newline: str) -> list[str] | None:
    """A list over several lines with elements taken out and others added at its end, each on a line of its own."""
    rows = {number: told[0] for number, line in enumerate(lines) if (told := _element(line)) is not None and len(told) == 1}
    kept = [element for element in before if element in value]
    if not rows or list(rows.values()) != before or value[: len(kept)] != kept:
        return None
    last = max(rows)
    changed: list[str] = []
    for number, line in enumerate(lines):
        if number not in rows or rows[number] in value:
            changed.append(_with_comma(line) if number == last and value[len(kept) :] else line)
        if number == last:
            indent = line[: len(line) - len(line.lstrip())]
            changed += [f"{indent}{to_toml(element)},{newline}" for element in value[len(kept) :]]
    return changed


def _element(line: str) -> list[Json] | None:
    told = parse(f"x = [{line}\n]") if not _IDLE.fullmatch(line.rstrip("\r\n")) else None
    return told["x"] if told is not None else None


def _with_comma(line: str) -> str:
    """An element's line with a comma behind it."""
    for place in (*(found.start() for found in re.finditer("#", line)), len(line)):
        element = line[:place].rstrip()
        if _element(element):
            return line if element.endswith(",") else f"{element},{line[len(element) :]}"
    return line


# --- a line that is not there yet


def _with_new_line(body: _Text, place: Place, told: str) -> Iterator[str]:
    """The new line in its section; where there is none, in the one that an example file has commented out, else at the end."""
    *section, name = place
    line = f"{key_text(name)} = {told}{body.newline}"
    yield from _in_section(body, tuple(section), line, name)
    if not section:
        return
    yield from _uncommented(body, section[0], line, name)
    for index, (table, text) in enumerate(zip(body.tables, body.lines, strict=True)):
        match = _ASSIGNS.match(text)
        end = _end_of(body, index) if match and not table and _names(f"{match[2]} = 0")[:1] == tuple(section) else None
        if end is not None:
            yield body.with_lines(end, end, [f"{section[0]}.{line}"])
    text = "".join(body.lines)
    gap = (body.newline if text and not text.endswith("\n") else "") + (body.newline if text.strip() else "")
    yield f"{text}{gap}[{section[0]}]{body.newline}{line}"


def _in_section(body: _Text, section: Place, line: str, name: str) -> Iterator[str]:
    borders = [n for n, text in enumerate(body.lines) if _ANY_HEADER.match(text)]
    if not section:
        yield from _at_top(body, borders[0] if borders else len(body.lines), line, name)
    for start, end in pairwise([*borders, len(body.lines)]):
        if _HEADER.match(body.lines[start]) and body.tables[start] == section:
            yield _inserted(body, _after(body, start, end, name), line)


def _at_top(body: _Text, end: int, line: str, name: str) -> Iterator[str]:
    """Among the keys of the top; where there are none below the words that a file begins with."""
    after = _after(body, -1, end, name)
    if after > 0:
        yield _inserted(body, after, line)
    blank = next((n + 1 for n in range(end) if not body.lines[n].strip()), 0)
    yield body.with_lines(blank, blank, [line, body.newline] if body.lines[blank:] else [line])


def _inserted(body: _Text, at: int, line: str) -> str:
    """With a line put in; the one before may have no end yet."""
    lacking = body.newline if at and not body.lines[at - 1].endswith("\n") else ""
    return body.with_lines(at, at, [lacking, line])


def _after(body: _Text, start: int, end: int, name: str) -> int:
    """Where a section's new line goes: below the one that is commented out under its name, else below the last one."""
    example = re.compile(rf"#\s?{re.escape(name)}\s*=")
    for number in range(start + 1, end):
        if example.match(body.lines[number]):
            return number + 1
    while end > start + 1 and _IDLE.fullmatch(body.lines[end - 1].rstrip("\r\n")):
        end -= 1
    return end


def _uncommented(body: _Text, section: str, line: str, name: str) -> Iterator[str]:
    header = re.compile(rf"#\s?(\[{re.escape(section)}\].*)", re.DOTALL)
    for start, text in enumerate(body.lines):
        if match := header.fullmatch(text):
            borders = (n for n in range(start + 1, len(body.lines)) if re.match(r"#?\s?\[", body.lines[n]))
            end = next(borders, len(body.lines))
            at = max(_after(body, start, end, name), start + 1)
            yield "".join([*body.lines[:start], match[1], *body.lines[start + 1 : at], line, *body.lines[at:]])
