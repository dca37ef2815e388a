"""Dates that need no time line: plans, decades, centuries, and what is counted from the reference date."""

from __future__ import annotations

from datetime import date, timedelta

from parkfacts.find.dates import Ago, Century, Decade, Now, Plan, Point, Range, Rolling, Week, Years
from parkfacts.link.calendar import DateValue, Period, between, months, moved, of_day, of_month, of_year, unit_at
from parkfacts.link.reference import Reference

_NEEDED = {"Y": ("year", "month", "day"), "Q": ("month", "day"), "M": ("month", "day"), "W": ("day",), "D": ("day",)}


def counted(
    expression: Plan | Decade | Century | Years | Ago | Rolling | Week | Now, reference: Reference | None
) -> DateValue | None:
    """The value of an expression; a duration where the reference date is not known well enough to count from."""
    if isinstance(expression, Plan):
        return _plan(expression)
    if isinstance(expression, Decade):
        return _decade(expression)
    if isinstance(expression, Century):
        return _century(expression)
    if reference is None:
        return _length(expression) if isinstance(expression, Ago | Rolling) else None
    if isinstance(expression, Now):
        return valued("date", reference.period)._replace(approximate=True)
    if isinstance(expression, Week):
        return _week(expression, reference)
    if isinstance(expression, Years):
        return _calendar_years(expression, reference.period.start.year)
    if not can_count(reference, expression.unit):
        return _length(expression)
    return _ago(expression, reference) if isinstance(expression, Ago) else _rolling(expression, reference)


def valued(kind: str, period: Period, implied: tuple[str, ...] = ()) -> DateValue:
    """A period as a value: a range where the words or the EDTF have two ends, ten days apart."""
    two_ends = kind == "range" or ("/" in period.edtf and period.precision != "ten-days")
    return DateValue(
        "range" if two_ends else "date",
        period.start,
        period.end,
        period.edtf,
        period.precision,
        period.approximate,
        implied=implied,
    )


def unplaced(point: Point) -> DateValue | None:
    """A month (and day) whose year nothing tells, as EDTF with an unspecified year; None for anything vaguer."""
    if point.part == "lunar":
        return DateValue("date")
    if point.month is None or point.part is not None or point.word is not None:
        return None
    if point.day is None:
        return DateValue("date", edtf=f"XXXX-{point.month:02d}", precision="month")
    return DateValue("date", edtf=f"XXXX-{point.month:02d}-{point.day:02d}", precision="day")


def unplaced_range(written: Range) -> DateValue | None:
    """Two days or months of a year that nothing tells."""
    left = unplaced(written.left)
    right = unplaced(written.right._replace(month=written.right.month or written.left.month)) if written.right else None
    if left is None or right is None or left.edtf is None or left.precision != right.precision:
        return None
    return DateValue("range", edtf=f"{left.edtf}/{right.edtf}", precision=left.precision)


def period_of(point: Point, year: int) -> Period | None:
    """The days of a point with its year; None if the calendar has no such day."""
    if not 1 <= year <= 9998:
        return None
    if point.month is None:
        return of_year(year, point.part)
    if point.day is None:
        return of_month(year, point.month, point.part)
    day = of_day(year, point.month, point.day)
    return day._replace(edtf=f"{day.edtf}~", approximate=True) if day and point.part == "about" else day


def can_count(reference: Reference, unit: str) -> bool:
    """Whether a reference date is known well enough to count days, months or years from it."""
    return reference.period.precision in _NEEDED[unit]


def _length(expression: Ago | Rolling) -> DateValue:
    count, unit = (3 * expression.count, "M") if expression.unit == "Q" else (expression.count, expression.unit)
    return DateValue("duration", duration=f"P{count}{unit}")


def _calendar_years(years: Years, now: int) -> DateValue:
    count = years.count or 3  # an open number of years is read as three
    if years.ahead:
        return _years(now + 1, now + count)
    return _years(now - count + 1, now, approximate=years.count is None)


def _ago(ago: Ago, reference: Reference) -> DateValue | None:
    day = _moved(reference.period.start, -ago.count, ago.unit)
    return None if day is None else valued("date", unit_at(day, ago.unit))._replace(approximate=ago.approximate)


def _rolling(rolling: Rolling, reference: Reference) -> DateValue | None:
    """Whole units: 前两个月 in May are March and April. Otherwise up to the day itself, or from it."""
    now, count = reference.period.start, rolling.count if rolling.ahead else -rolling.count
    far = _moved(now, count, rolling.unit)
    near = _moved(now, 1 if rolling.ahead else -1, rolling.unit) if rolling.whole else now
    if far is None or near is None:
        return None
    if rolling.whole and rolling.unit in "YQM":
        first, last = unit_at(min(far, near), rolling.unit), unit_at(max(far, near), rolling.unit)
        period = Period(first.start, last.end, f"{first.edtf}/{last.edtf}", first.precision)
        return valued("range", period)
    if rolling.whole and rolling.unit == "W":
        near = now + timedelta(days=1 if rolling.ahead else -1)
    return valued("range", between(min(far, near), max(far, near)))


def _week(week: Week, reference: Reference) -> DateValue | None:
    """From Monday to Sunday, or one of its days; None where the reference day is not known."""
    if not reference.exact:
        return None
    now = reference.period.start
    monday = _moved(now, 7 * week.shift - now.weekday(), "D")
    if monday is None:
        return None
    if week.weekday is None:
        return valued("range", between(monday, monday + timedelta(days=6)))
    return valued("date", unit_at(monday + timedelta(days=week.weekday), "D"))


def _moved(day: date, count: int, unit: str) -> date | None:
    try:
        return moved(day, count, unit)
    except (ValueError, OverflowError):  # beyond the calendar
        return None


def _years(first: int, last: int, approximate: bool = False) -> DateValue:
    start, end = months(first, 1, 12)[0], months(last, 1, 12)[1]
    return DateValue("range", start, end, f"{first:04}/{last:04}", "year", approximate)


def _plan(plan: Plan) -> DateValue:
    """Five-year plans run from 1953 on; the eleventh, renamed 规划, from 2006."""
    first = 1951 + 5 * plan.number if plan.number > 1 else 1953
    if plan.part is None:
        return _years(first, first + 4)._replace(precision="plan")
    year = first + {"start": 0, "middle": 2, "end": 4}[plan.part]
    return valued("date", of_year(year, None))._replace(edtf=f"{year:04}~", approximate=True)


def _decade(decade: Decade) -> DateValue:
    first = decade.start
    if decade.part is None:
        start, end = months(first, 1, 12)[0], months(first + 9, 1, 12)[1]
        return DateValue("date", start, end, f"{first // 10}X", "decade")
    begin = first + {"start": 0, "middle": 4, "end": 7}[decade.part]
    return _years(begin, begin + 2, approximate=True)._replace(precision="decade")


def _century(century: Century) -> DateValue:
    """初 and 末 are its first and last ten years, 中叶 its twenty in the middle."""
    first = century.start
    if century.part is None:
        start, end = months(first, 1, 12)[0], months(first + 99, 1, 12)[1]
        return DateValue("date", start, end, f"{first // 100}XX", "century")
    begin, last = {"start": (0, 9), "middle": (40, 59), "end": (90, 99)}[century.part]
    return _years(first + begin, first + last, approximate=True)._replace(precision="century")
