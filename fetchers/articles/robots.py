"""robots.txt as RFC 9309 has it: groups by product token, the longest rule that matches, ``*`` and ``$`` in paths.

The standard library's parser takes the first rule instead of the longest and knows no wildcards, so that it reads pages which a
site asks to be left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

MOST_BYTES = 512 * 1024  # at least 500 KiB have to be read
MOST_RULES = 5000
_LINE = re.compile(r"\s*([A-Za-z-]{1,20})\s*:\s*([^#]*)")
_TOKEN = re.compile(r"[A-Za-z_-]+")
_SAFE = "/~!$&'()*+,;=:@-._?%"


@dataclass(frozen=True, slots=True)
class Rule:
    """Whether paths that match `path` may be read. The longer of two rules that match counts, and of two as long the one that
    allows."""

    path: str
    allows: bool

    def matches(self, path: str) -> bool:
        """Method: the parts between the stars are searched for one after the other, which is linear in the path for each."""
        pattern, whole = (self.path[:-1], True) if self.path.endswith("$") else (self.path, False)
        first, *parts = pattern.split("*")
        if not path.startswith(first):
            return False
        at = len(first)
        if not parts:
            return not whole or at == len(path)
        for part in parts[:-1]:
            found = path.find(part, at)
            if found < 0:
                return False
            at = found + len(part)
        return path.endswith(parts[-1], at) if whole else path.find(parts[-1], at) >= 0


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for us."""

    rules: tuple[Rule, ...] = ()

    def allow(self, url: str) -> bool:
        parts = urlsplit(url)
        path = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        matching = [rule for rule in self.rules if rule.matches(path)]
        return max(((len(rule.path), rule.allows) for rule in matching), default=(0, True))[1]


def read(data: bytes, product: str) -> Robots:
    """The rules for `product` in a robots.txt: those of all groups that name it, else those for everyone. Never raises."""
    ours: list[Rule] = []
    everyones: list[Rule] = []
    named = False
    names: set[str] = set()
    in_rules = False
    for line in data[:MOST_BYTES].decode("utf-8", "replace").removeprefix("\ufeff").splitlines():
        if (found := _LINE.match(line)) is None:
            continue
        key, value = found[1].lower(), found[2].strip()
        if key == "user-agent":
            names = names if not in_rules else set()
            in_rules = False
            names.add("*" if value == "*" else token[0].lower() if (token := _TOKEN.match(value)) else "")
            named = named or product in names
        elif key in ("allow", "disallow"):
            in_rules = True
            for into, name in ((ours, product), (everyones, "*")):
                if name in names and value and len(into) < MOST_RULES:
                    into.append(Rule(_normal(value), key == "allow"))
    return Robots(tuple(ours if named else everyones))


def _normal(path: str) -> str:
    """A path with its characters written in one way."""
    return quote(unquote(path.replace("%2F", "%252F").replace("%2f", "%252F")), safe=_SAFE)
