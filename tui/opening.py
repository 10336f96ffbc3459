"""The first frame: the stories stand on the terminal while the framework is still being loaded, which takes longest.

What is drawn here are the same rows in the same places as a moment later, from the same functions; the framework's first frame
is then only what differs from this one. Nothing of Textual is imported here.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
import termios
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TextIO

from rich.color import ColorSystem
from rich.segment import Segment

from newsdesk.archive.rows import Sections
from newsdesk.desk import Desk
from newsdesk.errors import ConfigError, NewsdeskError
from newsdesk.model import Story
from newsdesk.signs import speaks_unicode
from tui.colours.schemes import DARK, MONO, Scheme
from tui.colours.theme_files import Themes
from tui.colours.themes import ALL_UNSEEN, Inks, inks_of, unseen_grounds
from tui.drawing.render import ASCII, UNICODE, Glyphs, Line, crop, line_width
from tui.lists.listing import PAGE, Listing
from tui.lists.view import OPEN_UP_TO, Folding, View, read_page
from tui.panes.article_text import Reading, article_lines
from tui.panes.section_rows import draw_section, section_rows
from tui.panes.story_rows import ONE_LINE_FROM, RowStyle, draw_item
from tui.places import Place, place_of_list, places_of, title_with_comments
from tui.session import Session
from tui.terminal.paper import Paper, Stretch, make_paper

TITLES = {
    "sections": "1 Sections",
    "stories": "2 Stories",
    "article": "3 Article",
    "comments": "4 Comments",
    "following": "5 Following",
}
HEAVY = "━"
MOST_COMMENTS = 300  # of a story that is read before the dashboard is loaded
ENTER_ALTERNATE = "\x1b[?1049h"
OURS = Themes()
LEAVE = "\x1b[m\x1b[?7h\x1b[?1049l\x1b[?25h"


@dataclass(slots=True)
class Opening:
    """What the dashboard starts from: what was read, and what already stands on the terminal.

    `attrs` are the terminal's settings as they were before. `taken`: the framework gives the terminal back, not we.
    """

    listing: Listing
    paper: Paper
    attrs: list[Any] = field(default_factory=list)
    taken: bool = False
    sections: Sections | None = None
    story: Story | None = None


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
            yield _stretch(y, place, line, ground, inks)

    return paper.show(stretches())


def read_beside(desk: Desk, opening: Opening, session: Session, places: Mapping[str, Place]) -> None:
    """What stands beside the list, where there is room for it: sections, and the story under the cursor."""
    with contextlib.suppress(NewsdeskError):  # the dashboard will say it
        if "sections" in places:
            opening.sections = desk.sections()
        item = opening.listing.item(opening.listing.find(session.story or None, session.storyline or None) or 0)
        row = (item.story or (item.storyline.newest if item.storyline else None)) if item else None
        if row is not None and "article" in places and row.comments <= MOST_COMMENTS:
            opening.story = desk.story(row.id)


def lines_beside(
    opening: Opening, places: Mapping[str, Place], now: datetime, glyphs: Glyphs
) -> dict[str, list[tuple[Line, str]]]:
    """The lines of the panes beside the list, each with its ground."""
    found: dict[str, list[tuple[Line, str]]] = {name: [] for name in places if name != "stories"}
    if opening.sections is not None and opening.sections.total:
        place = places["sections"]
        rows = section_rows(opening.sections)[: place.height]
        found["sections"] = [
            (draw_section(row, row.kind == "all", place.width, glyphs), "" if at else "cursor-off")
            for at, row in enumerate(rows)
        ]
    if opening.story is not None:
        place = places["article"]
        lines = article_lines(opening.story, Reading(place.width, glyphs, now))
        found["article"] = [(line, "") for line in lines[: place.height]]
    return found


def draw_beside(
    paper: Paper,
    beside: Mapping[str, Sequence[tuple[Line, str]]],
    places: Mapping[str, Place],
    inks: Inks,
    glyphs: Glyphs,
    comments: int,
) -> str:
    """The bytes of the panes beside the list, with the rules and titles of all. `comments`: of the article."""
    titles = TITLES if "comments" in places else TITLES | {"article": title_with_comments(TITLES["article"], comments)}

    def stretches() -> Iterator[Stretch]:
        for name, place in places.items():
            if place.x:  # a column that begins with a rule
                for y in range(place.y - 1, place.y + place.height):
                    yield y, place.x - 1, [Segment(glyphs.thread, inks.get("edge"))]
            focus = name == "stories"
            rule = glyphs.rule if not focus else HEAVY
            title = titles[name]
            edge = inks.get("edge-focus" if focus else "edge")
            rest = Segment(rule * (place.width - len(title)), edge)
            yield place.y - 1, place.x, [Segment(rule, edge), Segment(title, inks.get("accent" if focus else "muted")), rest]
        for name, lines in beside.items():
            for y, (line, ground) in enumerate(lines, places[name].y):
                yield _stretch(y, places[name], line, ground, inks)

    return paper.show(stretches())


def _stretch(y: int, place: Place, line: Line, ground: str, inks: Inks) -> Stretch:
    row = crop(line, place.width)
    room = Segment(" " * (place.width - line_width(row)), inks.get("", ground))
    return y, place.x, [*(Segment(text, inks.get(ink, ground)) for text, ink in row), room]


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
    place = place_of_list(width, height, session.sizes)
    listing = read_first(desk, session, place.height)
    colours = _colours()
    paper = make_paper(colours, env)
    paper.resize(width, height)
    unseen = ALL_UNSEEN if scheme.reverse else unseen_grounds(scheme.variables, colours, env)
    inks = Inks(inks_of(scheme.variables, unseen=unseen, dim=scheme.dim))
    glyphs = UNICODE if speaks_unicode(env) else ASCII
    rows = rows_of_list(listing, session, place, now, glyphs)
    frame = draw(paper, rows, place, inks)
    opening = Opening(listing, paper, termios.tcgetattr(terminal))
    with _terminal_taken(opening, out, terminal):
        out.write(frame)
        out.flush()
        if glyphs is UNICODE:  # with ASCII there are no rules between the columns, and all stands elsewhere
            places = places_of(width, height, session.sizes)
            read_beside(desk, opening, session, places)
            comments = len(opening.story.comments) if opening.story is not None else 0
            out.write(draw_beside(paper, lines_beside(opening, places, now, glyphs), places, inks, glyphs, comments))
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


def _colours() -> ColorSystem:
    from rich.console import Console

    return Console()._color_system or ColorSystem.TRUECOLOR


@contextlib.contextmanager
def _terminal_taken(opening: Opening, out: TextIO, terminal: TextIO) -> Iterator[None]:
    """The other screen, without a cursor; keys wait unseen until the dashboard reads them."""
    quiet = [*opening.attrs]
    quiet[0] &= ~(termios.ICRNL | termios.IXON)  # Enter as the dashboard will read it, and ctrl+s a key as any other
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
