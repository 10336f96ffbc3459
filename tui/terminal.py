"""The terminal as the dashboard writes to it: what the framework composed, as stretches of lines for :mod:`tui.paper`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.color import ColorSystem
from textual._compositor import ChopsUpdate, LayoutUpdate

from tui.paper import Paper, Stretch

SHORT_CHARS = 2_000  # what a terminal shows at once even without being told where a frame ends


def make_paper(colours: ColorSystem, env: Mapping[str, str]) -> Paper:
    return Paper(colours, erases=_erases_in_colour(env.get("TERM", "")))


def _erases_in_colour(term: str) -> bool:
    """Whether the terminal erases in the current ground colour, as its description (terminfo) says."""
    try:
        import curses

        curses.setupterm(term)
        return curses.tigetflag("bce") > 0
    except Exception:  # no terminfo here, or none for this terminal; the module has its own error, where it is there at all
        return False


def stretches_of(update: LayoutUpdate | ChopsUpdate) -> Iterator[Stretch]:
    """What an update of the framework's compositor shows."""
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in strips:
                yield y, x, strip._segments
                x += strip.cell_length
        return
    for y, x1, x2 in update.spans:
        for end, (start, chop) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if chop is not None and start < x2 and end > x1:
                left, right = max(start, x1), min(end, x2)
                yield y, left, chop.crop(left - start, right - start)._segments
