"""Where a story was written: what the lines between its headline and its text say of a place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetchers.seeds.page_text.credits.agencies import is_agency, is_known_agency, names_paper
from fetchers.seeds.page_text.credits.bylines import is_person, split_outlet
from fetchers.seeds.page_text.credits.sources import (
    read_outlet_and_place,
    read_outlet_in_place,
)
from fetchers.seeds.page_text.credits.towns import BRAZILIAN_STATES, could_be_place, place_behind_date, place_beside_date
from fetchers.seeds.page_text.credits.writer_lines import split_place
from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.stories.division import Part, lines_between
from fetchers.seeds.page_text.stories.fields import PLACE_LINE
from newsdesk.countries.gazetteer import is_place


def placed_outlet(part: Part, looks: Sequence[Look]) -> tuple[str, str] | None:
    """Outlet and place that a line between headline and text names: "The Harbour Courier (Bergen)"."""
    between = lines_between(part, looks)
    placed = (_read_placed(look) for look in between)
    return next(filter(None, placed), None)


def _read_placed(look: Look) -> tuple[str, str] | None:
    behind = split_outlet(look.text)
    if behind:
        return (behind[1], behind[2]) if behind[2] else None
    return read_outlet_and_place(look.text) or read_outlet_in_place(look.text)


_INDIC = re.compile("[\u0900-\u0dff]+")


def dated_place(part: Part, looks: Sequence[Look], labels: Sequence[str]) -> str | None:
    """The place that the date line between headline and text begins with, or that stands behind the outlet's name."""
    if not part.titles or not part.body:
        return None
    between = looks[part.titles[-1] + 1 : part.body[0]]
    named = next((found["place"] for look in between if (found := PLACE_LINE.match(look.text))), None)
    if named:
        return named
    placed = placed_outlet(part, looks)
    if placed:
        return placed[1]
    written = [i for i in part.credits if labels[i] == "byline" and part.titles[0] < i < part.body[0]]
    with_writer = next((place for i in written if (place := _place_of_writer(looks[i]))), None)
    if with_writer:
        return with_writer
    alone = _place_alone(part, looks, labels)
    if alone:
        return alone
    near = [*looks[part.titles[0] + 1 : part.body[0]], *looks[max(0, part.titles[0] - 3) : part.titles[0]]]
    dated = [look for look in near if look.dates and look.width <= 90]
    told = "\n".join(looks[i].text for i in (*part.titles, *part.highlights, *part.body))
    before = (place_beside_date(look.text, look.dates[0].start, told) for look in dated)
    behind = (place_behind_date(look.text, look.dates[0].end) for look in dated)
    return next(filter(None, before), None) or next(filter(None, behind), None)


def _place_of_writer(look: Look) -> str | None:
    """Where a byline says that its writer is: "By Ann Lee in Lima", "By: PTI | Pune", "Staff reporter, Lahore"."""
    based = re.search(
        r"(?:\sin|,\s(?:da|aus|desde|from|z|iz)|\((?:à|in|em|en|aus|a))\s(?P<place>[^\W\d_][^,|\d:;()]{2,30})(?:$|\)|,\s)",
        look.text,
    )
    passed = _AGENCY_AND_PLACE.match(look.text)
    if passed and is_agency(passed["agency"]) and is_place(passed["place"]):
        return passed["place"]
    if based and (is_place(based["place"]) or (based[0][0] in ",(" and _could_be_town(based["place"]))):
        return based["place"]
    signed = re.fullmatch(
        r"(?:(?:Reporting )?[Bb]y|Von|Par|Por|Di|Door|Av) (?P<who>[^,|\d]{5,40}), (?P<place>[^\W\d_][^,|\d]{2,24})", look.text
    )
    if signed and is_person(signed["who"]) and is_place(signed["place"]):
        return signed["place"]
    piped = re.fullmatch(r"(?:By|Por|Par|Von|Di):?\s(?P<who>[^|\d]{5,40}?)\s\|\s(?P<place>[^|\d]{3,30})", look.text)
    if piped and is_person(piped["who"]) and is_place(piped["place"]):
        return piped["place"]
    role, comma, town = look.text.partition(", ")
    told = lexicon().look(split_words(role))
    if (
        comma
        and told.cover >= 0.99
        and "byword" in told.classes
        and (is_place(town) or (_INDIC.match(town) and " " not in town))
    ):
        return town  # "Staff reporter, Lahore"
    behind = re.search(r"\sd(?:[aoe]|e la|el)\s[A-ZÀ-Þ][^-–—|\d]{2,40}\s[-–—|]\s(?P<place>[^-–—|\d]{3,30})$", look.text)
    if behind and is_place(behind["place"]):
        return behind["place"]  # "Repórter da Agência Sertão - Quixadá"
    with_writer = split_place(look.text)
    return with_writer[0] if with_writer else None


def _names_town(name: str, below: Look) -> bool:
    """True for a town that a list knows, and for what could be one above a line with a date."""
    return is_place(name) or (bool(below.dates) and _could_be_town(name))


def _could_be_town(name: str) -> bool:
    """True for a name of up to three words that a line says somebody writes from, whether or not a list knows it."""
    return (
        could_be_place(name)
        and len(name.split()) <= 3
        and not names_paper(name)
        and not lexicon().look(split_words(name)).cover
    )


_AGENCY_AND_PLACE = re.compile(
    r"(?:By:?\s)?(?P<agency>[^\s|]{2,12})\s\|\s(?P<place>[^|\d]{3,30}?)(?:\s\||$)"
)  # "By: PTI | Pune |"
_BEHIND_AGENCY = re.compile(
    r"(?P<agency>[A-Za-z]{2,12})(?:[.,]\s|\s[/|·–-]\s)(?P<place>[^\W\d_][^\d.|/()]{2,30})\.?"
)  # "EFE. LOGROÑO", "PTI, Hassan"
WIRE_PLACE = re.compile(r"(?P<place>[^\W\d_][^\d()]{2,30}?)\s\((?P<agency>[A-Za-z]{2,10})\)\s?[—–-]{0,2}")


def _place_alone(part: Part, looks: Sequence[Look], labels: Sequence[str]) -> str | None:
    """A town on a line of its own: with a dash behind it among the credits, or right above the text below them."""
    for i in range(part.titles[-1] + 1, part.body[0]):
        text = looks[i].text
        wire = WIRE_PLACE.fullmatch(text)
        if wire and is_agency(wire["agency"]):
            return text if wire["agency"] in BRAZILIAN_STATES else wire["place"]
        slashed = re.fullmatch(r"(?P<agency>[^\s/\d]{2,14})\s?/\s?(?P<place>[^\W\d_][^/\d]{1,24})", text)
        if slashed and is_known_agency(slashed["agency"]) and is_place(slashed["place"]):
            return slashed["place"]  # "ایسنا/یزد"
        behind = _BEHIND_AGENCY.fullmatch(text) if not looks[i].dates else None
        if behind and is_known_agency(behind["agency"]) and _names_town(behind["place"], looks[i + 1]):
            return behind["place"]
        role = looks[i - 1].found.cover >= 0.99 and "byword" in looks[i - 1].found.first
        if role and _INDIC.match(text) and len(text.split()) == 1 and not looks[i].dates:
            return text  # the town below "Staff reporter"
        below = i > min(part.credits, default=i) and labels[i] == "furniture" and looks[i].name
        town = bool(_INDIC.fullmatch(text)) or (below and is_place(text.title()))
        told = i == part.body[0] - 1 and town and not looks[i].found.cover
        if told and any(looks[i].lower in looks[j].lower for j in (*part.titles, *part.body[:2])):
            return text  # the town alone above the text
        below_role = role and labels[i + 1] == "date" and looks[i].width <= 30 and not looks[i].found.cover
        if below_role and is_place(text):
            return text  # "Special Correspondent", the town, the date
        followed = is_known_agency(looks[i + 1].text) or (labels[i] == "furniture" and looks[i + 1].kind == "date")
        written, town_alone = labels[i - 1] == "byline" or is_person(looks[i - 1].text), text.rstrip(" :")
        between = written and followed and looks[i].width <= 40
        if between and could_be_place(town_alone) and is_place(town_alone.partition(",")[0]):
            return town_alone  # between the writer and the agency or the date: "ST. ANTHONY, N.L.", "OSLO:"
        dashed = re.search(r"\s?[—–-]{1,2}$", text)
        place = text[: dashed.start()].strip() if dashed else text
        credited = i == part.body[0] - 1 and labels[i - 1] in ("byline", "date") and labels[i] == "furniture"
        if (dashed or credited) and len(place.split()) <= 3 and not looks[i].found.cover >= 0.5 and is_place(place):
            return place
    return None
