"""What a story's source says about its subject: feed categories, wire codes, the sections in its address.

A code of the IPTC (``medtop:15000000``, ``20000822``, the older eight-digit subject codes) is nearly proof; a section or
category by name is strong; a section in the address a little less, and so is what only one of the IPTC's narrower topics is
called, which a tag may mean otherwise: "pool" is no billiards in most towns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from urllib.parse import unquote, urlsplit

from newsdesk.model import Story
from newsdesk.topics.names import ORDER

CODE_TRUST, NAME_TRUST, PATH_TRUST, NARROW_TRUST = 40.0, 3.0, 2.0, 1.0  # added to the topic's log-odds
_CODE = re.compile(r"(?<!\d)(\d{8})(?!\d)")
_WHOLE_CODE = re.compile(r"(?:.*[:/#])?\d{8}")  # by itself or as a qcode or an address ends with it
# A day of a year that no detail of a subject code is like: 12032026, and 03122026 in America.
_DAY = re.compile(r"(?:(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?:19\d|20[1-3])\d")
_SPLIT = re.compile(r"[/|>,;:]|\s-\s")
_DASHES = re.compile(r"[\s_+-]+")
_LONGEST, _LONGEST_URL = 200, 2000
_MOST = 12


Hint = tuple[int, float, str]


def read(story: Story) -> Iterator[Hint]:
    """(topic, what to add to its log-odds, the hint in words), at most one a hint."""
    for hint in story.hints[:_MOST]:
        yield from _read_hint(hint[:_LONGEST])
    if story.url:
        yield from _read_folder(_folder(story.url[:_LONGEST_URL]))


@lru_cache(maxsize=2048)  # feeds have few sections
def _read_hint(hint: str) -> tuple[Hint, ...]:
    code = _CODE.search(hint)
    if code and (topic := _topic_of_code(code[1], hint)) is not None:
        return ((topic, CODE_TRUST, f"code {code[1]}"),)
    for part in (hint, *_SPLIT.split(hint)):
        topic = topic_of_name(part)
        if topic is not None:
            return ((topic, _trust(part, NAME_TRUST), f"section {part.strip()}"),)
    return ()


def _folder(url: str) -> str:
    """An address without the last part of its path, which names no section."""
    bare = url.partition("#")[0].partition("?")[0]
    folder = bare[: bare.rfind("/") + 1]
    return url if folder.endswith("//") or "%" in bare[len(folder) :] else folder


@lru_cache(maxsize=2048)  # what is in one of them shares its section
def _read_folder(url: str) -> tuple[Hint, ...]:
    try:
        parts = urlsplit(url)
        host, path = parts.hostname or "", unquote(parts.path)
    except ValueError:
        return ()
    labels = host.split(".")
    sections = [*(labels[:1] if len(labels) > 2 else ()), *path.split("/")[:-1][:6]]
    for section in sections:
        topic = topic_of_name(section)
        if topic is not None:
            return ((topic, _trust(section, PATH_TRUST), f"section {section} in the address"),)
    return ()


def _trust(name: str, most: float) -> float:
    """How far a name is trusted that is a topic's: `most`, unless no outlet calls a section so."""
    return min(most, NARROW_TRUST) if topic_of_section(name) is None else most


def topic_of_name(name: str) -> int | None:
    """The topic of a section, category or concept name in one of the languages of sections.txt, or in the IPTC's English."""
    found, key = topic_of_section(name), _key(name)
    return _concepts()[1].get(key) if found is None and key else found


def topic_of_section(name: str) -> int | None:
    """The topic of a section as outlets name theirs, in one of the languages of sections.txt."""
    return _sections().get(_key(name))


def _key(name: str) -> str:
    return _DASHES.sub(" ", name.casefold()).strip()


def _topic_of_code(code: str, hint: str) -> int | None:
    if code in _concepts()[0]:
        return _concepts()[0][code]
    if _DAY.fullmatch(code) or not _WHOLE_CODE.fullmatch(hint):
        return None
    return ORDER.get(code[:2])  # a subject code, the taxonomy's forerunner: its first two digits are the topic


@cache
def _sections() -> dict[str, int]:
    text = (resources.files("newsdesk") / "data" / "topics" / "sections.txt").read_text("utf-8")
    found: dict[str, int] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            code, names = line.split(maxsplit=1)
            found |= {_key(name): ORDER[code] for name in names.split(",")}
    return found


@cache
def _concepts() -> tuple[dict[str, int], dict[str, int]]:
    """Topics by the code and by the name of a concept of any level."""
    text = (resources.files("newsdesk") / "data" / "topics" / "concepts.tsv").read_text("utf-8")
    codes: dict[str, int] = {}
    names: dict[str, int] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            code, top, name = line.split("\t")
            codes[code] = ORDER[top]
            names.setdefault(_key(name), ORDER[top])
    return codes, names
