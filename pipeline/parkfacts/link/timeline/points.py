"""Points of time whose fields are filled in."""

from __future__ import annotations

from typing import NamedTuple

from parkfacts.find.dates import Later, Point
from parkfacts.link.calendar import Period, moved, of_day, unit_at


class Resolved(NamedTuple):
    """A point with its fields filled in, its period, and the names of the fields that the context gave."""

    point: Point
    period: Period
    implied: tuple[str, ...] = ()

    @property
    def sharp(self) -> str:
        """Its EDTF as one end of a range, which cannot be approximate."""
        return self.period.edtf.rstrip("~")


def point_of(day: Period) -> Point:
    """The finest point that a reference period knows."""
    start, precision = day.start, day.precision
    month, day_of = (None if precision == "year" else start.month), (start.day if precision == "day" else None)
    return Point(start.year, month=month, day=day_of)


def shifted(last: Point | None, later: Later) -> Resolved | None:
    """The year, quarter, month or day that is so much later than a date that knows its own."""
    if last is None or last.year is None:
        return None
    if (later.unit != "Y" and last.month is None) or (later.unit in "DW" and last.day is None):
        return None
    base = of_day(last.year, last.month or 1, last.day or 1)
    if base is None:
        return None
    try:
        period = unit_at(moved(base.start, later.count, later.unit), later.unit)
    except (ValueError, OverflowError):  # beyond the calendar
        return None
    start = period.start
    month, day = (None if later.unit == "Y" else start.month), (start.day if later.unit in "DW" else None)
    return Resolved(Point(start.year, month=month, day=day), period)


def inherit(right: Point, left: Point) -> Point:
    """The right side of a range takes the year and month that it leaves out from the left; 11月至2月 ends next year."""
    if right.year is None and right.word is None:
        month = right.month if right.month is not None else left.month if right.day is not None else None
        over = month is not None and left.month is not None and month < left.month
        return right._replace(year=None if left.year is None else left.year + over, month=month)
    return right
