"""What every whole screen stands on: work beside it, saying what happened, and going to the other screens."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar, TypeVarTuple, cast

from textual.reactive import Reactive
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.worker import Worker

from newsdesk.desk import Desk
from newsdesk.errors import NewsdeskError, StorageError
from tui.drawing.render import Line, Span, clean, line_width, shorten, shorten_quoted, wrap
from tui.keys.commands import BESIDE, BY_ID, COMMANDS, Command, Where, first_key
from tui.keys.hints import Hint, hints_of
from tui.lanes import Lanes
from tui.messages import Said
from tui.screens.sheet import is_on_top
from tui.session import Session
from tui.widgets.bars import Bar
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from tui.app import NewsdeskApp, Setup
    from tui.panes.article import ArticlePane
    from tui.screens.newsroom import Newsroom

Ts = TypeVarTuple("Ts")
WORDY_FROM = 100  # cells of width from which the corner needs not be short
NO_STORY = "put the list's cursor on a story first"
MOST_LINES_SAID = 3  # a mistake is said to its end: what mends it stands there
LEAST_SAID_S = 3.0  # after that, the next key takes it away: whoever goes on has read it
BRIEFLY_S = 5.0
SAID_FOR_S = 12.0  # how long a sentence stays in the status line
UNREAD = -1  # for a version: the desk never has it
LONGEST_PAINT_S = 0.3  # after that, work that lets the screen be painted first goes on all the same


class DeskScreen(Screen[None]):
    """Runs coroutines in named groups (a newer one of a group replaces an older) and shows their failures as sentences.

    `PLACE` is the screen's name in the table of commands. The newsroom is always below; at most one other stands over it.
    """

    PLACE: ClassVar[Where] = "screen"

    # The framework would draw the whole screen anew whenever the focus moves; what the focus changes are two widgets.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self, setup: Setup, lanes: Lanes, session: Session) -> None:
        super().__init__()
        self.setup = setup
        self.lanes = lanes
        self.session = session
        self.version = 0  # of the desk, in which it was read; 0 before that
        self.title_bar = Bar(id="title")
        self.status_bar = Bar(id="status")
        self._said: Timer | None = None
        self._said_at = 0.0
        self._offer: tuple[Span, float] | None = None  # to take something back, and until when it stands
        self.acted = False  # whether a person has pressed a key or a button of the mouse here

    @property
    def desk_app(self) -> NewsdeskApp:
        return cast("NewsdeskApp", self.app)

    def work(self, group: str, task: Callable[[*Ts], Coroutine[Any, Any, None]], *args: *Ts, exclusive: bool = False) -> None:
        """Do `task` beside the screen. Of an exclusive group only the newest goes on and answers of others are dropped: for
        reading only, a change is never dropped."""
        guarded = partial(self._guarded, partial(task, *args), self.tell if exclusive else self.say)
        self._newest: Worker[bool] = self.run_worker(guarded, group=group, exclusive=exclusive, exit_on_error=False)

    def _compositor_refresh(self) -> None:
        """The framework has a screen that changes below a sheet paint itself anew with every later message to it, and the sheet
        over it; painted once is enough, as it is painted in any case when it is on top again."""
        super()._compositor_refresh()
        if not self.is_active:
            self._repaint_required = False

    async def painted(self) -> None:
        """Wait until all that has changed stands on the terminal: for what would else keep its paint waiting.

        The word of it goes to the screen that is looked at, and is lost where that is left before it is painted.
        """
        done = asyncio.Event()
        if self.call_after_refresh(done.set):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LONGEST_PAINT_S):
                    await done.wait()

    async def _guarded(self, task: Callable[[], Coroutine[Any, Any, None]], say: Callable[[str, str], None]) -> bool:
        try:
            await task()
        except NewsdeskError as error:
            if isinstance(error, StorageError):  # what was to be read is read at the next look, also where nothing else changes
                self.version = UNREAD
            say(error.in_words(), "error")
        except Exception as error:
            self.desk_app.faults.append(error)
            say(f"internal error: {type(error).__name__}: {error}", "error")
        else:
            return True
        return False

    # --- the status line

    def say(self, text: str, ink: str = "text", *, for_s: float = SAID_FOR_S) -> None:
        """Show a sentence in the status line for a while, in the place of any other."""
        self._offer = None
        self._show_said(for_s, (text, ink))

    def say_done(self, done: str, ink: str = "text") -> None:
        """Say what was done, and the key that takes it back."""
        offer = f"{done}; {self.key_of('undo')} takes it back"
        self.say(offer, ink)
        self._offer = (offer, ink), monotonic() + SAID_FOR_S

    def tell(self, text: str, ink: str = "text") -> None:
        """Show a sentence that nobody waits for: below what can still be taken back or is to be done next."""
        if self._offer is not None and monotonic() < self._offer[1]:
            above = [self._offer[0]]
        else:
            above = [(self.waits_for, "text")] if self.waits_for else []
        # That all went well need not hide the keys for long.
        self._show_said(SAID_FOR_S if above or ink != "muted" else BRIEFLY_S, *above, (text, ink))

    def _show_said(self, for_s: float, *sentences: Span) -> None:
        if self._said is not None:
            self._said.stop()
        self._show_sentences(*sentences)
        self._said_at = monotonic()
        self._said = self.set_timer(for_s, self.hush)

    def _show_sentences(self, *sentences: Span) -> None:
        lines: list[Span] = []
        for text, ink in sentences:
            lines += [(line, ink) for line in self._said_lines(text, max(1, MOST_LINES_SAID - len(lines)))]
        first, *below = ((line,) for line in lines)
        corner = self._corner()
        needs_all = len(lines) > len(sentences) or line_width((*corner, *first)) >= self.app.size.width - 2
        self.status_bar.show(first, () if needs_all else corner, below)

    def _said_lines(self, text: str, most: int) -> list[str]:
        room, ellipsis = self.app.size.width - 2, self.desk_app.glyphs.ellipsis
        lines = wrap(shorten_quoted(clean(text), room - 1, ellipsis), room)
        return lines if len(lines) <= most else [*lines[: most - 1], shorten(" ".join(lines[most - 1 :]), room, ellipsis)]

    def on_said(self, message: Said) -> None:
        """A pane says why a key does nothing there."""
        self.say_briefly(message.text)

    def say_briefly(self, text: str) -> None:
        """Say why a key did nothing: it need not hide the keys that do something for long."""
        self.say(text, "muted", for_s=BRIEFLY_S)

    def say_error(self, text: str) -> None:
        self.say(text, "error")

    def hush(self) -> None:
        """Back to the keys, or to what is waited for."""
        if self._said is not None:
            self._said.stop()
            self._said = None
        self._offer = None
        if self.waits_for:
            self._show_sentences((self.waits_for, "text"))
        else:
            self.status_bar.show_hints(self._hints(), self._corner())

    def key_came(self) -> None:
        """A person goes on: what was said some time ago no longer hides the keys."""
        if self._said is not None and monotonic() - self._said_at > LEAST_SAID_S:
            self.hush()

    @property
    def waits_for(self) -> str:
        """What is to be done next where something was begun: until then it stands in the place of the keys."""
        return ""

    def _hints(self) -> list[Hint]:
        """The keys that matter most; last the way back and the one that shows all of them, which are always there."""
        words = {command.id: self.hint_for(command) for command in COMMANDS if any(map(command.is_at, self.places))}
        own = frozenset(command.id for command in COMMANDS if self._is_own(command))
        return hints_of(words, own, self.desk_app.person_keys)

    def _is_own(self, command: Command) -> bool:
        """Whether it belongs to this screen or pane more than to all."""
        if self.PLACE == "screen":
            return command.where in self.places[:-2]
        return command.where in (self.PLACE, "thread") or (bool(command.hint_beside) and len(command.also) < len(BESIDE))

    def hint_for(self, command: Command) -> str:
        """The command's word in the line of keys; nothing where there is none, or nothing to do it with."""
        if command.id == "choose" and isinstance(self.focused, LineView):
            return self.focused.choosing
        return command.hint or (command.hint_beside if self.PLACE != "screen" else "")

    def on_bar_pressed(self, message: Bar.Pressed) -> None:
        """The mouse on a key of the status line does what the key does."""
        message.stop()
        self.run_command(BY_ID[message.command])

    @property
    def places(self) -> tuple[Where, ...]:
        """Where the keys that are in force now belong."""
        return ("pane", self.PLACE)

    def hint_again(self) -> None:
        """Other keys are in force; a sentence that is being said is said to its end."""
        if self._said is None:
            self.hush()

    def on_stories_pane_means_other(self) -> None:
        self.hint_again()

    def _corner(self) -> Line:
        if not self.setup.demo:
            return ()
        return (("demo: nothing is kept " if self.app.size.width >= WORDY_FROM else "demo: not kept ", "follow"),)

    # --- the other screens

    @property
    def newsroom(self) -> Newsroom:
        return cast("Newsroom", self.app.screen_stack[0])

    @property
    def on_top(self) -> DeskScreen:
        """The whole screen that a person sees, perhaps under a sheet."""
        return next((screen for screen in reversed(self.app.screen_stack) if isinstance(screen, DeskScreen)), self)

    def key_of(self, command_id: str) -> str:
        return first_key(BY_ID[command_id], self.desk_app.person_keys)

    def tick(self) -> None:
        """How the refresh goes has changed."""

    def open_beside(self, screen: DeskScreen) -> None:
        """Put `screen` over the newsroom, in the place of another one that may be there."""
        if isinstance(self.app.screen, DeskScreen) and self.app.screen is not self.newsroom:
            self.app.switch_screen(screen)
        else:
            self.app.push_screen(screen)

    def here(self) -> tuple[str | None, str] | None:
        """The story that a person has before them (None: all of a storyline) and its storyline; None where there is none."""
        line, story = self.newsroom.line_here(), self.newsroom.story_here()
        return (story[0] if story else None, line[0]) if line else None

    def action_feeds(self) -> None:
        from tui.screens.feeds import FeedsScreen

        if self.PLACE != "feeds":
            self.open_beside(FeedsScreen(self.setup, self.lanes, self.session))

    def action_storyline(self) -> None:
        from tui.screens.storyline import StorylineScreen

        here = self.here()
        if here is None:
            self.say(NO_STORY, "muted")
        elif self.PLACE != "storyline":
            self.open_beside(StorylineScreen(self.setup, self.lanes, self.session, here[1]))

    def action_coverage(self) -> None:
        from tui.screens.coverage import CoverageScreen

        if self.PLACE != "coverage":
            self.open_beside(CoverageScreen(self.setup, self.lanes, self.session))

    def action_mood(self) -> None:
        from tui.screens.mood import MoodScreen

        here = self.here()
        if here is None:
            self.say(NO_STORY, "muted")
        elif self.PLACE != "mood":
            self.open_beside(MoodScreen(self.setup, self.lanes, self.session, *here))

    def action_follows(self) -> None:
        from tui.screens.following import FollowingScreen

        if self.PLACE != "follows":
            self.open_beside(FollowingScreen(self.setup, self.lanes, self.session))

    def action_settings(self, wanted: str = "") -> None:
        """`wanted`: the name of a setting to begin at, and perhaps a value for it."""
        from tui.screens.settings import SettingsScreen

        if self.PLACE != "settings" or wanted:
            self.open_beside(SettingsScreen(self.setup, self.lanes, self.session, wanted))

    def action_welcome(self) -> None:
        newsroom = self.newsroom
        if self is not newsroom:
            self.app.pop_screen()
        newsroom.call_later(newsroom.show_welcome)

    # --- commands that do the same everywhere

    def action_undo(self) -> None:
        self.work("undo", self._undo)

    async def _undo(self) -> None:
        undone = await self.turn_back(lambda desk: desk.undo())
        self.say(f"undone: {undone}; {self.key_of('redo')} does it again" if undone else "there is nothing left to undo")

    def action_redo(self) -> None:
        self.work("undo", self._redo)

    async def _redo(self) -> None:
        redone = await self.turn_back(lambda desk: desk.redo())
        self.say(f"done again: {redone}" if redone else "nothing was undone since the last change")

    async def turn_back(self, work: Callable[[Desk], str | None]) -> str | None:
        """Undo or redo, and show what has become of it; returns what it was, None if there was nothing."""
        raise NotImplementedError

    def run_command(self, command: Command, argument: str = "") -> None:
        """Do a command chosen by name, with what it takes."""
        if argument:
            getattr(self.newsroom, f"do_{command.action}")(argument)
            return
        name = f"action_{command.action}"
        target = self.focused if command.where == "pane" else self
        action = getattr(target, name, None) or getattr(self, name, None)
        if action is not None:
            action()

    def action_refresh_all(self) -> None:
        self.newsroom.refresh_all()

    def action_stop_refresh(self) -> None:
        self.say("stopping the refresh" if self.newsroom.stop_refresh() else "no refresh is running", "muted")

    def action_theme(self) -> None:
        self.say(f"theme: {self.desk_app.next_theme()}", "muted")

    def action_redraw(self) -> None:
        self.desk_app.action_redraw()

    def action_suspend(self) -> None:
        self.desk_app.action_suspend()

    def action_palette(self) -> None:
        from tui.palette import Palette

        newsroom = self.newsroom
        self.app.push_screen(
            Palette(self.desk_app.person_keys, self.run_command, self.PLACE, newsroom.entered, newsroom.offers)
        )

    def action_jump(self) -> None:
        from tui.screens.jumping import JumpScreen, spots_of

        if is_on_top(self):
            self.app.push_screen(JumpScreen(self, spots_of(self)))

    def on_article_pane_asked(self, message: ArticlePane.Asked) -> None:
        from tui.screens.entry import Prompt

        words = (("Find in the article", "title"), ("Words, or how they begin.", "muted"))
        self.app.push_screen(Prompt(words, message.find, example="locker"))

    def go_to_view(self, view: LineView) -> None:
        """Put the focus on one of the screen's panes."""
        view.focus(scroll_visible=False)

    def action_help(self) -> None:
        from tui.screens.keys import KeysScreen

        self.app.push_screen(KeysScreen(self.places))

    def action_quit(self) -> None:
        self.newsroom.stop_refresh()
        self.app.exit()
