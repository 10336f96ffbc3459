"""Sheets that ask for one line; what is wrong with it is said at once."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from functools import partial
from itertools import takewhile
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.geometry import Region

from newsdesk.paths import expand
from tui.drawing.render import Span, clean
from tui.history import History
from tui.lanes import apart
from tui.messages import SearchEntered, SearchTyped
from tui.screens.asking import Words
from tui.screens.sheet import Sheet, is_on_top
from tui.widgets.search_box import SearchBox

MOST_OFFERED = 200
SOON_S = 0.2  # how long keys wait for a disk; then it is waited for beside them

T = TypeVar("T")


class Entry(Sheet):
    """Enter gives the line to `do` unless `check` has a reason against it, which is shown; Tab completes; Esc leaves.

    With `complete` the line is a path: that and `check` ask the disk, which may be slow, on another thread.
    """

    CSS = """
    #entry { width: 84; max-width: 96%; height: 9; margin-top: 4; border: solid $edge-focus; background: $background; }
    #entry Words { height: 1fr; border-top: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+g", "leave", show=False, priority=True),
        Binding("tab", "complete", show=False, priority=True),
    ]
    KEYS = "Enter takes it, Esc leaves"

    def __init__(
        self,
        paragraphs: Sequence[Span],
        do: Callable[[str], None],
        *,
        text: str = "",
        example: str = "",
        history: History | None = None,
        check: Callable[[str], str] = lambda _: "",
        complete: Callable[[str], tuple[str, Sequence[str]]] | None = None,
    ) -> None:
        super().__init__()
        self._do, self._check, self._complete = do, check, complete
        self._paragraphs = tuple(paragraphs)
        self._words = Words(paragraphs)
        self._box = SearchBox(example)
        self._box.history = history
        self._text = text

    def compose(self) -> ComposeResult:
        with Container(id="entry"):
            yield self._words
            yield self._box

    def on_mount(self) -> None:
        if self._complete is not None:
            self.keys = "Enter takes it, Tab completes, Esc leaves"
        self._box.add_class("-shown")
        self._write(self._text)
        self._box.focus()
        self.call_after_refresh(self._show_end)

    def _show_end(self) -> None:
        """Of a long line the end is what is written on."""
        self._box.scroll_to_region(Region(max(0, self._box.virtual_size.width - 1), 0, 1, 1), force=True, animate=False)

    def _write(self, text: str) -> None:
        self._box.value = text
        self._box.cursor_position = len(self._box.value)

    def _tell(self, *more: Span) -> None:
        self._words.tell((*self._paragraphs, *more))

    def on_resize(self) -> None:
        self._words.update()

    def on_search_typed(self, message: SearchTyped) -> None:
        message.stop()
        self._tell()

    async def on_search_entered(self, message: SearchEntered) -> None:
        text = message.text
        if self._complete is None:
            self._entered(text, self._check(text))
        else:
            await self._ask_disk(self._check, text, partial(self._entered, text))

    def _entered(self, text: str, reason: str) -> None:
        if not is_on_top(self):
            return
        if reason:
            self._tell((clean(reason), "error"))
            return
        self.leave()
        self.take(text)

    def take(self, text: str) -> None:
        """What was entered, once the sheet is left."""
        self.call_later(self._do, text)

    async def action_complete(self) -> None:
        if self._complete is not None:
            await self._ask_disk(self._complete, self._box.value, self._completed)

    def _completed(self, found: tuple[str, Sequence[str]]) -> None:
        text, offers = found
        with self._box.prevent(SearchBox.Changed):
            self._write(text)
        self._tell((clean("  ".join(offers)), "muted") if len(offers) > 1 else ("", ""))

    async def _ask_disk(self, work: Callable[[str], T], text: str, take: Callable[[T], None]) -> None:
        """Give `take` what `work` finds of the line `text`, if it is still the line then: before the next key, where that is
        soon."""
        answer = apart(partial(work, text))
        await asyncio.wait((answer,), timeout=SOON_S)
        if answer.done():
            await self._wait(answer, text, take)
        else:
            self._tell(("The disk has not answered yet.", "muted"))
            self.run_worker(self._wait(answer, text, take), group="disk", exclusive=True)

    async def _wait(self, answer: asyncio.Future[T], text: str, take: Callable[[T], None]) -> None:
        found = await answer
        if text == self._box.value:
            take(found)

    def pressed_beside(self) -> None:
        """What was written is not given up for a slip of the mouse."""
        if self._box.value in ("", self._text):
            self.leave()
        else:
            self._tell((f"What you wrote is still here: {self.keys or self.KEYS}.", "muted"))


class Prompt(Entry):
    """An entry, less tall, of which an empty line is as good as leaving it."""

    CSS = f"{Entry.CSS} #entry {{ width: 76; max-width: 94%; height: 6; }}"

    def take(self, text: str) -> None:
        if text:
            super().take(text)


def complete_path(text: str) -> tuple[str, Sequence[str]]:
    """A path as far as the disk makes it sure, and the names that it may go on with. Folders end with a slash."""
    head, slash, begun = text.rpartition("/")
    folder = expand(f"{head}{slash}" or ".")
    try:
        with os.scandir(folder) as found:
            hidden = begun.startswith(".")
            entries = [entry for entry in found if entry.name.startswith(begun) and (hidden or not entry.name.startswith("."))]
            names = sorted(entry.name + ("/" if entry.is_dir() else "") for entry in entries[:MOST_OFFERED])
    except (OSError, ValueError):
        return text, ()
    if not names:
        return text, ()
    shared = takewhile(lambda signs: len(set(signs)) == 1, zip(*names, strict=False))
    return f"{head}{slash}{''.join(signs[0] for signs in shared)}", names
