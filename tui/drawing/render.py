"""Text to cells: the last filter before the screen, and how the panes measure, fit, wrap and word what they show.

Nothing here knows Textual's widgets. A line is a tuple of spans, a span is a text and the name of an ink (see
:mod:`tui.colours.themes`): no markup, no styles inside text, so foreign text can't become either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeAlias

from newsdesk.archive.rows import MoodCounts
from newsdesk.model import Mood
from newsdesk.text import strip_unsafe
from newsdesk.wording import share_out
from tui.drawing.cells import chop, head, width_of

Span: TypeAlias = tuple[str, str]
Line: TypeAlias = tuple[Span, ...]

# Scripts written without spaces: a line may end after any of their characters, but not before closing punctuation.
_WIDE = (
    "\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f"
    "\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003fffd"
)
_CLOSING = "、。，．・：；？！）」』】〕〉》…ー々"
_PIECE = re.compile(f"[{_WIDE}][{_CLOSING}]*|\\s+|[^\\s{_WIDE}]+")
_BLANK = re.compile(r"[^\S ]|[\x1c-\x1f]")  # one for one: columns are made of runs of spaces
_MARKS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]{4})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]+"
)
_DIGITS = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The signs of the screen. Meaning is never carried by colour alone: each has a shape of its own."""

    unread: str = "●"
    followed: str = "◆"
    starred: str = "★"
    opened: str = "▾"
    closed: str = "▸"
    negative: str = "▼"
    neutral: str = "■"
    positive: str = "▲"
    unsure: str = "◌"
    cursor: str = "▌"
    bullet: str = "•"
    dot: str = "·"
    dash: str = "—"
    ellipsis: str = "…"
    rule: str = "─"
    thread: str = "│"
    chosen: str = "✓"
    thumb: str = "▐"
    bars: tuple[str, str, str, str] = ("█", "▒", "▀", "░")  # four that are told apart without colours


UNICODE = Glyphs()
_ASCII_BARS = ("#", "=", "+", ".")
ASCII = Glyphs(
    *("*", "+", "!", "v", ">", "-", "=", "^", "?", ">", "-", "-", "--", "~", "-", "|", "x", "#"),
    bars=_ASCII_BARS,
)


def clean(text: str) -> str:
    """`text` as one drawable line: nothing that drives a terminal, no newline or tab, no tower of combining marks."""
    if text.isascii() and text.isprintable():
        return text
    return _MARKS.sub(r"\1", _BLANK.sub(" ", strip_unsafe(text)))


def fit(text: str, width: int, ellipsis: str = "…") -> str:
    """`text`, cleaned, in exactly `width` cells: padded, or cut with an ellipsis."""
    if width <= 0:
        return ""
    text = clean(text[: width * 8 + 64])  # marks take no cells: the slack leaves room for them without reading a megabyte
    size = width_of(text)
    if size <= width:
        return text + " " * (width - size)
    text = head(text, width - 1).rstrip() + ellipsis
    return text + " " * (width - width_of(text))


def shorten(text: str, width: int, ellipsis: str = "…") -> str:
    """`text`, cleaned, in at most `width` cells."""
    return fit(text, width, ellipsis).rstrip()


_QUOTED = re.compile("“([^“”]*)”")
_FEWEST_QUOTED = 8  # cells that a quoted name keeps


def shorten_quoted(text: str, width: int, ellipsis: str = "…") -> str:
    """`text` in `width` cells, as far as shorter names between “ and ” can make it so: what to do next stands behind them."""
    names = [found[1] for found in _QUOTED.finditer(text)]
    room = width - width_of(text) + sum(map(width_of, names))
    for left, name in zip(range(len(names), 0, -1), sorted(names, key=width_of), strict=True):  # who needs less leaves more
        short = shorten(name, max(_FEWEST_QUOTED, room // left), ellipsis)
        text = text.replace(f"“{name}”", f"“{short}”", 1)
        room -= width_of(short)
    return text


def right(text: str, width: int) -> str:
    """`text` at the right end of `width` cells."""
    text = clean(text)
    return " " * (width - width_of(text)) + text if width_of(text) <= width else fit(text, width)


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, one empty line for an empty text. Linear in its length."""
    width = max(2, width)
    lines: list[str] = []
    for paragraph in strip_unsafe(text).split("\n"):
        lines.extend(_wrap_paragraph(clean(paragraph), width))
    return lines


def _wrap_paragraph(text: str, width: int) -> list[str]:
    lines: list[str] = []
    line, used = "", 0
    for piece in _PIECE.findall(text):
        size = width_of(piece)
        if used + size <= width:
            line, used = line + piece, used + size
            continue
        if piece.isspace():
            continue
        if line.strip():
            lines.append(line.rstrip())
        if size > width:
            *whole, piece = chop(piece, width)
            lines.extend(whole)
            size = width_of(piece)
        line, used = piece, size
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def line_width(line: Iterable[Span]) -> int:
    return sum(width_of(text) for text, _ in line)


def crop(line: Sequence[Span], width: int, ellipsis: str = "…") -> Line:
    """`line` in at most `width` cells; the span that runs over is cut with an ellipsis."""
    spans: list[Span] = []
    for text, ink in line:
        text = clean(text)
        size = width_of(text)
        if size > width:
            if width > 0:
                spans.append((fit(text, width, ellipsis), ink))
            break
        spans.append((text, ink))
        width -= size
    return tuple(spans)


def spread(left: Sequence[Span], end: Sequence[Span], width: int, ellipsis: str = "…") -> Line:
    """`left` at the left and `end` at the right of `width` cells; the left gives way."""
    end = crop(end, width, ellipsis)
    room = width - line_width(end)
    left = crop(left, max(0, room - 1), ellipsis) if end else crop(left, room, ellipsis)
    return (*left, (" " * (room - line_width(left)), ""), *end)


def in_lines(facts: Iterable[Span], width: int, glyphs: Glyphs) -> list[Line]:
    """Facts with dots between them, in as many lines of at most `width` cells as they need, parted only between facts; too wide
    a fact is cut."""
    dot = (f" {glyphs.dot} ", "faint")
    lines: list[list[Span]] = []
    for fact in facts:
        if lines and line_width((*lines[-1], dot, fact)) <= width:
            lines[-1] += [dot, fact]
        else:
            lines.append([fact])
    return [crop(line, width, glyphs.ellipsis) for line in lines]


def moment(printed: str | None) -> tuple[date | None, datetime | None]:
    """The day that a printed time names and, only where an offset is printed, the moment itself. A zone is never guessed."""
    found = _DIGITS.match(printed or "")
    if not found:
        return None, None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
        if not found[6]:
            return day, None
        when = datetime.fromisoformat(found[0].replace("Z", "+00:00"))
    except ValueError:
        return None, None
    return day, when


def age(printed: str | None, now: datetime) -> str:
    """How old a story is, in at most 6 cells: `now`, `12m`, `5h`, `3d`, `3 Nov`, `Nov 23`. A bare date has no hours; without a
    date that can be read it is empty."""
    day, when = moment(printed)
    if day is None:
        return ""
    if when is not None:
        minutes = int((now - when).total_seconds() // 60)
        if 0 <= minutes < 60:
            return f"{minutes}m" if minutes else "now"
        if 0 <= minutes < 24 * 60:
            return f"{minutes // 60}h"
    days = (now.astimezone(UTC).date() - day).days
    if days == 0:
        return "today"
    if 0 < days < 7:
        return f"{days}d"
    return f"{day.day} {day:%b}" if 0 <= days < 300 or -60 < days < 0 else f"{day:%b}’{day:%y}"


def short_time(printed: str) -> str:
    """`4 Mar 08:40`, the hour as printed."""
    day, _ = moment(printed)
    if day is None:
        return printed[:12]
    return f"{day.day} {day:%b}" + (f" {printed[11:16]}" if len(printed) >= len("2026-03-04T08:40") else "")


def clock_time(when: datetime, now: datetime) -> str:
    """A moment by the person's own clock: `09:12` of today, `Tue 09:12` of the six days before, else `3 Nov 09:12`."""
    here = when.astimezone()
    days = (now.astimezone().date() - here.date()).days
    day = "" if days == 0 else f"{here:%a} " if 0 < days < 7 else f"{here.day} {here:%b} "
    return f"{day}{here:%H:%M}"


def printed_time(printed: str | None) -> str:
    """A printed time in words: `3 November 2023, 10:40 -05:00`. Anything else as it is."""
    day, _ = moment(printed)
    found = _DIGITS.match(printed or "")
    if day is None or not found:
        return printed or ""
    text = f"{day.day} {day:%B %Y}"
    if found[4]:
        zone = {"Z": " UTC", None: ""}.get(found[6], f" {found[6]}")
        text += f", {found[4]}:{found[5]}{zone}"
    return text


def mood_sign(mood: MoodCounts, glyphs: Glyphs) -> Span:
    """The glyph for a story's mood: which label leads, by more than chance among few comments would give."""
    if not mood.sure:
        return (glyphs.unsure, "unsure") if mood.unsure else (" ", "")
    lean = (mood.negative - mood.positive) / mood.sure
    if lean > 0.2:
        return glyphs.negative, "negative"
    if lean < -0.2:
        return glyphs.positive, "positive"
    return glyphs.neutral, "neutral"


def mood_bar(mood: Mood, width: int, glyphs: Glyphs) -> Line:
    """A bar of `width` cells: negative, neutral, positive, unsure, each at least a cell wide where there is room."""
    counts, width = mood.counts(), max(0, width)  # a pane that is not shown has none
    if not any(counts.values()):
        return ((glyphs.bars[3] * width, "faint"),)
    parts = share_out([*counts.values()], width)
    return tuple((bar * part, ink) for bar, part, ink in zip(glyphs.bars, parts, counts, strict=True) if part)


def mood_words(mood: Mood, glyphs: Glyphs, width: int) -> list[Line]:
    """The counts, and the share with its interval where there are comments enough to give one: in words where they fit, in a
    line of its own where it has no room beside the counts."""
    share = _share(mood)
    for named in (True, False):
        line: list[Span] = []
        for ink, number in mood.counts().items():
            line += [(f"{getattr(glyphs, ink)} ", ink), (f"{number:,} {ink}  " if named else f"{number:,}  ", "muted")]
        if line_width((*line, *share)) <= width:
            return [(*line, *share)]
    return [crop(part, width, glyphs.ellipsis) for part in (line, share)]


def _share(mood: Mood) -> Line:
    if known := mood.share_to_tell():
        share, low, high = known
        return ((f"{share:.0%} negative", "text"), (f" ({low:.0%} to {high:.0%})", "muted"))
    return (("too few for a share", "faint"),)


def count(number: int) -> str:
    """A number in at most 5 cells: `9,999`, `12.3k`, `1.0M`."""
    if number < 10_000:
        return f"{number:,}"
    if number < 999_500:
        return f"{number / 1000:.0f}k" if number >= 99_950 else f"{number / 1000:.1f}k"
    return f"{number / 1e6:.1f}M" if number < 99_950_000 else f"{number / 1e6:.0f}M"
