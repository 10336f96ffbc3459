"""Which countries a story is about, and why; where its outlet is; names and codes of countries.

``tag_countries(story, language)`` reads title, dateline, highlights and body against a gazetteer of country names in 150
languages, peoples, capitals, towns, regions, institutions and heads of state, weighs what it finds by where it stands, and
answers the countries that are likely meant, the main one first. No answer means "unknown".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsdesk.countries.gazetteer import country_names, find_name
from newsdesk.countries.outlets import outlet_country
from newsdesk.model import Country, Story

if TYPE_CHECKING:  # texts are cut with numpy, which whoever only asks for a name never pays
    from newsdesk.words.cutting import Cut

__all__ = ["country_name", "country_names", "find_country", "outlet_country", "tag_countries", "tag_countries_many"]


def country_name(code: str) -> str:
    """The English name of an ISO 3166-1 alpha-2 code; the code itself where there is none."""
    return country_names().get(code, code)


def find_country(text: str) -> str | None:
    """The code that a person means by `text`: a code, a name in any language, a people or a capital; None if none is known."""
    return find_name(text)


def tag_countries(story: Story, language: str | None) -> tuple[Country, ...]:
    """The countries `story` is about, the main one first, with scores from 0 to 1 and the words that speak for each.

    `language` is ISO 639-1 or None. Pure; linear in the length of the story, of which some 4,000 words are read.
    """
    return tag_countries_many((story,), (language,))[0]


def tag_countries_many(
    stories: Sequence[Story], languages: Sequence[str | None], cuts: Sequence[Cut] | None = None
) -> list[tuple[Country, ...]]:
    """As :func:`tag_countries`, of many stories, each with its language, in less time. `cuts` are their words, where they are
    cut already."""
    from newsdesk.countries.tagger import tag_all

    return tag_all(stories, languages, cuts)
