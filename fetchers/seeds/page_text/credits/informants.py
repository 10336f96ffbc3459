"""From whom a text is, by lines that say so in words: notices below it, and "with" an agency beside an outlet."""

from __future__ import annotations

import re

from fetchers.seeds.page_text.credits.agencies import find_agency, find_signed, is_known_agency, is_wire, names_paper
from fetchers.seeds.page_text.credits.republishing import read_first_published
from fetchers.seeds.page_text.credits.sources import CJK_OUTLET, FROM, read_source
from fetchers.seeds.page_text.lines.looks import Look

# "東都放送 10/2(日) 18:05配信": how Japanese portals say whose text they print.
_DELIVERED = re.compile(r"(?P<who>[^\d:]{2,24}?)\s?\d{1,2}/\d{1,2}[(\uff08].[)\uff09]\s?\d{1,2}:\d\d(?P<said>\s?配信)?$")
_INFORMED = re.compile(
    r"\b(?:με πληροφορίες από|con información de|con datos de|com informações d[aeo]|con informazioni di|with information from|"
    r"with reporting by|with files from|with|avec|avec la collaboration de|mit material (?:von|der)|unter mitarbeit von|"
    r"met (?:informatie|medewerking) van|con la collaborazione d[ei]|con la colaboración de|com a colaboração d[aeo]|"
    r"med (?:materiale?|hjelp|stoff) fra|med bidrag från|za pomoci|ve spolupráci s|we współpracy z|за матеріалами|"
    r"по материалам|при участии|na podstawie|theo)\s+"
    r"(?P<who>[^\s,.;]+(?:[ -][^\s,.;]+){0,2})$",
    re.IGNORECASE,
)
# "-- Dow Jones Newswires contributed to this report"
_CONTRIBUTED = re.compile(
    r"(?:[-–—]+\s?)?(?P<who>[A-Z][^,;.]{1,39}?) (?:also )?(?:contributed (?:to|reporting)|"
    r"a contribué à|contribuyó a|contribuiu para|ha contribuito a|hat (?:zu|an) diesem)\b"
)
# "Credit: Harbour Business Desk", of a text
_CREDITED = re.compile(r"(?:credits?|crédits?|créditos?|crediti)\s?[:\uff1a]\s?(?P<who>[^\W\d_][^/|:]{2,50})", re.IGNORECASE)
_DESK = re.compile(r"\b(?:Desk|Newsroom|Bureau|Team|Correspondents)$")


def names_informant(look: Look) -> bool:
    """True for a short line that says from which agency a text is: "The Courier with AFP"."""
    told = _INFORMED.search(look.text.removesuffix(".")) if look.width <= (60 if look.ends != "." else 40) else None
    return told is not None and is_wire(told["who"])


def read_delivered(text: str) -> str | None:
    """The outlet that a Japanese line of outlet, day and time names."""
    found = _DELIVERED.match(text)
    who = found["who"].strip() if found else ""
    return who if found and (found["said"] or is_known_agency(who) or CJK_OUTLET.fullmatch(who)) else None


def read_notice(look: Look) -> str | None:
    """The source that a notice below a story states outright, whatever the line was taken for."""
    stated = FROM.match(look.text)
    if look.width <= 90 and (
        look.text.startswith("SOURCE ") or (stated and look.text[: stated.end()].rstrip()[-1:] in ":\uff1a")
    ):
        return read_source(look, "credit")
    if look.text.startswith("Provided by ") and look.width <= 90:
        return read_source(look, "credit")
    if look.starts == "©" and "agency" in look.found.classes:
        return find_agency(look.text)
    acronym = re.fullmatch(r"[(\uff08]([A-Z]{3,5})[)\uff09]", look.text)
    helped = re.match(r"(?:(?:Additional reporting|Reporting|With reporting) by|With files from) (?P<who>.{2,40})$", look.text)
    helped = helped or _CONTRIBUTED.match(look.text)
    if helped and is_wire(helped["who"]):
        return helped["who"]
    told = _INFORMED.search(look.text.strip("()[]")) if look.width <= 90 and look.ends != "." else None
    if told and is_wire(told["who"]):
        return told["who"]
    credited = _CREDITED.fullmatch(look.text)
    if credited and (names_paper(credited["who"]) or is_wire(credited["who"]) or _DESK.search(credited["who"])):
        return credited["who"]
    delivered = read_delivered(look.text)
    if delivered:
        return delivered
    return find_signed(look.text) or read_first_published(look.text) or (acronym[1] if acronym else None)
