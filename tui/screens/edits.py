"""What changed in a story from version to version, to be read in a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from newsdesk.edits import Edit, told
from tui.drawing.render import Line, printed_time, shorten, wrap
from tui.panes.page import Page
from tui.screens.sheet import Sheet

MOST_TITLE = 50
LABEL = 6  # cells of "was" and "now"


class EditsPage(Page):
    """Each version with the moment at which it came in, and below it what it was and what it is."""

    def __init__(self, edits: Sequence[tuple[str, Edit]]) -> None:
        super().__init__(id="edits")
        self._edits = edits

    def lay_out(self, width: int) -> Sequence[Line]:
        lines: list[Line] = []
        version = 0
        for seen, edit in self._edits:
            if edit.version != version:
                version = edit.version
                lines += [(), ((f" Version {version}", "title"), (f"  came in {printed_time(seen)}", "faint"))]
            before, after = told(edit)
            lines += [(), ((f" {edit.what}", "accent"), (_happened(edit), "muted"))]
            lines += _text("was", before, "muted", width)
            lines += _text("now", after, "text", width)
        return lines[1:]


def _happened(edit: Edit) -> str:
    return " added" if edit.before is None else " taken out" if edit.after is None else ""


def _text(label: str, text: str | None, ink: str, width: int) -> list[Line]:
    if text is None:
        return []
    lines = wrap(text, max(10, width - LABEL - 2))
    return [((f"  {label if not at else '':<{LABEL - 2}}", "faint"), (line, ink)) for at, line in enumerate(lines)]


class EditsSheet(Sheet):
    CSS = """
    EditsSheet { align: center middle; }
    #edits { width: 94%; height: 90%; border: solid $edge-focus; background: $background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,ctrl+g,q", "leave", show=False, priority=True)]
    KEYS = "Esc leaves"

    def __init__(self, heading: str, edits: Sequence[tuple[str, Edit]]) -> None:
        super().__init__()
        self._page = EditsPage(edits)
        self._page.border_title = Content(f"What changed in “{shorten(heading, MOST_TITLE)}”")  # a headline is no markup

    def compose(self) -> ComposeResult:
        yield self._page

    def on_mount(self) -> None:
        self._page.focus()
