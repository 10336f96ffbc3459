"""The settings: what may be set, reading them, and saying exactly what is wrong with them.

Every key is declared once, in :data:`KEYS`. From there come the checks, the environment's overrides
(``NEWSDESK_<SECTION>_<KEY>``), `config show`, `config example` and the example file in the repository.
Precedence: environment, file, default.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from newsdesk.errors import ConfigError, UsageError
from newsdesk.model import Json
from newsdesk.paths import expand

Kind: TypeAlias = Literal["text", "texts", "flag", "age", "country", "address", "map", "alerts", "hours"]

_AGE = re.compile(r"[1-9]\d*[smhdw]")
_HOURS = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d")
_WEB = re.compile(r"https?://[^\s/]+\S*")
_TOO_LARGE_BYTES = 4 * 1024 * 1024
_SWITCHES = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that can be set. `section` is "" for the top, and for a list of tables the name of that list."""

    section: str
    name: str
    kind: Kind
    default: Json
    doc: str
    example: Json
    required: bool = False
    choices: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """The environment variable that outranks the file. Lists of tables have none."""
        return "_".join(part.upper().replace("-", "_") for part in ("newsdesk", self.section, self.name) if part)


NOTICES = ("auto", "osc9", "osc777", "osc99", "off")
KEYMAPS = ("vim", "newsboat", "emacs")
LISTS = ("feeds", "follows")

KEYS: tuple[Key, ...] = (
    Key("", "seeds", "texts", (), "Files and folders with stories, read again when they change.", ["~/news"]),
    Key("display", "theme", "text", "", "The dashboard's colours: the name of a theme; empty for our own.", "nord"),
    Key(
        "display",
        "keymap",
        "text",
        "vim",
        f"The keys to begin with ({', '.join(KEYMAPS)}); those under [keys] stand on top of them.",
        "newsboat",
        choices=KEYMAPS,
    ),
    Key(
        "display",
        "refresh_every",
        "age",
        None,
        "How often the open dashboard reads every source (5m, 1h); else when it opens, when a seed changes, and on its key.",
        "15m",
    ),
    Key(
        "alerts",
        "quiet",
        "hours",
        None,
        "Hours, local time, in which no alert makes a noise or starts a program.",
        "22:00-07:00",
    ),
    Key("alerts", "bell", "flag", False, "Ring the terminal's bell when the dashboard is told of an alert.", True),
    Key(
        "alerts",
        "notice",
        "text",
        "off",
        f"A desktop notice by way of the terminal ({', '.join(NOTICES)}); auto is where it is known to work.",
        "auto",
        choices=NOTICES,
    ),
    Key(
        "alerts",
        "command",
        "texts",
        (),
        "A program that is started for each alert, without a shell; {follow} and {alert} are put in.",
        ["notify-send", "{follow}", "{alert}"],
    ),
    Key("alerts", "file", "text", "", "A file to which each alert is added, a line each.", "~/newsdesk-alerts.log"),
    Key("keys", "*", "map", {}, "Other keys for the dashboard's commands: command = key or keys.", {"follow": "f"}),
    Key(
        "archive",
        "keep",
        "age",
        None,
        "How long stories are kept (90d, 52w); starred and followed ones stay. Older ones are forgotten after each refresh.",
        "365d",
    ),
    Key(
        "fetch",
        "contact",
        "text",
        "",
        "A mail or web address that feeds' servers are told, to reach you by.",
        "desk@example.org",
    ),
    Key(
        "threads",
        "discourse",
        "texts",
        (),
        "Discourse forums whose threads are read as comments.",
        ["https://forum.example.org"],
    ),
    Key("threads", "lemmy", "texts", (), "Lemmy servers, likewise.", ["https://lemmy.example.org"]),
    Key("threads", "mastodon", "texts", (), "Mastodon servers, likewise.", ["https://social.example.org"]),
    Key("threads", "wordpress", "texts", (), "WordPress blogs whose whole threads are read.", ["https://blog.example.org"]),
    Key("threads", "hacker_news", "texts", (), "Another Hacker News search interface.", ["https://hn.example.org"]),
    Key("threads", "reddit", "texts", (), "Another address that speaks like Reddit.", ["https://reddit.example.org"]),
    Key(
        "feeds",
        "url",
        "address",
        None,
        'The feed\'s address, or a program: ["exec:", "name", "argument"].',
        "https://example.org/rss",
        True,
    ),
    Key("feeds", "title", "text", None, "A name for it; else the feed's own.", "Example"),
    Key("feeds", "tags", "texts", (), "Words to find its stories by.", ["wires"]),
    Key("feeds", "outlet_country", "country", None, "Where the outlet is at home (ISO 3166-1, two letters).", "GB"),
    Key("feeds", "full_text", "flag", False, "Fetch the linked page too.", False),
    Key("feeds", "comments", "flag", True, "Fetch the readers' comments where there are any.", True),
    Key("feeds", "allow_private", "flag", False, "Allow an address inside a private network.", False),
    Key("feeds", "every", "age", None, "How often (30m, 1h, 2d); else by how often the feed changes.", "1h"),
    Key("follows", "query", "text", None, "What to follow, in the query language.", "country:JP topic:politics", True),
    Key("follows", "name", "text", None, "A name for it; else the query.", "Tokyo politics"),
    Key(
        "follows",
        "alerts",
        "alerts",
        (),
        "When to raise an alert: new-country, velocity, sources:N, keyword:QUERY, mood, correction.",
        ["new-country", "sources:5"],
    ),
)


@dataclass(frozen=True, slots=True)
class Feed:
    """A configured feed. `url` is an address, or a program with its arguments after the word ``exec:``."""

    url: str | tuple[str, ...]
    title: str | None = None
    tags: tuple[str, ...] = ()
    outlet_country: str | None = None
    full_text: bool = False
    comments: bool = True
    allow_private: bool = False
    every: str | None = None

    @property
    def id(self) -> str:
        """What reports and the archive name it by: its address without the password, or the program with its arguments."""
        if not isinstance(self.url, str):
            return " ".join(self.url)
        scheme, slashes, rest = self.url.partition("//")
        host, slash, path = rest.partition("/")
        login, at, host = host.rpartition("@")
        name, colon, _ = login.partition(":")
        return f"{scheme}{slashes}{name + at if colon else ''}{host}{slash}{path}"


@dataclass(frozen=True, slots=True)
class FollowEntry:
    """A follow that the settings ask for: made by the next refresh."""

    query: str
    name: str | None = None
    alerts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """How alerts are carried further. `quiet` is ``HH:MM-HH:MM``, local time; `notice` one of :data:`NOTICES`."""

    quiet: str | None = None
    bell: bool = False
    notice: str = "off"
    command: tuple[str, ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True)
class Config:
    """Settings in force. `seeds` are paths with ``~`` expanded, relative ones taken from the file's own folder.

    `set_by` says for each key that isn't at its default what set it: the file's name or the environment variable.
    """

    seeds: tuple[str, ...] = ()
    theme: str = ""
    keymap: str = "vim"
    refresh_every: str | None = None
    keep: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    contact: str = ""
    alerts: AlertSettings = AlertSettings()
    threads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    feeds: tuple[Feed, ...] = ()
    follows: tuple[FollowEntry, ...] = ()
    set_by: Mapping[str, str] = field(default_factory=dict)

    @property
    def refresh_every_s(self) -> float | None:
        """Seconds, a minute at least, between the refreshes that the open dashboard starts by itself; null for none."""
        units = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
        if not self.refresh_every:
            return None
        return min(max(60, int(self.refresh_every[:-1]) * units[self.refresh_every[-1]]), 10**9)


def user_agent(config: Config) -> str:
    """What servers are told of us: name, version and, where the settings give one, a contact."""
    from newsdesk import __version__

    return f"newsdesk/{__version__} (+{config.contact})" if config.contact else f"newsdesk/{__version__}"


def load_config(path: Path, env: Mapping[str, str], required: bool = False) -> Config:
    """The settings in force. Raises ConfigError for the first thing that is wrong; a missing file is only so if `required`."""
    config, faults = read_config(path, env, required)
    if faults:
        raise ConfigError(faults[0] if len(faults) == 1 else f"{faults[0]} (and {len(faults) - 1} more: newsdesk config check)")
    return config


def read_config(path: Path, env: Mapping[str, str], required: bool = False) -> tuple[Config, list[str]]:
    """Settings as far as they can be used, and a sentence for each thing that is wrong, with the file's name before it."""
    try:
        document = _read_toml(path, required)
    except ConfigError as error:
        return Config(), [str(error)]
    faults: list[str] = []
    values, set_by = _check_document(document, str(path), faults)
    _override(values, set_by, env, faults)
    base = path.parent if "seeds" in set_by and set_by["seeds"] == str(path) else None
    config = Config(
        seeds=tuple(_place(seed, base, env) for seed in values["seeds"]),
        theme=values["display.theme"],
        keymap=values["display.keymap"],
        refresh_every=values["display.refresh_every"],
        keep=values["archive.keep"],
        keys=values["keys"],
        contact=values["fetch.contact"],
        alerts=AlertSettings(**{name: values[f"alerts.{name}"] for name in _keys_of("alerts")}),
        threads={name: tuple(bases) for name in _keys_of("threads") if (bases := values[f"threads.{name}"])},
        feeds=tuple(Feed(**entry) for entry in values["feeds"]),
        follows=tuple(FollowEntry(**entry) for entry in values["follows"]),
        set_by=set_by,
    )
    return config, faults


def _place(seed: str, base: Path | None, env: Mapping[str, str]) -> str:
    path = expand(seed, env)
    return str(base / path) if base else path


def _read_toml(path: Path, required: bool) -> dict[str, Json]:
    try:
        with path.open("rb") as file:
            data = file.read(_TOO_LARGE_BYTES)
    except FileNotFoundError:
        if required:
            raise ConfigError(f"{path}: no such file (newsdesk config example prints one to begin with)") from None
        return {}
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None
    import tomllib

    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, RecursionError):
        raise ConfigError(f"{path}: not a TOML file in UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: {error}") from None


def _keys_of(section: str) -> dict[str, Key]:
    return {key.name: key for key in KEYS if key.section == section}


def _sections() -> list[str]:
    return list(dict.fromkeys(key.section for key in KEYS if key.section))


def _check_document(document: dict[str, Json], file: str, faults: list[str]) -> tuple[dict[str, Json], dict[str, str]]:
    """Values by dotted key, defaults where the document has none, and what set those that aren't at their default."""
    values: dict[str, Json] = {
        ".".join(part for part in (key.section, key.name) if part): key.default for key in KEYS if key.section not in LISTS
    }
    values |= {"keys": values.pop("keys.*"), **{name: [] for name in LISTS}}
    set_by: dict[str, str] = {}
    top = _keys_of("")
    for name, value in document.items():
        if name in LISTS:
            values[name] = list(_entries(name, value, file, faults))
            set_by[name] = file
        elif name in top:
            _set(values, set_by, name, top[name], value, file, faults)
        elif name in _sections():
            _check_section(name, value, file, values, set_by, faults)
        else:
            faults.append(_unknown(file, "", name, [*top, *_sections()]))
    return values, set_by


def _check_section(
    section: str, table: Json, file: str, values: dict[str, Json], set_by: dict[str, str], faults: list[str]
) -> None:
    if not isinstance(table, dict):
        faults.append(f"{file}: {section}: must be a table, [{section}]")
        return
    known = _keys_of(section)
    if "*" in known:
        _set(values, set_by, section, known["*"], table, file, faults)
        return
    for name, value in table.items():
        if name in known:
            _set(values, set_by, f"{section}.{name}", known[name], value, file, faults)
        else:
            faults.append(_unknown(file, section, name, list(known)))


def _set(
    values: dict[str, Json], set_by: dict[str, str], dotted: str, key: Key, value: Json, origin: str, faults: list[str]
) -> None:
    try:
        values[dotted] = check_value(key, value)
        set_by[dotted] = origin
    except ValueError as error:
        faults.append(f"{origin}: {dotted}: {error}")


def _entries(section: str, tables: Json, file: str, faults: list[str]) -> Iterator[dict[str, Json]]:
    """The valid tables of a list, each as the arguments of its class."""
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        faults.append(f"{file}: {section}: must be a list of tables, each under [[{section}]]")
        return
    known = _keys_of(section)
    for number, table in enumerate(tables, 1):
        where = f"[[{section}]] {number}"
        before = len(faults)
        faults += [_unknown(file, where, name, list(known)) for name in table if name not in known]
        faults += [
            f"{file}: {where}: {key.name} is missing" for key in known.values() if key.required and key.name not in table
        ]
        entry: dict[str, Json] = {}
        for name in table:
            if name in known:
                _set(entry, {}, name, known[name], table[name], f"{file}: {where}", faults)
        if len(faults) == before:
            yield entry


def _unknown(file: str, section: str, name: str, known: list[str]) -> str:
    import difflib

    near = difflib.get_close_matches(name, known, 1, 0.5)
    mend = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(known)}"
    return f"{file}: {f'{section}: ' if section else ''}unknown key '{name}': {mend}"


def _override(values: dict[str, Json], set_by: dict[str, str], env: Mapping[str, str], faults: list[str]) -> None:
    """Put the environment's values over the file's."""
    for key in KEYS:
        told = env.get(key.variable)
        if told is None or key.section in LISTS or key.kind == "map":
            continue
        dotted = ".".join(part for part in (key.section, key.name) if part)
        try:
            values[dotted] = check_value(key, _from_text(key, told))
            set_by[dotted] = key.variable
        except ValueError as error:
            faults.append(f"{key.variable}: {error}")


def _from_text(key: Key, text: str) -> Json:
    if key.kind == "texts":
        return [part for part in text.split(os.pathsep) if part]
    if key.kind == "flag":
        return _SWITCHES.get(text.strip().lower(), text)
    return text


def check_value(key: Key, value: Json) -> Json:
    """`value` as the key's kind; lists as tuples. Raises ValueError that says what it must be."""
    if key.kind == "flag":
        return _must(isinstance(value, bool), value, "must be true or false")
    if key.kind in ("texts", "alerts"):
        _must(isinstance(value, list) and all(isinstance(part, str) for part in value), value, "must be a list of texts")
        return _check_alerts(value) if key.kind == "alerts" else tuple(value)
    if key.kind == "map":
        _must(isinstance(value, dict) and all(isinstance(part, str) for part in value.values()), value, "must be texts by name")
        return dict(value)
    if key.kind == "address":
        return _check_address(value)
    _must(isinstance(value, str), value, "must be a text")
    if key.kind == "age":
        return _must(bool(_AGE.fullmatch(value)), value, "must be an age like 30m, 1h or 2d")
    if key.kind == "hours":
        return _must(bool(_HOURS.fullmatch(value)), value, "must be two times of day like 22:00-07:00")
    if key.choices:
        return _must(value in key.choices, value, f"must be one of {', '.join(key.choices)}")
    if key.kind == "country":
        return _must(bool(re.fullmatch("[A-Za-z]{2}", value)), value, "must be a country's two letters, like GB").upper()
    return value


def _check_alerts(texts: list[str]) -> tuple[str, ...]:
    """Alert rules, as they are kept. Raises ValueError."""
    from newsdesk.alerts import read_rules

    try:
        return read_rules(texts)
    except UsageError as error:
        raise ValueError(str(error)) from None


def _check_address(value: Json) -> str | tuple[str, ...]:
    """A web address, or ``["exec:", program, argument...]``."""
    if isinstance(value, list):
        told = len(value) > 1 and value[0] == "exec:" and all(isinstance(part, str) and part for part in value)
        return tuple(_must(told, value, 'a program is written ["exec:", "name", "argument"]'))
    text: str = _must(isinstance(value, str) and bool(_WEB.fullmatch(value)), value, "must begin with http:// or https://")
    return text


def _must(well: bool, value: Json, rule: str) -> Json:
    if not well:
        raise ValueError(f"{rule}, not {json.dumps(value, ensure_ascii=False, default=str)[:60]}")
    return value


def to_toml(value: Json) -> str:
    """A value as TOML writes it. JSON's strings, numbers, truth values and lists are TOML's too."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{json.dumps(name)} = {to_toml(part)}" for name, part in value.items()) + " }"
    from newsdesk.jsontext import dump_json

    return dump_json(list(value) if isinstance(value, tuple) else value)


def example() -> str:
    """A whole settings file, every key explained and commented out: as it stands it changes nothing."""
    lines = [
        "# newsdesk: settings. Every key is here. To set one, take away the # before it, and before the [section] above it.",
        "# A flag outranks the environment, the environment this file. `newsdesk config check` looks the file over.",
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
    default = "" if key.required else f" Default: {to_toml(key.default) if key.default not in (None, '', ()) else 'none'}."
    from_env = "" if key.section in LISTS else f" Environment: {key.variable}."
    yield f"# {key.doc}{default}{from_env}"
    yield f"#{key.name} = {to_toml(key.example)}"


def show(config: Config) -> str:
    """The settings in force as TOML, with what set each of them behind it."""
    plain: dict[str, Json] = {"seeds": config.seeds, "display.theme": config.theme, "display.keymap": config.keymap}
    plain |= {f"alerts.{name}": value for name, value in asdict(config.alerts).items() if value is not None}
    plain |= {"archive.keep": config.keep} if config.keep else {}
    plain |= {"display.refresh_every": config.refresh_every} if config.refresh_every else {}
    lines = [f"{dotted} = {to_toml(value)}  # {config.set_by.get(dotted, 'default')}" for dotted, value in plain.items()]
    lines += [
        f"keys.{json.dumps(name)} = {to_toml(value)}  # {config.set_by.get('keys')}" for name, value in config.keys.items()
    ]
    for section, entries in (("feeds", config.feeds), ("follows", config.follows)):
        for entry in entries:
            lines += ["", f"[[{section}]]  # {config.set_by.get(section)}"]
            told = {key.name: getattr(entry, key.name) for key in KEYS if key.section == section}
            lines += [f"{name} = {to_toml(value)}" for name, value in told.items() if value is not None]
    return "\n".join(lines) + "\n"
