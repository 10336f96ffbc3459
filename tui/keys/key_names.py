"""The names of keys: what a person writes in the settings, brought to the framework's names, and refused where no terminal
sends such a key. Nothing of Textual is imported here: `config check` asks too.
"""

from __future__ import annotations

import unicodedata
from typing import Final

# The framework's own names for signs whose Unicode name is another (textual.keys).
_RENAMED: Final = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
_FUNCTION: Final = tuple(f"f{number}" for number in range(1, 25))
_NAMED: Final = (
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete"),
    *("enter", "escape", "tab", "space", "backspace"),
    *_FUNCTION,
)
_ALSO: Final = {
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "pgdown": "pagedown",
    "bs": "backspace",
}
_WITH_SHIFT: Final = frozenset({*_NAMED[:10], "escape", "tab"})
_CONTROL_SIGNS: Final = frozenset({"backslash", "right_square_bracket", "circumflex_accent", "underscore", "@"})
_SAME: Final = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+h": "backspace", "ctrl+left_square_bracket": "escape"}
_TAKEN: Final = {"ctrl+q": "it always leaves the dashboard"}


def read_keys(text: str) -> str:
    """Keys parted by commas, by the framework's names. Raises ValueError that says which is none, and what to write."""
    if text.strip() == ",":
        return "comma"
    return ",".join(dict.fromkeys(read_key(part) for part in text.split(",")))


def read_key(text: str) -> str:
    """One key: ``f``, ``/``, ``slash``, ``ctrl+d``, ``^d``, ``M-x``, ``PgDn``. Raises ValueError."""
    told = text.strip() or ("space" if text else "")
    if not told:
        raise ValueError("a key is missing between commas (the comma itself is called comma)")
    modifiers, base = _parts(told)
    key = _check(told, modifiers, _base(told, base))
    if key in _SAME:
        raise ValueError(f"{told!r} can't be told from {_SAME[key]}: a terminal sends the same; write {_SAME[key]!r}")
    if key in _TAKEN:
        raise ValueError(f"{told!r} can't be given away: {_TAKEN[key]}")
    return key


def _parts(told: str) -> tuple[list[str], str]:
    """Modifiers and what is pressed with them, also as ``^d``, ``C-d``, ``M-x``."""
    modifiers = []
    rest = told
    for shown, name in (("M-", "alt"), ("C-", "ctrl"), ("^", "ctrl")):
        if rest.startswith(shown) and len(rest) > len(shown):
            modifiers.append(name)
            rest = rest.removeprefix(shown)
    *more, base = (
        rest[:-1].split("+") if len(rest) > 1 and rest.endswith("++") else rest.split("+") if len(rest) > 1 else [rest]
    )
    return [*modifiers, *(part.strip().lower() for part in more)], base or "plus"


def _base(told: str, base: str) -> str:
    """The framework's name of a key without modifiers."""
    base = base.strip()
    if len(base) == 1:
        return _name_of(told, base)
    lower = base.lower()
    if lower in _NAMED or lower in _ALSO:
        return _ALSO.get(lower, lower)
    signs = {_name_of("", chr(code)): chr(code) for code in range(33, 127) if not chr(code).isalnum()}
    try:
        sign = signs.get(lower) or unicodedata.lookup(lower.replace("_", " "))
    except KeyError:
        sign = ""
    if sign and sign.isprintable() and not sign.isspace():
        return _name_of(told, sign)
    import difflib

    near = difflib.get_close_matches(lower, [*_NAMED, *_ALSO, *signs], 1, 0.6)
    mend = (
        f"did you mean {_ALSO.get(near[0], near[0])!r}?"
        if near
        else "write one sign, or a name like enter, pagedown, f5, ctrl+d"
    )
    raise ValueError(f"no key is called {told!r}; {mend}")


def _name_of(told: str, sign: str) -> str:
    if sign.isalnum():
        return sign
    name = unicodedata.name(sign, "").lower().replace("-", "_").replace(" ", "_")
    if not name or not sign.isprintable():
        raise ValueError(f"{told!r} is no key that can be typed")
    return _RENAMED.get(name, name)


def _check(told: str, modifiers: list[str], base: str) -> str:
    """The whole name, where a terminal has a sequence for it."""
    unknown = [name for name in modifiers if name not in ("ctrl", "alt", "shift")]
    if unknown:
        raise ValueError(f"{told!r} can't be typed in a terminal: it knows ctrl, alt and shift, not {unknown[0]!r}")
    held = set(modifiers)
    if held == {"shift"} and base not in _WITH_SHIFT:
        mend = f"write {base.upper()!r}" if len(base) == 1 else "write the sign that it makes"
        raise ValueError(f"{told!r} can't be told from a key without shift; {mend}")
    if held == {"ctrl"}:
        return _with_control(told, base)
    if "ctrl" in held and not (held == {"ctrl", "shift"} and base in _NAMED[:10]):
        raise ValueError(f"{told!r} can't be typed in every terminal: ctrl goes with a letter, or with shift and an arrow")
    if "alt" in held and base in _NAMED:
        raise ValueError(f"{told!r} can't be typed in every terminal: alt goes with a letter or sign")
    if held == {"alt", "shift"}:
        if len(base) > 1 or not base.isalpha():
            raise ValueError(f"{told!r} can't be told from a key without shift; write the sign that it makes, with alt")
        return f"alt+shift+{base.lower()}"
    if held == {"alt"} and len(base) == 1 and base.isupper():
        return f"alt+shift+{base.lower()}"
    return "+".join([*(name for name in ("alt", "ctrl", "shift") if name in held), base])


def _with_control(told: str, base: str) -> str:
    base = "@" if base in ("space", "at") else base.lower()
    letter = len(base) == 1 and "a" <= base <= "z"
    if letter or base in _CONTROL_SIGNS or base in _NAMED[:10] or base in _FUNCTION or f"ctrl+{base}" in _SAME:
        return f"ctrl+{base}"
    raise ValueError(f"{told!r} can't be typed in every terminal: ctrl goes with a letter, an arrow or a function key")
