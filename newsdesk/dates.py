"""Dates as pages print them, in many languages, to the form of the contract: `2025-02-28T10:40-05:00`, `2023-11-03`.

A date counts only where day, month and year are printed; a time only where one is printed beside it; an offset only where one
is printed, as figures or as an abbreviation that names a single offset. Impossible dates are no dates. Month names come from
CLDR (newsdesk/data/dates/months.json, made by training/dates.py).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Literal, TypeAlias

from newsdesk import solar_hijri

FIRST_YEAR, LAST_YEAR = 1900, 2100
TWO_DIGIT_PIVOT = 70  # 69 is 2069, 70 is 1970, as POSIX has it

Order: TypeAlias = Literal["dmy", "mdy"]


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date found at `text[start:end]`, its time included. `offset` is `Z`, `+09:00` or None.

    `swappable` marks `06-09-2015` and its like, which may mean either order; the fields then hold the reading asked for.
    Between stops (`06.09.2015`) the day comes first.
    `clock12` tells that the time carried am or pm.
    """

    start: int
    end: int
    year: int
    month: int
    day: int
    hour: int | None = None
    minute: int = 0
    offset: str | None = None
    swappable: bool = False
    clock12: bool = False

    @property
    def date(self) -> str:
        return f"{self.year:04}-{self.month:02}-{self.day:02}"

    @property
    def iso(self) -> str:
        """The date with what else is printed of time and offset."""
        if self.hour is None:
            return self.date
        return f"{self.date}T{self.hour:02}:{self.minute:02}{'+00:00' if self.offset == 'Z' else self.offset or ''}"

    @property
    def minute_iso(self) -> str:
        """The form of a comment's `when`: to the minute, without offset."""
        return self.date if self.hour is None else f"{self.date}T{self.hour:02}:{self.minute:02}"

    @property
    def day_number(self) -> int:
        return date(self.year, self.month, self.day).toordinal()

    def swapped(self) -> PrintedDate:
        return replace(self, month=self.day, day=self.month) if self.swappable else self


@cache
def _names() -> tuple[dict[str, int], frozenset[str]]:
    source = resources.files("newsdesk") / "data" / "dates" / "months.json"
    data = json.loads(source.read_text("utf-8"))
    return data["months"], frozenset(data["weekdays"])


def month_names() -> dict[str, int]:
    """Lower-case month name or abbreviation, without its dot -> 1..12."""
    return _names()[0]


def weekday_names() -> frozenset[str]:
    """Lower-case weekday names and abbreviations, without their dots."""
    return _names()[1]


# Every decimal digit that news is printed with -> ASCII, one to one, so that positions stay.
_ZEROS = "٠۰०০੦૦୦௦౦೦൦๐໐༠၀០０"
_DIGITS = {ord(zero) + i: str(i) for zero in _ZEROS for i in range(10)}
_FOREIGN_DIGIT = re.compile("[" + "".join(f"{zero}-{chr(ord(zero) + 9)}" for zero in _ZEROS) + "]")

_WORD = r"(?:เ?(?:[ก-ฮ][\u0e31-\u0e3a]?\.){2}|[^\W\d_][^\s\d,،.;:/|()\-–—@•·]{1,19})"
_NAME = rf"(?P<m>{_WORD})"
_DAY = r"(?<![\d.:/$€£-])(?<!\d,)(?P<d>\d{1,2})"
_YEAR = r"(?P<y>\d{4})(?![\d%])(?![.,:]\d)"
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_LINK = r"[\s.,،/\-–]{0,3}(?:(?:de|del|d'|of|ngày|tháng|ta'|mese di)\s)?"

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\d.,/-])(?P<y>\d{4})(?P<s>[-/.]|\.\s)(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d|[./]\d)",
        r"(?<!\d)(?P<y>\d{4}|(?P<e>令和|平成|昭和|民[國国])(?:\d{1,3}|元))\s?[年년]\s?(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日号號일]?",
        r"(?<![\d.,:/-])(?P<d>\d{1,2})(?P<s>\s?[./-]\s?|·)(?P<m>\d{1,2})(?P=s)(?P<y>\d{4}|\d\d)(?![\d%/]|[.,:]\d)",
        rf"{_DAY}(?:st|nd|rd|th|er|ère|[ºª°.])?{_LINK}{_NAME}{_LINK}{_YEAR}",
        rf"(?<![^\W\d_])(?P<m>{_WORD})\.?\s{{0,3}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s?[,.]?\s{{0,3}}{_YEAR}",
        rf"(?<!\d)(?P<y>\d{{4}})(?!\d)[\s.,-]{{1,3}}(?:gada\s|m\.\s)?{_NAME}[\s.-]{{0,2}}(?:d\.\s)?(?P<d>\d{{1,2}})(?!\d|:\d)",
        rf"(?<!\d)(?P<y>\d{{4}})\.?\s(?:gada|g\.)\s(?P<d>\d{{1,2}})\.?\s{_NAME}",
        rf"{_NAME}\s{{1,2}}(?P<d>\d{{1,2}})\s(?=\d{{1,2}}:\d\d(?::\d\d)?\s(?:[A-Z]{{3,4}}\s|[+-]\d{{4}}\s)?(?P<y>\d{{4}})\b)",
        r"(?<!\d)(?P<d>\d{1,2})\s(?:tháng|เดือน)\s(?P<m>\d{1,2}),?\s(?:năm\s)?(?P<y>\d{4})(?!\d)",
    )
)
# Tried only where nothing else is found and _RARE says that they may hold.
_RARE_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # A year of two digits only with an apostrophe, between hyphens, or before a time: "5 May 15 people" is no date.
        rf"{_DAY}(?:-(?P<m>{_WORD})-(?P<y>\d\d)(?![\d-])|\.?\s(?P<m2>{_WORD})\.?\s['’]?(?P<y2>\d\d)(?=,?\s\d{{1,2}}:\d\d|\s?[/|]))",
        rf"(?<!\d)(?P<d>\d{{1,2}})\s{_NAME}\.?\s['’](?P<y>\d\d)(?!\w)",
        rf"(?<![^\W\d_])(?P<m>{_WORD})\.?\s(?P<d>\d{{1,2}}),?\s['’](?P<y>\d\d)(?!\w)",
        # "3rd October 4:20 pm 2018"
        rf"{_DAY}(?:st|nd|rd|th|\.)?\s{_NAME}\.?,?\s(?=\d{{1,2}}:\d\d(?::\d\d)?\s?(?:[ap]\.?m\.?)?\s(?P<y>(?:19|20)\d\d)\b)",
        r"(?<!\d)(?P<y>\d{4})\sоны\s(?P<m>\d{1,2})\s(?:-?р\s|дугаар\s|дүгээр\s)?сарын\s(?P<d>\d{1,2})",
    )
)
_RARE = re.compile(
    r"[^\W\d_]-\d\d(?![\d-])|['’]\d\d(?!\w)|[^\W\d_]\.?\s\d\d(?=,?\s\d{1,2}:\d\d|\s?[/|])|\sоны\s|\d:\d\d\s?(?:[ap]\.?m\.?)?\s(?:19|20)\d\d\b"
)
_ORDERED = _PATTERNS[2]

_MERIDIEM = r"(?P<ap>[ap]\.?\s?m\b\.?|μ\.μ\.|π\.μ\.|م\b|ص\b)"
_PARTS_OF_DAY = "सुबह|दोपहर|शाम|रात|সকাল|দুপুর|বিকেল|বিকাল|সন্ধ্যা|রাত|صبح|دوپہر|شام|رات"
_TIMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<pre>午前|午後|上午|下午|凌晨|晚上|오전|오후|{_PARTS_OF_DAY})?\s?(?<![\d:.])(?P<h>\d{{1,2}})\s?[:\uff1a]\s?(?P<n>\d\d)(?::(?P<s>\d\d))?(?!:?\d)"
        rf"(?:[.,]\d{{1,9}})?(?:\s?{_MERIDIEM})?",
        r"(?P<pre>午前|午後|上午|下午|오전|오후)?\s?(?<![\d:.])(?P<h>\d{1,2})\s?[時时点點시]\s?(?:(?P<n>\d\d?)\s?[分분])?",
        r"(?<![\d:.])(?P<h>\d{1,2})\s?h\s?(?P<n>\d\d)?(?!\w|:\d)",
        rf"(?<![\d:.,])(?P<h>\d{{1,2}})(?:\.(?P<n>\d\d))?\s?{_MERIDIEM}",
        r"(?<![\d:.,])(?P<h>\d{1,2})\.(?P<n>\d\d)(?=\s?(?:Uhr|uur|GMT|WIB|WITA|WIT|hrs)\b)",
        r"(?<=\s)(?P<h>\d{1,2})\.(?P<n>\d\d)$",
    )
)
_GAP = re.compile(r"[\s,،、\uff0c|@•·.\-–—/();:T]*(?:[^\W\d_]{1,9}\.?[\s,:|.()\-]*){0,2}\Z")
_GAP_BEFORE = re.compile(r"[\s,،、\uff0c|@•·\-–—/()]*(?:[^\W\d_]{1,9}\.?,?\s*){0,3}\Z")
_AFTERNOON = ("午後", "下午", "晚上", "오후", "दोपहर", "शाम", "দুপুর", "বিকেল", "বিকাল", "সন্ধ্যা", "دوپہر", "شام")
_NIGHT = ("रात", "রাত", "رات")  # from six to midnight, and from midnight on

# Abbreviations that name one offset wherever they are printed. CST, IST and BST name several, so they give none.
_ZONES = {
    "Z": "Z", "UTC": "Z", "GMT": "Z", "CET": "+01:00", "CEST": "+02:00", "MEZ": "+01:00", "MESZ": "+02:00", "EET": "+02:00",
    "EEST": "+03:00", "MSK": "+03:00", "WAT": "+01:00", "CAT": "+02:00", "SAST": "+02:00", "EAT": "+03:00", "PKT": "+05:00",
    "NPT": "+05:45", "WIB": "+07:00", "ICT": "+07:00", "WITA": "+08:00", "SGT": "+08:00", "MYT": "+08:00", "HKT": "+08:00",
    "PHT": "+08:00", "AWST": "+08:00", "JST": "+09:00", "KST": "+09:00", "ACST": "+09:30", "AEST": "+10:00", "AEDT": "+11:00",
    "NZST": "+12:00", "NZDT": "+13:00", "EST": "-05:00", "EDT": "-04:00", "CDT": "-05:00", "MDT": "-06:00", "PST": "-08:00",
    "PDT": "-07:00", "BRT": "-03:00", "ART": "-03:00",
}  # fmt: skip
# Printed without saying whether summer time holds: the United States' own rule for the day says it.
_US_ZONES = {"ET": 5, "CT": 6, "MT": 7, "PT": 8}
_OFFSET = re.compile(
    r"\s?\(?(?:(?P<z>Z|[A-Z]{2,4}T|[A-Z]{2,4}|[ECMP]T)(?![a-zA-Z]))?\)?\s?(?:(?P<sign>[+\-−])(?P<oh>\d\d?)(?::?(?P<om>\d\d"
    r"))?(?!\d|-))?"
)


def _us_offset(zone: str, day: date) -> str:
    """The offset of an American zone on `day`: summer time from March's second to November's first Sunday (since 2007)."""
    begin = date(day.year, 3, 8) + timedelta(days=(6 - date(day.year, 3, 8).weekday()) % 7)
    finish = date(day.year, 11, 1) + timedelta(days=(6 - date(day.year, 11, 1).weekday()) % 7)
    return f"-{_US_ZONES[zone] - (begin <= day < finish):02}:00"


def _read_offset(text: str, at: int, day: date) -> tuple[str | None, int]:
    """The offset printed at `text[at:]` and where it ends."""
    found = _OFFSET.match(text, at)
    if not found or found.end() == at:
        return None, at
    if found["sign"]:
        hours, minutes = int(found["oh"]), int(found["om"] or 0)
        if hours <= 14 and minutes < 60 and (found["om"] or found["z"] in ("UTC", "GMT") or len(found["oh"]) == 2):
            return f"{'+' if found['sign'] == '+' else '-'}{hours:02}:{minutes:02}", found.end()
        return None, at
    zone = found["z"] or ""
    if zone in _US_ZONES:
        return _us_offset(zone, day), found.end()
    return (_ZONES[zone], found.end("z")) if zone in _ZONES else (None, at)


def _either(found: re.Match[str], name: str) -> str:
    """The group of that name, or the one that another choice of the same pattern has in its place."""
    return found[name] or str(found.groupdict().get(f"{name}2") or "")


def _read_year(found: re.Match[str]) -> int:
    text = _either(found, "y")
    era = found.groupdict().get("e")
    if era:
        count = text[len(era) :]
        return _ERAS[era] + (1 if count == "元" else int(count))
    if len(text) == 2:
        return int(text) + (2000 if int(text) < TWO_DIGIT_PIVOT else 1900)
    year = int(text)
    return year - 543 if 2443 <= year <= 2643 else year  # the Buddhist calendar of Thailand


def _read_month(word: str) -> int | None:
    if word.isdecimal():  # ² is a digit, and no number to int
        return int(word)
    names, name = month_names(), word.lower().rstrip(".'’").replace("ـ", " ")
    # Hebrew writes "of" with the month as one word; Latvian puts it into the locative.
    if name in solar_hijri.MONTHS:
        return solar_hijri.MONTHS[name]
    return names.get(name) or names.get(name.removeprefix("ב")) or names.get(re.sub("ā$", "s", re.sub("ī$", "is", name)))


def _build(found: re.Match[str], order: Order) -> PrintedDate | None:
    """The date of one match; None if it names no possible day."""
    month = _read_month(_either(found, "m"))
    if month is None:
        return None
    year, day = _read_year(found), int(found["d"])
    if found.re is _ORDERED and len(found["y"]) == 2 and len(found["d"] + found["m"]) < 4 and "/" not in found["s"]:
        return None  # a version number, a score
    swappable = found.re is _ORDERED and 1 <= day <= 12 and 1 <= month <= 12 and found["s"] != "."
    if found.re is _ORDERED and (month > 12 or (swappable and order == "mdy")):
        day, month = month, day
    if year in solar_hijri.YEARS and (found.re is _PATTERNS[0] or _either(found, "m") in solar_hijri.MONTHS):
        solar = solar_hijri.to_gregorian(year, month, day)
        year, month, day = (solar.year, solar.month, solar.day) if solar else (0, 0, 0)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        date(year, month, day)
    except ValueError:
        return None
    start = found.start()
    before = _BEFORE_DATE.search(found.string, max(0, start - 20), start)
    if before and before[1].lower() in _names()[1]:
        start = before.start()
    return PrintedDate(start, found.end(), year, month, day, swappable=swappable)


_BEFORE_DATE = re.compile(r"([^\W\d_][^\s\d,.()]*)[.,]?,?\s{0,2}\Z")
_TWO_WORD_MONTH = re.compile(r"(كانون|تشرين)\s(الثاني|الأول)")


def _read_time(found: re.Match[str]) -> tuple[int, int, bool] | None:
    """(hour, minute, twelve-hour clock) of one match; None if there is no such time."""
    groups = found.groupdict()
    hour, minute = int(groups["h"]), int(groups.get("n") or 0)
    mark = (groups.get("ap") or "").lower()
    pre = groups.get("pre") or ""
    if mark or pre:
        if hour > 12 and mark:
            mark = ""
        elif mark[:1] in ("p", "μ", "م") or pre in _AFTERNOON or (pre in _NIGHT and 6 <= hour <= 11):
            hour = hour % 12 + 12 if hour <= 12 else hour
        else:
            hour = hour % 12 if hour == 12 else hour
    return (hour, minute, bool(mark)) if hour <= 23 and minute <= 59 else None


def _find_times(text: str) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    for pattern in _TIMES:
        for match in pattern.finditer(text):
            if not any(match.start() < other.end() and other.start() < match.end() for other in found):
                found.append(match)
    return sorted(found, key=re.Match.start)


def _with_time(found: PrintedDate, text: str, times: Iterable[re.Match[str]], floor: int, ceiling: int) -> PrintedDate:
    """`found` with the time printed after it, else before it, within `text[floor:ceiling]`."""
    for after in (True, False):
        for match in times:
            begin = match.start("h")
            inside = found.end <= begin < ceiling if after else floor <= begin and match.end() <= found.start
            gap = text[found.end : max(found.end, match.start())] if after else text[match.end() : found.start]
            if not inside or len(gap) > 30 or not (_GAP if after else _GAP_BEFORE).match(gap):
                continue
            read = _read_time(match)
            if read is None:
                continue
            offset, end = _read_offset(text, match.end(), date(found.year, found.month, found.day))
            start = min(found.start, begin)
            return replace(
                found, start=start, end=max(found.end, end), hour=read[0], minute=read[1], clock12=read[2], offset=offset
            )
    return found


def fold_digits(text: str) -> str:
    """`text` with the decimal digits of other scripts as ASCII, every position kept."""
    return text.translate(_DIGITS) if _FOREIGN_DIGIT.search(text) else text


def find_dates(text: str, order: Order = "dmy") -> list[PrintedDate]:
    """The dates printed in `text`, from left to right. `order` reads `06-09-2015`; see :func:`choose_order`."""
    text = fold_digits(text)
    if not re.search(r"\d", text):
        return []
    text = _TWO_WORD_MONTH.sub(r"\1ـ\2", text)  # one word for the patterns, its length kept
    found: list[PrintedDate] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            built = _build(match, order)
            if built and not any(built.start < other.end and other.start < built.end for other in found):
                found.append(built)
    if not found and _RARE.search(text):
        found = [built for pattern in _RARE_PATTERNS for match in pattern.finditer(text) if (built := _build(match, order))][:1]
    if not found:
        return []
    found.sort(key=lambda one: one.start)
    times = _find_times(text)
    floors = [0, *(one.end for one in found)]
    ceilings = [*(one.start for one in found[1:]), len(text)]
    return [_with_time(one, text, times, floors[i], ceilings[i]) for i, one in enumerate(found)]


def choose_order(dates: Sequence[PrintedDate], language: str | None = None) -> Order:
    """How the ambiguous dates of one page, read as `dmy`, are meant.

    The reading under which the page's dates lie closer together wins: comments come within days, and a wrong order throws
    them months apart. Where both are as close, the twelve-hour clock of an English page speaks for the American order.
    """
    doubtful = [one for one in dates if one.swappable]
    if not doubtful:
        return "dmy"
    sure = [one.day_number for one in dates if not one.swappable]
    spreads = []
    for days in ([one.day_number for one in doubtful], [one.swapped().day_number for one in doubtful]):
        every = sorted(sure + days)
        middle = every[len(every) // 2]
        spreads.append(sum(min(abs(day - middle), 400) for day in every))  # one stray date must not decide
    if spreads[0] != spreads[1]:
        return "dmy" if spreads[0] < spreads[1] else "mdy"
    return "mdy" if language in (None, "en") and any(one.clock12 for one in doubtful) else "dmy"


_EMAIL_YEAR = re.compile(
    r"(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+(?P<m>[^\W\d_]{3,12})\.?,?\s+(?P<y>\d\d)(?=\s+\d\d?:\d\d)", re.IGNORECASE
)


# With hyphens and colons, or the basic form with neither.
_ISO = re.compile(
    r"(?P<y>\d{4})(?P<parted>-)?(?P<m>\d\d)(?(parted)-)(?P<d>\d\d)"
    r"(?:[T ](?P<h>\d\d)(?(parted):)(?P<min>\d\d)(?:(?(parted):)\d\d(?:[.,]\d+)?)?"
    r"\s?(?P<zone>Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?)?",
    re.ASCII | re.IGNORECASE,
)


def _parse_iso(text: str) -> PrintedDate | None:
    """The common case, without a search: 2025-02-28, 2025-02-28T10:40:00Z, 20250228T104000Z."""
    found = _ISO.fullmatch(text)
    if not found:
        return None
    year, month, day = int(found["y"]), int(found["m"]), int(found["d"])
    try:
        date(year, month, day)
    except ValueError:
        return None
    hour, minute, zone = int(found["h"]) if found["h"] else None, int(found["min"] or 0), found["zone"]
    if not FIRST_YEAR <= year <= LAST_YEAR or (hour or 0) > 23 or minute > 59:
        return None
    offset = f"{zone[:3]}:{zone[-2:]}" if zone and len(zone) > 1 else zone and zone.upper()
    return PrintedDate(0, found.end(), year, month, day, hour, minute, offset)


def parse_printed_date(text: str) -> PrintedDate | None:
    """As :func:`parse_printed`, with the parts apart."""
    iso = _parse_iso(text)
    if iso:
        return iso
    text = text[:400]  # no printed date is longer
    found = find_dates(text)
    if not found:
        match = _EMAIL_YEAR.search(fold_digits(text))
        built = _build(match, "dmy") if match else None
        found = [_with_time(built, text, _find_times(text), 0, len(text))] if built else []
    if not found:
        return None
    return found[0].swapped() if choose_order(found) == "mdy" else found[0]


def parse_printed(text: str) -> str | None:
    """The one date that `text` holds, in the contract's form; None if it holds none or an impossible one."""
    found = parse_printed_date(text)
    return found.iso if found else None
