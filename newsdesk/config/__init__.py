"""The settings: what may be set (`settings`), reading them (`reading`), telling them (`telling`), writing them (`file`)."""

from newsdesk.config.declare import Key
from newsdesk.config.reading import load_config, read_config
from newsdesk.config.settings import (
    KEYMAPS,
    KEYS,
    LISTS,
    NOTICES,
    AlertSettings,
    Config,
    Feed,
    FollowEntry,
    Threads,
    user_agent,
)
from newsdesk.config.telling import example, show
from newsdesk.config.values import check_value, to_toml

__all__ = [
    "KEYMAPS",
    "KEYS",
    "LISTS",
    "NOTICES",
    "AlertSettings",
    "Config",
    "Feed",
    "FollowEntry",
    "Key",
    "Threads",
    "check_value",
    "example",
    "load_config",
    "read_config",
    "show",
    "to_toml",
    "user_agent",
]
