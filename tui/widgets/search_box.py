"""The search box: an input that takes no control characters, typed or pasted."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from newsdesk.text import clean_paragraph
from tui.history import History
from tui.messages import SearchCompleting, SearchEntered, SearchLeft, SearchTyped

LONGEST = 2_000
EXAMPLE = 'words "a phrase" source:reuters country:JP newer:2d -not'


class SearchBox(Input):
    """Posts what is typed, entered, or that it was left. A line is written in it as in a shell."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+g", "leave", show=False),
        Binding("down,ctrl+n", "newer", show=False),
        Binding("up,ctrl+p", "older", show=False),
        Binding("tab,shift+tab", "complete", show=False),
        Binding("ctrl+b", "cursor_left", show=False),
        Binding("ctrl+f", "cursor_right", show=False),
    ]

    def __init__(self, placeholder: str = EXAMPLE) -> None:
        super().__init__(id="search", placeholder=placeholder, compact=True)
        self.cursor_blink = False
        self.select_on_focus = False
        self.history: History | None = None

    def validate_value(self, value: str) -> str:
        """What is in the box is what the desk would keep: clean, one line, of a length that a person types."""
        if value.isascii() and value.isprintable() and len(value) <= LONGEST:
            return value
        clean = clean_paragraph(value)[:LONGEST]
        return clean + " " if value.endswith(" ") and clean else clean

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(SearchTyped(self.value.strip()))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_enter()

    def action_enter(self) -> None:
        self.post_message(SearchEntered(self.value.strip()))

    def action_older(self) -> None:
        """What was entered before."""
        self.take(self.history.older(self.value) if self.history else None)

    def action_newer(self) -> None:
        """What was entered after that; from what is typed, the same as Enter."""
        text = self.history.newer() if self.history else None
        if text is None:
            self.action_enter()
        else:
            self.take(text)

    def action_complete(self) -> None:
        self.post_message(SearchCompleting(self.value))

    def take(self, text: str | None) -> None:
        """Have `text` in the box, as if it had been typed."""
        if text is not None:
            self.value = text
            self.cursor_position = len(self.value)

    def action_leave(self) -> None:
        self.post_message(SearchLeft())
