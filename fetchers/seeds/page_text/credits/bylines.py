"""Who wrote a story: the person that a byline, date or credit line names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetchers.seeds.page_text.credits.agencies import OUTLET_WORD, find_agency, is_agency, is_known_agency
from fetchers.seeds.page_text.credits.partial_dates import before_day, without_dates
from fetchers.seeds.page_text.credits.uncased import is_uncased_name, name_behind_bureau
from fetchers.seeds.page_text.credits.writer_lines import (
    NEWSROOM,
    PAPER_WITH,
    once,
    strip_words,
    value_of,
    who_reported,
    without_by,
    without_count,
)
from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words
from fetchers.seeds.page_text.lines.looks import AGO, Look
from fetchers.seeds.page_text.stories.fields import without_field, writer_of_field, writer_of_words
from fetchers.seeds.page_text.thread.authors import read_author
from newsdesk.countries.gazetteer import is_place
from newsdesk.dates import find_dates
from newsdesk.topics.hints import topic_of_section

_BY = re.compile(
    r"(?:^|\s|[|·])(?:posted\s+by|written\s+by|reported\s+by|reporting\s+by|story\s+by|words\s+by|text\s+by|interview\s+by|"
    r"started\s+by|thread\s+starter|asked\s+by|by|messag(?:gio\s+da|e\s+par)|mensa(?:je|gem)\s+de|beitrag\s+von|"
    r"gefragt\s+von|écrit\s+par|scritto\s+da|pubblicato\s+da|publicado\s+por|escrito\s+por|publié\s+par|rédigé\s+par|"
    r"(?:haber|metin|words|text|texte|texto|testo|tekst)(?=\s?:)|verfasst\s+von|veröffentlicht\s+von|geschrieben\s+von|"
    r"geschreven\s+door|geplaatst\s+door|skrevet\s+av|skrevet\s+af|scris\s+de|shkruar\s+nga|from(?=\s?:)|author|autor|par|"
    r"von|por|di|oleh|door|av|af|nga|deur|автор|yazan|بقلم|كتبت?|إعداد|تقرير|متابعة|na mwandishi|interview\s(?:von|by|de|di|"
    r"par|por|door|av)|interview|propos recueillis par|das (?:gespräch|interview) führten?|"
    r"aufgezeichnet von)\s*[:\uff1a–ـ/-]?\s+",
    re.IGNORECASE,
)
# "Opublikowano 9 kwietnia 2014 przez Ann Lee", as blogs print it; "Ann Lee im Gespräch mit Bo Ek".
_POSTED_BY = re.compile(
    r"(?:(?:opublikowano|publikováno|опубликовано|опубліковано|julkaistu)\s.*?\d.*?\s(?:przez|autorem|автором|kirjoittaja)|"
    r"pubblicato\s.*?\d.*?\sda|(?:[^\W\d_]\S+\s){2,4}im (?:Gespräch|Interview) mit)\s+(?=\S)",
    re.IGNORECASE,
)
_REPORTER = re.compile(
    r"(?:记者|記者|(?<!本)文|撰文|作者|通讯员|筆者)\s?[:/\uff1a／=＝]?\s?((?!责任|責任|编辑|編輯)[\u3400-\u9fff]{2,4}"
    r"(?:[、 ](?!责任|責任|编辑|編輯|来源)[\u3400-\u9fff]{2,4})*)"
    r"|([가-힣]{2,4})\s?(?:기자|특파원)|^([\u3400-\u9fff]{2,4})\s?[／/]\s?[\u3400-\u9fff]{2,6}(?:報導|报道)$"
    r"|^([\u3400-\u9fff]{2,4}) (?:报道|報道|報導)$|^([가-힣]{2,4}) 입력 \d"
    r"|^([\u3400-\u9fff]{3,5})(?:記者|记者)$|^(?:글|기자)\s([가-힣]{2,4})$"
)
_CUT_BYLINE = re.compile(
    r"\s*(?:[|·•(\[;]|\sunder\s|\s[-–—/]\s|\s»(?:\s|$)|,\s|\b(?:[Ff]or|FOR)\s+[A-Z]|\bin\s+[A-Z]|\bon\s(?=[A-Z]?\w*day|\||"
    r"[A-Z]{2,}$)|\bat\s(?=\||\d|[A-Z])|"
    r"\s(?:and|und|et|y|e|en|og|och|avec|with|mit|con|com|met|med)\s(?:wires?$|agenc\w+$|agences$|Agenturen$|staff$|"
    r"[A-Z]{2,5}$|dpa$)|"
    r"\bfrom:?\s|\bto\s+(?=[a-z])|\bPublished\b|\bUpdated\b|\bEditing\b|\bStart date\b)"
)


# "<ann@example.org>", "ann at example.org"
_ADDRESS = re.compile(r"\s*<[^<>\s]+@[^<>\s]+>|\s[<(]?[\w.+-]+\s?(?:@|\(at\)|\[at\]|\sat\s)\s?[\w-]+(?:\.[\w-]+)+[>)]?$")


def names_writer(look: Look) -> bool:
    """True if the line says that it names the writer: "By …", "Von …", "… reporter: …"."""
    return "byword" in look.found.first or bool(_BY.match(look.text))


_SITE = re.compile(r"[\w-]{1,40}(?:\.[\w-]{1,40}){0,3}\.[a-z]{2,8}(?:$|\s{1,3}\d)")
_POSTERS = frozenset(("楼主", "樓主", "发帖人", "發帖人", "themenstarter", "автор темы", "autor del tema", "auteur du sujet"))
_SORTED = re.compile(r"(?:view|sort|order|group|filter|show)(?:ed)? by\b|(?:[AT][+−–-]?[\s/|]{0,3}){2,4}$", re.I)  # or "A+ A-"
_EDITOR = re.compile(
    r"(?:edited|editing|produced|curated|translated|published|uploaded) by\b|"
    r"(?:publication|journal|newspaper):|(?:editor|editing|redaktion|(?:責任|责任)?(?:編輯|编辑)|責編|责编)\s?[:\uff1a]",
    re.IGNORECASE,
)


# "Words Ann Lee", as magazines print it above "Photographs Bo Ek"
_WORDS_OF = re.compile(r"^(?:Words|Text|Texte|Texto|Testo|Tekst) (?=(?:[A-ZÀ-Þ][\w'’.-]+ ){1,2}[A-ZÀ-Þ][\w'’-]+$)")


def reporter_of(text: str) -> str | None:
    """The person that a Chinese, Japanese or Korean line calls its reporter."""
    found = _REPORTER.search(text)
    return next(filter(None, found.groups())).strip() if found and len(text) < 60 else None


_POST = re.compile(r"\d{1,4}\s?(?:[:\uff1a]|名前)\s?\S.*[:\uff1a]")  # "1 :Ann:2021/05/12 18:20:33", as boards head posts


def read_byline(look: Look, label: str) -> str | None:
    """The person that a byline, date or credit line names as the writer, as printed."""
    if look.dates and _POST.match(look.text):
        return read_author(look)
    text = re.sub(r"^\d{1,4}\s?[\uff1a:]\s?", "", look.text.strip())  # a post's number
    told = who_reported(text)
    named = told if told and is_person(told) else writer_of_field(text) or writer_of_words(text) or reporter_of(text)
    named = named or name_behind_bureau(text)
    if named or _EDITOR.match(text) or _SORTED.match(text) or _SITE.match(text):
        return named
    text = without_count(text)
    by = _find_by(text)
    if by is not None and (PAPER_WITH.match(text[by.end() :]) or (by.start() and "srcword" in look.found.first)):
        return None  # "Source: ČTK Author: Ann Lee" credits a picture
    text = _WORDS_OF.sub("", without_field(text)) if by is None else text
    role, colon, rest = text.replace("\uff1a", ":", 1).partition(":")
    kinds = lexicon().look(split_words(role)).classes
    posted = role.strip().lower() in _POSTERS or ("byword" in kinds and "tags" not in kinds)
    if by is None and colon and len(role) <= 40 and posted:
        text = rest.strip()  # "Courts reporter: …"
    elif by is None and ("photo" in look.found.classes or (colon and len(role) <= 12 and "srcword" in look.found.first)):
        return None
    elif by is None and label == "byline" and not look.dates and (value := value_of(text)) is not None and not is_person(role):
        return _person_in(value)
    if by is None and (text.startswith("©") or (not look.dates and _TELEPHONE.search(text))):
        return None
    if by is None and (label != "byline" or "@ " in text):
        return _name_before_credit(text) or _name_beside_date(text)
    rest = before_day(text[by.end() :]) if by else without_by(_without_byword(text))
    first, *others = _CUT_BYLINE.split(_bare_part(rest, by is not None))
    first = "" if by is None and look.dates and _LABELLED.match(first) else first  # "Created: 5 May 2024"
    person = next((name for name in map(_as_name, others) if name and is_person(name)), None)
    section = by is None and bool(look.dates) and _heads_agency(first, others)
    if not section and (by or not person or not _is_section(first, look)):
        return person if is_agency(first) and not by else _as_name(first)
    return person


def _bare_part(rest: str, told: bool) -> str:
    """What a line says beside times, addresses, sites; `told` if words before it say by whom a text is."""
    rest = re.sub(r"\s\((?:now|earlier)\)|^@(?=[^\W\d_][\w'-]+\s[^\W\d_])|(?<=[^\W\d_])\s@[\w.]{3,30}(?=$|\s)", "", rest)
    rest = _OUTLET_BEHIND.sub(r"\g<who>", LINKED_BY.sub("", rest))
    rest = _SITE_BEHIND.sub("", _ADDRESS.sub(" ", AGO.sub(" | ", without_dates(rest))))
    return _ARABIC_PAIR.sub(r"\g<who>", rest) if not told else rest


def _find_by(text: str) -> re.Match[str] | None:
    """The words that say by whom a text is, where they are no part of a name or of more words that a list has."""
    listed = lexicon().opening(split_words(text), "byword") >= 3  # "Von unserem Redakteur Karl Meier"
    return _POSTED_BY.match(text, 0, 200) or (None if listed or _is_noble(text) else _BY.search(text))


def _person_in(value: str) -> str | None:
    """The person behind a word that no list has and a colon ("Sastavila: Mira Horvat"); None for what is no person."""
    name = _as_name(_CUT_BYLINE.split(value)[0])
    return name if name and (is_person(name) or is_uncased_name(name)) else None


def _heads_agency(first: str, others: Sequence[str]) -> bool:
    """True for the section in "Cities | Press Trust of India | Updated: …"."""
    told = (bool(find_agency(part)) or bool(OUTLET_WORD.search(part)) for part in others[:1])
    return len(first.split()) <= 2 and not is_person(first.strip()) and any(told)


# "Karl von Thaden", "MARIA DI LEO, staff writer": a particle that elsewhere says by whom a text is.
_NOBLE = re.compile(
    r"(?P<who>[^\W\d_a-zß-ÿ][\w'’.-]+ (?i:von|di)(?i: der| dem| den)? [^\W\d_a-zß-ÿ][\w'’-]+)(?=$|\s?[,|(/·•-]|\s\d)"
)


def _is_noble(text: str) -> bool:
    found = _NOBLE.match(text)
    return found is not None and is_person(found["who"])


BROADCASTER = re.compile(r"(?:BBC|ITV|CBC|ABC|NBC|CBS|CNN|RTÉ|RNZ|NPR) News")
# "Ann Lee BBC News, Powys"
_OUTLET_BEHIND = re.compile(
    r"^(?:By )?(?P<who>[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){1,2}) "
    r"(?P<outlet>" + BROADCASTER.pattern + r"\b[^,]{0,12})(?:, (?P<place>[^,|\d]{3,30}))?$"
)


# "by owl_ann to heron.example": a link, and who brought it to a page.
LINKED_BY = re.compile(
    r"\s(?:to|from|in|on|via|a|à|de|en|sur|auf|von|aus|em|su|da|op|van|на|с)\s(?P<site>(?:[\w-]+\.)+[a-z]{2,})$"
)
_SITE_BEHIND = re.compile(r"(?<=[^\W\d_] )(?<! at )[^\W\d_][\w-]{2,24}\.[a-z]{2,4}$")  # "Ann Lee HarbourNews.ro"
_LABELLED = re.compile(r"[^:]{2,40}?\s?:(?:\s|$)")


def split_outlet(text: str) -> tuple[str, str, str | None] | None:
    """Writer, outlet and place of such a line; no place where it names none."""
    found = _OUTLET_BEHIND.match(text)
    return (found["who"], found["outlet"].strip(), found["place"]) if found else None


_TELEPHONE = re.compile(r"\d{3}[\s./)-]{1,2}\d{3,4}")


# "الخليج - سالم المنصوري": outlet or town, and the person.
_ARABIC = r"[\u0600-\u06ff]{2,14}"
_ARABIC_PAIR = re.compile(rf"^{_ARABIC}(?: {_ARABIC})?\s[-–—]\s(?P<who>{_ARABIC}(?: {_ARABIC}){{1,3}})$")


def _may_be_written(text: str) -> bool:
    """False for a line of more than three words that are not all written as names are: "Unlock the digest for free"."""
    words = [word for word in text.split() if word[:1].isalpha()]
    small = [word for word in words if word.islower() and word not in _INNER and word not in _JOINING]
    return len(words) <= 3 or not small


_JOINING = frozenset("an na ni and und et y e och og i in for the of at from with a".split())


def _is_section(text: str, look: Look) -> bool:
    """True for what may stand before date and name on one line: "Politics | 4 May 2024 | Harriet Voss"."""
    words = split_words(text)
    found = lexicon().look(words)
    known = found.cover >= 0.99 and "byword" not in found.classes
    return known or (len(words) == 1 and not found.cover and bool(look.dates))


_JOINED_END = re.compile(r"(?<=\w)\s(?:and|und|et|e|y|och|og|en|&)$")  # "Ann Lee and", the agency on the next line


def _as_name(text: str) -> str | None:
    """What could be a writer's name in one part of a line; None for an agency, a role, a number."""
    name = _JOINED_END.sub("", strip_words(text).strip(" .,:;-–—|\uff1a©")) + _final_dot(text)
    words = split_words(name)
    if not words or "://" in name or len(name) > 70 or (any(c.isdigit() for c in name) and " " in name):
        return None
    kinds = lexicon().look(words)
    name, words = _without_role(*_without_office(name, words))
    capitals = re.match(r"(?:[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+ ){1,2}[A-ZÀ-Þ][A-ZÀ-Þ'’-]+ (?=[A-ZÀ-Þ][a-zß-ÿ])", name)  # not "J. R. Lee"
    name = once(capitals[0].strip() if capitals else name)  # "ANN LEE Mercury"
    if NEWSROOM.search(name):
        return None
    known = kinds.cover >= 0.99 and {"byword", "agency", "nav", "pubword", "updword", "ago"} & set(kinds.classes)
    if (
        known
        or is_agency(name)
        or _names_agency(name)
        or _signs_place(name)
        or not _may_be_written(name)
        or name.endswith(" of")  # "Business News of Tuesday, 5 October 2021"
        or name.startswith(("of ", "THE ", "In ", "Dans ", "En ", "Agencia ", "Agência ", "Agence ", "Agenzia ", "Agentur "))
        or (name[:1].islower() and " " in name.strip(" »«") and not (_PARTICLE.match(name) or is_uncased_name(name)))
    ):
        return None
    return name.strip(" »«")


def _signs_place(name: str) -> bool:
    """True for an agency's sign and a town: "ANSA CHIOGGIA", as newsrooms sign."""
    sign, _, place = name.partition(" ")
    return place.isupper() and is_known_agency(sign) and is_place(place)


def _names_agency(name: str) -> bool:
    """True if an agency's acronym is part of the name: "Дневник & БТА"; Petra and Ansa are also what people are called."""
    agency = find_agency(name)
    return bool(agency and (agency.isupper() or len(agency) * 2 > len(name)) and not name.isupper())


def _without_office(name: str, words: list[str]) -> tuple[str, list[str]]:
    """The name without the office in words behind it: "Ann Lee Korrespondentin für den Kreis Soest"."""
    parts = name.split(" ")
    for at in range(2, min(len(parts), 5)):
        rest = split_words(" ".join(parts[at : at + 3]))
        told = lexicon().opening(rest, "byword") and len(rest[0]) >= 5 and is_person(" ".join(parts[:at]))
        if told and len(parts) > at + 1:
            return " ".join(parts[:at]), split_words(" ".join(parts[:at]))
    return name, words


def _without_role(name: str, words: list[str]) -> tuple[str, list[str]]:
    """The name without the role behind it: "Harriet Voss Senior Reporter"."""
    for count in (3, 2, 1):
        if len(words) - count >= 2 and lexicon().opening(words[-count:], "byword") == count and words[-count] not in _PARTICLES:
            cut = re.sub(r"[\s,]+" + r"\W+".join(map(re.escape, words[-count:])) + r"$", "", name, flags=re.IGNORECASE)
            rest = cut.split(" ")
            named = 3 if len(rest) > 1 and re.fullmatch(_SECOND, rest[1]) else 2
            if len(rest) >= named + 2 and words[-1] in _REPORTERS and is_person(" ".join(rest[:named])):
                rest = rest[:named]  # "Ann Lee North Coast correspondent"
            while len(rest) > 2 and cut != name and _is_beat(rest[-1]):
                rest.pop()
            return " ".join(rest), words[: min(len(words) - count, len(rest))]
    return name, words


# A second word that is no last name: "Mary K. Lee", "Ludo De Smedt".
_SECOND = r"[^\W\d_]\.?|(?i:de|di|da|du|la|le|van|von|bin|ben|al|el|mac|st\.?)"
# What stands before "correspondent" beside the name of a section: "Chief Political Correspondent", "Gardening Editor".
_BEATS = frozenset(
    "political transport culture arts diplomatic security foreign social affairs senior chief deputy associate assistant of "
    "global international national regional local royal consumer city data features north south west east england scotland "
    "wales community special investigative investigations".split()
)


def _is_beat(word: str) -> bool:
    return word.lower() in _BEATS or topic_of_section(word) is not None or (word.istitle() and is_place(word))


_REPORTERS = frozenset(("correspondent", "editor", "reporter"))
_PARTICLE = re.compile(r"(?:de|di|da|van|von|av|del|al|el|bin|ter|ten|du|des|dos)\s")
_PARTICLES = frozenset(("de", "di", "da", "van", "von", "av", "del"))  # which begin names too


def _without_byword(text: str) -> str:
    """The line without the word at its start that says that it names a writer ("Penulis …", "Thread starter …")."""
    words = split_words(text)
    length = lexicon().opening(words, "byword")
    left = len(words) - length
    if not length or (length < 3 and words[0] in _PARTICLES and text[:1].isupper()) or left < (2 if length == 1 else 1):
        return text
    found = re.match(r"\W*" + r"\W+".join(map(re.escape, words[:length])) + r"\s*[.:\uff1a,،]?\s+(?=\w)", text, re.IGNORECASE)
    return text[found.end() :] if found else text


def is_person(text: str) -> bool:
    """True for two to four words, each with a capital, none of them known from elsewhere on pages."""
    words = text.split()
    if not 2 <= len(words) <= 4 or text.endswith(":") or any(c.isdigit() for c in text):
        return False
    if lexicon().look(split_words(text)).cover:
        return False
    named = all(word[:1].isupper() or (word in _INNER and 0 < i < len(words) - 1) for i, word in enumerate(words))
    return named and not OUTLET_WORD.search(text) and not names_institution(text)


def are_people(text: str) -> bool:
    """True for a person's name, and for two or three of them: "Ann Lee and Bo Ek"."""
    return len(text) <= 70 and all(map(is_person, re.split(r",\s|\s(?:and|&|und|et|y|e|och|og|i|и|en)\s", text)))


# "Ministry of Roads", "Uppsala University", "National Weather Service", "Eastern Daylight Time"
_INSTITUTION = re.compile(
    r"\b(?:Universit\w+|Instituto?|Institut|Ministry|Minist[eéè]r\w*|Department|College|Academy|Agency|Authority|Commission|"
    r"Council|Committee|Foundation|(?:Daylight|Standard|Summer) Time|\w*[Aa]gentur)\b"
)


def names_institution(text: str) -> bool:
    """True for the name of a university, an authority and their like, which is no person's."""
    return bool(_INSTITUTION.search(text))


_INNER = frozenset("de da do dos das del della di du la le van von der den ter ten bin ibn al el y e".split())
_WRITERS = re.compile(
    r"(?P<who>[^,|\d:;.()]{5,60}?)(?:,\s(?P<role>[^,|\d:;]{4,40})|\sin\s(?P<place>[^,|\d:;]{3,30})|"
    r"\s[-–—]\s(?P<outlet>\S{3,20}))$"
)


def presents_writer(text: str) -> bool:
    """True for persons with their role, place or outlet: "Ann Lee and Bo Ek in Lima", "ANN LEE, staff writer"."""
    found = _WRITERS.match(text)
    if not found or not all(is_person(name) for name in re.split(r"\s(?:and|&|und|et|y|e|och|og)\s", found["who"])):
        return False
    if found["role"]:
        role = lexicon().look(split_words(found["role"].removesuffix("s")))
        return role.cover >= 0.99 and "byword" in role.classes
    return is_place(found["place"]) if found["place"] else bool(re.search(r"[a-z][A-Z]|\d|\.\w{2,4}$", found["outlet"]))


_BEFORE_CREDIT = re.compile(r"\s*[(|·•]\s*|\s[-–—]\s|,\s")


def _name_before_credit(text: str) -> str | None:
    """The person in "Harriet Voss · Metro News · Posted: …", "Harriet Voss (AFP)": the first part, an agency or outlet next."""
    name, *others = _BEFORE_CREDIT.split(text, maxsplit=2)
    if not others or not is_person(name):
        return None
    return name if find_agency(others[0]) or OUTLET_WORD.search(others[0]) else None


def _name_beside_date(text: str) -> str | None:
    """The person in "4 March 2021 09:31 - Harriet Voss": what a date line holds beside its date, if it is a name."""
    rest = strip_words(without_dates(text)) if find_dates(text) else ""
    at = re.fullmatch(r"(\S{2,30}) @", without_dates(text).strip()) if rest else None
    if at:
        return at[1]  # "nightwarden @ 2005-12-04 23:40"
    parts = [part.strip(" -–—.") for part in re.split(r"[|•·]", rest)]
    if len(parts) > 1:
        return next((part for part in parts if (is_person(part) and not is_place(part)) or is_uncased_name(part)), None)
    return rest if are_people(rest) or is_uncased_name(rest) else None


def _final_dot(name: str) -> str:
    """ "Liam O. B." keeps its dot, a sentence's end does not."""
    return "." if re.search(r"(?:^|[\s.])[^\W\d_]\.\s*$", name) else ""


# What a company's name ends with.
COMPANY = re.compile(
    r"\b(?:Ltd|Inc|Co|GmbH|LLC|PLC|plc|Corp|S\.A|AG|SE|Oy|AB|SpA|S\.p\.A|Srl|S\.r\.l|S\.L|A/S|ApS|N\.V|B\.V|s\.r\.o|"
    r"GmbH & Co\.? KG(?:aA)?)\.?$"
)
