"""What the newsroom's layers stand on: work beside the screen, and saying what happened."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVarTuple, cast

from textual.screen import Screen
from textual.timer import Timer
from textual.worker import Worker

from newsdesk.errors import NewsdeskError
from tui.commands import COMMANDS, first_key
from tui.lanes import Lanes
from tui.render import Line, Span, clean, line_width
from tui.session import Session
from tui.widgets.bars import Bar

if TYPE_CHECKING:
    from tui.app import NewsdeskApp, Setup

Ts = TypeVarTuple("Ts")
SAID_FOR_S = 12.0  # how long a sentence stays in the status line


class DeskScreen(Screen[None]):
    """Runs coroutines in named groups (a newer one of a group replaces an older) and shows their failures as sentences."""

    def __init__(self, setup: Setup, lanes: Lanes, session: Session) -> None:
        super().__init__()
        self.setup = setup
        self.lanes = lanes
        self.session = session
        self.title_bar = Bar(id="title")
        self.status_bar = Bar(id="status")
        self._said: Timer | None = None

    @property
    def desk_app(self) -> NewsdeskApp:
        return cast("NewsdeskApp", self.app)

    def work(self, group: str, task: Callable[[*Ts], Coroutine[Any, Any, None]], *args: *Ts, exclusive: bool = False) -> None:
        """Do `task` beside the screen. Of an exclusive group only the newest goes on and answers of others are dropped: for
        reading only, a change is never dropped."""
        guarded = partial(self._guarded, partial(task, *args))
        self._newest: Worker[bool] = self.run_worker(guarded, group=group, exclusive=exclusive, exit_on_error=False)

    async def _guarded(self, task: Callable[[], Coroutine[Any, Any, None]]) -> bool:
        try:
            await task()
        except NewsdeskError as error:
            self.say_error(str(error))
        except Exception as error:
            self.desk_app.faults.append(error)
            self.say_error(f"internal error: {type(error).__name__}: {error}")
        else:
            return True
        return False

    # --- the status line

    def say(self, text: str, ink: str = "text") -> None:
        """Show a sentence in the status line for a while."""
        text = clean(text)
        if self._said is not None:
            self._said.stop()
        corner = self._corner()
        if line_width((*corner, (text, ink))) > self.app.size.width - 3:  # the sentence needs the whole line
            corner = ()
        self.status_bar.show(((text, ink),), corner)
        self._said = self.set_timer(SAID_FOR_S, self.hush)

    def say_error(self, text: str) -> None:
        self.say(text, "error")

    def hush(self) -> None:
        """Back to the keys."""
        if self._said is not None:
            self._said.stop()
            self._said = None
        self.status_bar.show(self._hints(), self._corner())

    def _hints(self) -> Line:
        """The keys that matter most, as many as the line holds."""
        keymap = self.desk_app.person_keys
        spans: list[Span] = []
        for command in COMMANDS:
            if command.hint:
                spans += [(first_key(command, keymap), "accent"), (f" {command.hint}   ", "muted")]
        return tuple(spans)

    def _corner(self) -> Line:
        return (("demo: nothing is kept ", "follow"),) if self.setup.demo else ()
