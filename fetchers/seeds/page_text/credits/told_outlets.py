"""Agencies and outlets that no list knows, by what one page shows of them: where credits stand, in the forms that they have.

Each kind of place speaks for a name by so much, and so does a name's form (an acronym, "Quill & Anchor"); ENOUGH together tell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from fetchers.seeds.page_text.credits.agencies import could_be_agency, is_known_agency, names_paper
from fetchers.seeds.page_text.credits.bylines import is_person
from fetchers.seeds.page_text.credits.datelines import read_slug
from fetchers.seeds.page_text.credits.partial_dates import without_dates
from fetchers.seeds.page_text.credits.towns import could_be_place
from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words
from fetchers.seeds.page_text.lines.lines import Page
from newsdesk.countries import find_country
from newsdesk.countries.gazetteer import is_place
from newsdesk.dates import find_dates

ENOUGH, SURE = 2, 3  # SURE is where no person's name stands
NAMES_LIMIT = 40  # names of a page that are weighed, so that one of nothing but names costs little
TEXT, SAID = 80, 25  # characters from which a line that ends a sentence is text, and may end one
BRIEF, SIGN = 110, 40  # of a line that may credit, and of one that is nothing but a sign, at most
HEADLINE = 25  # characters of one at least
BESIDE = 40  # letters beside the date of a line that dates
_SENTENCE = re.compile(r"[.!?。।…][\"'”’»)\]]*(?:\s?[(—–-]{1,3}\s?[^.!?]{2,40}\)?)?$")

_WHO = r"(?P<who>[^\W\d_a-zß-ÿ][^,;:/|·•()\[\]\d]{1,39}?\d{0,2})"
# Signs of those who worked on a text, and an agency's: "hhe/Halden", "(rbü/Kvikk)", "es/rm (Halden, AFP)".
_SIGNED = re.compile(
    rf"© ?{_WHO}-infocom, (?P=who):\d|\(?[a-zäöü]{{2,4}}(?:/[a-zäöü]{{2,4}})?/(?P<hand>[^\W\d_a-zß-ÿ][^/()\d]{{1,39}}?)\)?$|"
    r"[-–—−]\s?(?P<desk>[^\W\d_a-zß-ÿ][^/()\d]{1,39}?)/[a-zäöü]{2,3}$|"
    r"[a-zäöü]{2,4}(?:/[a-zäöü]{2,4})* \((?P<list>[^;:|()\[\]]{2,70}?)\)$"
)
# What says from whom a text is.
_WORDED = tuple(
    map(
        re.compile,
        (
            rf".{{2,60}}?[\s,(](?:avec|mit (?:Material|Inhalten) (?:von|der)|Theo) (?:l['’]|la |le )?{_WHO}\)?$",
            rf"(?:Mit Material (?:von|der)|(?:With|Additional) reporting (?:by|from)|With files from|Theo) {_WHO}\.?$",
            rf"Theo [^()\d]{{3,40}} \({_WHO}\)$",
            rf"{_WHO} contributed to this (?:report|story|article)\.?$",
            rf"(?:By|BY|Par|PAR|Por|POR|Von|Di) [^,|\d]{{4,40}} (?:FOR|POUR|PARA|FÜR|PER) {_WHO}$",
            rf"(?:Colaboração|Especial|Special|Collaboration) (?:para|to|for|pour) (?:[oa] |the )?{_WHO}, (?:em|en|in|à) ",
            rf"{_WHO} / [\w-]{{3,24}}\.[a-z]{{2,8}}(?: [^\W\d_a-zß-ÿ]\w+)?$",  # and the page's own site
        ),
    )
)
_MAY_NAME_PERSON = re.compile(r"Theo|.* contributed |.* / |.*\bavec ")  # "Theo Beck", "L'anglais avec Babbel"
_NAMED_SOURCE = re.compile(
    r"(?:^|\s)(?:Sources?|Quellen?|Fuentes?|Fontes?|Bron(?:nen)?|Kilder?|Källa|Lähde|Zdroj|Źródło|Forrás|Sursa|Kaynak|From|"
    r"Issued by)\s?: (?P<list>[^;:|()\[\]]{2,70}?)(?:\([a-z]{1,4}\))?$"
)
_SIGN = re.compile(r"[A-ZÀ-ÞА-ЯЁ]{3,4}|(?:The|THE) [^\W\d_a-zß-ÿ][\w'’-]+|[^\W\d_a-zß-ÿ]\w+ & [^\W\d_a-zß-ÿ]\w+")
_END_MARKS = frozenset(("END", "ENDS", "ENDE", "FIN", "FINE", "MORE", "EOM"))  # "(END)": where a text ends
_BY = re.compile(r"(?:By|BY|Par|PAR|Von|VON|Por|POR|Di|DI|Af|Av|Door):?\s(?=[^\W\d_a-zß-ÿ])")
_MENTIONED = ("subject", "said", "pictured", "owner")  # what tells of a name that stands where credits do, and of no other


class _Told(dict[str, dict[str, int]]):
    """What speaks for each name: the kinds of places that it stands in, and by how much."""

    def note(self, kind: str, weight: int, name: str) -> None:
        name = name.strip(' ,-–—"“”')
        name = name.rstrip(".") if name.find(".") == len(name) - 1 else name
        if name in self or (len(self) < NAMES_LIMIT and _could_credit(name)):
            kinds = self.setdefault(name, {})
            kinds[kind] = max(weight, kinds.get(kind, weight))


def told_outlets(page: Page) -> tuple[str, ...]:
    """The agencies and outlets of a page that no list knows, as printed."""
    texts = [line.text for line in page.lines]
    told = _Told()
    for text in texts:
        if len(text) <= BRIEF:
            _read_credit(text, told)
    _read_datelines([text for text in texts if len(text) >= TEXT], told)
    _read_heads(texts, told)
    _read_ends(texts, told)
    for name in told:
        _read_mentions(name, [text for text in texts if name.lower() in text.lower()], told)
    return tuple(name for name, kinds in told.items() if _speak(kinds, name))


def _speak(kinds: Mapping[str, int], name: str) -> bool:
    """True if enough speaks for a name that stands where credits do."""
    best = max((weight for kind, weight in kinds.items() if kind not in _MENTIONED), default=0)
    if "subject" in kinds and best < SURE:
        return False
    if _SIGN.fullmatch(name) and find_country(name):  # "ORF" and "DRC"
        return best > 0 and sum(kinds.values()) >= ENOUGH
    if _is_doubtful(name):
        return best == SURE or (best == ENOUGH and "said" in kinds)
    return best > 0 and sum(kinds.values()) + _is_sign(name) >= ENOUGH


def _could_credit(name: str) -> bool:
    """True for a name of an agency's form that is no place, none of a page's words, and in no list."""
    if not 2 <= len(name) <= 40 or not name[0].isupper() or _BY.match(name) or name in _END_MARKS:
        return False
    if not could_be_agency(name) or is_known_agency(name) or lexicon().look(split_words(name)).cover >= 0.99:
        return False
    return not is_place(name)


def _is_doubtful(name: str) -> bool:
    """True for a name that could be a person's, and for one that a list has for something of a country."""
    return not names_paper(name) and (is_person(name) or find_country(name) is not None)


def _is_sign(name: str) -> bool:
    """True for an acronym, "The Fathom", "Quill & Anchor" and a name of up to four words with one that outlets are named by."""
    paper = " " in name and names_paper(name) and len(name.split()) <= 4 and lexicon().look(split_words(name)).cover < 0.5
    return bool(_SIGN.fullmatch(name)) or paper


def _is_said(text: str) -> bool:
    """True for a sentence or more."""
    return len(text) >= SAID and bool(_SENTENCE.search(text, max(0, len(text) - 60)))


def _read_credit(text: str, told: _Told) -> None:
    """A line that says from whom a text is, by words or by signs of those who worked on it."""
    signed = _SIGNED.match(text)
    if signed:
        told.note("signed", SURE, next(filter(None, signed.groups())).split(", ")[0])
    for found in filter(None, (pattern.match(text) for pattern in _WORDED)):
        doubtful = " " not in found["who"] and not _is_sign(found["who"]) and _MAY_NAME_PERSON.match(text)
        told.note("worded", 1 if doubtful else 2, found["who"])
    source = _NAMED_SOURCE.search(text)
    names = re.split(r",\s?|/|\s(?:and|und|et|e|y|og|och|en|i)\s", source["list"]) if source else []
    if not any(map(is_known_agency, names)):  # "Quelle: ZEIT, Halden, mkl": the page's own name, the agency, a hand's sign
        for name in [name for name in names if not re.fullmatch("[a-zäöü]{2,4}", name)][-1:]:
            told.note("source", 2, name)


_DATELINE = re.compile(
    r"(?P<place>[^\W\d_a-zß-ÿ][^()\d]{1,40}?)(?:,? [^()]{1,20}\d[^()]{0,12})? ?"
    rf"\({_WHO}(?P<hands>/[a-zäöü]{{2,4}})?\)(?P<end>\.-|\s?[-–—]{{1,2}}|\.)\s?(?=[\"“«„»]?[^\W_a-zß-ÿ])"
)


def _read_datelines(texts: Sequence[str], told: _Told) -> None:
    """The agency in brackets behind a town that begins a text: one that datelines tell, one with a hand's sign beside it, and
    "Town (Name). …" where a second text begins so."""
    for text in texts:
        slug = read_slug(text) if re.search(r"[(/]", text[:90]) else None
        if slug and slug.agency and slug.rest[:1].isupper():
            told.note("dateline", SURE, slug.agency)
    heads = [found for text in texts if (found := _DATELINE.match(text[:130])) and could_be_place(found["place"].strip())]
    stopped = sum(found["end"] == "." for found in heads)
    for found in heads:
        weight = ENOUGH if found["end"] != "." else SURE if stopped > 1 else 1
        told.note("dateline", SURE if found["hands"] else weight, found["who"])


_SIGN_AND_DATE = re.compile(r"[A-Z]{3,4} [|/·] .*\d{4}")
_PUBLISHES = re.compile(r"publish|updated|posted", re.IGNORECASE)


def _read_heads(texts: Sequence[str], told: _Told) -> None:
    """What stands between a headline and the text, or about a line that says when something was published."""
    texts_from = (
        i for i, text in enumerate(texts) if len(text) >= TEXT and _is_said(text) and any(map(_is_said, texts[i + 1 : i + 3]))
    )
    first = next(texts_from, len(texts))
    headline = next((i for i, text in enumerate(texts) if len(text) >= HEADLINE and not find_dates(text)), len(texts))
    published = {j for i, text in enumerate(texts) if len(text) <= BRIEF and _PUBLISHES.search(text) for j in (i - 1, i, i + 1)}
    for i, text in enumerate(texts):
        if len(text) <= BRIEF and (headline <= i < first or (i and i in published) or _SIGN_AND_DATE.match(text)):
            _read_beside_date(text, told, any(map(_BY.match, texts[max(0, i - 1) : i])))
            _read_alone(texts, i, told)


_BESIDE_DATE = re.compile(
    rf"(?:(?:By:? )?(?P<writer>[^|·•/\d]{{4,40}}?)\s?[|·•/]\s?)?{_WHO}\s?(?:[|·•/]|\s[-–—])\s?(?P<rest>.+)"
)
_BY_AND_TOWN = re.compile(rf"By:? {_WHO} \| (?P<place>[^|\d]{{2,30}}?)(?: \|.*)?$")  # "By: KVN | Pune |"


def _read_beside_date(text: str, told: _Told, signed: bool) -> None:
    """A name before a date, and one between a writer and a date: "Ann Lee / KVN / Aug 29, 2024". A byline above is `signed`."""
    found = _BESIDE_DATE.match(text)
    dated = found is not None and (find_dates(found["rest"]) or re.match(r"(?:Posted|Published|Updated)\b", found["rest"]))
    if found and dated and (not found["writer"] or is_person(found["writer"])):
        told.note("beside", 2 if found["writer"] or signed else 1, found["who"])
    placed = _BY_AND_TOWN.match(text)
    if placed:
        told.note("beside", 1, placed["who"])


_FOR = re.compile(rf"(?:FOR|POUR|PARA|FÜR|PER|For|Pour|Para|Für|Per) {_WHO}")
_AND_TOWN = re.compile(rf"{_WHO}(?:\.|,) (?P<place>[^\W\d_a-zß-ÿ][^\d|/·.]{{2,30}})")  # "HNS. LOGROÑO"
# A paper's name above a date is a masthead's as often as not; what agencies are named by tells.
_WIRE = re.compile(r"\b(?:Wire|Agency|Agencia|Agência|Agence|Agenzia|Service|Press|Bureau)\b", re.IGNORECASE)
_PUBLISHED = re.compile(r"(?:first )?(?:publi|veröff|opublik|udgivet|yayın)", re.IGNORECASE)
_NO_PERSON = re.compile(r"[a-zß-ÿ](?:[A-ZÀ-Þ]|\d)")  # "MarshNews24"


def _read_alone(texts: Sequence[str], i: int, told: _Told) -> None:
    """A name alone on line `i`, beside a writer's line or a date's, below one of these or a headline."""
    text, above, below = texts[i], texts[i - 1 : i], texts[i + 1 : i + 2]
    if not any(map(_frames, (*above, *below))) or not any(_frames(line) or _is_headline(line) for line in above):
        return
    placed = _AND_TOWN.fullmatch(text)
    if placed and could_be_place(placed["place"]):
        told.note("alone", 1, placed["who"])
    commissioned = _FOR.fullmatch(text)
    if commissioned and any(map(_names_writer, above)):
        told.note("alone", 2, commissioned["who"])
    headed = any(map(_BY.match, above)) or any(map(_PUBLISHED.match, below))
    for name in (text, text.rpartition(" e ")[2]):
        paper = " " in name and names_paper(name) and not _WIRE.search(name)
        told.note("alone", 0 if paper else 2 if headed and _NO_PERSON.search(name) else 1, name)


def _names_writer(text: str) -> bool:
    return bool(_BY.match(text)) or is_person(text)


def _is_headline(text: str) -> bool:
    """True for a line that says something, as a headline does and a menu does not."""
    return len(text) >= HEADLINE and len(re.findall(r"(?<![^\W_])[^\W\d_A-ZÀ-Þ]\w+", text[:BRIEF])) >= 2


def _frames(text: str) -> bool:
    """True for a short line that names a writer or is little more than a date."""
    if len(text) > BRIEF:
        return False
    return _names_writer(text) or (bool(find_dates(text)) and sum(map(str.isalpha, without_dates(text))) <= BESIDE)


# Behind a text's last sentence. Eastern Daylight Time and its like are no agency's.
_BEHIND = re.compile(
    rf"[.!?。][\"'”’»]?\s?(?:[-–—]{{1,2}}\s?{_WHO}|[(\[](?P<inside>[^()\[\]\d,/:]{{2,40}})[)\]]\.?|"
    r"\s(?P<bare>[A-ZÀ-Þ][^\s.,]*(?<!.[SD]T)))$"
)
_BELOW = re.compile(
    rf"[-–—−]{{1,2}}\s?{_WHO}|\((?P<inside>[^()\d,/:]{{2,40}})\)\.?|(?P<bare>[A-Z]{{3,4}}(?<!.[SD]T))|"
    r"© ?(?:\d{4} )?(?P<owner>[^©\d.]{2,40}?)(?: \d{4}\.?)?"
)


def _read_ends(texts: Sequence[str], told: _Told) -> None:
    """What stands behind texts' last sentences or right below them. Where one is an agency's sign, so are those of the other
    items; an acronym alone may be a hand's."""
    ends: dict[str, list[str]] = {}
    for i, text in enumerate(texts):
        found = _BEHIND.search(text, max(0, len(text) - 60)) if len(text) >= SAID else None
        if not found and i and len(text) <= SIGN and _is_said(texts[i - 1]) and not any(map(_frames, texts[i + 1 : i + 2])):
            found = _BELOW.fullmatch(text)
        for kind, name in found.groupdict().items() if found else ():
            if name:
                ends.setdefault(kind, []).append(name)
    for kind, names in ends.items():
        alike = kind != "owner" and len(names) > 1 and any(is_known_agency(name) or _is_sign(name) for name in names)
        for name in names:
            weak = kind == "bare" or (kind == "owner" and names_paper(name) and not _WIRE.search(name))
            told.note("end", SURE if alike else 0 if weak else 1, name)


_SAID_TO = (
    r"\b(?:told|tells|an?|der Nachrichtenagentur|agencia|agência|agence|agenzia|(?:explicó|dijo|afirmó|declaró) an?|"
    r"(?:disse|explicou|descreveu|afirmou) (?:à|ao)|(?:a (?:dit|déclaré|expliqué|confié)) à(?: l['’])?) (?:the )?{}\b"
)
_PICTURED = (
    r"(?:©|\b(?:Foto|Photo|Image|Bild|Ảnh|Imagen|Fotoğraf|Quelle|via|Kuva|Zdjęcie)\b)[^.]{{0,50}}?{0}|"
    r"\b{0}(?: [Pp]hoto\b|\s?/\s?[A-Z][a-z])"
)
_OWNED = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)
SUBJECT = 3  # paragraphs that speak of what a page is about
MENTIONED = 200  # characters of a picture's line or a notice at most


def _read_mentions(name: str, lines: Sequence[str], told: _Told) -> None:
    """What else the lines that hold a name say of it."""
    plain, brief = re.escape(name), [text for text in lines if len(text) <= MENTIONED]
    if sum(len(text) >= TEXT and bool(re.search(rf"(?<![(/])\b{plain}\b(?!\))", text)) for text in lines) >= SUBJECT:
        told.note("subject", 0, name)
    if any(re.search(_SAID_TO.format(plain), text) for text in lines):
        told.note("said", 1, name)
    if any(re.search(_PICTURED.format(plain), text) for text in brief):
        told.note("pictured", 1, name)
    if any(map(_OWNED.search, brief)):
        told.note("owner", 1, name)
