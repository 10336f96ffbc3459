"""Lines that are nothing but a writer and the outlet or the town beside the name."""

from __future__ import annotations

import re

from fetchers.seeds.page_text.agencies import OUTLET_WORD
from newsdesk.countries.gazetteer import is_place

_OWN_ACRONYM = re.compile(
    r"(?!By |Von |Par |Por )(?P<who>[A-ZÀ-Þ][\w'’-]*[a-zß-ÿ][\w'’-]*(?: [^\W\d_][\w'’.-]*[a-zß-ÿ]){1,3}) "
    r"(?P<outlet>[A-ZÅÄÖ]{2,5})$"
)
_TITLES = frozenset("JR SR II III IV OBE MBE CBE KC QC MP MD PHD RN".split())


def split_acronym(text: str) -> tuple[str, str] | None:
    """Writer and outlet of "Eeva Lahti HS"."""
    found = _OWN_ACRONYM.match(text)
    return (found["who"], found["outlet"]) if found and found["outlet"] not in _TITLES else None


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
