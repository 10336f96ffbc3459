"""How cells are written to the terminal in the fewest bytes: a pen that has a place and a look.

A colour costs about twice what a step to another place does. So strokes are written line by line, and once more look by look,
all of one colour before the next, and the shorter of the two is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, groupby
from operator import itemgetter
from typing import Final, NamedTuple

_OFF: Final = {
    "1": "22",
    "2": "22",
    "3": "23",
    "4": "24",
    "5": "25",
    "6": "25",
    "7": "27",
    "8": "28",
    "9": "29",
    "21": "24",
    "51": "54",
    "52": "54",
    "53": "55",
}
SEEN_ON_BLANKS: Final = frozenset({"4", "7", "9", "21", "51", "52", "53"})  # a line, a ground: blanks show them
_LEAST_ERASED = 12  # blanks from which erasing and stepping over them is shorter than writing them
_LEAST_AT_END = 6  # the same where nothing follows, so that no step is needed
_SOME_BLANKS: Final = " " * _LEAST_AT_END
_BLANKS: Final = re.compile(f" {{{_LEAST_ERASED},}}| {{{_LEAST_AT_END},}}$")

FEW: Final = 24  # strokes, of two rows or so, up to which another order saves nothing


class Look(NamedTuple):
    """How a cell is written: codes of foreground and ground (empty: the terminal's own), and the attributes that are on."""

    ink: str = ""
    ground: str = ""
    on: frozenset[str] = frozenset()

    @property
    def is_bare(self) -> bool:
        """Whether blanks in it show the ground alone."""
        return not self.on & SEEN_ON_BLANKS


PLAIN: Final = Look()


class Stroke(NamedTuple):
    """Cells of one look from a place on. A wide character is followed by an empty string."""

    y: int
    x: int
    look: Look
    signs: Sequence[str]
    blank: bool  # nothing but the ground is seen of it


@lru_cache(4096)
def turn(old: Look, new: Look) -> str:
    """The shortest sequence from one look to another."""
    if new == PLAIN:
        return "\x1b[m"
    off = {_OFF[code] for code in old.on - new.on}
    kept = {code for code in old.on & new.on if _OFF[code] not in off}
    codes = [*sorted(off), *sorted(new.on - kept)]
    codes += [new.ink or "39"] if new.ink != old.ink else []
    codes += [new.ground or "49"] if new.ground != old.ground else []
    step = f"\x1b[{';'.join(codes)}m"
    whole = f"\x1b[{';'.join(['', *sorted(new.on), *filter(None, (new.ink, new.ground))])}m"
    return min(step, whole, key=len)


def strokes_of(y: int, x: int, signs: Sequence[str], looks: Sequence[Look]) -> list[Stroke]:
    """The strokes that write these cells; blanks go with what stands beside them where the ground is the same."""
    strokes: list[Stroke] = []
    at = 0
    for look, group in groupby(zip(looks, signs, strict=True), itemgetter(0)):
        cells = [sign for _, sign in group]
        last = strokes[-1] if strokes else None
        beside = last is not None and last.look.ground == look.ground and last.look.is_bare and look.is_bare
        blank = look.is_bare and all(sign == " " for sign in cells)
        if last is not None and beside and (blank or last.blank):
            strokes[-1] = Stroke(y, last.x, last.look if blank else look, [*last.signs, *cells], blank and last.blank)
        else:
            strokes.append(Stroke(y, x + at, look, cells, blank))
        at += len(cells)
    return strokes


def by_look(strokes: Iterable[Stroke]) -> Iterable[Stroke]:
    """All of one look before the next; blanks with the first look that has their ground."""
    groups: dict[Look, list[Stroke]] = {}
    blanks: list[Stroke] = []
    for stroke in strokes:
        if stroke.blank:
            blanks.append(stroke)
        else:
            groups.setdefault(stroke.look, []).append(stroke)
    on_ground = {look.ground: group for look, group in reversed(groups.items()) if look.is_bare}
    for stroke in blanks:
        on_ground.setdefault(stroke.look.ground, groups.setdefault(stroke.look, [])).append(stroke)
    return chain.from_iterable(sorted(group, key=itemgetter(0, 1)) for group in groups.values())


class Pen:
    """Writes on a terminal of `width` cells a line that erases in the current ground colour, or (`erases`) doesn't."""

    def __init__(self, width: int, erases: bool, at: tuple[int, int] | None = None, look: Look = PLAIN) -> None:
        self.width, self.erases = width, erases
        self.at = at  # where the cursor is, if that is known
        self.look = look
        self.out: list[str] = []

    @property
    def text(self) -> str:
        return "".join(self.out)

    def draw(self, strokes: Sequence[Stroke]) -> None:
        """Write strokes, none over another, in the shorter order."""
        if len(strokes) <= FEW:
            self._draw(strokes)
            return
        one, other = (Pen(self.width, self.erases, self.at, self.look) for _ in range(2))
        one._draw(strokes)
        other._draw(by_look(strokes))
        pen = min(one, other, key=lambda pen: len(pen.text))
        self.at, self.look = pen.at, pen.look
        self.out += pen.out

    def _draw(self, strokes: Iterable[Stroke]) -> None:
        for stroke in strokes:
            self.write(stroke)

    def write(self, stroke: Stroke) -> None:
        """Write a stroke, long blanks in it by erasing."""
        y, x, look, signs, blank = stroke
        self.go(y, x)
        if not blank:
            self.turn_to(look)
        elif look.ground != self.look.ground or not self.look.is_bare:
            self.turn_to(Look(self.look.ink, look.ground, self.look.on - SEEN_ON_BLANKS))
        text, at = "".join(signs), 0
        if self.erases and _SOME_BLANKS in text and look.is_bare:
            for gap in _BLANKS.finditer("".join(sign[:1] or "." for sign in signs)):
                begin, end = gap.span()
                self._put(y, x + at, "".join(signs[at:begin]), begin - at)
                self.go(y, x + begin)
                self.out.append(f"\x1b[{end - begin}X")
                at = end
            text = "".join(signs[at:])
        self._put(y, x + at, text, len(signs) - at)

    def _put(self, y: int, x: int, text: str, cells: int) -> None:
        if cells:
            self.go(y, x)
            self.out.append(text)
            self.at = (y, x + cells) if x + cells < self.width else None

    def turn_to(self, look: Look) -> None:
        if look != self.look:
            self.out.append(turn(self.look, look))
            self.look = look

    def go(self, y: int, x: int) -> None:
        """Put the cursor there, stepping where that is shorter."""
        if self.at == (y, x):
            return
        if self.at is not None and self.at[0] == y and x > self.at[1]:
            step = x - self.at[1]
            self.out.append(f"\x1b[{step}C" if step > 1 else "\x1b[C")
        else:
            self.out.append(f"\x1b[{y + 1};{x + 1}H")
        self.at = (y, x)
