"""Whom a story's text is credited to: agencies and outlets in credit, copyright and date lines, and the page's masthead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetchers.seeds.page_text.credits.agencies import (
    OUTLET_WORD,
    find_agency,
    find_signed,
    is_known_agency,
    is_outlet_sign,
    names_paper,
    read_sign,
)
from fetchers.seeds.page_text.credits.bylines import (
    COMPANY,
    are_people,
    is_person,
    presents_writer,
    read_byline,
    reporter_of,
    split_outlet,
)
from fetchers.seeds.page_text.credits.partial_dates import without_dates
from fetchers.seeds.page_text.credits.writer_lines import TITLES, strip_words
from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words
from fetchers.seeds.page_text.lines.looks import AGO, Look
from fetchers.seeds.page_text.stories.fields import without_field
from newsdesk.countries import outlet_country
from newsdesk.countries.gazetteer import is_place
from newsdesk.dates import find_dates

_YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?\b")
_COPYRIGHT = re.compile(r"©|\(c\)|\bcopyright\b", re.IGNORECASE)
_LEGALESE = re.compile(
    r"[.,|;]?\s*(?:all rights reserved|reprinted|tous droits|todos los|todos os|alle rechte|tutti i|no "
    r"part|accuracy|riproduzione|все права|無断|版权所有|未经|무단).*$",
    re.IGNORECASE,
)
FROM = re.compile(
    r"(?:\bsources?|\bquelle|\bfuente|\bfonte|来源|來源|出典|提供|출처|المصدر|منبع|מקור|स्रोत|источник|джерело|извор|πηγή|kaynak|"
    r"sumber|\bprovided by|\breporting by|\bvia|\bbron|\bkilde|\bkälla|\blähde|\bzdroj|\bźródło|\bforrás|\bizvor|\bsursa|"
    r"\bavots|\bšaltinis|\bnguồn|\bchanzo|ที่มา|\boriginal-content von)(?![a-zß-ÿ])\s*[:|\uff1a\-–]?\s*",
    re.IGNORECASE,
)
_BY_OUTLET = re.compile(
    r"(?:by|par|por|von|di)\s+(?=[A-ZÀ-Þ])([^|·•/,()]{4,40}\b(?:News|Times|Sentinel|Monitor|Herald|Press|Radio|TV|Gazette|"
    r"Courier|Tribune|Observer|Chronicle|Agency|Service|Network|Zeitung|Newsroom|Newsdesk))$",
    re.IGNORECASE,
)
# Where an embedded picture or film is from, which is not where the text is from.
_PLATFORM = re.compile(
    r"/\s?(?:YouTube|Twitter|X|Facebook|Instagram|TikTok|Flickr|Shutterstock|Getty|iStock|Alamy|Pexels|Unsplash)\b"
)
CJK_OUTLET = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3A-Za-z]{1,10}(?:新聞|新報|日報|通信|放送|テレビ|タイムス|タイムズ|新闻|日报|晚报|时报|時報|周刊|신문|일보|뉴스|방송)"
    r"(?:社|デジタル|オンライン|온라인)?"
)
_PARTS = re.compile(r"\s*[|·•/]\s*|\s[-–—]\s|,\s|;\s")


_AGENCY_NAMED = re.compile(r"(?:Agencia|Agência|Agence|Agenzia|Agentur) [^\W\d_][^,|\d:]{2,30}")


def _read_beside_writer(look: Look, label: str) -> str | None:
    """The outlet that a byline or date line names beside a person, or in a person's stead."""
    text = look.text.strip()
    alone = written_by_outlet(text) or outlet_of_writer(look) or _written_for(text) if label == "byline" else None
    if alone or (label == "byline" and _AGENCY_NAMED.fullmatch(text)):
        return alone or text
    before = _BEFORE_WRITER.match(text) if label == "byline" else None
    if before and not is_person(before["who"]) and (before["sign"] == "/" or _could_be_station(before["who"])):
        return before["who"]
    role = _OF_OUTLET.search(text) if label == "byline" or look.dates else None
    if role:
        return role["who"]
    piped = _between_pipes(text) if label == "byline" and look.dates else None
    if piped:
        return piped
    parts = [part for part in _PARTS.split(strip_words(without_dates(text))) if part]
    if label == "byline" and len(parts) == 2 and is_person(parts[0]) and re.fullmatch(r"\S*[a-z][A-Z]\S*", parts[1]):
        return parts[1]  # "Ana Reis - detalhePE"
    named = [part for part in parts[1:] if _is_outlet(part)]
    return strip_words(named[0]) if named and (label == "byline" or is_person(parts[0])) else None


_BEFORE_WRITER = re.compile(
    r"(?P<who>[A-ZÀ-Þ][^/|,\d]{2,40}?) (?P<sign>[/|•·]) (?:[Bb]y|Von|Par|Por|Di) [A-ZÀ-Þ]"
)  # "Shore Radio / By Ann Lee", "KXYZ | By Ann Lee"
# "Por Ana Reis - Repórter da Agência Sertão - Quixadá"
_OF_OUTLET = re.compile(
    r"\s[-–—|]\s(?:Repórter|Reportera?|Enviad[oa] especial|Corresponsal|Correspondente)\s(?:d[aoe]|de la|del)\s"
    r"(?P<who>[A-ZÀ-Þ][^-–—|\d]{2,40}?)(?=\s[-–—|]\s|$)"
)


def _could_be_station(name: str) -> bool:
    """True for an outlet's name and for a station's call sign, not for a section."""
    return names_paper(name) or bool(re.fullmatch(r"[A-Z]{3,5}", name))


def _between_pipes(text: str) -> str | None:
    """The outlet between a writer and a time: "Curated by Ann Lee | Harbour Times | Updated: 4 May 2024"."""
    parts = [part.strip() for part in text.split("|")]
    if len(parts) != 3 or "pubword" not in lexicon().look(split_words(parts[2])).first or not 3 <= len(parts[1]) <= 40:
        return None
    plain = not (is_place(parts[1]) or is_person(parts[1]) or find_dates(parts[1]) or AGO.search(parts[1]))
    return parts[1] if plain and lexicon().look(split_words(parts[1])).cover < 0.5 else None


# "Harbour News's Ann Lee contributed to this report."
_CONTRIBUTED = re.compile(r"(?:(?P<who>[A-Z][\w ]{1,30})['’]s?\s)?[^.]{3,60}\bcontributed to this (?:report|story|article)\b")


def read_source(look: Look, label: str) -> str | None:
    """The agency or outlet that a credit, byline or date line credits, as printed."""
    text = without_field(look.text.strip())
    if "photo" in look.found.first and "srcword" not in look.found.first:
        return None
    if _COPYRIGHT.search(text):
        return _read_copyright(text) if label == "credit" else None
    if label == "credit" and text[:1] == "(" and "/" in text and (signed := find_signed(text)):
        return signed
    if _CONTRIBUTED.match(bare := text.lstrip("-–— ")):
        return _read_named(look, label, bare)
    told = bare.rstrip(".") if label == "credit" and _is_sign(look) else None  # "- Sapa"
    told = told or (read_sign(text) if label == "credit" else None)
    told = told or (behind[1] if (behind := split_outlet(text)) else None)
    return told or _read_named(look, label, text)


def _names_desk(word: str) -> bool:
    """True for one word that sections are called by, as an agency's desks are: the second of "PA Sport"."""
    found = lexicon().look(split_words(word))
    return word.isalpha() and word.istitle() and found.cover >= 0.99 and set(found.classes) == {"nav"}


_ADDED = re.compile(r"(?:(?:Additional|With) )?reporting by (?P<who>.{3,60})$", re.IGNORECASE)


NAME_WORDS = 5  # of an outlet whose name ends with an agency's, at most: "Harbour Business Wire"


def _read_named(look: Look, label: str, text: str) -> str | None:
    """The agency or outlet that the line names in words: behind "Source", among others, alone, beside a writer."""
    helped = _ADDED.match(text)
    people = helped is not None and are_people(read_byline(look, "byline") or "")
    stated = None if _PLATFORM.search(text) or people else FROM.search(text)
    if stated and stated.end() == len(text):
        return None  # "Share via"
    if stated and stated.start() <= 60:
        rest = without_dates(text[stated.end() :])
        name = re.split(r"[|·•;]|\s{2,}|(?<=[\u3400-\u9fff])\s", rest, maxsplit=1)[0].strip(" .,-") if rest else ""
        agency = next((part for part in _PARTS.split(name.replace(" and ", ", ")) if is_known_agency(part)), None)
        if agency:
            return agency
        name = name if len(name) <= 50 else _PARTS.split(name)[0]
        name = re.sub(r"(?<=[\u3400-\u9fff])[(\uff08][\u3400-\u9fff]{2,6}[)\uff09]$", "", name)  # the outlet's town
        if name and name[:1].islower() is False and len(name) <= 60 and not presents_writer(name):
            return name + ("." if f"{name}." in rest and len(name.split()[-1]) <= 3 else "")
    agency = find_agency(text)
    if agency:
        name = text.removeprefix("By ")
        longer = label == "credit" and " " in agency and name.istitle() and name.endswith(f" {agency}")
        longer = longer or (label == "credit" and _names_desk(name.removeprefix(f"{agency} ")))
        return name if longer and len(name.split()) <= NAME_WORDS else agency
    contributed = _CONTRIBUTED.match(text)
    if contributed:
        return contributed["who"]
    if _PLATFORM.search(text) or "badge" in look.words or (look.found.cover >= 0.99 and "tags" in look.found.first):
        return None
    return _read_alone(look, text) if label == "credit" else _read_beside_writer(look, label)


# "Content from Lakes News Network. Used with permission."
PASSED_ON = re.compile(
    r"(?:Content|Story|Article|Report|Text|Material) (?:from|by|courtesy of|provided by) (?P<who>[A-ZÀ-Þ][^.,;|]{2,40})"
    r"(?:\.|, used| \| )"
)


def _is_sign(look: Look) -> bool:
    return look.starts == "-" and look.found.cover >= 0.99 and "agency" in look.found.first


_TOWN_BEHIND = re.compile(r"(?<=\w)\s[(\[][^\W\d_][^()\[\]\d]{2,24}[)\]]?$")  # "The Harbour Mercury (Timaru)"


def _read_alone(look: Look, text: str) -> str | None:
    """The name that a credit line is nothing but: no link, no label, no time."""
    if any(sign in text for sign in "|:\uff1a@") or look.found.cover >= 0.6 or reporter_of(text):
        return None
    name = re.sub(
        r"^(?:(?:story |article |report )?from|by|par|von|por|di)\s+", "", without_dates(text), flags=re.IGNORECASE
    ).strip(" .-–—()")
    name = _TOWN_BEHIND.sub("", name)
    outlet, dash, town = re.split(r"(\s[—–-]\s)", name, maxsplit=1) if re.search(r"\s[—–-]\s", name) else (name, "", "")
    name = outlet if dash and is_place(town) else name
    name += "." if name and f"{name}." in text and len(name.split()[-1]) <= 2 else ""
    return name if 1 < len(name) <= 60 else None


_WRITTEN_FOR = re.compile(r"^(?:by\s)?(?P<writer>[^,|\d]{5,50}?)\sfor\s(?P<who>[^,|\d]{4,40})$", re.IGNORECASE)


def _written_for(text: str) -> str | None:
    """The outlet of "By ANN LEE FOR THE HARBOUR COURIER", as printed."""
    found = _WRITTEN_FOR.match(text)
    named = found is not None and (names_paper(found["who"]) or re.fullmatch(r"[A-Z]{8,24}", found["who"]) is not None)
    return found["who"] if found and named and is_person(found["writer"]) else None


_LAST_PART = re.compile(r",\s(?P<who>[^,()|]{2,36})$")


def outlet_of_writer(look: Look) -> str | None:
    """The outlet behind the last comma of "Por Ana Reis e Caio Melo, g2 Bahia": no place, no role, no person."""
    found = _LAST_PART.search(look.text.strip())
    who = found["who"].strip() if found else ""
    if (
        not who
        or look.dates
        or AGO.search(who)
        or "@" in who
        or not any(c.isupper() or c.isdigit() for c in who)
        or len(who.split()) > 4
    ):
        return None
    words = split_words(who)
    found_words = lexicon().look(words)
    if (
        is_place(who)
        or (is_person(who) and not names_paper(who))
        or {"byword", "pubword", "rank"} & set(found_words.classes)
        or " and " in who
    ):
        return None
    signed = re.fullmatch(r"[A-Z]{3,5}", who) is not None and who not in TITLES and is_person(read_byline(look, "byline") or "")
    return who if signed or names_paper(who) or re.search(r"\.\w{2,4}$|\d", who) or outlet_country(who, None) else None


def written_by_outlet(text: str) -> str | None:
    """The outlet that a byline names in a person's place: "By Daily Sentinel", "The Harbour Courier (Blantyre)"."""
    found = _BY_OUTLET.match(text.strip())
    if found:
        return found[1] if _is_outlet(found[1]) else None
    placed = read_outlet_and_place(text)
    return placed[0] if placed else None


_PLACED_OUTLET = re.compile(r"([^\W\d_][^()|·,]{3,40}?)(?:\s\(|,\s)([^\W\d_][^()\d,]{2,30})\)?$")


_INDIC_AGENCY = re.compile(r"(?P<who>(?:[^\s,]{2,12}\s){0,3}(?:एजेंसी|एजेंसियां|एजेन्सी|এজেন্সি)),\s(?P<place>[^\s,|\d]{2,20})")


def read_outlet_and_place(text: str) -> tuple[str, str] | None:
    """Outlet and place of a line that is nothing but them: "The Harbour Courier (Blantyre)"."""
    found = _PLACED_OUTLET.match(text.strip())
    passed = _INDIC_AGENCY.fullmatch(text.strip())
    if passed:
        return passed["who"], passed["place"]
    named = found is not None and (bool(OUTLET_WORD.search(found[1])) or is_outlet_sign(found[1]))
    return (found[1], found[2]) if found and named and is_place(found[2]) else None


def read_acronym(text: str) -> str | None:
    """An acronym that stands in a byline's place."""
    return text if re.fullmatch(r"[A-Z]{3,5}", text) else None


def read_outlet(look: Look) -> str | None:
    """The outlet that a date line below the byline begins with: "Daily Monitor / 05:32 AM June 06, 2024"."""
    name = _PARTS.split(look.text, maxsplit=1)[0].strip()
    named = names_paper(name) and (_is_outlet(name) or " / " in look.text)
    return name if look.dates and len(name) < look.dates[0].start and named else None


def _is_outlet(name: str) -> bool:
    """True for a name with a word that outlets are named by ("Metro News"), and for a known outlet's."""
    return len(name) <= 50 and (
        bool(OUTLET_WORD.search(name)) or (len(name.split()) <= 4 and outlet_country(name, None) is not None)
    )


def _read_copyright(text: str) -> str | None:
    found = _COPYRIGHT.search(text)
    text = _LEGALESE.sub("", text[found.start() :] if found else text)
    text = _YEARS.sub(" ", _COPYRIGHT.sub(" ", text))
    name = re.sub(r"\s+", " ", text).strip(" .,;|-–—:")
    name = _PARTS.split(re.sub(r"^(?:provided by|courtesy of|by)\s", "", name, flags=re.IGNORECASE))[0]
    name = name.strip().removesuffix("-infocom")
    agency = find_agency(name)
    if agency and name.lower() == f"the {agency.lower()}":
        return agency
    owner = COMPANY.search(name)  # who owns the site
    owned = owner is not None and (agency is None or agency in owner[0])
    return name if 1 < len(name) <= 60 and not owned else None


_FOR_OUTLET = re.compile(r"(?:para|for|pour|für|voor|per|dla|для)\s+(?:the\s)?(?P<who>[^\W\d_].{3,40})$", re.IGNORECASE)


# "Colaboração para o Harbour Courier, em Joinville (SC)", "Do Harbour Courier, em Manaus"
_FROM_OUTLET = re.compile(
    r"(?:(?:colaboração|colaboración|especial|special|collaboration)\s(?:para|para o|para a|for|to|pour)\s(?:o\s|a\s|the\s)?|"
    r"D[oae]\s)"
    r"(?P<who>[^\W\d_][^,|]{1,34}),\s(?:em|en|in|à)\s(?P<place>[^,|\d]{3,30})$",
    re.IGNORECASE,
)


def read_outlet_in_place(text: str) -> tuple[str, str] | None:
    """Outlet and place of a line that says for whom and where somebody wrote: "Do Harbour Courier, em Manaus"."""
    found = _FROM_OUTLET.match(text.strip())
    if not found or not found["who"][0].isupper() or not is_place(re.sub(r"\s\([^()]+\)$", "", found["place"])):
        return None
    return found["who"], found["place"]


# "Role, BBC News Mundo", as it stands below "Author, Ann Lee" in many languages.
_ROLE = re.compile(
    r"(?:Role|Título del autor|Место работы|Роль|Unvan|Peranan|شغل|Vai trò|Посада|Rôle|Função|Wajibu|Функция),\s(?:Da\s)?"
    r"(?P<who>[^\W\d_][^,|\d]{2,40}?)(?:\s(?:in|en|em|à|w|в)\s[^,|\d]{2,24})?$"
)


def read_role(look: Look) -> str | None:
    """The outlet of the line that says what a writer is: "Role, BBC News"."""
    found = _ROLE.match(look.text) if look.width <= 70 else None
    return found["who"] if found and _is_outlet(found["who"]) else None


def read_commissioned(text: str) -> str | None:
    """The outlet of a line like "For The Harbour Courier" below a writer's name."""
    found = _FOR_OUTLET.match(text.strip())
    who = found["who"] if found else ""
    named = (bool(OUTLET_WORD.search(who)) or is_known_agency(who)) and all(
        word[:1].isupper() or len(word) <= 3 for word in who.split()
    )
    return who if named and text[-1:].isalnum() else None


def read_copyright_below(look: Look, heads: Sequence[str] = ()) -> str | None:
    """Whose copyright a line right below the text states: "Copyright (c) 2021. Hill Wire. Reprinted with permission only.".

    One word names a station or paper if one of the page's first lines, `heads`, begins with it.
    """
    found = _COPYRIGHT.search(look.text) if look.width <= 200 else None
    if not found or (found.start() and not re.search(r"[.|]\s$", look.text[: found.start()])):
        return None
    name = (_read_copyright(look.text) or "").split(". ")[0]
    own = name.isupper() and any(head.split(" ")[0] == name for head in heads)
    return name if own or (len(name.split()) >= 2 and names_paper(name)) else None


_COMPANY_SIGN = re.compile(r"(?<=[\u3400-\u9fff])社$")  # "北越新報社" is the company that prints the paper


def read_paper_below(look: Look) -> str | None:
    """The outlet that a line right below the text is nothing but the sign of, or the name of in Chinese, Japanese or Korean."""
    name = look.text.strip("()[]\uff08\uff09【】")
    told = CJK_OUTLET.fullmatch(name) and not look.found.classes
    return _COMPANY_SIGN.sub("", name) if told else read_sign(look.text)


def outlet_of(looks: Sequence[Look], labels: Sequence[str]) -> str | None:
    """The page's masthead: a line at its top that its copyright line names again."""
    notices = [look.lower for look in looks[-12:] if look.starts == "©" or "legal" in look.found.classes]
    for i, look in enumerate(looks[:4]):
        if labels[i] == "furniture" and 4 <= len(look.text) <= 40 and any(look.lower in notice for notice in notices):
            return look.text
    return None
