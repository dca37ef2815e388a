"""Goes through the written dates and fills in what they leave out."""

from __future__ import annotations

from parkfacts.find.dates import Every, Expression, Later, Length, Point, Range
from parkfacts.link.calendar import DateValue, Period, of_year
from parkfacts.link.counted import can_count, counted, period_of, unplaced, unplaced_range, valued
from parkfacts.link.timeline.memory import Memory
from parkfacts.link.timeline.points import Resolved, inherit, point_of, shifted
from parkfacts.link.timeline.words import by_word, is_word, year_of
from parkfacts.link.timeline.years import month_before, year_before
from parkfacts.text import Mention


class Clock:
    """Reads one mention after the other, in the order of the text."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory

    def read(self, mention: Mention[Expression]) -> DateValue | None:
        """The value of the next date; None where nothing can place it."""
        self.memory.enter(self.memory.doc.paragraph_at(mention.start))
        expression = mention.value
        if isinstance(expression, Point):
            return self._point(mention, expression)
        if isinstance(expression, Range):
            return self._range(mention, expression)
        if isinstance(expression, Length):
            return DateValue(
                "duration",
                duration=expression.iso,
                duration_high=expression.high,
                business_days=expression.business,
                approximate=expression.approximate,
            )
        if isinstance(expression, Every):
            return DateValue("set", duration=expression.iso)
        if isinstance(expression, Later):
            return self._later(mention, expression)
        return counted(expression, self.memory.reference)

    def _later(self, mention: Mention[Expression], later: Later) -> DateValue | None:
        """Counted from the date before it in its paragraph, or from the reference date where it is to come; else a
        duration."""
        resolved = shifted(self.memory.last, later) if self.memory.paragraph_year is not None else None
        now = self.memory.reference
        if resolved is None and now is not None and can_count(now, later.unit):
            days = later.unit in "DW"
            if days or self.memory.alone or self.memory.future(mention):
                resolved = shifted(point_of(now.period), later)
        if resolved is None:
            count, unit = (3 * later.count, "M") if later.unit == "Q" else (later.count, later.unit)
            return DateValue("duration", duration=f"P{count}{unit}")
        self.memory.remember(mention, resolved.point)
        return valued("date", resolved.period, ("year",))

    def _point(self, mention: Mention[Expression], point: Point) -> DateValue | None:
        resolved = self._fill(mention, point)
        if resolved is None:
            return unplaced(point)
        self.memory.remember(mention, resolved.point)
        return valued("date", resolved.period, resolved.implied)

    def _range(self, mention: Mention[Expression], written: Range) -> DateValue | None:
        left = self._fill(mention, written.left)
        if left is None:
            return unplaced_range(written)
        if written.right is None:
            end = self.memory.reference.period.end if self.memory.reference else None
            if end is not None and end < left.period.start:
                return None
            self.memory.remember(mention, left.point)
            return valued("range", left.period, left.implied)._replace(edtf=f"{left.sharp}/..", end=end)
        self.memory.last = left.point
        right = self._fill(mention, inherit(written.right, left.point))
        if right is None or right.period.end < left.period.start:
            return None
        self.memory.remember(mention, right.point)
        self.memory.remember_range(mention, Range(left.point, right.point))
        value = valued("range", left.period, left.implied)
        return value._replace(
            end=right.period.end,
            edtf=f"{left.sharp}/{right.sharp}",
            approximate=left.period.approximate or right.period.approximate,
        )

    def _fill(self, mention: Mention[Expression], point: Point) -> Resolved | None:
        if point.part == "lunar":
            return None
        if point.part == "same":
            return self._same_period(point, mention.start)
        if is_word(point):
            return by_word(self.memory, point)
        implied: list[str] = []
        if point.day is not None and point.month is None:
            point = point._replace(month=month_before(self.memory, mention, point.day))
            implied.append("month")
        if point.year is None and point.word is None:
            point = point._replace(year=year_before(self.memory, mention, point))
            implied.insert(0, "year")
        elif point.year is None:
            point = point._replace(year=year_of(self.memory, point.word or ""))
        if point.year is None or (point.day is not None and point.month is None):
            return None
        period = period_of(point, point.year)
        year = point.year
        while period is None and "year" in implied and (point.month, point.day) == (2, 29) and year > 1:
            year -= 1  # the last year that had such a day
            point, period = point._replace(year=year), period_of(point, year)
        if period is None:
            return None
        return Resolved(point if point.word is None else point._replace(word=None), period, tuple(implied))

    def _same_period(self, point: Point, start: int) -> Resolved | None:
        """去年同期: the part of a year that was named last, in the year of the word."""
        year = year_of(self.memory, point.word or "")
        if year is None:
            return None
        spoken_of = self.memory.spoken_of(start)
        if isinstance(spoken_of, Point):
            then = spoken_of._replace(year=year)
            period = period_of(then, year)
            return None if period is None else Resolved(then, period)
        if isinstance(spoken_of, Range) and spoken_of.right is not None:
            left, right = period_of(spoken_of.left, year), period_of(spoken_of.right, year)
            if left and right:
                span = Period(left.start, right.end, f"{left.edtf}/{right.edtf}", left.precision)
                return Resolved(Point(year), span)
        return Resolved(Point(year), of_year(year, None))
