"""Which countries a story is about, and why; where its outlet is; names and codes of countries.

``tag_countries(story, language)`` reads title, dateline, highlights and body against a gazetteer of country names in 150
languages, peoples, capitals, towns, regions, institutions and heads of state, weighs what it finds by where it stands, and
answers the countries that are likely meant, the main one first. No answer means "unknown".
"""

from __future__ import annotations

from newsdesk.countries.gazetteer import country_names, find_name
from newsdesk.countries.outlets import outlet_country
from newsdesk.countries.tagger import tag_countries

__all__ = ["country_name", "find_country", "outlet_country", "tag_countries"]


def country_name(code: str) -> str:
    """The English name of an ISO 3166-1 alpha-2 code; the code itself where there is none."""
    return country_names().get(code, code)


def find_country(text: str) -> str | None:
    """The code that a person means by `text`: a code, a name in any language, a people or a capital; null if none is known."""
    return find_name(text)
