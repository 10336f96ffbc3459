"""Writing a handover or a digest to a file: where to is asked, and what is there already is never written over."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from newsdesk.desk import Desk
from newsdesk.errors import StorageError
from tui.screens.base import DeskScreen

_SLUG_CHARS = 48


class PackingScreen(DeskScreen):
    """Subclasses say which storyline the cursor is on."""

    def line_here(self) -> tuple[str, str] | None:
        """Id and title of the storyline under the cursor."""
        raise NotImplementedError

    def action_handover(self) -> None:
        line = self.line_here()
        if line is None:
            self.say("put the cursor on a storyline; its handover is written to a file", "muted")
            return
        line_id, title = line
        self._ask_where(f"Handover of “{title[:60]}”", f"handover-{slug(title) or line_id}", partial(handover_of, line_id))

    def action_digest(self) -> None:
        self._ask_where("Digest of what the last refresh brought", f"digest-{self.setup.now():%Y-%m-%d-%H%M}", digest_text)

    def _ask_where(self, title: str, stem: str, make: Callable[[Desk], Iterable[str]]) -> None:
        from tui.screens.asking import Prompt

        words = ((title, "title"), ("Markdown, to which file?", "muted"))
        self.app.push_screen(Prompt(words, partial(self._write, make), text=str(free_path(Path.cwd(), stem))))

    def _write(self, make: Callable[[Desk], Iterable[str]], text: str) -> None:
        self.work("write", self._written, make, Path(text).expanduser())

    async def _written(self, make: Callable[[Desk], Iterable[str]], path: Path) -> None:
        if path.exists():
            self.say_error(f"{path} is there already and stays as it is; give another name")
            return
        self.say(f"writing {path}", "muted")
        await self.lanes.front(lambda desk: write_new(path, make(desk)))
        self.say(f"written: {path}")


def handover_of(line_id: str, desk: Desk) -> Iterable[str]:
    from newsdesk.briefing import make_handover
    from newsdesk.export.blocks import to_markdown
    from newsdesk.export.briefing import handover_blocks

    return to_markdown(handover_blocks(make_handover(desk, line_id)))


def digest_text(desk: Desk) -> Iterable[str]:
    from newsdesk.briefing import make_digest
    from newsdesk.export.blocks import to_markdown
    from newsdesk.export.briefing import digest_blocks

    return to_markdown(digest_blocks(make_digest(desk)))


def slug(title: str) -> str:
    """A title as a part of a file's name: letters and digits with hyphens between them."""
    return "-".join(re.findall(r"[^\W_]+", title.casefold()))[:_SLUG_CHARS].strip("-")


def free_path(folder: Path, stem: str) -> Path:
    """``STEM.md`` in `folder`, with a number where that is there already."""
    names = (f"{stem}.md", *(f"{stem}-{number}.md" for number in range(2, 100)))
    return next((folder / name for name in names if not (folder / name).exists()), folder / f"{stem}.md")


def write_new(path: Path, pieces: Iterable[str]) -> None:
    """Write a file that isn't there yet, whole or not at all. Raises StorageError."""
    made = False
    try:
        with path.open("x", encoding="utf-8", errors="replace") as file:
            made = True
            for piece in pieces:
                file.write(piece)
    except FileExistsError:
        raise StorageError(f"{path} is there already and stays as it is; give another name") from None
    except BaseException as error:
        if made:
            with contextlib.suppress(OSError):
                path.unlink()
        if isinstance(error, OSError):
            raise StorageError(f"{path}: {error.strerror or error}; give another place") from None
        raise
