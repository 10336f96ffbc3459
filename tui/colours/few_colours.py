"""Colours on a terminal that has 16 or 256 of them: the nearest one, and of an ink the nearest that can still be read.

Rich rounds each part of a colour by itself, which makes slate a teal and paper a pink, on which much of our text has less
contrast than was meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from rich.color import Color, ColorSystem, ColorType
from rich.palette import Palette

from tui.colours.theme_files import contrast

ENOUGH: Final = 4.5  # contrast of a text, WCAG 2.2, 1.4.3
_OWN: Final = 16  # the first colours, which each terminal has as it likes; the others are the same everywhere
# The first 16 as the Linux console has them, and as xterm has: what can be read must be so with both.
_CONSOLE: Final = (
    "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff"
)
_XTERM: Final = (
    "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"
)
_FIRST: Final = tuple(tuple(f"#{one}" for one in palette.split()) for palette in (_CONSOLE, _XTERM))


@lru_cache(2048)
def shown(colour: Color, colours: ColorSystem, behind: Color | None = None) -> Color:
    """`colour` as a terminal with `colours` is to show it, `behind` it a ground as it was given: with the contrast to that
    which it has with all colours, as far as that is no more than enough. The terminal's own colours stay."""
    if colour.type is not ColorType.TRUECOLOR or colours not in (ColorSystem.STANDARD, ColorSystem.EIGHT_BIT):
        return colour.downgrade(colours)
    near = _nearest(colour, colours)
    if behind is None or behind.type is not ColorType.TRUECOLOR:
        return Color.from_ansi(near[0])
    ground = shown(behind, colours)
    least = min(ENOUGH, contrast(_hex(colour), _hex(behind)) or 0)
    can_be_read = (one for one in map(Color.from_ansi, near) if contrast_shown(one, ground) >= least)
    return next(can_be_read, None) or max(map(Color.from_ansi, near), key=lambda one: contrast_shown(one, ground))


def contrast_shown(one: Color, other: Color) -> float:
    """The contrast of two colours that :func:`shown` gave, the least that terminals make of it; 21 where only they know."""
    pairs = zip(_as_seen(one), _as_seen(other), strict=True)
    return min((contrast(a, b) or 0 for a, b in pairs if a and b), default=21.0)


def _as_seen(colour: Color) -> tuple[str, str]:
    """On a Linux console and on xterm; empty where it is what the terminal takes for its usual colour."""
    if colour.number is None:
        return (_hex(colour),) * 2 if colour.triplet else ("", "")
    if colour.number < _OWN:
        return _FIRST[0][colour.number], _FIRST[1][colour.number]
    return (_palette()[colour.number].hex,) * 2


def _hex(colour: Color) -> str:
    return colour.get_truecolor().hex


def _palette() -> Palette:
    from rich._palettes import EIGHT_BIT_PALETTE

    return EIGHT_BIT_PALETTE


@cache
def _there(colours: ColorSystem) -> Sequence[tuple[int, int, int, int]]:
    """The colours that the terminal has: number, red, green, blue."""
    if colours is ColorSystem.STANDARD:
        return [(number, *Color.parse(told).get_truecolor()) for number, told in enumerate(_FIRST[0])]
    return [(number, *_palette()[number]) for number in range(_OWN, 256)]


@lru_cache(512)
def _nearest(colour: Color, colours: ColorSystem) -> Sequence[int]:
    """The numbers of the colours that the terminal has, the nearest first; the eye sees green best and red least."""
    red, green, blue = colour.get_truecolor()
    away = ((2 * (red - r) ** 2 + 4 * (green - g) ** 2 + 3 * (blue - b) ** 2, number) for number, r, g, b in _there(colours))
    return [number for _, number in sorted(away)]
