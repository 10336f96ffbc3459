"""Sending stories to a program, and the sheet that shows what it answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.worker import Worker

from newsdesk.desk import Desk
from newsdesk.errors import UsageError
from newsdesk.model import Story
from tui.drawing.render import Line, clean, shorten, wrap
from tui.history import History
from tui.lanes import Lanes
from tui.panes.page import Page
from tui.screens.base import NO_STORY
from tui.screens.packing import ENDINGS, PackingScreen, format_of, slug
from tui.screens.reading import ReadingScreen
from tui.screens.sheet import Sheet
from tui.session import Session

if TYPE_CHECKING:
    from tui.app import Setup
    from tui.outside.piping import Answer, Pipe


MOST_SAVED = 5_000  # stories of a list that are written to a file: some seconds


class PipingScreen(ReadingScreen, PackingScreen):
    """`|` asks for the program; on the command line it stands behind the command's name."""

    def __init__(self, setup: Setup, lanes: Lanes, session: Session) -> None:
        super().__init__(setup, lanes, session)
        self.piped = History(session.piped)

    def action_pipe(self) -> None:
        from tui.screens.entry import Entry

        if self._refuses():
            return
        words = (
            ("Send this to which program? Its words, no shell: wc -w", "title"),
            ("Before it: text: or json: instead of Markdown, list: or starred: for those", "muted"),
        )
        self.app.push_screen(Entry(words, self._pipe, example="json: jq .", history=self.piped, check=fault_of_pipe))

    def _pipe(self, line: str) -> None:
        if line:
            self.do_pipe(line)

    def action_copy_text(self) -> None:
        """The text of the story that is read, with its facts."""
        from tui.outside.piping import story_text

        story = self.article_pane.story
        if story is None:
            self.say(NO_STORY, "muted")
            return
        self.app.copy_to_clipboard(story_text(replace(story, comments=())))
        self.say("the story's text is copied", "muted")

    def action_save_story(self) -> None:
        story = self.article_pane.story
        if story is None:
            self.say(NO_STORY, "muted")
            return
        heading, story_id, now = story.heading(), story.id, self.setup.now()

        def make(desk: Desk, path: Path) -> Iterable[str]:
            from newsdesk.export import export_stories

            found = desk.story(story_id)
            return export_stories([found] if found else [], format_of(path), now)

        self.ask_place(f"Save “{heading}”", f"{slug(heading) or story_id}.md", make, endings=ENDINGS)

    def action_save_list(self) -> None:
        query, now = self.view.narrowing.query(), self.setup.now()
        number = self.counts.stories if self.counts is not None else 0
        if not number:
            self.say("there is no story in the list to write", "muted")
            return
        many = f"{number:,} stories" if number != 1 else "the story"
        whole = f"Save {many} of the list" if number <= MOST_SAVED else f"Save the newest {MOST_SAVED:,} of {many}"

        def make(desk: Desk, path: Path) -> Iterable[str]:
            from newsdesk.export import export_stories

            ids = desk.ids(query, "newest", MOST_SAVED)
            stories = (story for one in ids if (story := desk.story(one)) is not None)
            return export_stories(stories, format_of(path), now)

        stem = slug(self.view.narrowing.search or self.view.narrowing.follow_name or "stories") or "stories"
        self.ask_place(whole, f"{stem}-{now:%Y-%m-%d-%H%M}.csv", make, endings=ENDINGS)

    def _refuses(self) -> bool:
        """Who looks on from a browser starts no programs here."""
        if self.app.is_web:
            self.say_error("no program is started from a browser; use newsdesk in a terminal")
        return self.app.is_web

    def do_pipe(self, line: str) -> None:
        from tui.outside.piping import read_pipe

        if self._refuses():
            return
        try:
            pipe = read_pipe(line)
        except UsageError as error:
            self.say_error(str(error))
            return
        self.piped.add(line)
        self.work("pipe", self._gather, pipe, exclusive=True)

    async def _gather(self, pipe: Pipe) -> None:
        """Read the stories, then show the program's answer."""
        from tui.outside.piping import MOST_STORIES, bytes_of

        item, query = self.stories_pane.current, self.view.narrowing.query()
        now = self.setup.now()

        def read(desk: Desk) -> tuple[int, bytes]:
            if pipe.what:
                wanted = query if pipe.what == "list" else "is:starred"
                ids = [row.id for row in desk.rows(wanted, "newest", MOST_STORIES)]
            elif item is not None and item.is_head and item.storyline is not None:
                ids = [row.id for row in desk.storyline_stories(item.storyline.id, query)][:MOST_STORIES]
            else:
                ids = [item.story_id] if item is not None and item.story_id else []
            stories: list[Story] = [story for one in ids if (story := desk.story(one)) is not None]
            return len(stories), bytes_of(stories, pipe.format, now)

        number, given = await self.lanes.back(read)
        if number:
            self.app.push_screen(AnswerSheet(pipe.words, number, given))
        else:
            self.on_top.say("there is no story to send", "muted")


def fault_of_pipe(line: str) -> str:
    """What is wrong with a line that names a program, and the mend; empty where nothing is, or where there is no line."""
    from tui.outside.piping import read_pipe

    try:
        read_pipe(line or "cat")
    except UsageError as error:
        return str(error)
    return ""


class AnswerPage(Page):
    """What the program said, and how it ended."""

    def __init__(self) -> None:
        super().__init__(id="answer")
        self.answer: Answer | None = None
        self.set_note(("It runs. Esc stops it.", "muted"))

    def show(self, answer: Answer) -> None:
        self.answer = answer
        self.update()

    def lay_out(self, width: int) -> Sequence[Line]:
        if self.answer is None:
            return ()
        lines: list[Line] = [((" " + part, "text"),) for line in self.answer.lines for part in wrap(line, width - 2)]
        said: list[Line] = lines or [((" It said nothing.", "faint"),)]
        return [*said, (), ((f" {self.answer.says}", "muted" if self.answer.code == 0 else "error"),)]


class AnswerSheet(Sheet):
    """Runs the program while it is shown; leaving stops it. y copies what it said."""

    CSS = """
    AnswerSheet { align: center middle; }
    #answer { width: 94%; height: 90%; border: solid $edge-focus; background: $background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+g,q", "leave", show=False, priority=True),
        Binding("y", "copy", show=False, priority=True),
    ]

    def __init__(self, words: Sequence[str], stories: int, given: bytes) -> None:
        super().__init__()
        self._words = words
        self._given = given
        self._page = AnswerPage()
        many = f"{stories:,} stories" if stories != 1 else "1 story"
        self._title = shorten(f"{many} to {' '.join(words)}", 60)

    def compose(self) -> ComposeResult:
        yield self._page

    KEYS = "y copies it, Esc leaves"

    def on_mount(self) -> None:
        self._entitle()
        self._page.focus()
        self._runs: Worker[None] = self.run_worker(self._run, group="pipe", exit_on_error=False)  # ends with the sheet

    def _entitle(self, more: str = "") -> None:
        self._page.border_title = Content(f"{self._title}{more}")  # as in jq '.[0]', words are no markup

    async def _run(self) -> None:
        from tui.outside.piping import run_filter

        answer = await run_filter(self._words, self._given)
        self._entitle(f"  {answer.says}")
        self._page.show(answer)

    def action_copy(self) -> None:
        if self._page.answer is not None:
            self.app.copy_to_clipboard("\n".join(map(clean, self._page.answer.lines)))
            self._entitle("  copied")
