"""Make the gazetteer that newsdesk ships: newsdesk/data/countries/gazetteer.bin.

    python -m training.countries.build --shared DIR [--check]

DIR holds reference/newsmap and datasets/ (the shared sets; only those marked "ship" are read, for how often a word stands in
lower case). Sources and licences are in newsdesk/data/countries/README.md. The same inputs make the same bytes.
"""

from __future__ import annotations

import argparse
import collections
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import babel
from babel import localedata

from newsdesk.countries.words import UNSPACED_RUN, fold_term, script_of
from newsdesk.whole_file import write_whole
from training.countries.lookalikes import STOP_TOWNS, calendar_words, census_names, lower_case_words
from training.countries.places import SMALL_TOWNS, UNSPACED_AT_HOME, counties, region_names, town_names, villages
from training.countries.tables import Table, add_term, block, pack, starts
from training.sums import write_sums

HERE = Path(__file__).parent
TARGET = HERE.parent.parent / "newsdesk" / "data" / "countries" / "gazetteer.bin"
NEWSMAP = {
    "arabic": "ar", "chinese_simplified": "zh", "chinese_traditional": "zh", "english": "en", "french": "fr", "german": "de",
    "hebrew": "he", "italian": "it", "japanese": "ja", "portuguese": "pt", "russian": "ru", "spanish": "es", "turkish": "tr",
}  # fmt: skip
# Its stems of peoples begin other words as well (Spanish "indi*": individuo), so where words have few endings they stand for
# those with one of them alone. Those that are a word themselves, or one with such an ending, are left out.
ENDINGS = {
    "es": ("", *"a as o os e es esa esas eses i ies s".split()),
    "pt": ("", *"a as o os e es esa esas eses ao aos i is s".split()),
    "it": ("", *"a e i o he hi".split()),
}
NO_STEMS = {("es", "bengal"), ("es", "indi"), *(("pt", stem) for stem in "bengala casac leta males servi siri".split())}
ALIASES = {"KV": "XK"}
# Of CLDR's territories those that are no country: unions, test codes, and islands that have no code of ISO 3166-1.
NO_COUNTRY = set("EU EZ UN QO XA XB ZZ AC CP DG EA IC TA CQ".split())


def is_country(code: str) -> bool:
    return bool(re.fullmatch("[A-Z]{2}", code)) and code not in NO_COUNTRY


def read_terms() -> Iterator[tuple[str, str, str, list[str]]]:
    for line in (HERE / "terms.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            language, kind, code, terms = line.split("\t")
            yield language, kind, code, terms.split("|")


def read_newsmap(folder: Path) -> Iterator[tuple[str, str, str]]:
    for name, language in NEWSMAP.items():
        for line in (folder / f"{name}.yml").read_text("utf-8").splitlines():
            found = re.match(r"\s*'([A-Z]{2})':\s*\[(.*)\]", line)
            if found:
                code = ALIASES.get(found[1], found[1])
                for term in found[2].split(","):
                    yield language, code, term.strip()


def add_newsmap(tables: dict[str, Table], folder: Path) -> None:
    cities = {(code, fold_term(name)) for name, code, _ in town_names(every=True)}
    for language, code, term in read_newsmap(folder):
        table = tables[language]
        if language == "en":  # English adds nothing but a plural
            kind = "d" if term.endswith("*") else "c8" if (code, fold_term(term)) in cities else "n"
            for form in {term.strip("*"), term.strip("*") + "s"} if term.endswith("*") else {term}:
                add_term(table, kind, code, form, lower=False)
        elif term.endswith("*"):
            taken = (" " not in term and len(term) > 4) or UNSPACED_RUN.match(term)
            if taken and (language, fold_term(term)) not in NO_STEMS:
                for form in [term[:-1] + ending for ending in ENDINGS[language]] if language in ENDINGS else [term]:
                    add_term(table, "d", code, form, lower=True)
        else:
            kind = "c8" if (code, fold_term(term)) in cities else "n"
            add_term(table, kind, code, term, lower=term[:1].islower())


def add_cldr(tables: dict[str, Table]) -> dict[str, str]:
    """Territory names in every language; the answer is the English ones, by code, for the screen."""
    english = {}
    for identifier in sorted(localedata.locale_identifiers()):
        locale = babel.Locale.parse(identifier)
        if locale.territory and locale.language not in {"zh", "pt", "en", "es", "fr", "de", "ar", "sr"}:
            continue
        for code, name in sorted(locale.territories.items()):
            if is_country(code):
                if identifier == "en":
                    english[code] = name
                for form in {name, re.sub(r"\s*[(（].*?[)）]", "", name)}:
                    if len(fold_term(form)) >= 2:
                        add_term(tables[locale.language], "n", code, form, lower=False)
    english |= {"HK": "Hong Kong", "MO": "Macao", "PS": "Palestine", "MM": "Myanmar", "TR": "Türkiye"}
    return english


def add_world(tables: dict[str, Table], lower_case: set[str], rare: set[str]) -> None:
    """Towns and regions of the world, by script."""
    calendar, family = calendar_words(), census_names()[1]
    english = tables["en"].proper
    for county in counties():
        tables["en"].put(english, fold_term(county), "US", "r")
    for name, code, kind in [*town_names(), *region_names()]:
        name = unicodedata.normalize("NFC", name)
        if not name or not name[0].isalpha():
            continue
        if UNSPACED_RUN.match(name):
            add_unspaced(tables, name, code, kind)
            continue
        key = fold_term(name)
        common = key in (rare if kind == "t2" else lower_case) and key not in english
        brief = too_short(key, kind)
        if (brief and not is_brief(key, kind)) or key in calendar or key in STOP_TOWNS or (kind[0] in "tr" and common):
            continue
        if brief or (is_small(kind) and key in family):
            kind = "s" + kind[1:]  # or a family name: believed only where the words around it speak of a place
        table = tables["+" + script_of(name)]
        table.put(table.proper, key, code, kind, order="xnacdrfipoqtsl")


def add_villages(tables: dict[str, Table]) -> None:
    """Where a name is known already, and is no great town's, it may stand for these, too."""
    english, latin = tables["en"].proper, tables["+latn"].proper
    for name, code in villages():
        key = fold_term(name)
        known = latin if key in latin else english
        if key in known and all(kind[0] in "nrts" and kind[1:] < "6" for kind in known[key].values()):
            latin[key].setdefault(code, "t0")


def is_small(kind: str) -> bool:
    return kind[0] == "t" and kind[1:] < "5"


def too_short(key: str, kind: str) -> bool:
    if script_of(key) == "hang":  # a sign is a syllable
        return len(key) < (3 if kind[0] == "t" and kind[1:] < "6" else 2)
    return len(key) < (4 if kind[0] == "t" and kind[1:] < "7" else 3)


def is_brief(key: str, kind: str) -> bool:
    """Whether a name too short to be believed by itself is a city's: Jos, Qom, Ufa."""
    return script_of(key) == "latn" and len(key) == 3 and kind[0] == "t" and kind[1:] >= "4"


def add_unspaced(tables: dict[str, Table], name: str, code: str, kind: str) -> None:
    """A town in a script without spaces: a big one for all readers of the script, a smaller one for those of its country."""
    if kind[0] == "r" or kind[1:] >= "6":
        names = ("+" + script_of(name),) if len(name) >= 2 else ()
    else:
        names = UNSPACED_AT_HOME.get(code, ()) if len(name) >= (3 if kind[1:] < "4" else 2) else ()
    for table in (tables[section] for section in names):
        table.put(table.proper, name, code, kind)


def keep_sense(tables: dict[str, Table]) -> None:
    """Where a country's own name is also a small place elsewhere, the country is meant, but for the few that divide readers."""
    english, latin = tables["en"].proper, tables["+latn"].proper
    for key in list(latin):
        mine = english.get(key)
        if not mine:
            continue
        if "-" in mine:
            del latin[key]
            continue
        here = latin.pop(key) if any(kind[0] == "n" for kind in mine.values()) else latin[key]
        for code, kind in here.items():
            if kind[0] in "ts" and code in SMALL_TOWNS and not key.endswith(" city"):
                mine.setdefault(code, "t" + kind[1:])  # Lebanon, Pennsylvania: believed where local words speak for it
        if key in latin:
            latin[key] |= mine
    english["georgia"]["US"] = "r"
    for table in (english, latin):
        table.get("victoria", {}).pop("HK", None)  # as Hong Kong's capital was called
    for key in ("washington", "new york"):
        english[key] = {"US": "c9"}
    for key in (
        "america",
        "england",
        "ireland",
        "holland",
        "china",
        "india",
        "iran",
        "iraq",
        "israel",
        "north korea",
        "russia",
        "vietnam",
    ):
        english[key] = {code: kind for code, kind in english[key].items() if kind[0] == "n"}


def keep_peoples(tables: dict[str, Table]) -> None:
    """A people in its own language, where a town abroad has its name: "Real Academia Española", with a capital as well."""
    world = tables["+latn"].proper
    for table in tables.values():
        for key, codes in table.lower.items():
            peoples = all(kind[0] == "d" for kind in codes.values())
            if peoples and key not in table.proper and key in world and all(kind[0] in "ts" for kind in world[key].values()):
                table.proper[key] = dict(codes)


def build(shared: Path) -> bytes:
    tables: dict[str, Table] = collections.defaultdict(Table)
    english_names = add_cldr(tables)
    add_newsmap(tables, shared / "reference" / "newsmap")
    for language, kind, code, terms in read_terms():
        for term in terms:
            # What is no country with a capital may be a people without: the surname Russo, and russo.
            lower = kind[0] == "l" or (language != "en" and (kind == "d" or (kind == "x" and not term[:1].isupper())))
            for name in ("en", "+latn") if language == "*" else (language,):
                add_term(tables[name], kind, code, term, lower)
                if lower and (kind == "x" or (kind == "d" and term[0].isupper() and not term.endswith("*"))):
                    add_term(tables[name], kind, code, term, lower=False)  # Τούρκοι are Turks before they are from Turku
    for table in tables.values():
        for kinds in (table.proper, table.lower):
            for key in [key for key, codes in kinds.items() if "-" in codes]:
                kinds[key] = {"-": "x"}
    add_world(tables, lower_case_words(shared / "datasets", 0.25), lower_case_words(shared / "datasets", 0.05))
    add_villages(tables)
    keep_sense(tables)
    keep_peoples(tables)
    sections = {
        name: "\f".join([block(table.proper), block(table.lower), block(table.stems), starts(table.proper, table.lower)])
        for name, table in tables.items()
    }
    sections["names"] = "\n".join(f"{code}\t{name}" for code, name in sorted(english_names.items()))
    sections["people"] = "\n".join(census_names()[0])
    for name, table in sorted(tables.items(), key=lambda pair: -len(pair[1].proper))[:14]:
        print(f"{name:8} {len(table.proper):7} proper {len(table.lower):6} lower {len(table.stems):6} stems")
    return pack(sections)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--check", action="store_true", help="compare with the shipped file, write nothing")
    args = parser.parse_args()
    data = build(args.shared)
    print(f"{len(data):,} bytes")
    if args.check:
        raise SystemExit(0 if TARGET.read_bytes() == data else "the shipped gazetteer is not what these inputs make")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    write_whole(TARGET, [data])  # those who read it meanwhile have the old one whole
    write_sums(TARGET.parent, [TARGET.name])


if __name__ == "__main__":
    main()
