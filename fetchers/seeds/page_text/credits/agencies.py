"""News agencies in a text: the known ones, what can be nothing else, and words that outlets are named by."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from fetchers.seeds.page_text.lines.lexicon import knowing, lexicon, split_words, told_agencies

OUTLET_WORD = re.compile(
    r"\b(?:wire|news|press|agency|times|radio|post|herald|tribune|tv|media|service|network|standard|daily|journal|gazette|"
    r"courier|telegraph|observer|guardian|newsroom|chronicle|globe|express|dispatch|bulletin|examiner|echo|mirror|inquirer|enquirer|"
    r"advertiser|sentinel|monitor|argus|magazine|broadcasting|zeitung|anzeiger|kurier|diario|jornal|gazeta|gazzetta|giornale|corriere|heraldo|noticias|nachrichten|rundschau|tidende|dagblad|agencia|agenzia|agence|ajansı|gazetesi|haber|एजेंसी|न्यूज|ब्यूरो|بريس|وكالة|صحيفة|جريدة|أخبار|خبرگزاری|вести|новости|газета)\b",
    re.IGNORECASE,
)


# What papers and stations are called by with another word, and people and things alone.
_PAPER = re.compile(
    r"\b(?:ledger|record|recorder|register|review|star|sun|mail|leader|reporter|citizen|voice|banner|beacon|independent|weekly|"
    r"today|broadcaster|broadcast|courant|omroep|krant|blad|avis|avisen|bladet|posten|tidning(?:en)?|tidende|sanomat|uutiset|"
    r"kuryer|dziennik|głos|noviny|deník|hírlap|ziarul|novine|vijesti|glas|dnevnik|echo|eco|voix|dépêche|républicain|progrès|"
    r"libre|correo|norte|mundo|país|vanguardia|tiempo|folha|estado|notícias|diário|stampa|messaggero|mattino|allgemeine|bote|"
    r"blatt|tagblatt|presse|stimme|spiegel|wire|pioneer|patriot|republic|republican|democrat|informer|messenger|intelligencer|"
    r"statesman|gleaner|nation|mercury|press)$",
    re.IGNORECASE,
)


# "Ostkurier", "Nyhetsbyrån", "Tidewire": such a word at another's end.
_COMPOUND = re.compile(
    r"[^\W\d_]{3}(?:wire|kurier|zeitung|anzeiger|tidning(?:en)?|bladet|byrå(?:n|et)?|avisen|rundschau|presse|nachrichten)\b|"
    r"\b(?:agência|nyhetsbyrån?|agencija|agentura)\b",
    re.IGNORECASE,
)


def names_paper(name: str) -> bool:
    """True for a name with a word that outlets are named by, and for one of two words or more that ends as papers' names do."""
    return bool(OUTLET_WORD.search(name) or _COMPOUND.search(name)) or (
        " " in name and bool(_PAPER.search(name) or _PAPER.match(name.split(" ")[0]))
    )


_WRITTEN_SO = frozenset(("dpa", "epd", "sda", "kna", "Lusa", "Tass", "Ansa", "Elta", "Leta"))  # short ones that are no acronyms


@lru_cache(maxsize=64)
def _pattern_of(names: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, longest))})(?![^\W_])")


@cache
def _agency_pattern() -> re.Pattern[str]:
    with knowing(()):
        spaced, unspaced = lexicon().phrases("agency")
    ordered = sorted([*spaced, *unspaced], key=lambda name: (-len(name), name))
    choices = r"و\.م\.ع|[أا]\.ف\.ب|د\.ب\.أ|أ\.ش\.أ|"
    choices += "|".join(re.escape(name).replace("\\ ", r"[\s/-]") for name in ordered)
    return re.compile(rf"(?<![^\W_])(?:{choices})(?![^\W_])", re.IGNORECASE)


def find_agency(text: str) -> str | None:
    """The first known agency named in `text`, as printed. Short acronyms count only in capitals, or alone."""
    told = told_agencies()
    own = _pattern_of(told).search(text) if told else None
    for found in _agency_pattern().finditer(text, 0, own.start() if own else len(text)):
        name = found[0]
        if len(name) > 4 or not name.isascii() or name.isupper() or name in _WRITTEN_SO:
            return name
        if len(name) > 2 and name[0].isupper() and text.strip(" ()[]") == name:
            return name
    return own[0] if own else None


_SIGNS = re.compile(
    r"[(\[]?[\w.-]{1,10}(?:/[\w.-]{1,10}){1,3}[)\]]?(?:\s?[(\[][\w\s,/-]{2,40}[)\]])?$|[(\[]\w{1,10}(?:[/,]\s?\w{1,10}){1,3}[)\]]$"
)


def find_signed(text: str) -> str | None:
    """The agency in the signs of those who worked on a text: "jko/dpa", "(rb/sda)", "es/rm (dpa, AFP)"; None for other text."""
    if len(text) > 40 or not _SIGNS.match(text):
        return None
    parts = (part for part in re.split(r"[\s/,()\[\]]+", text) if len(part) >= 3)
    return find_agency(text) or next((part for part in parts if lexicon().holds([part.lower()], "agency")), None)


def is_agency(text: str) -> bool:
    """True if bracketed `text` can be nothing but an agency: a known one, or an acronym."""
    return is_known_agency(text) or bool(
        re.fullmatch(r"[A-Z][A-Z&]{1,7}|[\w-]{3,20}\.(?i:com|net|org|id|ru|co\.\w\w)", text.strip())
    )


_NAMED = re.compile(
    r"(?:[^\W\d_a-zß-ÿ]|\w+[A-Z])[\w'’.&-]*(?: (?:[^\W\d_a-zß-ÿ][\w'’.&-]*|&|d[aeio]s?|del?|l[ae]|of|the|und|y|e)){0,4}"
)


def could_be_agency(text: str) -> bool:
    """True for what an agency or outlet that no list knows could be called: one to five words, each a name's, few a page's."""
    written = bool(_NAMED.fullmatch(text)) and len(text) <= 40
    return written and (names_paper(text) or lexicon().look(split_words(text)).cover < 0.6)


# Letters that stand for an outlet, and what no person and no place is written like: "KVN", "MarshNews24", "The Fathom".
_SIGN = re.compile(
    r"[A-Z]{2,6}|(?:[^\W\d_a-zß-ÿ]\w*[a-zß-ÿ](?:[A-ZÀ-Þ]|\d)\w*|The [^\W\d_a-zß-ÿ][\w'’-]+)(?: [^\W_a-zß-ÿ][\w'’-]*){0,2}"
)


def is_outlet_sign(text: str) -> bool:
    """True for what can be nothing but an outlet's name where one may stand, whether or not a list knows it."""
    return could_be_agency(text) and (names_paper(text) or bool(_SIGN.fullmatch(text)))


def is_wire(text: str) -> bool:
    """True for a known agency and for an acronym of three letters or more."""
    return is_known_agency(text) or bool(re.fullmatch(r"[A-Z]{3,6}", text))


def is_known_agency(text: str) -> bool:
    found = find_agency(text)
    return bool(found and len(found) * 2 > len(text.strip()))


_NAME_AND_DESK = re.compile(r"(?P<who>[^/]{2,40} [^/]{2,20})/[a-zäöü]{2,4}")  # "Halden Wire/lno"
_SIDE = re.compile(r"[\w.-]{1,10}?(?:[/-][\w.-]{1,10}?){1,2}")


def agency_beside(signs: str) -> str | None:
    """The agency in bracketed signs of which another is a desk's or a hand's ("dpa" of "dpa/lby"), all of them where each is an
    agency's ("APA/dpa")."""
    named = _NAME_AND_DESK.fullmatch(signs)
    if named and is_known_agency(named["who"]):
        return named["who"]
    parts = re.split("[/-]", signs) if _SIDE.fullmatch(signs) else []
    known = [part for part in parts if is_known_agency(part)]
    return signs if known and len(known) == len(parts) else next(iter(known), None)


# "-- Tarn Wire", "/Halden/", "(KVN, zau)", "jko/Halden": the outlet, set apart as agencies' signs are.
_SIGN_LINE = re.compile(
    r"(?:[-–—−]{1,2}\s?(?P<dashed>[^-–—−/(),]{2,40})|/(?P<slashed>[^/]{2,40})/|\((?P<in>[^(),/]{2,40})(?:[,/]\s?[a-zäöü]{2,4}){0,2}\)|"
    r"[a-zäöü]{2,4}/(?P<hand>[^/,()]{2,40}))(?:/[a-z]{2,3})?"
)


def read_sign(text: str) -> str | None:
    """The outlet that a line right below the text is nothing but the sign of."""
    found = _SIGN_LINE.fullmatch(text)
    who = found["slashed"] or found["hand"] if found else None
    if who and could_be_agency(who):
        return who
    set_apart = found["dashed"] or found["in"] if found else None
    return set_apart if set_apart and is_outlet_sign(set_apart) else None
