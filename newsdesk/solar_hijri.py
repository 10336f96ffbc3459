"""Dates of Iran's calendar (Solar Hijri), which its papers print: "۱۲ مهر ۱۳۹۹" is 3 October 2020."""

from __future__ import annotations

from datetime import date

MONTHS = {
    name: number
    for number, name in enumerate(
        "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split(),
        start=1,
    )
}
YEARS = range(1370, 1411)  # 1991 to 2032; greater ones are of the lunar calendar
_BEFORE_FIRST = -356033  # days from what `_count` counts from to the day that Python's ordinals do


def _count(year: int, month: int, day: int) -> int:
    """Days before and with the given one: leap years are eight in 33, months are 31 days long up to the sixth."""
    years = year + 1595
    months = 31 * (month - 1) if month < 7 else 30 * (month - 7) + 186
    return 365 * years + (years // 33) * 8 + ((years % 33) + 3) // 4 + months + day


def to_gregorian(year: int, month: int, day: int) -> date | None:
    """The day of the Gregorian calendar; None if there is no such day. Right for the years of YEARS."""
    last = 31 if month < 7 else 30
    if not (1 <= month <= 12 and 1 <= day <= last):
        return None
    return date.fromordinal(_count(year, month, day) + _BEFORE_FIRST)
