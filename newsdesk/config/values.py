"""Values of settings: checked against their key's kind, read from the environment, and written as TOML."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping

from newsdesk.config.declare import SWITCHES, Key
from newsdesk.errors import UsageError
from newsdesk.model import Json

_AGE = re.compile(r"[1-9]\d{0,5}[smhd]|[1-9]\d{0,3}w")  # more would lead out of the calendar
_LONG_AGE = re.compile(r"[1-9]\d*[smhdw]")
_HOURS = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d")
_WEB = re.compile(r"https?://[^\s/]+\S*")
_COUNTRY = re.compile("[A-Za-z]{2}")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
LISTED = ("texts", "paths", "alerts")


def from_text(key: Key, text: str) -> Json:
    """What the environment's text means for a key: paths with colons between, other lists as a shell's words. What can't be
    meant is left for the check. Raises ValueError for a quotation mark that is never closed."""
    if key.kind == "paths":
        return [part for part in text.split(os.pathsep) if part]
    if key.kind in LISTED:
        import shlex

        return shlex.split(text)
    if key.kind == "flag":
        return SWITCHES.get(text.strip().lower(), text)
    return text


def check_value(key: Key, value: Json) -> Json:
    """`value` as the key's kind; lists as tuples. Raises ValueError that says what it must be."""
    _must(not any("\0" in text for text in _texts(value)), value, "must hold no NUL")  # no path and no argument can
    if key.kind == "flag":
        return _must(isinstance(value, bool), value, "must be true or false")
    if key.kind in LISTED:
        _must(isinstance(value, list) and all(isinstance(part, str) for part in value), value, "must be a list of texts")
        _must(key.kind != "paths" or all(map(str.strip, value)), value, "must name files and folders")
        return _check_alerts(value) if key.kind == "alerts" else tuple(value)
    if key.kind == "map":
        _must(isinstance(value, dict) and all(isinstance(part, str) for part in value.values()), value, "must be texts by name")
        return dict(value)
    if key.kind == "address":
        return _check_address(value)
    return _check_text(key, _must(isinstance(value, str), value, "must be a text"))


def _texts(value: Json) -> list[str]:
    parts = value if isinstance(value, list) else value.values() if isinstance(value, dict) else [value]
    return [part for part in parts if isinstance(part, str)]


def _check_text(key: Key, text: str) -> Json:
    if key.kind == "age":
        _must(bool(_AGE.fullmatch(text)) or not _LONG_AGE.fullmatch(text), text, "must be an age of at most 999999d or 9999w")
        return _must(bool(_AGE.fullmatch(text)), text, "must be an age like 30m, 1h or 2d")
    if key.kind == "hours":
        return _must(bool(_HOURS.fullmatch(text)), text, "must be two times of day like 22:00-07:00")
    if key.choices:
        return _must(text in key.choices, text, f"must be one of {', '.join(key.choices)}")
    if key.kind == "country":
        return _check_country(text)
    return text


def _check_country(text: str) -> str:
    """The code that two letters mean: UK is none of ISO 3166-1, and means GB. Raises ValueError."""
    from newsdesk.countries import country_name, find_country

    code: str | None = text.upper() if _COUNTRY.fullmatch(text) else None
    if code is not None and country_name(code) == code:
        code = find_country(code)
    _must(code is not None, text, "must be a country's two letters, like GB")
    return code or ""


def _check_alerts(texts: list[str]) -> tuple[str, ...]:
    """Alert rules, as they are kept. Raises ValueError."""
    from newsdesk.following.alerts import read_rules

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
        return "{ " + ", ".join(f"{key_text(name)} = {to_toml(part)}" for name, part in value.items()) + " }"
    from newsdesk.jsontext import dump_json

    return dump_json(list(value) if isinstance(value, tuple) else value)


def key_text(name: str) -> str:
    """A key as TOML writes it: bare where it can be."""
    return name if _BARE.fullmatch(name) else json.dumps(name)
