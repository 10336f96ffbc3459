"""How each setting stands: what is in force, what the file says, and what outranks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from newsdesk.config.declare import Key
from newsdesk.config.editing import Place, value_at
from newsdesk.config.file import read_file
from newsdesk.config.reading import read_config
from newsdesk.config.settings import Config
from newsdesk.config.telling import values_of
from newsdesk.errors import ConfigError
from newsdesk.model import Json


@dataclass(frozen=True, slots=True)
class Standing:
    """One setting. `written`: the file's own words for it, None where it says nothing. `outranked_by`: a variable of the
    environment."""

    key: Key
    value: Json
    written: Json | None = None
    outranked_by: str = ""

    @property
    def place(self) -> Place:
        """Where it stands in the file."""
        return tuple(self.key.dotted.split("."))

    @property
    def told(self) -> Json:
        """What a person would write for what is in force."""
        return self.value if self.written is None or self.outranked_by else self.written


@dataclass(frozen=True, slots=True)
class Standings:
    """All of them, the settings that they make, and what is wrong."""

    config: Config
    settings: tuple[Standing, ...]
    faults: tuple[str, ...] = ()

    def find(self, name: str) -> Standing | None:
        return next((one for one in self.settings if one.key.dotted == name), None)


def read_standings(path: Path | None, env: Mapping[str, str]) -> Standings:
    """How the settings stand in the file at `path`, None for none, under the environment."""
    if path is None:
        return standings_of(Config(), {}, ())
    config, faults = read_config(path, env)
    try:
        document = read_file(path).document
    except ConfigError:  # said among the faults
        document = {}
    return standings_of(config, document, tuple(faults))


def standings_of(config: Config, document: dict[str, Json], faults: tuple[str, ...]) -> Standings:
    rows = []
    for key, value in values_of(config):
        told_by = config.set_by.get(key.dotted, "")
        outranked_by = told_by if told_by == key.variable else ""
        rows.append(Standing(key, value, value_at(document, tuple(key.dotted.split("."))), outranked_by))
    return Standings(config, tuple(rows), faults)
