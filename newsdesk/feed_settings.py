"""Feeds in the person's own settings file: tables are added to its end or taken out, and all else stays byte for byte.

Nothing here understands TOML by itself. Lines are changed, the changed text is read by a TOML reader, and it is only written if
it says exactly what it should: the settings that were there, and the feeds that were meant. Else the person is told what to
do by hand.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsdesk.config import KEYS, Feed, to_toml
from newsdesk.errors import ConfigError, StorageError, UsageError
from newsdesk.model import Json

_HEADER = re.compile(r"\s*\[\[\s*(?:feeds|\"feeds\"|'feeds')\s*\]\]\s*(?:#.*)?")
_ANY_HEADER = re.compile(r"\s*\[")
_IDLE = re.compile(r"\s*(?:#.*)?")
_TRIES = 5


@dataclass(frozen=True, slots=True)
class _File:
    """A settings file as it was read. `data` is null where there is none yet."""

    path: Path
    data: bytes | None
    text: str
    document: dict[str, Json]

    @property
    def feeds(self) -> list[Json]:
        return list(self.document.get("feeds", []))


def add_feeds(path: Path, feeds: Sequence[Feed]) -> None:
    """Write a table for each of `feeds` at the end of the settings file, which is made if need be.

    Raises ConfigError where the file is written so that no table can be added to it, StorageError where it can't be written.
    """
    file = _read(path)
    newline = "\r\n" if "\r\n" in file.text else "\n"
    tables = newline.join(newline.join([*_table(feed), ""]) for feed in feeds)
    gap = (newline if file.text and not file.text.endswith("\n") else "") + (newline if file.text.strip() else "")
    text = file.text + gap + tables
    if _parse(text) != {**file.document, "feeds": [*file.feeds, *map(_told, feeds)]}:
        raise ConfigError(f"{path}: its feeds are not written as [[feeds]] tables; add by hand: {'; '.join(_table(feeds[0]))}")
    _write(file, text)


def remove_feed(path: Path, index: int) -> None:
    """Take the table of the feed that is the `index`-th (from 0) out of the settings file; comments around it stay.

    Raises UsageError, which names the lines, where that can't be done without touching something else.
    """
    file = _read(path)
    wanted = file.feeds[:index] + file.feeds[index + 1 :]
    meant = {**file.document, "feeds": wanted} if wanted else {k: v for k, v in file.document.items() if k != "feeds"}
    lines = _lines(file.text)
    for start, end in _tables(lines, index, {"feeds": [file.feeds[index]]}):
        start = _with_gap(lines, start, end)
        text = "".join(lines[:start] + lines[end:])
        if _parse(text) == meant:
            _write(file, text)
            return
    raise UsageError(_by_hand(path, lines, file.feeds[index]))


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
                if _parse("".join(lines[start:stop])) == meant:
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


def _parse(text: str) -> dict[str, Json] | None:
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _read(path: Path) -> _File:
    """The file behind any links, so that a link to it stays one."""
    try:
        place = path.resolve()
        data = place.read_bytes() if place.exists() else None
    except (OSError, RuntimeError) as error:
        raise ConfigError(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    try:
        text = (data or b"").decode("utf-8")
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not a TOML file in UTF-8") from None
    document = _parse(text)
    if document is None or not isinstance(document.get("feeds", []), list):
        raise ConfigError(f"{path}: it can't be read as it is (newsdesk config check says why)")
    return _File(place, data, text, document)


def _write(file: _File, text: str) -> None:
    """Replace the file whole, with the rights that it had; a new one is the person's alone: addresses may hold passwords."""
    beside = file.path.with_name(f".{file.path.name}.{os.getpid()}")
    try:
        file.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        rights = file.path.stat().st_mode & 0o777 if file.data is not None else 0o600
        number = os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_CLOEXEC, rights)
        with os.fdopen(number, "wb") as stream:
            stream.write(text.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        beside.chmod(rights)
        if (file.path.read_bytes() if file.path.exists() else None) != file.data:
            raise StorageError(f"{file.path}: somebody else changed it in the meantime; try again")
        beside.replace(file.path)
    except OSError as error:
        raise StorageError(f"{file.path}: {error.strerror}") from None
    finally:
        beside.unlink(missing_ok=True)
