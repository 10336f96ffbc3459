"""Writing a handover or a digest to a file: where to is asked, and what is there already is never written over."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Collection, Iterable
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from newsdesk.desk import Desk
from newsdesk.errors import StorageError
from newsdesk.paths import expand
from newsdesk.wording import stories
from tui.drawing.render import shorten_quoted
from tui.lanes import apart
from tui.screens.base import DeskScreen

_SLUG_CHARS = 48
# The endings of a file's name, and the export formats that they ask for.
ENDINGS: Final = {name: name for name in ("md", "csv", "tsv", "json", "ndjson", "html", "atom")} | {"txt": "md"}
Make: TypeAlias = Callable[[Desk, Path], Iterable[str]]
MOST_ASKED = 70  # cells of a question with a title in it: one line of a prompt


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
        self.ask_place(f"Handover of “{title}”", f"handover-{slug(title) or line_id}.md", partial(handover_of, line_id))

    def action_digest(self) -> None:
        self.ask_digest("")

    def ask_digest(self, since: str) -> None:
        """Ask where to write a digest of what is new since an age or a date, or (empty) since the dashboard was closed."""
        self.work("digest", self._ask_digest, since)

    async def _ask_digest(self, since: str) -> None:
        # The dashboard refreshes by itself: what the last run brought would leave out what came in before that, unseen too.
        since, number = await self.lanes.front(partial(_count_new, since))
        told = {"last-visit": "came in since you left", "last-run": "came with the last refresh"}.get(since)
        told = told or f"is newer than {since}"
        if number:
            name = f"digest-{self.setup.now():%Y-%m-%d-%H%M}.md"
            self.ask_place(f"Digest of what {told}: {stories(number)}", name, partial(digest_text, since))
        else:
            self.say(f"nothing {told}; {self.key_of('palette')} digest 6h tells of the last six hours, 2d of two days", "muted")

    def ask_place(self, title: str, name: str, make: Make, *, endings: Collection[str] = ()) -> None:
        """Ask for a file that isn't there yet, and write to it what `make` gives for it; where there are `endings`, its name
        ends with one of them, which says the format."""
        self.work("place", self._ask_place, title, name, make, endings, exclusive=True)

    async def _ask_place(self, title: str, name: str, make: Make, endings: Collection[str]) -> None:
        from tui.screens.entry import Entry, complete_path

        place = await apart(lambda: str(free_path(Path.cwd(), name)))
        told = f"To which file? Its name ends with {_listed(endings)}" if endings else "Markdown, to which file?"
        words = ((shorten_quoted(title, MOST_ASKED), "title"), (told, "muted"))
        check = partial(fault_of_place, endings=endings)
        self.app.push_screen(Entry(words, partial(self._write, make), text=place, check=check, complete=complete_path))

    def _write(self, make: Make, text: str) -> None:
        if text:
            self.work("write", self._written, make, Path(expand(text)))

    async def _written(self, make: Make, path: Path) -> None:
        self.say(f"writing {path}", "muted")
        await self.lanes.back(lambda desk: write_new(path, make(desk, path)))  # keys are answered meanwhile
        self.say(f"written: {path}")


def handover_of(line_id: str, desk: Desk, _: Path) -> Iterable[str]:
    from newsdesk.briefs.briefing import make_handover
    from newsdesk.export.blocks import to_markdown
    from newsdesk.export.briefing import handover_blocks

    return to_markdown(handover_blocks(make_handover(desk, line_id)))


def _count_new(since: str, desk: Desk) -> tuple[str, int]:
    """Since when a digest is to be, and how many stories it tells of."""
    from newsdesk.briefs.briefing import window_of

    since = since or ("last-visit" if desk.last_visit() else "last-run")
    return since, desk.count(window_of(since))


def digest_text(since: str, desk: Desk, _: Path) -> Iterable[str]:
    from newsdesk.briefs.briefing import make_digest
    from newsdesk.export.blocks import to_markdown
    from newsdesk.export.briefing import digest_blocks

    return to_markdown(digest_blocks(make_digest(desk, since)))


def _listed(endings: Collection[str]) -> str:
    *others, last = (f".{ending}" for ending in endings)
    return f"{' '.join(others)} or {last}"


def format_of(path: Path) -> str:
    """The export format that a file's name asks for by its ending."""
    return ENDINGS.get(path.suffix.removeprefix("."), "md")


def fault_of_place(text: str, endings: Collection[str] = ()) -> str:
    """Why no file can be made there, and the mend; empty where one can, or where nothing is written. `endings`: those that the
    name may have, where it may not have any."""
    path = Path(expand(text))
    if not text:
        return ""
    try:
        if endings and path.suffix.removeprefix(".") not in endings:
            return f"end the name with {_listed(endings)}"
        if path.is_dir():
            return f"{path} is a folder; write the file's name behind it"
        if path.exists():
            return f"{path} is there already and stays as it is; give another name"
        if not path.parent.is_dir():
            return f"there is no folder {path.parent}; give another place"
    except OSError as error:
        return f"{path}: {error.strerror or error}; give another place"
    return ""


def slug(title: str) -> str:
    """A title as a part of a file's name: letters and digits with hyphens between them."""
    return "-".join(re.findall(r"[^\W_]+", title.casefold()))[:_SLUG_CHARS].strip("-")


def free_path(folder: Path, name: str) -> Path:
    """`name` in `folder`, with a number before its ending where that is there already."""
    stem, dot, ending = name.rpartition(".")
    names = (name, *(f"{stem}-{number}{dot}{ending}" for number in range(2, 100)))
    return next((folder / one for one in names if not (folder / one).exists()), folder / name)


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
