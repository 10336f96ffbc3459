"""Towns as datelines and date lines print them."""

from __future__ import annotations

import re

from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words
from newsdesk.countries.gazetteer import is_place

PLACE_WORDS = 6
IN_PARENS = re.compile(r"[(\uff08]([^()\uff08\uff09]{2,60})[)\uff09]")
# Signs of Brazil's states, which stand in brackets behind a town as elsewhere agencies do: "ANÁPOLIS (GO)".
BRAZILIAN_STATES = frozenset("AC AL AP AM BA CE DF ES GO MA MT MS MG PA PB PR PE PI RJ RN RS RO RR SC SP SE TO".split())
_COUNTRY = re.compile(r"\s\[([A-Z][A-Za-z ]{2,20})\]$")  # "Leh (Ladakh) [India]"
_PARTICLES = frozenset(
    "de da do dos das del della di du la le les el al of and the y e i und et upon on sur am an der den las los in".split()
)


def could_be_place(text: str) -> bool:
    """True if `text` could be the place of a dateline: few words, each a name."""
    words = re.split(r"[\s/,]+", IN_PARENS.sub(lambda m: m[1], _COUNTRY.sub(r" \1", text)).strip())
    if not 1 <= len(words) <= PLACE_WORDS or len(text) > 60 or any(c.isdigit() for c in text):
        return False
    for word in words:
        if word.lower() in _PARTICLES and word != words[0]:
            continue
        if not word[:1].isalpha() or word[:1].islower():
            return False
    return not re.search(r"[?!;\"“”«»]", text)


_PLACE_DATED = re.compile(
    r"(?:^|[|·]\s)(?P<place>[^\W\d_][^\d,|·/:()–—.]{2,30}?)\s?(?:,|\.|\s[-–—|·])\s*(?:[^\W\d_]{2,10},?\s)?$"
)
# "Pune | Updated: January 19, 2021", "Maumere / Mon, October 4, 2021"
_SAID_BETWEEN = re.compile(
    r"(?<=\w)\s*[|·/]\s*(?:(?:last )?(?:updated|published|posted|modified)(?: on| at)?\s?:?\s*)?$", re.IGNORECASE
)
_PLACE_BEHIND = re.compile(r"(?:\s*[|•·]|\s[–—-]\s)\s*(?P<place>[^\W\d_][^\d,|·•/:()–—]{2,30}?)\s*(?:[|•·]|$)")


def place_beside_date(text: str, start: int, story: str = "") -> str | None:
    """The town that a line names right before its date, which begins at `start`: "Teruel - 04 jun 2024". One that no list knows
    counts where `story` says that something was in it."""
    told = _SAID_BETWEEN.search(text[:start])
    head = text[: told.start()] if told else ""
    if told and not re.search(r"[|·/]", head):
        return _town_of(_PLACE_DATED.search(f"{head} | "), story)
    return _town_of(_PLACE_DATED.search(text[:start]), story)


_BEHIND_ZONE = re.compile(
    r"\b(?:IST|GMT|UTC|CES?T|PKT|BST|EAT|[CEMP][SD]T) [-–] (?P<place>[^\W\d_][^\d,|·•/:()–—]{2,30})$"
)  # "… 09:11 am IST - Kochi"


def place_behind_date(text: str, end: int) -> str | None:
    """The town that a line names right behind its date, which ends at `end`: "May 4 2024 | LIMA | Print"."""
    zoned = _BEHIND_ZONE.search(text[end:])
    if zoned and could_be_place(zoned["place"]) and not lexicon().look(split_words(zoned["place"])).cover:
        return zoned["place"]
    return _town_of(_PLACE_BEHIND.match(text[end:]))


# "in", "to" and "from", as places are named with
AT = "in|im|aus|bei|von|van|i|på|ved|fra|från|te|bij|uit|à|de|en|em|a|ad|di|da|din|w|we|z|ze|do|v|ve|u|iz|в|во|из|у|з"


def _town_of(found: re.Match[str] | None, story: str = "") -> str | None:
    if not found or len(found["place"].split()) > 3 or lexicon().look(split_words(found["place"])).cover >= 0.5:
        return None
    name = found["place"]
    told = is_place(name) or re.search(rf"\b(?:{AT}) {re.escape(name)}(?![^\W_])", story)
    return name if could_be_place(name) and told else None
