"""The dashboard's door. The composition root (`newsdesk.cli`) calls it, inside a function, once everything is settled."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from newsdesk.clock import utc_now
from newsdesk.desk import Desk
from tui.colours.theme_files import Themes
from tui.opening import opened
from tui.session import load_session

if TYPE_CHECKING:
    from newsdesk.config import Config
    from newsdesk.first_start import FirstStart
    from newsdesk.paths import Paths


FRAMES_A_SECOND = 200  # at most; the framework's 60 keep what was found waiting for the frame after the key's


def run(
    paths: Paths,
    config: Config,
    now: Callable[[], datetime] | None,
    refresh_command: Sequence[str],
    seeds: Sequence[str],
    *,
    demo: bool,
    sitting: bool,
    first: FirstStart | None,
) -> int:
    """Open the dashboard on `paths` and stay until it is left: 0, or 128 + n when signal n ended it, or a
    :class:`newsdesk.first_start.Next`.

    `now`: the clock, None for the true one. `refresh_command` is all arguments of a headless refresh into the same data folder,
    without a shell: it is run when the dashboard opens, when one of `seeds` changes and on the refresh key, and its
    stdout is read as `refresh --events` NDJSON. In a `sitting` what it brings goes when the dashboard closes. `demo`:
    the sample seeds in a desk that is thrown away. `first`: how a desk of the person's own is begun, for the welcome. Raises
    NewsdeskError, before the screen is touched, for a desk that can't be opened and keys of commands that don't exist.
    """
    if sys.__stderr__ is not None and not sys.__stderr__.isatty():
        # the framework draws on stderr: with this `newsdesk 2>file` still opens on the terminal
        vars(sys)["__stderr__"] = sys.__stdout__
    with _seldom_collected(), Desk.open(paths, now=now, lean=True) as desk:
        if sitting:  # closing the desk ends it
            refresh_command = (*refresh_command, "--sitting", desk.begin_sitting())
        session_file = None if demo else paths.state / "dashboard.json"
        if config.keys:
            from tui.keys.keymaps import keys_in_force

            keys_in_force(config.keymap, config.keys)
        clock = now or utc_now
        themes = Themes(first.config if first else paths.config)  # a demo's settings are the person's, too
        with opened(desk, load_session(session_file), config.theme, clock(), os.environ, themes) as opening:
            os.environ.setdefault("TEXTUAL_FPS", str(FRAMES_A_SECOND))
            from tui.app import NewsdeskApp, Setup

            app = NewsdeskApp(
                Setup(
                    desk=desk,
                    now=clock,
                    refresh_command=tuple(refresh_command),
                    seeds=tuple(seeds),
                    demo=demo,
                    theme=config.theme,
                    themes=themes,
                    keymap=config.keymap,
                    keys=config.keys,
                    session_file=session_file,
                    config_file=None if demo else paths.config,
                    pasted=None if demo else paths.data.absolute() / "pasted",
                    refresh_every_s=config.refresh_every_s,
                    alerts=config.alerts,
                    opening=opening,
                    first=first,
                )
            )
            try:
                app.run()
            finally:
                app.finish()
            return app.return_code or 0


@contextlib.contextmanager
def _seldom_collected() -> Iterator[None]:
    """Look for rings of dead objects seldom: the modules that stay anyway are many, and a key waits meanwhile."""
    before = gc.get_threshold()
    gc.set_threshold(20_000, 20, 50)
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
