"""Reading the settings, and saying of everything that is wrong where it stands and what would mend it.

Precedence: environment, file, default.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from newsdesk.config.declare import Key
from newsdesk.config.lines import Lines
from newsdesk.config.settings import KEYS, LISTS, Config, told_apart
from newsdesk.config.values import check_value, from_text
from newsdesk.errors import ConfigError
from newsdesk.model import Json
from newsdesk.paths import expand

PREFIX = "NEWSDESK_"
NO_SETTINGS = ("CONFIG", "DATA", "ASCII")  # read before there are settings

_LARGEST_BYTES = 16 * 2**20  # twenty thousand feeds take a quarter of it


def load_config(path: Path, env: Mapping[str, str], required: bool = False) -> Config:
    """The settings in force. Raises ConfigError for the first thing that is wrong; a missing file is only so if `required`."""
    config, faults = read_config(path, env, required)
    if faults:
        raise ConfigError(faults[0] if len(faults) == 1 else f"{faults[0]} (and {len(faults) - 1} more: newsdesk config check)")
    return config


def read_config(path: Path, env: Mapping[str, str], required: bool = False) -> tuple[Config, list[str]]:
    """Settings as far as they can be used, and a sentence for each thing that is wrong, with file and line before it."""
    try:
        text, document = _read_toml(path, required)
    except ConfigError as error:
        return Config(), [str(error)]
    found = _Found(str(path), text)
    found.take(document)
    found.override(env)
    base = path.parent if found.set_by.get("seeds") == str(path) else None
    found.values["seeds"] = tuple(_place(seed, base, env) for seed in found.values["seeds"])
    config: Config = _made(Config, found)
    return replace(config, feeds=tuple(told_apart(config.feeds))), found.faults


def _place(seed: str, base: Path | None, env: Mapping[str, str]) -> str:
    path = expand(seed, env)
    return str(base / path) if base else path


def _made(declared: type[Any], found: _Found, section: str = "") -> Any:
    """An instance of a class of settings from the values that were found: its own, those of sections, lists of tables."""
    given: dict[str, Any] = {}
    for one in fields(declared):
        key: Key | None = one.metadata.get("key")
        kept_in, name = one.metadata.get("kept_in"), one.metadata.get("section", "")
        if key is not None:
            place = key.section or section
            given[one.name] = found.values[place if key.name == "*" else f"{place}.{one.name}" if place else one.name]
        elif kept_in is not None:
            lists = name in LISTS
            given[one.name] = tuple(kept_in(**entry) for entry in found.values[name]) if lists else _made(kept_in, found, name)
        elif one.name in ("set_by", "numbers"):
            given[one.name] = getattr(found, one.name)
    return declared(**given)


def _read_toml(path: Path, required: bool) -> tuple[str, dict[str, Json]]:
    """The file's text and what it says; a missing file, unless it is `required`, says nothing."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_BYTES + 1)
    except FileNotFoundError:
        if required:
            raise ConfigError(f"{path}: no such file (newsdesk config example prints one to begin with)") from None
        return "", {}
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: {getattr(error, 'strerror', None) or 'no file can have that name'}") from None
    if len(data) > _LARGEST_BYTES:  # what stands behind would be left out, and nobody told
        raise ConfigError(f"{path}: larger than {_LARGEST_BYTES // 2**20} MiB, which no settings are")
    import tomllib

    try:
        text = data.decode("utf-8-sig")
        return text, tomllib.loads(text.replace("\r\n", "\n"))
    except (UnicodeDecodeError, RecursionError):
        raise ConfigError(f"{path}: not a TOML file in UTF-8") from None
    except ValueError as error:  # of TOML, or a number of more than 4,300 digits
        raise ConfigError(f"{path}: {error}") from None


def _keys_in(section: str) -> dict[str, Key]:
    return {key.name: key for key in KEYS if key.section == section}


def _sections() -> list[str]:
    return list(dict.fromkeys(key.section for key in KEYS if key.section))


def _defaults() -> dict[str, Json]:
    values = {key.dotted: key.default for key in KEYS if key.section not in LISTS}
    return values | {name: [] for name in LISTS}


@dataclass(slots=True)
class _Found:
    """Values by dotted key, defaults where nothing says more; what set those that are not at their default; what is wrong."""

    file: str
    text: str = ""
    values: dict[str, Json] = field(default_factory=_defaults)
    set_by: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, list[int]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def take(self, document: dict[str, Json]) -> None:
        """What a settings file says."""
        top = _keys_in("")
        for name, value in document.items():
            if name in LISTS:
                self.values[name] = list(self._entries(name, value))
                self.set_by[name] = self.file
            elif name in top:
                self._set(top[name], value)
            elif name in _sections():
                self._take_section(name, value)
            else:
                self.faults.append(_unknown(self._at("", name), "", name, [*top, *_sections()]))

    def _at(self, section: str, name: str, number: int = 0) -> str:
        return Lines(self.file, self.text).at(section, name, number)

    def override(self, env: Mapping[str, str]) -> None:
        """Put the environment's values over the file's."""
        for key in KEYS:
            told = env.get(key.variable)
            if told is None or key.section in LISTS or key.kind == "map":
                continue
            try:
                self.values[key.dotted] = check_value(key, from_text(key, told))
                self.set_by[key.dotted] = key.variable
            except ValueError as error:
                self.faults.append(f"{key.variable}: {error}")
        self.faults += misspelt_variables(env)

    def _take_section(self, section: str, table: Json) -> None:
        if not isinstance(table, dict):
            self.faults.append(f"{self._at('', section)}: {section}: must be a table, [{section}]")
            return
        known = _keys_in(section)
        if "*" in known:
            self._set(known["*"], table)
            return
        for name, value in table.items():
            if name in known:
                self._set(known[name], value)
            else:
                self.faults.append(_unknown(self._at(section, name), section, name, list(known)))

    def _set(self, key: Key, value: Json) -> None:
        try:
            self.values[key.dotted] = check_value(key, value)
            self.set_by[key.dotted] = self.file
        except ValueError as error:
            self.faults.append(f"{self._at(key.section, key.name)}: {key.dotted}: {error}")

    def _entries(self, section: str, tables: Json) -> Iterator[dict[str, Json]]:
        """The valid tables of a list, each as the arguments of its class."""
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self.faults.append(f"{self._at('', section)}: {section}: must be a list of tables, each under [[{section}]]")
            return
        known = _keys_in(section)
        for number, table in enumerate(tables, 1):
            where = f"[[{section}]] {number}"
            before = len(self.faults)
            for name in table:
                if name not in known:
                    self.faults.append(_unknown(self._at(section, name, number), where, name, list(known)))
            for key in known.values():
                if key.required and key.name not in table:
                    self.faults.append(f"{self._at(section, '', number)}: {where}: {key.name} is missing")
            entry: dict[str, Json] = {}
            for name in filter(known.__contains__, table):
                try:
                    entry[name] = check_value(known[name], table[name])
                except ValueError as error:
                    self.faults.append(f"{self._at(section, name, number)}: {where}: {name}: {error}")
            if len(self.faults) == before:
                self.numbers.setdefault(section, []).append(number)
                yield entry


def misspelt_variables(env: Mapping[str, str]) -> list[str]:
    """What is wrong with the names of variables that are meant for newsdesk, a sentence each."""
    return [fault for name in env if name.startswith(PREFIX) and (fault := _misspelt(name))]


def _misspelt(variable: str) -> str | None:
    """What is wrong with the name of an environment variable that begins like ours; None where it is one, or looks like none:
    other programs and the test suite have some that begin so.
    """
    known = {key.variable.removeprefix(PREFIX): key for key in KEYS if key.section not in LISTS and key.kind != "map"}
    name = variable.removeprefix(PREFIX)
    if name in known or name in NO_SETTINGS:
        return None
    section = next((one for one in _sections() if f"{name}_".startswith(f"{one.upper()}_")), None)
    import difflib

    inside = [one for one, key in known.items() if section and key.section == section]
    if section and not inside:
        return f"{variable}: unknown key: {section} are in the settings file alone"
    near = difflib.get_close_matches(name, inside or [*known, *NO_SETTINGS], 1, 0.75)
    if near:
        return f"{variable}: unknown key: did you mean {PREFIX}{near[0]}?"
    return f"{variable}: unknown key: {_all_of([PREFIX + one for one in inside])}" if inside else None


def _unknown(file: str, section: str, name: str, known: list[str]) -> str:
    import difflib

    near = difflib.get_close_matches(name, known, 1, 0.5)
    mend = f"did you mean '{near[0]}'?" if near else _all_of(known)
    return f"{file}: {f'{section}: ' if section else ''}unknown key '{name}': {mend}"


def _all_of(names: list[str]) -> str:
    return f"there are {', '.join(names)}" if len(names) > 1 else f"there is only {names[0]}"
