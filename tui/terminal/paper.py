"""What stands on the terminal, cell by cell, and the fewest bytes that turn it into what should stand there.

The framework writes whole strips again, each segment with all its colours and a reset. Over a slow line bytes are time, so here
a line is compared with what was written before, and only cells that differ are written, with as few colours named as can be
(:mod:`tui.terminal.pen`). Method: the screen update of curses (Goodman and Arnold,
"Screen Updating and Cursor Movement Optimization", 1981); lines that only moved the terminal moves (:mod:`.shifts`).

Characters whose width terminals do not agree on (emoji, combining marks) are never trusted: after them the cursor is placed
anew, and the stretch that holds them is written whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from rich.cells import get_character_cell_size
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from newsdesk.signs import IN_ASCII, speaks_unicode
from tui.colours.few_colours import shown
from tui.drawing.cells import is_spacing_mark, split_graphemes
from tui.terminal.pen import PLAIN, Look, Pen, Stroke, strokes_of
from tui.terminal.shifts import find_shift

Stretch = tuple[int, int, Sequence[Segment]]  # line, column where it begins, what stands there

_ON: Final = {0: "1", 1: "2", 2: "3", 3: "4", 4: "5", 5: "6", 6: "7", 7: "8", 8: "9", 9: "21", 10: "51", 11: "52", 12: "53"}
_SHORT_GAP = 3  # cells written again rather than stepped over
_MOST_MOVED = 2  # parts of the screen: panes one below the other that scroll together
_SURE: Final = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x300), *range(0x370, 0x483))))
_BRAILLE: Final = map(chr, range(0x2800, 0x2900))
_SIGNS: Final = frozenset((*"●◆★▾▸▼■▲◌▌▐•·—–…─━│╰✓█▓▒░▀▁▂▃▄▅▆▇‘’“”„‚‹›€", *_BRAILLE))
_WIDE_FROM, _WIDE_TO = 0x2E80, 0xFFE7  # East Asian scripts: two cells on every terminal, or one for the few that say so
_JOINER: Final = "\u200d"
_UNKNOWN: Final = Look("?", "?")


@lru_cache(4096)
def look_of(style: Style | None, colours: ColorSystem) -> Look:
    """The look of a style on a terminal with `colours`."""
    if style is None:
        return PLAIN
    bits = style._attributes & style._set_attributes
    on = frozenset(code for bit, code in _ON.items() if bits >> bit & 1)
    behind = style.bgcolor
    ink = ";".join(shown(style.color, colours, behind).get_ansi_codes()) if style.color else ""
    ground = ";".join(shown(behind, colours).get_ansi_codes(foreground=False)) if behind else ""
    return Look("" if ink == "39" else ink, "" if ground == "49" else ground, on)


@lru_cache(4096)
def is_sure(sign: str) -> bool:
    """Whether every terminal gives `sign` (what stands in one cell, or in two) the width that we give it."""
    if sign in _SURE or sign in _SIGNS or not sign:
        return True
    if len(sign) > 1 or not _WIDE_FROM <= ord(sign) <= _WIDE_TO:
        return False
    return get_character_cell_size(sign) > 0 and not is_spacing_mark(sign)


def cells_of(text: str) -> list[str]:
    """What stands in each cell of `text`: a wide character is followed by an empty string, marks stay with their letter."""
    if text.isascii() or _SURE.issuperset(text):
        return list(text)
    cells: list[str] = []
    for start, end, width in split_graphemes(text)[0]:
        sign = text[start:end]
        if width:
            cells += [sign] if width == 1 else [sign, ""]
        elif cells:
            cells[-1 if cells[-1] else -2] += sign
    return cells


def make_paper(colours: ColorSystem, env: Mapping[str, str]) -> Paper:
    """A paper for the terminal that the environment names."""
    return Paper(colours, erases=_erases_in_colour(env.get("TERM", "")), ascii_signs=not speaks_unicode(env))


def _erases_in_colour(term: str) -> bool:
    """Whether the terminal erases in the current ground colour, as its description (terminfo) says."""
    try:
        import curses

        curses.setupterm(term)
        return curses.tigetflag("bce") > 0
    except Exception:  # no terminfo here, or none for this terminal; the module has its own error, where it is there at all
        return False


class Paper:
    """The terminal's cells as we left them. :meth:`show` gives what is to be written; `erases` is whether the terminal erases
    in the current ground colour (terminfo's ``bce``). With `ascii_signs` quotes, dashes and the like are those of ASCII."""

    def __init__(
        self, colours: ColorSystem = ColorSystem.TRUECOLOR, *, erases: bool = False, ascii_signs: bool = False
    ) -> None:
        self.colours = colours
        self.ascii_signs = ascii_signs
        self.erases = erases
        self.width = self.height = 0
        self._signs: list[list[str]] = []
        self._looks: list[list[Look]] = []

    def resize(self, width: int, height: int) -> None:
        """The terminal has another size: nothing is known of it."""
        self.width, self.height = width, height
        self.forget()

    def forget(self) -> None:
        """Whatever stands on the terminal, all of it is to be written anew."""
        self._signs = [["\0"] * self.width for _ in range(self.height)]
        self._looks = [[_UNKNOWN] * self.width for _ in range(self.height)]

    def show(self, stretches: Iterable[Stretch]) -> str:
        """The bytes that make the terminal show `stretches`, each within a line. Empty where it does already."""
        pen, strokes = Pen(self.width, self.erases), list[Stroke]()
        given = [(y, x, *self._cells(x, segments)) for y, x, segments in stretches if 0 <= y < self.height]
        whole = {y: (signs, looks) for y, _, signs, looks in given if len(signs) == self.width}
        for _ in range(_MOST_MOVED):
            if not (moved := self._shift(whole)):
                break
            pen.out.append(moved)
        ends: dict[int, int] = {}
        for y, x, signs, looks in given:
            if x < ends.get(y, 0):  # perhaps over another one: what is under it comes first
                pen.draw(strokes)
                strokes.clear()
            strokes += self._show(pen, y, x, signs, looks)
            ends[y] = max(ends.get(y, 0), x + len(signs))
        pen.draw(strokes)
        pen.turn_to(PLAIN)
        return pen.text

    def _cells(self, x: int, segments: Sequence[Segment]) -> tuple[list[str], list[Look]]:
        """What stands in each cell from column `x` on, up to the edge."""
        signs: list[str] = []
        looks: list[Look] = []
        for text, style, control in segments:
            if not control and text:
                cells = cells_of(text.translate(IN_ASCII) if self.ascii_signs else text)
                signs += cells
                looks += [look_of(style, self.colours)] * len(cells)
        room = max(0, self.width - x)
        del signs[room:], looks[room:]
        return signs, looks

    def _shift(self, whole: Mapping[int, tuple[list[str], list[Look]]]) -> str:
        """What has the terminal move lines that are only to stand higher or lower."""
        if len(whole) < 2:
            return ""
        blank = [" "] * self.width, [PLAIN] * self.width
        shift = find_shift({y: (self._signs[y], self._looks[y]) for y in whole}, whole, blank)
        if shift is None:
            return ""
        top, bottom, by = shift
        count = f"{abs(by)}{'M' if by > 0 else 'L'}"
        sources = [shift.source(y) for y in range(top, bottom + 1)]
        self._signs[top : bottom + 1] = [[*blank[0]] if at is None else self._signs[at] for at in sources]
        self._looks[top : bottom + 1] = [[*blank[1]] if at is None else self._looks[at] for at in sources]
        return f"\x1b[{top + 1};{bottom + 1}r\x1b[{top + 1};1H\x1b[{count}\x1b[r"

    def _show(self, pen: Pen, y: int, x: int, signs: list[str], looks: list[Look]) -> list[Stroke]:
        """What is to be written after all that is of doubtful width, which the pen writes at once."""
        end = x + len(signs)
        was, looked = self._signs[y][x:end], self._looks[y][x:end]
        if was == signs and looked == looks:
            return []
        strokes: list[Stroke] = []
        if not all(map(is_sure, signs)):
            _write_unsure(pen, y, x, signs, looks)
        elif not all(map(is_sure, was)):
            strokes = strokes_of(y, x, signs, looks)
        else:
            for start, stop in _runs(signs, looks, was, looked):
                strokes += strokes_of(y, x + start, signs[start:stop], looks[start:stop])
        self._signs[y][x:end] = signs
        self._looks[y][x:end] = looks
        return strokes


def _write_unsure(pen: Pen, y: int, x: int, signs: list[str], looks: list[Look]) -> None:
    """Write cells one by one, and place the cursor anew after each wide sign of doubtful width, and after each run of narrow
    ones (a flag is two such signs, a word of an Indic script many)."""
    pen.draw(_left_over(y, x, signs, looks))
    doubted = False
    for column, (sign, look) in enumerate(zip(signs, looks, strict=True), x):
        if not sign:
            continue
        sure = is_sure(sign)
        if sure or not doubted:
            pen.go(y, column)
        pen.turn_to(look)
        pen.out.append(sign)
        wide = signs[column - x + 1 : column - x + 2] == [""]
        doubted = not sure and (not wide or sign.endswith(_JOINER))
        after = column + 1 + wide
        pen.at = (y, after) if sure and after < pen.width else None


def _left_over(y: int, x: int, signs: list[str], looks: list[Look]) -> list[Stroke]:
    """Blanks for where a terminal that has fewer cells for signs of doubtful width writes nothing: the ends of words with
    spacing marks, and all of a run with an emoji in it."""
    strokes: list[Stroke] = []
    begin = marks = 0
    wide = False
    for at, sign in enumerate((*signs, " ")):
        if sign and is_sure(sign):
            start = begin if wide else at - marks
            if start < at:
                strokes += strokes_of(y, x + start, [" "] * (at - start), looks[start:at])
            begin, marks, wide = at + 1, 0, False
        elif sign:
            marks += is_spacing_mark(sign[0])
        elif begin < at:
            wide = True
        else:  # the other half of a sign that is sure
            begin = at + 1
    return strokes


def _runs(signs: list[str], looks: list[Look], was: list[str], looked: list[Look]) -> list[tuple[int, int]]:
    """From and to where cells differ from what is there; neighbours with a short gap between them are one."""
    runs: list[tuple[int, int]] = []
    for at, (sign, look, old, old_look) in enumerate(zip(signs, looks, was, looked, strict=True)):
        if sign == old and (look is old_look or look == old_look or _same_blank(sign, look, old_look)):
            continue
        begin = at if sign or not at else at - 1
        if runs and begin - runs[-1][1] <= _SHORT_GAP:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((begin, at + 1))
    return runs


def _same_blank(sign: str, look: Look, other: Look) -> bool:
    """Whether a blank is the same to the eye: the ink doesn't matter where there is none."""
    return sign == " " and look.ground == other.ground and look.is_bare and other.is_bare
