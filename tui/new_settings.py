"""What an open dashboard takes at once from settings that were changed: theme, keys, alerts, how often it refreshes."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from newsdesk.config import Config
from newsdesk.errors import ConfigError
from tui.colours.schemes import DARK
from tui.keys.keymaps import for_framework, read_keys_in_force

if TYPE_CHECKING:
    from tui.app import NewsdeskApp


def take_config(app: NewsdeskApp, config: Config) -> None:
    """Let every screen go on with these settings."""
    from tui.screens.base import DeskScreen
    from tui.screens.newsroom import Newsroom

    before = app.setup
    app.setup = replace(
        before,
        theme=config.theme,
        keymap=config.keymap,
        keys=config.keys,
        alerts=config.alerts,
        refresh_every_s=config.refresh_every_s,
    )
    for screen in app.screen_stack:
        if isinstance(screen, DeskScreen):
            screen.setup = app.setup
        if isinstance(screen, Newsroom) and before.refresh_every_s != app.setup.refresh_every_s:
            screen.start_clock()
    if (before.keymap, before.keys) != (config.keymap, config.keys):
        app.person_keys = read_keys_in_force(config.keymap, config.keys)[0]
        app.set_keymap(for_framework(app.person_keys))
    if before.theme != config.theme and not app.no_color:
        with contextlib.suppress(ConfigError):  # said by whoever set it
            app.use_theme(config.theme or DARK.name)
