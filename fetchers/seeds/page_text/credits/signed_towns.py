"""What stands beside a dateline's town: the agency, the region or the country, by form and place and not by lists alone."""

from __future__ import annotations

import re

from fetchers.seeds.page_text.credits.agencies import could_be_agency, is_agency, is_known_agency, names_paper
from fetchers.seeds.page_text.credits.bylines import is_person
from fetchers.seeds.page_text.credits.partial_dates import take_date
from fetchers.seeds.page_text.credits.towns import could_be_place
from newsdesk.countries import find_country
from newsdesk.countries.gazetteer import is_place

# Of the United States and Canada, and Australia's: no agency's acronym behind a town.
STATES = frozenset(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC "
    "SD TN TX UT VT VA WA WV WI WY DC AB BC MB NB NL NS ON PE QC SK NSW VIC QLD TAS UK USA UAE".split()
)


def is_signed(before: str, name: str) -> bool:
    """True for a name in brackets that no list knows, behind a town and a day, a town in capitals, or a known one: the agency,
    where it is no region or country."""
    if not could_be_agency(name) or is_place(name) or (find_country(name) and not names_paper(name)):
        return False
    town, _, dated = take_date(before.strip(" ,"))
    named = could_be_place(town) and len(town) > 3
    told = dated or in_capitals(town) or _NO_REGION.search(name) or (is_place(town) and not is_person(name))
    return named and bool(told)


_NO_REGION = re.compile(r"^The |[a-zß-ÿ][A-ZÀ-Þ]|\d|&")


def in_capitals(town: str) -> bool:
    city = town.partition(",")[0].strip()
    return len(city) > 3 and city.isupper()


def is_region(name: str) -> bool:
    """True for what stands behind a town: a state's sign, or a country in capitals ("ABUJA, NIGERIA")."""
    return name in STATES or (len(name) > 3 and find_country(name) is not None and not is_known_agency(name))


def names_agency(name: str) -> bool:
    return is_agency(name) or (names_paper(name) and could_be_agency(name))
