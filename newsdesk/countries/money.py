"""What sums of money tell of countries: signs of money are no words, and a country named in a sum alone is hardly named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from newsdesk.countries.gazetteer import senses
from newsdesk.countries.scan import Mention
from newsdesk.countries.weigh import LEAD_WORDS, Placed

_POUND = "£"  # others have pounds, too: the sign tells in English alone
_SIGNS: Mapping[str, str] = dict(
    zip(
        f"{_POUND}฿₡₦₩₪₫₭₮₱₲₴₵₸₹₺₼₽₾",
        "GB TH CR NG KR IL VN LA MN PH PY UA GH KZ IN TR AZ RU GE".split(),
        strict=True,
    )
)
_DOLLARS: Mapping[str, str] = dict(
    zip("A AU C CA HK NT NZ R S US".split(), "AU AU CA CA HK TW NZ BR SG US".split(), strict=True)
)
_DOLLAR = re.compile(rf"\b({'|'.join(_DOLLARS)})\$")
_SURE = 0.25  # that a country is meant which is named in sums alone


def with_money(found: list[Placed], title: str, body: str, language: str) -> list[Placed]:
    """What is named, and the countries whose money is: "A$3" speaks for Australia, and "US$3" less for the United States than
    their name elsewhere."""
    signs = list(_signs(title, body, language))
    if "$" in title or "$" in body:
        named = {mention.key for mention, _ in found}
        for short in sorted({*_DOLLAR.findall(title), *_DOLLAR.findall(body)}):
            key = f"={short}"
            if key not in named:
                signs += [(f"{short}$", _DOLLARS[short])] if short != "US" else ()
            elif not _stands_alone(short, title, body):
                found = [(own._replace(sure=_SURE) if own.key == key else own, part) for own, part in found]
    if not signs:
        return found
    return [*found, *((Mention(sign, sign, LEAD_WORDS, senses(f"l{code}9")), "body") for sign, code in signs)]


def _stands_alone(short: str, title: str, body: str) -> bool:
    alone = re.compile(rf"\b{short}\b(?!\$)")
    return bool(alone.search(title) or alone.search(body))


def _signs(title: str, body: str, language: str) -> Iterator[tuple[str, str]]:
    if title.isascii() and body.isascii():  # what costs least is asked first: few texts have any
        return
    for sign, code in _SIGNS.items():
        if (sign in title or sign in body) and (sign != _POUND or language == "en"):
            yield sign, code
