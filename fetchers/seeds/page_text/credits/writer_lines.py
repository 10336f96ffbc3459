"""Lines that are nothing but a writer and what stands beside the name: the outlet, the town, the count of the comments."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetchers.seeds.page_text.credits.agencies import OUTLET_WORD
from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words
from newsdesk.countries.gazetteer import is_place

_OWN_ACRONYM = re.compile(
    r"(?!By |Von |Par |Por )(?P<who>[A-ZÀ-Þ][\w'’-]*[a-zß-ÿ][\w'’-]*(?: [^\W\d_][\w'’.-]*[a-zß-ÿ]){1,3}) "
    r"(?P<outlet>[A-ZÅÄÖ]{2,5})$"
)
# What stands behind a name and is no outlet.
TITLES = frozenset("JR SR II III IV OBE MBE CBE KC QC MP MEP MLA MLC MD PHD RN CEO CFO CTO COO USA UK".split())


def split_acronym(text: str) -> tuple[str, str] | None:
    """Writer and outlet of "Eeva Lahti HS"."""
    found = _OWN_ACRONYM.match(text)
    return (found["who"], found["outlet"]) if found and found["outlet"] not in TITLES else None


_BY_WORD = re.compile(r"(?:By|Por|Par|Von|Di|Door|Av|Af)\s(?=[^\W\d_a-z]\S*\s[^\W\d_])")


def split_place(text: str) -> tuple[str, str] | None:
    """Place and person of a line that is nothing but them and an agency, in either order: "Bergen - Anna Lie"."""
    text = re.sub(r",?\s\([^()]{2,12}\)$", "", text.strip())
    text = re.sub(r"^[^\W\d_][\w-]{2,14}:\s", "", _BY_WORD.sub("", text))
    parts = re.split(r"\s[-–—/]\s|(?<=\w)/(?=[^\W\d_a-z]{3,}$)", text)
    if len(parts) != 2 or any(c.isdigit() for c in text) or not 1 <= len(parts[0].split()) <= 4:
        return None
    towns = [is_place(part) for part in parts]
    if towns[0] == towns[1]:
        return None
    place, person = parts if towns[0] else reversed(parts)
    return (place, person) if 2 <= len(person.split()) <= 4 and not OUTLET_WORD.search(person) else None


# "9 Comments", "Leave a reply": what blogs print behind the writer's name.
_COUNT_END = re.compile(r"(?<=\S)\s(?P<tail>(?:(?!(?:19|20)\d\d )\d{1,5}|[^\W\d_]+)(?:\s[^\W\d_]+){1,2})$")


def without_count(text: str) -> str:
    """The line without how many comments there are, or the call for the first, at its end."""
    found = _COUNT_END.search(text, max(0, len(text) - 40))
    while found:
        told = lexicon().look(split_words(found["tail"]))
        if told.cover >= 0.99 and "commenthead" in told.classes:
            return text[: found.start()]
        found = _COUNT_END.search(text, found.start() + 1)
    return text


_REPORTED = re.compile(
    r"(?P<who>\S+(?: \S+){1,3}) (?:reported|wrote|filed|produced|presented) this (?:story|report|article|piece|item) on "
)


def who_reported(text: str) -> str | None:
    """Who "Ann Lee reported this story on Friday, …" names."""
    found = _REPORTED.match(text)
    return found["who"] if found else None


# "Category: Courts", "Sastavila: Mira Horvat"
_VALUE = re.compile(r"[^\W\d_][^:\uff1a\d|,]{1,30}\s?[:\uff1a]\s*(?P<value>[^\s:\uff1a][^:\uff1a]*)$")


def value_of(text: str) -> str | None:
    """What stands behind a word or a few and a colon, where a line is nothing else."""
    found = _VALUE.match(text) if len(text) <= 80 else None
    return found["value"].strip() if found else None


# "Της Μαρίας Δελή", "به قلم علی رضایی", "โดย สมชาย ใจดี": words that mean it nowhere but right before a name.
_BY_HERE = re.compile(
    "(?:(?:Του|Της|Των|ΤΟΥ|ΤΗΣ|ΤΩΝ) (?=[Α-ΩΆ-Ώ]\\S+ [Α-ΩΆ-Ώ])|(?:به قلم|از|لکھتے ہیں|লিখেছেন|โดย|เรื่อง|ผู้สื่อข่าว) (?=[^\\W\\d_]))"
)


def without_by(text: str) -> str:
    """The line without such a word at its start."""
    found = _BY_HERE.match(text)
    return text[found.end() :] if found else text


def once(name: str) -> str:
    """A name that stands twice, as a picture's words and its own, once: "Ann Lee Ann Lee"."""
    half = (len(name) - 1) // 2
    return name[:half] if " " in name[:half] and name == f"{name[:half]} {name[:half]}" else name


# "Le Courrier du Large avec AFP": a paper, and whose text it used.
PAPER_WITH = re.compile(
    r"(?:L[ea]s?\s|L['’]|El\s|Il\s|De[rt]?\s|Die\s|Das\s|The\s)(?=[A-ZÀ-Þ]).{2,40}\s(?:avec|con|mit|with|met|et|y|und|and|en)\s"
    r"(?:(?:l['’])?A[FP]P|[A-Z]{2,6}|dpa|agenc\w+|Agenturen|wires?)$"
)


def strip_words(text: str) -> str:
    """A name without the words of a time or another writer that a line goes on with."""
    return re.sub(
        r"\s*\b(?:published|updated|posted|publié|aktualisiert|on|at|le|il|el|am|em|op|den|avec|with|mit|con|com)\s*:?\s*$",
        "",
        text,
        flags=re.IGNORECASE,
    ).strip(" |,;-–—·•")


# "Our Foreign Staff", "Onze nieuwsredactie", "La rédaction", "EDIÇÃO IMPRESSA", a field for the time of release: no person.
NEWSROOM = re.compile(
    r"^(?:our\s.*|print edition|edição impressa|edición impresa|édition papier|edizione cartacea|druckausgabe|e-?paper)$|"
    r"\b(?:desk|bureau|newsroom|web team|news team|[A-Z]{3,5} staff)$|"
    r"redacti|redakt|redaç|redacc|redazion|rédact|newsroom|редакц|yazı işleri|^发稿时间$|"
    r"^(?:ال)?محرر[ةو]?(?:\s(?:لل?|ال)[\u0600-\u06ff]+|\sشؤون){1,3}$",
    re.IGNORECASE,
)


# Boards of links say who sent one in: 'mira writes: "The library …"', "mira writes: The library …".
_SENT_IN = re.compile(
    r"^(?P<who>[\w.-]{2,30}) (?:writes|schreibt|écrit|escribe|escreve|scrive|skriver|пишет|пише|schrijft|pisze|"
    r"píše|piše|kirjoittaa)(?::(?P<alone>$)|: |:? [\"“«„])"
)


def who_sent(lines: Sequence[str]) -> tuple[str, bool] | None:
    """Who the first of a text's lines, or the line above it, says sent it in, and whether the line says nothing else."""
    found = next((match for line in lines if (match := _SENT_IN.match(line))), None)
    return (found["who"], found["alone"] is not None) if found else None
