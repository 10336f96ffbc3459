"""Words that look like a place's name and mostly are none: persons, companies, months, words of any text."""

from __future__ import annotations

import collections
import gzip
import importlib.metadata
import json
import re
from pathlib import Path

import babel
from babel import localedata

from newsdesk.countries.words import fold_term

# Newsmap's dictionaries and the terms of this folder name some by country: weaker evidence than a place.
COMPANIES = set(
    "toyota nissan honda sony mitsubishi mitsui sumitomo hitachi toshiba fujitsu nintendo softbank samsung hyundai kia "
    "huawei alibaba tencent bytedance sinopec petrochina baidu xiaomi gazprom rosneft lukoil sberbank volkswagen bmw "
    "mercedes-benz daimler lufthansa siemens basf renault peugeot airbus totalenergies unilever philips asml klm fiat "
    "ferrari alitalia nestle novartis ubs volvo ericsson ikea nokia finnair maersk lego statoil equinor petrobras embraer "
    "codelco pemex qantas telstra bhp fonterra ryanair infosys walmart chevron chevrolet kmart tesco asda greggs waitrose "
    "petronas temasek garuda pertamina aeroflot icelandair juventus benfica tsmc iberia sainsbury".split()
)

# Beside those of the census, which are of one country.
MORE_FIRST_NAMES = set(
    "mohammed muhammad mohamed ahmed ahmad ali hassan hussein omar ibrahim yusuf abdul mahmoud fatima aisha vladimir "
    "sergei dmitry ivan yuri boris nikolai olga natalia svetlana pierre jean françois francois jacques michel claude "
    "marie hans karl klaus jürgen wolfgang heinz giovanni giuseppe luigi marco paolo carlos jose luis miguel pedro javier "
    "rafael diego pablo joao paulo hiroshi takashi kenji yuki haruto wei ming xiao li jin sanjay rajesh amit priya rahul "
    "sunil anil deepak vijay ravi arjun kumar lars sven erik olaf bjorn anders magnus ingrid liam noah oliver ethan mason "
    "jayden aiden chelsea paris".split()
)

# Towns are named like this, and so is nearly anything else.
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
    "위해 연대 동경 방기 한성 한양 경성 상해 천진 심천 대련 심양 후에 이브 "
    "아바 코타 세부 살렘 오랑 우파 지다 파당 말랑 고양 로메 사나 홈스 칼리 "
    "جنوبي شمالي شرقي غربي وسط جنوب شمال شرق غرب مركزي red batman wolves angels interior ana mary male man men women "
    "moment page share start data price name real sale home time date see wang li zhang chen liu yang huang wu cook lang "
    "lane bell ball chapman parker taylor turner baker carter hunter mason fisher walker warner tyler kelly kennedy logan "
    "clayton allen marshall mitchell jennings sanders simpson harper harvey howard hudson irving johnson jackson lawrence "
    "leonard madison morgan nelson norman oliver palmer perry powell quincy randolph russell sherman stanley thompson "
    "wallace warren wayne webster wilson winston woodward american dean dale hay guy page ray roy ross rush sharp short "
    "small stone street strong weston wood woods banks atlantic cocoa olympic metro delta dome lira lime vulcan monsanto kong "
    "sama silverado northland oldtown centrale nikko douglas gillette".split()
)


def lower_case_words(datasets: Path, share: float) -> set[str]:
    """Words that stand in lower case at least in `share` of all cases, in news that may be used for it."""
    small: collections.Counter[str] = collections.Counter()
    large: collections.Counter[str] = collections.Counter()
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
    words: set[str] = set()
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
        return [line.split()[0].lower() for line in (folder / file).read_text("utf-8").splitlines()[:count]]

    first = set(top("dist.male.first", 700)) | set(top("dist.female.first", 900))
    return sorted((first | MORE_FIRST_NAMES) - calendar_words()), set(top("dist.all.last", 3000))
