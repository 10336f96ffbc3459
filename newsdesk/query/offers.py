"""What may stand after a prefix, for completion: every word that the program itself knows, none that only an archive does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

from newsdesk.query.terms import Flag, MoodWord
from newsdesk.query.words import split_words

Offer = tuple[str, str]  # a word, and what it means where that needs saying

_NOT_BARE = re.compile(r'[\s()"]')  # what a value without quotation marks can't have
_UNKNOWN = ("unknown", "")
_DAYS = ("today", "yesterday")
_WORDS: Mapping[str, tuple[str, ...]] = {
    "is": get_args(Flag),
    "mood": get_args(MoodWord),
    "newer": _DAYS,
    "older": _DAYS,
    "since": ("last-run", "last-visit", "last-look"),
}


def values_of(prefix: str, begun: str = "", *, narrower: bool = True) -> Iterator[Offer]:
    """The words that may stand after `prefix` and begin as `begun` does; with `narrower`, topics below the 17 too."""
    if prefix == "topic":
        return going_on(_topics(narrower and bool(begun)), begun)
    if prefix in ("country", "published-in"):
        return going_on(_countries(bool(begun)), begun)
    return going_on(((word, "") for word in _WORDS.get(prefix, ())), begun)


def going_on(offers: Iterable[Offer], begun: str) -> Iterator[Offer]:
    """Those of `offers` that begin as `begun` does, capitals aside, with what is typed of them as it is."""
    for word, says in offers:
        if word.casefold().startswith(begun.casefold()):
            yield begun + (word.lower() if begun.islower() else word)[len(begun) :], says


# Narrower topics and countries by their names are many: they are offered to whoever has `named` a letter.


def _topics(named: bool) -> Iterator[Offer]:
    from newsdesk.topics.names import TOPICS
    from newsdesk.topics.narrower import names

    yield from ((split_words(name)[0], name) for name in TOPICS.values())
    if named:
        yield from (("-".join(split_words(name)), "") for name in names().values())
    yield _UNKNOWN


def _countries(named: bool) -> Iterator[Offer]:
    from newsdesk.countries import country_names

    yield from country_names().items()
    if named:
        hyphened = (("-".join(name.split()), code) for code, name in country_names().items())
        yield from (offer for offer in hyphened if not _NOT_BARE.search(offer[0]))
    yield _UNKNOWN
