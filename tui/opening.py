"""The first frame: the stories stand on the terminal while the framework is still being loaded, which takes longest.

What is drawn here are the same rows in the same places as a moment later, from the same functions; the framework's first frame
is then only what differs from this one. Nothing of Textual is imported here.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
import termios
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TextIO

from rich.color import ColorSystem
from rich.segment import Segment

from newsdesk.desk import Desk
from newsdesk.errors import ConfigError
from tui.arrangement import arrange
from tui.listing import PAGE, Listing
from tui.panes.story_rows import ONE_LINE_FROM, RowStyle, draw_item
from tui.paper import Paper, Stretch, make_paper
from tui.render import ASCII, UNICODE, Glyphs, Line, crop, line_width
from tui.schemes import DARK, MONO, Scheme
from tui.session import Session
from tui.theme_files import Themes
from tui.themes import Inks, inks_of
from tui.view import OPEN_UP_TO, Folding, View, read_page

ROOMY_FROM = 180
LEFT, LEFT_ROOMY, RIGHT_ROOMY = 26, 32, 88
ENTER_ALTERNATE = "\x1b[?1049h"
OURS = Themes()
LEAVE = "\x1b[m\x1b[?7h\x1b[?1049l\x1b[?25h"


@dataclass(slots=True)
class Opening:
    """What the dashboard starts from: the rows that were read, and what already stands on the terminal.

    `attrs` are the terminal's settings as they were before. `taken`: the framework gives the terminal back, not we.
    """

    listing: Listing
    paper: Paper
    attrs: list[Any] = field(default_factory=list)
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where the list stands: column and line of its first cell, cells of text in a row, lines of rows."""

    x: int
    y: int
    width: int
    height: int


def place_of_list(width: int, height: int) -> Place:
    """Where the style sheet puts the rows of the stories pane while it has the focus."""
    arrangement = arrange(width, height, "stories", zoomed=False)
    if arrangement.name == "columns":
        left = LEFT_ROOMY if width >= ROOMY_FROM else LEFT
        middle = width - left - RIGHT_ROOMY if width >= ROOMY_FROM else (width - left) * 11 // 23
        return Place(left + 1, 2, middle - 2, height - 3)
    body = height - 2
    lines = body * 11 // 21 if arrangement.name == "stack" else body
    return Place(0, 2, width - 1, lines - 1)


def read_first(desk: Desk, session: Session, height: int) -> Listing:
    """The rows that fill a list of `height` lines; a whole page where the session's story is further down."""
    listing, view = Listing(), View(grouped=session.grouped)
    for rows in (min(PAGE, max(height, OPEN_UP_TO + 1)), PAGE):
        read_page(desk, view, 0, Folding(), listing, most=rows)
        if not session.story or rows == PAGE or listing.find(session.story, None) is not None:
            break
    return listing


def rows_of_list(listing: Listing, session: Session, place: Place, now: datetime, glyphs: Glyphs) -> Iterator[tuple[Line, str]]:
    """Each line of the list with its ground."""
    style = RowStyle(place.width, now, glyphs)
    parts = 1 if place.width >= ONE_LINE_FROM else 2
    chosen = listing.find(session.story or None, session.storyline or None) or 0
    if (chosen + 1) * parts > place.height:  # the list would be scrolled: that is left to it
        return
    for line in range(place.height):
        row, part = divmod(line, parts)
        item = listing.item(row)
        if item is None:
            return
        yield draw_item(item, part, listing.is_open(listing.locate(row)[0]), style), "cursor" if row == chosen else ""


def draw(paper: Paper, lines: Iterator[tuple[Line, str]], place: Place, inks: Inks) -> str:
    """The bytes of the frame: the ground everywhere, the rows in their place."""

    def stretches() -> Iterator[Stretch]:
        for y in range(paper.height):
            yield y, 0, [Segment(" " * paper.width, inks.get("", "bar" if y in (0, paper.height - 1) else ""))]
        yield 0, 1, [Segment(" newsdesk ", inks.get("brand", "bar"))]
        for y, (line, ground) in enumerate(lines, place.y):
            row = crop(line, place.width)
            room = place.width - line_width(row)
            segments = [Segment(text, inks.get(ink, ground)) for text, ink in row]
            yield y, place.x, [*segments, Segment(" " * room, inks.get("", ground))]

    return paper.show(stretches())


@contextlib.contextmanager
def opened(
    desk: Desk, session: Session, theme: str, now: datetime, env: Mapping[str, str], themes: Themes = OURS
) -> Iterator[Opening | None]:
    """Draw the first frame and hand over what was read; the terminal is given back at the end, whatever happens between.

    None, and nothing drawn, where the dashboard does not stand on a terminal, or in colours that are not ours.
    """
    out, terminal, scheme = sys.__stderr__, sys.__stdin__, scheme_of(theme, session, env, themes)
    served = "TEXTUAL_DRIVER" in env  # what is written goes to a browser
    if served or scheme is None or out is None or terminal is None or not (out.isatty() and terminal.isatty()):
        yield None
        return
    width, height = shutil.get_terminal_size()
    place = place_of_list(width, height)
    listing = read_first(desk, session, place.height)
    paper = make_paper(_colours(), env)
    paper.resize(width, height)
    inks = Inks(inks_of(scheme.variables, reverse_cursor=scheme.reverse, dim=scheme.dim))
    rows = rows_of_list(listing, session, place, now, UNICODE if speaks_unicode(env) else ASCII)
    frame = draw(paper, rows, place, inks)
    opening = Opening(listing, paper, termios.tcgetattr(terminal))
    with _terminal_taken(opening, out, terminal):
        out.write(frame)
        out.flush()
        yield opening


def scheme_of(theme: str, session: Session, env: Mapping[str, str], themes: Themes = OURS) -> Scheme | None:
    """The theme that the settings or the session name, the dark one else; None where it is one of the framework's own."""
    if env.get("NO_COLOR"):
        return MONO
    try:
        return themes.find(theme or session.theme or DARK.name)
    except ConfigError:  # a file that can't be used: the dashboard says so
        return DARK


def speaks_unicode(env: Mapping[str, str]) -> bool:
    """Whether the terminal can be trusted with signs beyond ASCII: not the Linux console, not a locale without UTF-8."""
    if env.get("NEWSDESK_ASCII") or env.get("TERM") in ("linux", "vt100", "vt220"):
        return False
    locale = env.get("LC_ALL") or env.get("LC_CTYPE") or env.get("LANG") or ""
    return locale.upper() not in ("POSIX",) and ("UTF" in locale.upper() or locale in ("", "C"))


def _colours() -> ColorSystem:
    from rich.console import Console

    return Console()._color_system or ColorSystem.TRUECOLOR


@contextlib.contextmanager
def _terminal_taken(opening: Opening, out: TextIO, terminal: TextIO) -> Iterator[None]:
    """The other screen, without a cursor; keys wait unseen until the dashboard reads them."""
    quiet = [*opening.attrs]
    quiet[3] &= ~(termios.ECHO | termios.ICANON)
    try:
        termios.tcsetattr(terminal, termios.TCSANOW, quiet)
        out.write(f"{ENTER_ALTERNATE}\x1b[?25l\x1b[?7l")
        yield
    finally:
        if not opening.taken:
            with contextlib.suppress(OSError, ValueError, termios.error):
                termios.tcsetattr(terminal, termios.TCSANOW, opening.attrs)
                out.write(LEAVE)
                out.flush()
