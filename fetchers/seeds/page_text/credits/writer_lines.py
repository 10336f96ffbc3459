"""Lines that are nothing but a writer and what stands beside the name: the outlet, the town, the count of the comments."""

from __future__ import annotations

import re

from fetchers.seeds.page_text.credits.agencies import OUTLET_WORD
from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words
from newsdesk.countries.gazetteer import is_place

_OWN_ACRONYM = re.compile(
    r"(?!By |Von |Par |Por )(?P<who>[A-ZÀ-Þ][\w'’-]*[a-zß-ÿ][\w'’-]*(?: [^\W\d_][\w'’.-]*[a-zß-ÿ]){1,3}) "
    r"(?P<outlet>[A-ZÅÄÖ]{2,5})$"
)
# What stands behind a name and is no outlet.
TITLES = frozenset("JR SR II III IV OBE MBE CBE KC QC MP MEP MLA MLC MD PHD RN CEO CFO CTO COO USA UK".split())


def split_acronym(text: str) -> tuple[str, str] | None:
    """Writer and outlet of "Eeva Lahti HS"."""
    found = _OWN_ACRONYM.match(text)
    return (found["who"], found["outlet"]) if found and found["outlet"] not in TITLES else None


_BY_WORD = re.compile(r"(?:By|Por|Par|Von|Di|Door|Av|Af)\s(?=[^\W\d_a-z]\S*\s[^\W\d_])")


def split_place(text: str) -> tuple[str, str] | None:
    """Place and person of a line that is nothing but them and an agency, in either order: "Bergen - Anna Lie"."""
    text = re.sub(r",?\s\([^()]{2,12}\)$", "", text.strip())
    text = re.sub(r"^[^\W\d_][\w-]{2,14}:\s", "", _BY_WORD.sub("", text))
    parts = re.split(r"\s[-–—/]\s|(?<=\w)/(?=[^\W\d_a-z]{3,}$)", text)
    if len(parts) != 2 or any(c.isdigit() for c in text) or not 1 <= len(parts[0].split()) <= 4:
        return None
    towns = [is_place(part) for part in parts]
    if towns[0] == towns[1]:
        return None
    place, person = parts if towns[0] else reversed(parts)
    return (place, person) if 2 <= len(person.split()) <= 4 and not OUTLET_WORD.search(person) else None


# "9 Comments", "Leave a reply": what blogs print behind the writer's name.
_COUNT_END = re.compile(r"(?<=\S)\s(?P<tail>(?:(?!(?:19|20)\d\d )\d{1,5}|[^\W\d_]+)(?:\s[^\W\d_]+){1,2})$")


def without_count(text: str) -> str:
    """The line without how many comments there are, or the call for the first, at its end."""
    found = _COUNT_END.search(text, max(0, len(text) - 40))
    while found:
        told = lexicon().look(split_words(found["tail"]))
        if told.cover >= 0.99 and "commenthead" in told.classes:
            return text[: found.start()]
        found = _COUNT_END.search(text, found.start() + 1)
    return text


_REPORTED = re.compile(
    r"(?P<who>\S+(?: \S+){1,3}) (?:reported|wrote|filed|produced|presented) this (?:story|report|article|piece|item) on "
)


def who_reported(text: str) -> str | None:
    """Who "Ann Lee reported this story on Friday, …" names."""
    found = _REPORTED.match(text)
    return found["who"] if found else None
