"""The dashboard's door. The composition root (`newsdesk.cli`) calls it, inside a function, once everything is settled:

    from tui.door import run
    code = run(
        paths,                       # newsdesk.paths.Paths: archive, notebook, state folder
        config=config,               # newsdesk.config.Config or None: `theme` and `keys` are read
        now=now,                     # Callable[[], datetime] or None: a fixed clock in tests
        refresh_command=[sys.executable, "-m", "newsdesk", ..., "refresh", "--events", "--seeds", PATH, ...],
        seeds=seeds,                 # files and folders whose changes start a refresh (configured ones and this sitting's)
        demo=False,                  # the sample seeds in a desk that is thrown away: said on the screen
        first=first,                 # FirstStart or None: how a desk of the person's own is begun, for the welcome
        sitting=False,               # what the child's --seeds bring lasts as long as the dashboard is open
    )

`refresh_command` is the whole argument list of a headless refresh into the same data folder, without a shell: it is run when
the dashboard opens, when a seed changes and on the refresh key, and its stdout is read as `refresh --events` NDJSON. The
return value is the exit code: 0, or 128 + n when signal n ended it, or one of newsdesk.first_start.Next. Errors of opening
the desk, and of keys remapped to commands that don't exist, are raised as `NewsdeskError` before the screen is touched.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from newsdesk.clock import utc_now
from newsdesk.config import AlertSettings
from newsdesk.desk import Desk
from tui.opening import opened
from tui.session import load_session
from tui.theme_files import Themes

if TYPE_CHECKING:
    from newsdesk.config import Config
    from newsdesk.first_start import FirstStart
    from newsdesk.paths import Paths


FRAMES_A_SECOND = 200  # at most; the framework's 60 keep what was found waiting for the frame after the key's


def run(
    paths: Paths,
    *,
    config: Config | None = None,
    now: Callable[[], datetime] | None = None,
    refresh_command: Sequence[str] = (),
    seeds: Sequence[str] = (),
    demo: bool = False,
    sitting: bool = False,
    first: FirstStart | None = None,
) -> int:
    """Open the dashboard on `paths` and stay until it is left. See the module's text for the arguments and the result."""
    if sys.__stderr__ is not None and not sys.__stderr__.isatty():
        # the framework draws on stderr: with this `newsdesk 2>file` still opens on the terminal
        vars(sys)["__stderr__"] = sys.__stdout__
    with _seldom_collected(), Desk.open(paths, now=now, lean=True) as desk:
        if sitting:  # closing the desk ends it
            refresh_command = (*refresh_command, "--sitting", desk.begin_sitting())
        session_file = None if demo else paths.state / "dashboard.json"
        keys, theme = (config.keys, config.theme) if config else ({}, "")
        keymap = config.keymap if config else "vim"
        if keys:
            from tui.keymaps import keys_in_force

            keys_in_force(keymap, keys)
        clock = now or utc_now
        themes = Themes(first.config if first else paths.config)  # a demo's settings are the person's, too
        with opened(desk, load_session(session_file), theme, clock(), os.environ, themes) as opening:
            os.environ.setdefault("TEXTUAL_FPS", str(FRAMES_A_SECOND))
            from tui.app import NewsdeskApp, Setup

            app = NewsdeskApp(
                Setup(
                    desk=desk,
                    now=clock,
                    refresh_command=tuple(refresh_command),
                    seeds=tuple(seeds),
                    demo=demo,
                    theme=theme,
                    themes=themes,
                    keymap=keymap,
                    keys=keys,
                    session_file=session_file,
                    config_file=None if demo else paths.config,
                    pasted=None if demo else paths.data.absolute() / "pasted",
                    refresh_every_s=config.refresh_every_s if config else None,
                    alerts=config.alerts if config else AlertSettings(),
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
