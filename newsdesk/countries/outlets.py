"""Where an outlet is published: by its address and by its name. Never taken for what a story is about."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from urllib.parse import urlsplit

from newsdesk.countries.gazetteer import country_names
from newsdesk.countries.words import fold_term

# Country-code domains that are sold to anybody, or that stand for something else.
_FOR_ALL = frozenset("io co tv me fm ai ly to cc ws gg la sh ac im vc nu tk ml ga cf gq so st am eu su pw bz mn".split())
_DOMAINS = {"uk": "GB"}
_LONGEST_HOST = 253  # RFC 1035
_PLAIN = re.compile(r"https?://([a-z0-9.-]+)(?:[/?#]|\Z)")


@lru_cache(maxsize=1)
def _outlets() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Countries by domain and by folded name of the outlet."""
    data = json.loads(resources.files("newsdesk").joinpath("data", "countries", "outlets.json").read_text("utf-8"))
    domains, names = {}, {}
    for code, entries in data["outlets"].items():
        for entry in entries:
            if "." in entry and " " not in entry:
                domains[entry.lower()] = code
            else:
                names[fold_term(entry)] = code
    return domains, names


@lru_cache(maxsize=512)  # of a story it is asked several times
def outlet_country(outlet: str | None, url: str | None) -> str | None:
    """ISO 3166-1 alpha-2 of where `outlet` is published, from the host of `url` or its name; None where neither tells."""
    return _country_at(outlet, _host(url))


@lru_cache(maxsize=4096)  # what an outlet writes has the same host
def _country_at(outlet: str | None, host: str) -> str | None:
    domains, names = _outlets()
    host = host or (_host("//" + outlet) if outlet and "." in outlet and " " not in outlet else "")
    labels = host.split(".")
    for n in range(len(labels) - 1):
        code = domains.get(".".join(labels[n:]))
        if code:
            return code
    code = names.get(fold_term(outlet)) if outlet else None
    return code or _by_domain(labels)


def _by_domain(labels: list[str]) -> str | None:
    last = labels[-1]
    if len(labels) < 2 or len(last) != 2 or last in _FOR_ALL:
        return None
    code = _DOMAINS.get(last, last.upper())
    return code if code in country_names() else None


def _host(url: str | None) -> str:
    """The host of an address, in lower case, without "www."; "" for what is none."""
    if plain := _PLAIN.match(url or ""):  # as with most: to take it apart would cost ten times as much
        host = plain[1]
    else:
        try:
            host = urlsplit(url or "").hostname or ""
        except ValueError:
            return ""
    return host.removeprefix("www.").strip(".") if len(host) <= _LONGEST_HOST else ""
