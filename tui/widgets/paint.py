"""From a line of spans to a strip of cells: the one place where text gets its colours, and the last where it is cleaned."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip

from newsdesk.text import strip_unsafe
from tui.colours.themes import Inks
from tui.drawing.cells import width_of
from tui.drawing.render import Line, clean


def paint(line: Line, width: int, inks: Inks, ground: str = "") -> Strip:
    """`line` as a strip of exactly `width` cells. Neighbours of one style share a segment, so that fewer bytes are written."""
    segments: list[Segment] = []
    used = 0
    held, style = "", inks.get("", ground)
    for text, ink in line:
        text = clean(text)
        used += width_of(text)
        wanted = style if text.isspace() and not style.underline else inks.get(ink, ground)
        if wanted is style:
            held += text
            continue
        if held:
            segments.append(Segment(held, style))
        held, style = text, wanted
    if used < width:
        if style.underline:
            segments.append(Segment(held, style))
            held, style = "", inks.get("", ground)
        held += " " * (width - used)
    segments.append(Segment(held, style))
    strip = Strip(segments, max(used, width))
    return strip.crop(0, width) if used > width else strip


class DrawFilter(LineFilter):
    """Cleans every segment that any widget draws, the framework's own too (an input box, the palette)."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if all(text.isprintable() for text, _, _ in segments):
            return segments
        return [
            segment
            if segment.control or segment.text.isprintable()
            else Segment(strip_unsafe(segment.text).replace("\n", " ").replace("\t", " "), segment.style)
            for segment in segments
        ]
