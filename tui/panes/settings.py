"""The panes of the settings screen: every setting in a row, and the one under the cursor in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.message import Message

from tui.drawing.render import Line
from tui.panes.page import Page
from tui.panes.setting_words import Row, detail_lines, heading_line, row_id, row_line
from tui.widgets.virtual_list import VirtualList


class SettingsPane(VirtualList):
    """Settings under headings. Posts :class:`Chosen` and :class:`Stepped`."""

    BORDER_TITLE = "Settings"
    CHOOSING = "change"

    class Chosen(Message):
        """A setting is to be changed."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    class Stepped(Message):
        """The next of its choices (1), or the one before (-1), is wanted."""

        def __init__(self, row: Row, step: int) -> None:
            super().__init__()
            self.row, self.step = row, step

    def __init__(self) -> None:
        super().__init__(id="settings")
        self.entries: Sequence[Row | str] = ()

    def show(self, entries: Sequence[Row | str]) -> None:
        """Show them; the cursor stays on the setting that it is on."""
        here = row_id(self.current) if self.current else ""
        self.entries = entries
        self.set_rows(len(entries), self.place_of(here))
        self.post_message(self.Moved(self))

    def place_of(self, name: str) -> int | None:
        """The row of a setting by its name in the file."""
        return next((i for i, row in enumerate(self.entries) if not isinstance(row, str) and row_id(row) == name), None)

    @property
    def current(self) -> Row | None:
        entry = self.entries[self.cursor] if self.cursor < len(self.entries) else None
        return None if isinstance(entry, str) else entry

    def can_rest(self, row: int) -> bool:
        return not isinstance(self.entries[row], str)

    def draw_row(self, row: int, part: int, width: int) -> Line:
        entry = self.entries[row]
        return heading_line(entry, width) if isinstance(entry, str) else row_line(entry, width, self.glyphs.ellipsis)

    def action_choose(self) -> None:
        if self.current:
            self.post_message(self.Chosen(self.current))

    def action_unfold(self) -> None:
        self._step(1)

    def action_fold(self) -> None:
        self._step(-1)

    def action_turn(self) -> None:
        self._step(1)

    def _step(self, step: int) -> None:
        if self.current:
            self.post_message(self.Stepped(self.current, step))


class SettingPage(Page):
    """One setting in full."""

    BORDER_TITLE = "Meaning"

    def __init__(self) -> None:
        super().__init__(id="setting")
        self.row: Row | None = None
        self.keys: Mapping[str, str] = {}

    def show(self, row: Row | None, keys: Mapping[str, str]) -> None:
        self.row, self.keys = row, keys
        self.update()

    def lay_out(self, width: int) -> Sequence[Line]:
        return detail_lines(self.row, width, self.keys) if self.row else ()
