"""The settings told to a person: a whole example file, and what is in force with what set it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from newsdesk.config.declare import Key
from newsdesk.config.settings import KEYS, LISTS, Config
from newsdesk.config.values import to_toml
from newsdesk.model import Json


def example() -> str:
    """A whole settings file, every key explained and commented out: as it stands it changes nothing."""
    lines = [
        "# newsdesk: settings. Every key is here. To set one, remove the # before it and before the [section] above it.",
        "# A flag overrides the environment, and the environment this file. `newsdesk config check` checks the file.",
        "# In the environment a list of paths is separated by colons, any other list by spaces, as words in a shell.",
    ]
    section = ""
    for key in KEYS:
        if key.section != section:
            section = key.section
            lines += ["", f"#[[{section}]]" if section in LISTS else f"#[{section}]"]
        lines += _example_lines(key)
    return "\n".join(lines) + "\n"


def _example_lines(key: Key) -> Iterator[str]:
    """A key's comment, then the key itself as it could be set."""
    if key.section not in LISTS:
        yield ""
    if key.kind == "map":
        yield f"# {key.doc}"
        yield from (f"#{name} = {to_toml(value)}" for name, value in key.example.items())
        return
    default = "" if key.required else f" Default: {told_default(key)}."
    from_env = "" if key.section in LISTS else f" Environment: {key.variable}."
    yield f"# {key.doc}{default}{from_env}"
    yield f"#{key.name} = {to_toml(key.example)}"


def told_default(key: Key) -> str:
    """A key's default as TOML, or in words what is in force without one."""
    return to_toml(key.default) if key.default not in (None, "", (), {}) else key.unset


def values_of(settings: Any, section: str = "") -> Iterator[tuple[Key, Json]]:
    """Every setting with the value that `settings` (a :class:`Config`, or a class in it) gives it; lists of tables left out."""
    for one in fields(settings):
        key: Key | None = one.metadata.get("key")
        name = one.metadata.get("section")
        if key is not None:
            wanted = (key.section or section, key.name or one.name)
            yield next(known for known in KEYS if (known.section, known.name) == wanted), getattr(settings, one.name)
        elif name is not None and name not in LISTS:
            yield from values_of(getattr(settings, one.name), name)


def show(config: Config) -> str:
    """The settings in force as TOML, with what set each of them behind it. What is not set and has no default is left out."""
    lines: list[str] = []
    for key, value in values_of(config):
        told_by = config.set_by.get(key.dotted, "default")
        if key.kind == "map":
            lines += [f"{key.dotted}.{json.dumps(name)} = {to_toml(part)}  # {told_by}" for name, part in value.items()]
        elif value is not None and (key.section != "threads" or value):
            lines.append(f"{key.dotted} = {to_toml(value)}  # {told_by}")
    for section, entries in (("feeds", config.feeds), ("follows", config.follows)):
        for entry in entries:
            lines += ["", f"[[{section}]]  # {config.set_by.get(section)}"]
            told = {key.name: getattr(entry, key.name) for key in KEYS if key.section == section}
            lines += [f"{name} = {to_toml(value)}" for name, value in told.items() if value is not None]
    return "\n".join(lines) + "\n"
