"""Feeds in the person's own settings file: tables are added to its end or taken out, and all else stays byte for byte.

Nothing here understands TOML by itself. Lines are changed, the changed text is read by a TOML reader, and it is only written if
it says exactly what it should: the settings that were there, and the feeds that were meant. Else the person is told what to
do by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from newsdesk.config import KEYS, Feed, to_toml
from newsdesk.config.file import SettingsFile, parse, read_file, write_file
from newsdesk.errors import ConfigError, UsageError
from newsdesk.model import Json

_HEADER = re.compile(r"\s*\[\[\s*(?:feeds|\"feeds\"|'feeds')\s*\]\]\s*(?:#.*)?")
_ANY_HEADER = re.compile(r"\s*\[")
_IDLE = re.compile(r"\s*(?:#.*)?")
_TRIES = 5


def add_feeds(path: Path, feeds: Sequence[Feed]) -> None:
    """Write a table for each of `feeds` at the end of the settings file, which is made if need be.

    Raises ConfigError where the file is written so that no table can be added to it, StorageError where it can't be written.
    """
    file = _read(path)
    newline = "\r\n" if "\r\n" in file.text else "\n"
    tables = newline.join(newline.join([*_table(feed), ""]) for feed in feeds)
    gap = (newline if file.text and not file.text.endswith("\n") else "") + (newline if file.text.strip() else "")
    text = file.text + gap + tables
    if parse(text) != {**file.document, "feeds": [*_feeds(file), *map(_told, feeds)]}:
        raise ConfigError(f"{path}: its feeds are not written as [[feeds]] tables; add by hand: {'; '.join(_table(feeds[0]))}")
    write_file(file, text)


def remove_feed(path: Path, index: int) -> None:
    """Take the table of the feed that is the `index`-th (from 0) out of the settings file; comments around it stay.

    Raises UsageError, which names the lines, where that can't be done without touching something else.
    """
    file = _read(path)
    wanted = _feeds(file)[:index] + _feeds(file)[index + 1 :]
    meant = {**file.document, "feeds": wanted} if wanted else {k: v for k, v in file.document.items() if k != "feeds"}
    lines = _lines(file.text)
    for start, end in _tables(lines, index, {"feeds": [_feeds(file)[index]]}):
        start = _with_gap(lines, start, end)
        text = "".join(lines[:start] + lines[end:])
        if parse(text) == meant:
            write_file(file, text)
            return
    raise UsageError(_by_hand(path, lines, _feeds(file)[index]))


def _lines(text: str) -> list[str]:
    """Lines as TOML parts them: at LF alone."""
    return [line for line in re.split(r"(?<=\n)", text) if line]


def _tables(lines: Sequence[str], index: int, meant: dict[str, Json]) -> Iterator[tuple[int, int]]:
    """Where a table that says what is meant begins and ends (exclusive), first tried where the `index`-th should be.

    A header, and what looks like a comment, may also be a line of a long text.
    """
    borders = [number for number, line in enumerate(lines) if _ANY_HEADER.match(line)] + [len(lines)]
    places = [place for place, start in enumerate(borders[:-1]) if _HEADER.fullmatch(lines[start].rstrip("\r\n"))]
    for _, place in sorted(enumerate(places), key=lambda numbered: abs(numbered[0] - index)):
        start = borders[place]
        for border in borders[place + 1 : place + 1 + _TRIES]:
            end = border
            while end > start + 1 and _IDLE.fullmatch(lines[end - 1].rstrip("\r\n")):
                end -= 1
            for stop in range(end, min(border, end + _TRIES) + 1):
                if parse("".join(lines[start:stop])) == meant:
                    yield start, stop
                    break


def _with_gap(lines: Sequence[str], start: int, end: int) -> int:
    """Where to begin so that of two blank lines, or of one at the file's end, one goes with the table."""
    blank_before = start > 0 and not lines[start - 1].strip()
    blank_after = end == len(lines) or not lines[end].strip()
    return start - 1 if blank_before and blank_after else start


def _by_hand(path: Path, lines: Sequence[str], feed: Json) -> str:
    """What to take out, as exactly as can be said: the lines that name the feed's address."""
    address = feed.get("url") if isinstance(feed, dict) else None
    needle = address if isinstance(address, str) else (address or [""])[-1]
    where = ", ".join(str(number) for number, line in enumerate(lines, 1) if needle in line)
    return f"{path}: its feeds are not written as [[feeds]] tables; take this one out yourself, line {where}"


def _told(feed: Feed) -> dict[str, Json]:
    """What the file has to say of a feed: what is not at its default."""
    keys = [key for key in KEYS if key.section == "feeds"]
    told = {key.name: getattr(feed, key.name) for key in keys if getattr(feed, key.name) != key.default}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}


def _table(feed: Feed) -> list[str]:
    return ["[[feeds]]", *(f"{name} = {to_toml(value)}" for name, value in _told(feed).items())]


def _read(path: Path) -> SettingsFile:
    file = read_file(path)
    if not isinstance(file.document.get("feeds", []), list):
        raise ConfigError(f"{path}: it can't be read as it is (newsdesk config check says why)")
    return file


def _feeds(file: SettingsFile) -> list[Json]:
    return list(file.document.get("feeds", []))
