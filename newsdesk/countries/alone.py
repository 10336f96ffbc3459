"""Names of one word, many in one go: whether what stands beside each says that it is a place, and how surely.

What :class:`newsdesk.countries.scan.Reader` says of one, said of all that ask for no more than the bits of the words around.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from newsdesk.countries.gazetteer import Lexicon, Sense, first_names, meanings, senses
from newsdesk.countries.said import (
    ADDRESS,
    AFTER_PLACES,
    BEFORE_PLACES,
    COMMA,
    FIRM,
    GIVEN,
    HAMLET,
    MONEY,
    SAYING,
    SMALL,
    STREET,
    TICKER,
    TITLE,
    UPPER,
    WORD,
    said_in,
)
from newsdesk.countries.scan import BRIEF_CHARS, NAMESAKES, SETTLED_KINDS, SHORTEST_STEM, is_brief
from newsdesk.words.hashes import Numbers

Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]

# What a name is, as bits. `_FIRST_NAME`: a given name, too; `_NAMESAKE`: it may be a person's.
(_MONEYED, _PEOPLE, _SETTLED, _NATION, _CAPITAL, _MINOR, _LITTLE, _NAMESAKE, _FIRST_NAME) = _TRAITS = tuple(
    1 << bit for bit in range(9)
)
# And: it is one whatever stands beside it; that, of a few letters, unless all are capitals; it is none at all; there is no bit
# for what it is.
_ALWAYS, _BRIEF, _NOTHING, _OTHER = (1 << bit for bit in range(9, 13))

# What is said of a name: a Reader has to look, or it is no place; else how sure it is one, and whether the words beside say so.
LOOK, NONE = 0, 1
_SURE, _PLACED, _MONEY, _ADDRESS, _FIRM_OF_CAPITAL, FIRM_OF_OTHER, _TOWN_OF_NAMES, _TOWN = range(2, 10)
SAID_OF = {
    _SURE: (1.0, False),
    _PLACED: (1.0, True),
    _MONEY: (0.25, False),
    _ADDRESS: (0.2, False),
    _FIRM_OF_CAPITAL: (0.3, False),
    FIRM_OF_OTHER: (0.15, False),
    _TOWN_OF_NAMES: (0.5, False),
    _TOWN: (0.8, False),
}


class Name(NamedTuple):
    """A word that is a name: as it is told, its key, and what it may stand for."""

    surface: str
    key: str
    senses: tuple[Sense, ...]


def look_up(word: str, key: str, lexicon: Lexicon) -> tuple[int, Name | None]:
    """What a word by itself is, that is looked up by `key`, and the name. 0 for one at which a Reader has to look."""
    small = word[0].islower()
    if said_in(lexicon.language)[word] & FIRM:
        return 0, None
    if not small and (short := lexicon.exact[word]):
        found = senses(short)
        dotted = "." in word
        brief = 0 if dotted or len(word) > BRIEF_CHARS else _BRIEF
        name = Name(word + "." if dotted else word, "=" + word, found)
        return (0, None) if found[0].kind == "q" else (_ALWAYS | brief, name)
    value = lexicon.lower.get(key) if small else lexicon.proper[key] or lexicon.lower.get(key)
    if value is not None and meanings(value).small and is_brief(word):
        return 0, None
    if value is not None:
        return (_NOTHING, None) if value[0] == "x" else (_traits(key, value), Name(word, key, senses(value)))
    value = lexicon.stem(key) if len(key) >= SHORTEST_STEM else None
    return (_ALWAYS, Name(word, key, senses(value))) if value else (_NOTHING, None)


def _traits(key: str, value: str) -> int:
    term = meanings(value)
    kind = term.kind
    so = (
        *(kind in "nd", kind == "d", kind in SETTLED_KINDS, kind == "n", kind == "c", term.minor, term.small),
        *(term.local or key in NAMESAKES, key in first_names()),
    )
    return sum([bit for bit, own in zip(_TRAITS, so, strict=True) if own]) or _OTHER


def decide(traits: Numbers, titled: Flags, shouting: Flags, said: Callable[[int, Places], Numbers]) -> Numbers:
    """What is said of each name. `titled`, `shouting`: do most words around it begin with a capital, are most in capitals?
    `said`: what the words say that stand so many after some of the names."""
    every = np.arange(len(traits))
    before, after, second = said(-1, every), said(1, every), np.zeros_like(traits)
    settled, people, comma = traits & _SETTLED > 0, traits & _PEOPLE > 0, after & COMMA > 0
    runs_on = ~settled & (traits & _NATION == 0) & (after & (FIRM | UPPER | TICKER) > 0)
    far = (runs_on | people | comma).nonzero()[0]
    second[far] = said(2, far)
    placed = (before & BEFORE_PLACES | after & AFTER_PLACES) > 0
    minor = traits & _MINOR > 0
    named = before & UPPER > 0
    named &= (before & (GIVEN | ADDRESS) > 0) | minor & (before & TITLE > 0)
    named |= ~placed & (traits & _FIRST_NAME > 0) & ((after & SAYING > 0) | ~titled & (after & UPPER > 0))
    named &= traits & _NAMESAKE > 0
    cases = (
        ((traits == 0) | shouting & (traits & _BRIEF > 0) | (after & HAMLET > 0) & (after & UPPER > 0), LOOK),
        (traits & _NOTHING > 0, NONE),
        (traits & _ALWAYS > 0, _SURE),
        ((traits & _MONEYED > 0) & (after & MONEY > 0), _MONEY),
        ((after & STREET > 0) | people & (second & STREET > 0), _ADDRESS),
        (settled, _SURE),
        (runs_on & _is_firm(after, second, said), np.where(traits & _CAPITAL > 0, _FIRM_OF_CAPITAL, FIRM_OF_OTHER)),
        (named | comma & ~placed & (second & SMALL == 0), LOOK),
        (placed, _PLACED),
        (~minor, _SURE),
        (traits & _LITTLE > 0, NONE),
        (titled | (before & WORD == 0) | ((before | after) & UPPER > 0), _TOWN_OF_NAMES),
    )
    found: Numbers = np.select([so for so, _ in cases], [what for _, what in cases], _TOWN)
    return found


def _is_firm(after: Numbers, second: Numbers, said: Callable[[int, Places], Numbers]) -> Flags:
    """Whether capitals run on to a firm's ending, four words at the most, or a ticker symbol follows."""
    found: Flags = after & (FIRM | TICKER) > 0
    on = ((after & UPPER > 0) & ~found).nonzero()[0]
    words = second[on]
    for step in (3, 4, 5):
        found[on[words & FIRM > 0]] = True
        on = on[(words & UPPER > 0) & (words & FIRM == 0)]
        if step == 5 or not len(on):
            break
        words = said(step, on)
    return found
