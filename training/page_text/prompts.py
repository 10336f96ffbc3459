"""What pages say to their readers (prompts.txt), every time in other words."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

_CHOICE = re.compile(r"\{([^{}]*)\}")


@cache
def _templates() -> dict[tuple[str, str], list[str]]:
    """(language, place) -> templates."""
    found: dict[tuple[str, str], list[str]] = {}
    key = ("", "")
    for row in (Path(__file__).parent / "prompts.txt").read_text("utf-8").splitlines():
        if row.startswith("[") and row.endswith("]"):
            language, _, place = row[1:-1].partition(" ")
            key = (language, place)
        elif row and not row.startswith("#"):
            found.setdefault(key, []).append(row)
    return found


def expand(rng: random.Random, template: str, slots: dict[str, Callable[[], str]]) -> str:
    """A template with every choice made, from the inside out, and every slot filled."""
    while found := _CHOICE.search(template):
        template = template[: found.start()] + rng.choice(found[1].split("|")) + template[found.end() :]
    for name, fill in slots.items():
        while f"<{name}>" in template:
            template = template.replace(f"<{name}>", fill(), 1)
    return " ".join(template.split())


def prompt(rng: random.Random, language: str, place: str, slots: dict[str, Callable[[], str]]) -> str:
    templates = _templates()
    return expand(rng, rng.choice(templates.get((language, place)) or templates["en", place]), slots)
