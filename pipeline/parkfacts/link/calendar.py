"""Calendar arithmetic: a resolved point in time as days, EDTF (ISO 8601-2) and precision."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from parkfacts.facts import DateKind, DateMod, Precision

_SEASONS = {"spring": (21, 3), "summer": (22, 6), "autumn": (23, 9), "winter": (24, 12)}
_TENS = {"ten1": (1, 10), "ten2": (11, 20), "ten3": (21, 31), "start": (1, 10), "middle": (11, 20), "end": (21, 31)}
_PIECES = {"tens12": (1, 20), "tens23": (11, 31), "half1": (1, 15), "half2": (16, 31)}
_YEAR_PARTS = {"start": 1, "middle": 6, "end": 12}


class Period(NamedTuple):
    """Inclusive first and last day, EDTF, precision, and whether the words were vague (底, 初)."""

    start: date
    end: date
    edtf: str
    precision: Precision
    approximate: bool = False


class DateValue(NamedTuple):
    """A resolved date, range, duration or set; fields as in ``facts.DateFields``."""

    kind: DateKind
    start: date | None = None
    end: date | None = None
    edtf: str | None = None
    precision: Precision | None = None
    approximate: bool = False
    duration: str | None = None
    duration_high: str | None = None
    business_days: bool = False
    mod: DateMod | None = None
    implied: tuple[str, ...] = ()


YEARS = range(1000, 9000)  # of a reference date


def months(year: int, first: int, last: int) -> tuple[date, date]:
    """First day of the first month and last day of the last; a month above 12 lies in the next year."""
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return date(year, first, 1), date(end_year, end_month, monthrange(end_year, end_month)[1])


@lru_cache(maxsize=1024)
def of_year(year: int, part: str | None) -> Period:
    """A year, or a part of it."""
    if part is None:
        return Period(*months(year, 1, 12), f"{year:04}", "year")
    if part in _YEAR_PARTS:
        month = _YEAR_PARTS[part]
        return Period(*months(year, month, month), f"{year:04}-{month:02d}~", "month", True)
    if part in _SEASONS:
        code, month = _SEASONS[part]
        return Period(*months(year, month, month + 2), f"{year:04}-{code}", "quarter", True)
    if part in ("h1", "h2"):
        half = int(part[1])
        return Period(*months(year, 6 * half - 5, 6 * half), f"{year:04}-{39 + half}", "half")
    quarter = int(part[1])
    if part.endswith("end"):
        return Period(*months(year, 3 * quarter, 3 * quarter), f"{year:04}-{3 * quarter:02d}~", "month", True)
    return Period(*months(year, 3 * quarter - 2, 3 * quarter), f"{year:04}-{32 + quarter}", "quarter")


@lru_cache(maxsize=4096)
def of_month(year: int, month: int, part: str | None) -> Period:
    """A month, or ten days of it."""
    start, end = months(year, month, month)
    if part is None:
        return Period(start, end, f"{year:04}-{month:02d}", "month")
    if part == "last":
        return Period(end, end, end.isoformat(), "day")
    if part in _PIECES:
        first, last = _PIECES[part]
        return between(start.replace(day=first), start.replace(day=min(last, end.day)))
    first, last = _TENS[part]
    start, end = start.replace(day=first), start.replace(day=min(last, end.day))
    return Period(start, end, f"{start}/{end}", "ten-days", not part.startswith("ten"))


def of_day(year: int, month: int, day: int) -> Period | None:
    """A day; None if the calendar has no such day."""
    try:
        one = date(year, month, day)
    except ValueError:
        return None
    return Period(one, one, one.isoformat(), "day")


def between(start: date, end: date) -> Period:
    """From one day to another."""
    return Period(start, end, f"{start}/{end}", "day")


def moved(day: date, count: int, unit: str) -> date:
    """A day so many units (``Y``, ``Q``, ``M``, ``W``, ``D``) later; the last of its month where that is shorter.
    Raises ``ValueError`` or ``OverflowError`` beyond the years 1 to 9999."""
    if unit in "DW":
        return day + timedelta(days=count * (7 if unit == "W" else 1))
    months_on = 12 * day.year + day.month - 1 + count * {"Y": 12, "Q": 3, "M": 1}[unit]
    year, month = months_on // 12, months_on % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def unit_at(day: date, unit: str) -> Period:
    """The calendar year, quarter or month that holds a day; for weeks and days the day itself."""
    if unit == "Y":
        return of_year(day.year, None)
    if unit == "Q":
        return of_year(day.year, f"q{(day.month - 1) // 3 + 1}")
    return of_month(day.year, day.month, None) if unit == "M" else Period(day, day, day.isoformat(), "day")


def shift_day(period: Period, days: int) -> Period:
    """A day some days later."""
    one = period.start + timedelta(days=days)
    return Period(one, one, one.isoformat(), "day")


def parse_reference(value: str) -> Period:
    """``2023``, ``2023-10`` or ``2023-10-08`` as a period. Raises ``ValueError`` for anything else, and for years from
    which others cannot be counted without leaving the calendar."""
    fields = [int(field) for field in value.split("-") if field.isdigit()]
    period: Period | None = None
    if "-".join(f"{f:0{4 if i == 0 else 2}d}" for i, f in enumerate(fields)) == value and fields[0] in YEARS:
        if len(fields) == 1:
            period = of_year(fields[0], None)
        elif len(fields) == 2 and 1 <= fields[1] <= 12:
            period = of_month(fields[0], fields[1], None)
        elif len(fields) == 3:
            period = of_day(*fields)
    if period is None:
        raise ValueError(f"reference date {value!r}: give a day, month or year as 2023-10-08, 2023-10 or 2023")
    return period
