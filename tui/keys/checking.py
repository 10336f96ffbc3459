"""What `config check` can't know by itself: the dashboard's keys and themes.

Nothing of Textual is imported for it, except for the name of a theme that is neither ours nor a file's.
"""

from __future__ import annotations

from pathlib import Path

from newsdesk.config import Config
from newsdesk.config.lines import Lines
from newsdesk.errors import ConfigError
from tui.colours.schemes import DARK
from tui.colours.theme_files import Themes, read_theme, theme_text
from tui.keys.keymaps import given_way, read_keys_in_force


def look_over(config: Config, lines: Lines) -> tuple[list[str], list[str]]:
    """What is wrong with keys and theme of the settings in `lines`, and what is only hard to read, or a built-in key that
    a person's own takes: a sentence each."""
    themes = Themes(Path(lines.file))
    faults = [f"{lines.at('keys')}: {fault}" for fault in read_keys_in_force(config.keymap, config.keys)[1]]
    yours = [f"{lines.at('keys')}: {sentence}" for sentence in given_way(config.keymap, config.keys)]
    own = themes.file_of(config.theme)
    if own is not None:
        read = read_theme(own, own.stem)
        return [*faults, *read.faults], [*yours, *read.warnings]
    if config.theme and themes.find(config.theme) is None and not _is_the_frameworks(config.theme):
        told_by = config.set_by.get("display.theme", lines.file)  # it may be the environment
        where = lines.at("display", "theme") if told_by == lines.file else told_by
        faults.append(f"{where}: display.theme: {themes.unknown(config.theme)}")
    return faults, yours


def _is_the_frameworks(name: str) -> bool:
    from textual.theme import BUILTIN_THEMES

    return name in BUILTIN_THEMES


def theme_to_begin_with(name: str, file: Path) -> str:
    """One of the themes as a file. Raises ConfigError for one that isn't there."""
    themes = Themes(file)
    scheme = themes.find(name or DARK.short_name)
    if scheme is None:
        raise ConfigError(themes.unknown(name))
    return theme_text(scheme)
