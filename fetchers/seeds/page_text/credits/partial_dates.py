"""Dates among other words of a credit line or dateline, whole ones and parts of one ("Nov. 6", "Monday")."""

from __future__ import annotations

import re

from fetchers.seeds.page_text.lines.lexicon import split_words
from newsdesk.dates import find_dates, fold_digits, month_names, weekday_names


def without_dates(text: str) -> str:
    for one in reversed(find_dates(text)):
        text = text[: one.start] + " | " + text[one.end :]
    text = re.sub(r"[(\[] \| [)\]]", " | ", text)  # what held nothing but a date
    return re.sub(r"(?:\s*\|\s*)+", " | ", text).strip(" |,;-–—·•")


# How India's agencies write a month's first days: "दो जनवरी".
_DAY_WORD = re.compile("(?:एक|दो|तीन|चार|पां?च|पाँच|छह|छः|सात|आठ|नौ|दस)(?= )")


def is_partial_date(text: str) -> bool:
    """True for "Nov. 6", "26 GEN", "14 फरवरी", "rugsėjo 6 d.", "6/11", "Monday", with or without a year."""
    text = _DAY_WORD.sub("1", fold_digits(text).strip(" .,"), count=1)  # which day does not matter here
    if text.lower() in weekday_names():
        return True
    if find_dates(text):
        return all(word in weekday_names() for word in split_words(without_dates(text)))
    found = re.fullmatch(
        r"(?:(\d{1,2})(?:st|nd|rd|th|er|\.|º)?\s?(?:de\s|of\s)?([^\s\d.]+)\.?|"
        r"([^\s\d.]+)\.?\s(\d{1,2})(?:\sd)?)(?:\s\d{4})?",
        text,
    )
    if _FIGURES.fullmatch(text):
        return True
    return found is not None and (found[2] or found[3]).lower().rstrip(".") in month_names()


_FIGURES = re.compile(r"(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])")  # "27/9"
_STATE = re.compile(r"\s(?:[A-Z]{2}|[A-Z][a-z]\.?)")  # "MA", "Mo.": American states, which Finns and Germans call days by


def take_date(head: str) -> tuple[str, str | None, bool]:
    """`head` without the date at its end, that date if it is a full one, and whether one was there."""
    parts = head.split(",")
    for keep in range(1, len(parts)):
        tail = ",".join(parts[keep:])
        if is_partial_date(tail) and not _STATE.fullmatch(parts[keep]):
            full = find_dates(fold_digits(tail))
            return ",".join(parts[:keep]).strip(), full[0].date if full else None, True
    words = head.split()
    for count in (3, 2):
        if len(words) > count and is_partial_date(" ".join(words[-count:])):
            full = find_dates(fold_digits(" ".join(words[-count:])))
            return " ".join(words[:-count]).strip(" ,"), full[0].date if full else None, True
    return head, None, False


_DAY = re.compile(
    r"(?<![\d.,:/#-])(?P<d>\d{1,2})(?:st|nd|rd|th|[ºª°.])?\s(?:de\s|of\s)?(?P<m>[^\W\d_]{3,12})(?![^\W_])\.?(?!\s?\d{4})"
    r"|(?<![^\W_])(?P<m2>[^\W\d_]{3,12})\.?\s(?P<d2>\d{1,2})(?:st|nd|rd|th)?(?![\d:.%]|,?\s\d{4})"
    r"|(?<!\d)\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일](?!\d)|(?<![\d/])\d{1,2}/\d{1,2}\s?[(\uff08][^\W\d_][)\uff09]",
    re.IGNORECASE,
)


def find_days(text: str) -> list[tuple[int, int]]:
    """Where `text` names a day and month ("Jun 4", "4. Juni", "6月4日"), with or without a year behind it."""
    found = []
    for match in _DAY.finditer(text):
        month = match["m"] or match["m2"]
        if month is None or (month.lower() in month_names() and 1 <= int(match["d"] or match["d2"]) <= 31):
            found.append(match.span())
    return found


def before_day(text: str) -> str:
    """What stands before a day without a year, if anything does: "Ann Lee" of "Ann Lee March 18 at 3:57 PM"."""
    days = find_days(text[:80])
    return text[: days[0][0]] if days and days[0][0] else text
