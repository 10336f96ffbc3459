"""A page that is pasted into the newsroom: it is asked whether to keep it, written to a file, and read as a source is."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from textual import events

from newsdesk.errors import StorageError
from newsdesk.model import Json
from tui.drawing.render import Span
from tui.screens.packing import free_path, write_new
from tui.screens.refreshing import Refreshing

FEWEST_LINES: Final = 2  # with something in them: less is an address, or words to search for
MOST_CHARS: Final = 2_000_000  # of a page that came by the terminal
MOST_SHOWN: Final = 60


class PastingScreen(Refreshing):
    """Pasted text presses no key, wherever it goes."""

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        text = "\n".join(event.text.splitlines())
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        if not lines:
            return
        folder = self.setup.pasted
        if len(lines) < FEWEST_LINES:
            self.say(f"a page of several lines can be pasted here; words go into the search ({self.key_of('search')})", "muted")
        elif len(text) > MOST_CHARS:
            self.say_error("that is too much to be a page; save it as a file and open it with newsdesk FILE")
        elif folder is None:
            self.say(f"nothing is kept among sample stories; {self.key_of('welcome')} begins a desk of your own", "muted")
        else:
            self._ask(folder, text, lines)

    def _ask(self, folder: Path, text: str, lines: Sequence[str]) -> None:
        from tui.screens.asking import Choice

        words = (
            ("Keep the pasted text as a page?", "title"),
            (f"{len(lines):,} lines, from “{lines[0][:MOST_SHOWN]}” on", "muted"),
        )
        answer = (("Keep it: its stories are read now, and stay", "text"),)
        self.app.push_screen(Choice(words, [answer], lambda _: self.work("paste", self._keep, folder, text)))

    async def _keep(self, folder: Path, text: str) -> None:
        try:
            path = await asyncio.to_thread(_write, folder, f"{self.setup.now():%Y-%m-%d-%H%M%S}.txt", text)
        except StorageError as error:
            self.say_error(str(error))
            return
        self.pages.add(str(path))
        self.start_refresh(str(path))  # after the one that runs, if one does

    def report_words(self, report: dict[str, Json]) -> Span:
        stories = report.get("stories") or {}
        if self.asked in self.pages and not (stories.get("new") or stories.get("changed")):
            return f"no new story was found in what was pasted; it lies in {self.asked}", "muted"
        return super().report_words(report)


def _write(folder: Path, name: str, text: str) -> Path:
    """Write a page to a file of its own. Raises StorageError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{folder}: {error.strerror or error}; what was pasted is not kept") from None
    path = free_path(folder, name)
    write_new(path, [text + "\n"])
    return path
