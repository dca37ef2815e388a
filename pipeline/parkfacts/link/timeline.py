"""The time line: what the written dates mean, told in the order of the text.

A point that lacks its year takes, in this order: the year named before it in its paragraph; the year of the section's
heading; where the reference day is not known, the year that an earlier paragraph began with, or that of the title; the
reference year.
The fields that the context gave are in ``implied``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from parkfacts.find.dates import Every, Expression, Later, Length, Point, Range
from parkfacts.link.calendar import DateValue, Period, moved, of_day, of_year, shift_day, unit_at
from parkfacts.link.counted import can_count, counted, period_of, unplaced, unplaced_range, valued
from parkfacts.link.open_ends import mod
from parkfacts.link.reference import Reference, is_dispatch, is_future
from parkfacts.segment import Document, Paragraph
from parkfacts.text import LETTER, Mention

# (counted from, shift): the reference date, or the last date named (near: the last one of the paragraph)
_YEAR_WORDS = {
    "今年": ("reference", 0), "本年": ("reference", 0), "去年": ("reference", -1), "上年": ("reference", -1),
    "上一年": ("reference", -1), "前年": ("reference", -2), "大前年": ("reference", -3), "明年": ("reference", 1),
    "来年": ("reference", 1), "下年": ("reference", 1), "下一年": ("reference", 1), "后年": ("reference", 2),
    "同年": ("last", 0), "当年": ("last", 0), "次年": ("last", 1), "翌年": ("last", 1), "第二年": ("last", 1),
    "前一年": ("last", -1), "这年": ("last", 0), "该年": ("last", 0), "是年": ("last", 0),
}  # fmt: skip
_MONTH_WORDS = {
    "本月": ("reference", 0), "这个月": ("reference", 0), "这个月份": ("reference", 0), "这月": ("reference", 0),
    "上月": ("reference", -1), "上个月": ("reference", -1), "上上个月": ("reference", -2), "下月": ("reference", 1),
    "下个月": ("reference", 1), "下下个月": ("reference", 2), "同月": ("last", 0), "当月": ("last", 0),
    "次月": ("last", 1), "翌月": ("last", 1), "月": ("near", 0),
}  # fmt: skip
_DAY_WORDS = {
    "今天": ("reference", 0), "今日": ("reference", 0), "昨天": ("reference", -1), "昨日": ("reference", -1),
    "前天": ("reference", -2), "大前天": ("reference", -3), "明天": ("reference", 1), "明日": ("reference", 1),
    "后天": ("reference", 2), "大后天": ("reference", 3), "当天": ("last", 0), "当日": ("last", 0), "同日": ("last", 0),
    "同一天": ("last", 0), "次日": ("last", 1), "翌日": ("last", 1),
}  # fmt: skip
_QUARTER_WORDS = {"本季度": 0, "这季度": 0, "当季度": 0, "上季度": -1, "下季度": 1, "上上季度": -2, "下下季度": 2}
_LETTER = re.compile(f"[{LETTER}]")
_HALF_WORDS = {"上个半年": -1, "这个半年": 0, "下个半年": 1}
_UNTIL = re.compile(r"截[至止]到?\Z")
_COMPARED = ("比", "较", "比\n", "较\n")
_PAUSE = "，,、 　"
_AHEAD, _ACCOUNTS = 2, 6  # months
_PAST = re.compile("已|了|过|成功|荣?获|被|入选|当选|首次")
_ATTRIBUTE = re.compile(r"[^，,。；;、\n]{0,12}的(?!时候|时期|那|一年)")


_WHEN = re.compile(r"[^，,。；;、\n]{0,10}(?:的?时候|时期|的那[^，,。；;、\n]{0,4})[，,]")


class _Resolved(NamedTuple):
    """A point with its fields filled in, its period, and the names of the fields that the context gave."""

    point: Point
    period: Period
    implied: tuple[str, ...] = ()


def resolve(
    doc: Document, mentions: Sequence[Mention[Expression]], reference: Reference | None
) -> list[Mention[DateValue]]:
    """The dates of a document with their values. A day or month word that nothing can place is left out."""
    clock = _Clock(doc, reference, alone=_alone(doc, mentions))
    found = []
    for mention in mentions:
        value = clock.read(mention)
        if value is not None and not is_dispatch(doc, mention):
            if value.kind == "date" and (beside := mod(doc.view, mention.start, mention.end)):
                value = value._replace(mod=beside)
            found.append(Mention(mention.start, mention.end, mention.rule, value, mention.score))
    return found


def _alone(doc: Document, mentions: Sequence[Mention[Expression]]) -> bool:
    """Whether the text is nothing but dates, as in a question or the field of a form: it tells of no past."""
    if len(doc.view) > 60:
        return False
    return len(_LETTER.findall(doc.view)) <= sum(m.end - m.start for m in mentions)


class _Clock:
    """Walks through the text and keeps the dates that later ones are counted from; ``alone``: all there is."""

    def __init__(self, doc: Document, reference: Reference | None, alone: bool) -> None:
        self.doc = doc
        self.reference = reference
        self.alone = alone
        self.last: Point | None = None  # the last date named, its fields filled in
        self.period: Point | Range | None = None  # the last part of a year, for 去年同期
        self.month_alone: tuple[int, Point] | None = None  # 10月当月 within a report of 1—10月: to the sentence's end
        self.paragraph = -1
        self.paragraph_year: int | None = None
        self.future_year: int | None = None  # the paragraph's, told as to come
        self.section_year: int | None = None
        self.leading_year: int | None = None
        self.title_year: int | None = None
        self.title_quarter: Point | None = None
        self.futures: dict[int, bool] = {}

    def _future(self, mention: Mention[Expression]) -> bool:
        """Whether a date's clause speaks of something to come; asked several times of a date, answered once."""
        if mention.start not in self.futures:
            self.futures[mention.start] = is_future(self.doc, mention)
        return self.futures[mention.start]

    # ---- one mention ------------------------------------------------------------------------------------------

    def read(self, mention: Mention[Expression]) -> DateValue | None:
        line = self.doc.paragraph_at(mention.start)
        if line.start != self.paragraph:
            self.paragraph, self.paragraph_year, self.future_year = line.start, None, None
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
        return counted(expression, self.reference)

    def _later(self, mention: Mention[Expression], later: Later) -> DateValue | None:
        """Counted from the date before it in its paragraph, or from the reference date where it is to come; else a
        duration."""
        resolved = _shifted(self.last, later) if self.paragraph_year is not None else None
        now = self.reference
        if resolved is None and now is not None and can_count(now, later.unit):
            days = later.unit in "DW"
            if days or self.alone or self._future(mention):
                resolved = _shifted(_point_of(now.period), later)
        if resolved is None:
            count, unit = (3 * later.count, "M") if later.unit == "Q" else (later.count, later.unit)
            return DateValue("duration", duration=f"P{count}{unit}")
        self._remember(mention, resolved.point)
        return valued("date", resolved.period, ("year",))

    def _point(self, mention: Mention[Expression], point: Point) -> DateValue | None:
        resolved = self._fill(mention, point)
        if resolved is None:
            return unplaced(point)
        self._remember(mention, resolved.point)
        return valued("date", resolved.period, resolved.implied)

    def _range(self, mention: Mention[Expression], written: Range) -> DateValue | None:
        left = self._fill(mention, written.left)
        if left is None:
            return unplaced_range(written)
        if written.right is None:
            end = self.reference.period.end if self.reference else None
            if end is not None and end < left.period.start:
                return None
            self._remember(mention, left.point)
            return valued("range", left.period, left.implied)._replace(edtf=f"{_sharp(left)}/..", end=end)
        self.last = left.point
        right = self._fill(mention, _inherit(written.right, left.point))
        if right is None or right.period.end < left.period.start:
            return None
        self._remember(mention, right.point)
        if not self.doc.view.endswith(_COMPARED, 0, mention.start):
            self.period = Range(left.point, right.point)
        value = valued("range", left.period, left.implied)
        return value._replace(
            end=right.period.end,
            edtf=f"{_sharp(left)}/{_sharp(right)}",
            approximate=left.period.approximate or right.period.approximate,
        )

    # ---- filling in -------------------------------------------------------------------------------------------

    def _fill(self, mention: Mention[Expression], point: Point) -> _Resolved | None:
        if point.part == "lunar":
            return None
        if point.part == "same":
            return self._same_period(point, mention.start)
        if point.word in _QUARTER_WORDS:
            return self._quarter_word(point.word)
        if point.word in _HALF_WORDS:
            return self._half_word(point.word)
        if point.word in _DAY_WORDS:
            return self._day_word(point.word)
        if point.word in _MONTH_WORDS:
            return self._month_word(point)
        implied: list[str] = []
        if point.day is not None and point.month is None:
            point = point._replace(month=self._month_before(mention, point.day))
            implied.append("month")
        if point.year is None and point.word is None:
            point = point._replace(year=self._year_before(mention, point))
            implied.insert(0, "year")
        elif point.year is None:
            point = point._replace(year=self._year_of(point.word or ""))
        if point.year is None or (point.day is not None and point.month is None):
            return None
        period = period_of(point, point.year)
        year = point.year
        while period is None and "year" in implied and (point.month, point.day) == (2, 29) and year > 1:
            year -= 1  # the last year that had such a day
            point, period = point._replace(year=year), period_of(point, year)
        return None if period is None else _Resolved(point._replace(word=None), period, tuple(implied))

    def _year_of(self, word: str) -> int | None:
        origin, shift = _YEAR_WORDS[word]
        if origin == "last":
            return None if self.last is None or self.last.year is None else self.last.year + shift
        return None if self.reference is None else self.reference.period.start.year + shift

    def _year_before(self, mention: Mention[Expression], point: Point) -> int | None:
        if self.future_year is not None and self._future(mention):
            return self.future_year
        exact = self.reference is not None and self.reference.exact
        counted = exact and _UNTIL.search(self.doc.view, max(0, mention.start - 3), mention.start)
        spoken_of = None if counted else self.paragraph_year  # 截至7月31日: by the day of the report
        above = (None, None) if exact else (self.leading_year, self.title_year)
        for year in (spoken_of, self.section_year, *above):
            if year is not None:
                return year
        if self.reference is None:
            return None
        year = self.reference.period.start.year
        first = date(year, point.month or 1, 1)
        # in a dated report a month still to come, told as past, is last year's
        late = exact and first > self.reference.period.end and not self.alone
        return year - 1 if late and not self._future(mention) and not self._soon(mention, first) else year

    def _soon(self, mention: Mention[Expression], first: date) -> bool:
        """Whether a month right ahead of the report's day is told of without a word that it is past: nobody calls last
        December 12月 in November. What is told in the first half of a year may be an account of the last one."""
        now = self.reference.period.end if self.reference else first
        if now.month <= _ACCOUNTS or first.month - now.month > _AHEAD:
            return False
        clause = next(c for c in self.doc.clauses(self.doc.sentence_at(mention.start)) if mention.start < c.end)
        return _PAST.search(self.doc.view, clause.start, clause.end) is None

    def _month_before(self, mention: Mention[Expression], day: int) -> int | None:
        if self.paragraph_year is not None and self.last is not None and self.last.month is not None:
            return self.last.month
        if self.reference is not None and self.reference.exact:
            day_of = self.reference.period.start
            if day <= day_of.day or self.alone or self._future(mention):
                return day_of.month
            before = (day_of.month - 2) % 12 + 1  # or the one before it, where this one has no such day
            return before if of_day(day_of.year, before, day) else (before - 2) % 12 + 1
        return None

    def _day_word(self, word: str) -> _Resolved | None:
        origin, shift = _DAY_WORDS[word]
        if origin == "reference":
            period = self.reference.period if self.reference and self.reference.exact else None
        else:
            last = self.last
            complete = last is not None and last.year and last.month and last.day
            period = of_day(last.year, last.month, last.day) if last and complete else None  # type: ignore[arg-type]
        if period is None:
            return None
        period = shift_day(period, shift)
        return _Resolved(Point(period.start.year, None, period.start.month, period.start.day), period)

    def _month_word(self, point: Point) -> _Resolved | None:
        origin, shift = _MONTH_WORDS[point.word or ""]
        if origin == "near":  # 月底: of the month that the paragraph speaks of, else of this one
            dated = self.reference is not None and self.reference.exact
            origin = "reference" if dated and self.paragraph_year is None else "last"
        year = month = None
        if origin == "last" and self.last is not None and self.last.month is not None:
            year, month = self.last.year, self.last.month
        elif (
            (origin == "reference" or self.last is None)
            and self.reference is not None
            and self.reference.period.precision in ("day", "month")
        ):
            year, month = self.reference.period.start.year, self.reference.period.start.month
        if year is None or month is None:
            return None
        year, month = year + (month - 1 + shift) // 12, (month - 1 + shift) % 12 + 1
        placed = Point(year, None, month, point.day, point.part)
        period = period_of(placed, year)
        return None if period is None else _Resolved(placed, period)

    def _quarter_word(self, word: str) -> _Resolved | None:
        now = self.reference.period if self.reference else None
        if _QUARTER_WORDS[word] == 0 and self.title_quarter is not None:  # what a bulletin of a quarter calls 本季度
            return _Resolved(self.title_quarter, of_year(self.title_quarter.year or 0, self.title_quarter.part))
        spoken_of = self.last if word == "当季度" else None
        if spoken_of is not None and spoken_of.year and spoken_of.month:
            then, month = spoken_of.year, spoken_of.month
        elif now is not None and now.precision in ("day", "month"):
            then, month = now.start.year, now.start.month
        else:
            return None
        year, quarter = divmod(then * 4 + (month - 1) // 3 + _QUARTER_WORDS[word], 4)
        point = Point(year, part=f"q{quarter + 1}")
        return _Resolved(point, of_year(year, point.part))

    def _half_word(self, word: str) -> _Resolved | None:
        now = self.reference.period if self.reference else None
        if now is None or now.precision not in ("day", "month"):
            return None
        year, half = divmod(now.start.year * 2 + (now.start.month - 1) // 6 + _HALF_WORDS[word], 2)
        point = Point(year, part=f"h{half + 1}")
        return _Resolved(point, of_year(year, point.part))

    def _same_period(self, point: Point, start: int) -> _Resolved | None:
        year = self._year_of(point.word or "")
        if year is None:
            return None
        alone = self.month_alone[1] if self.month_alone and start < self.month_alone[0] else None
        told = alone or self.period
        if isinstance(told, Point):
            shifted = told._replace(year=year)
            period = period_of(shifted, year)
            return None if period is None else _Resolved(shifted, period)
        if isinstance(told, Range) and told.right is not None:
            left, right = period_of(told.left, year), period_of(told.right, year)
            if left and right:
                span = Period(left.start, right.end, f"{left.edtf}/{right.edtf}", left.precision)
                return _Resolved(Point(year), span)
        return _Resolved(Point(year), of_year(year, None))

    # ---- remembering ------------------------------------------------------------------------------------------

    def _remember(self, mention: Mention[Expression], point: Point) -> None:
        doc = self.doc
        if doc.view.endswith(_COMPARED, 0, mention.start) or point.year is None:
            return
        self.last = point
        line = doc.paragraph_at(mention.start)
        if self._heads(line, mention):
            self.section_year, self.leading_year = point.year, None
        elif line.kind == "title":
            self.title_year = point.year
            self.title_quarter = point if (point.part or "").startswith("q") else None
        leads = mention.start - line.start <= 1 and self.section_year is None
        if self._future(mention):
            self.future_year = point.year
            if leads and isinstance(mention.value, Point) and mention.value.word == "今年":
                self.leading_year = point.year  # 今年，园区要…: what follows is told of this year
            return
        when = _WHEN.match(doc.view, mention.end) is not None  # 去年最难的时候，…: the sentence plays then
        alone = point.month is None and point.part is None
        aside = not when and alone and doc.view[mention.end : mention.end + 1] not in _PAUSE
        if _ATTRIBUTE.match(doc.view, mention.end) or (aside and self.paragraph_year is not None):
            return  # 2023年投产的企业, 去年营业收入: says nothing of when the sentence plays
        self.paragraph_year = point.year
        if doc.view.endswith("当月", mention.start, mention.end) and isinstance(self.period, Range):
            self.month_alone = doc.sentence_at(mention.start).end, point
        elif point.month is not None or (point.part or "").startswith(("q", "h")):
            self.period = point
        if leads:
            self.leading_year = point.year

    def _heads(self, line: Paragraph, mention: Mention[Expression]) -> bool:
        """Whether a date stands over a section: in its heading, or alone on its line."""
        alone = line.end - line.start <= mention.end - mention.start + 2
        return line.kind == "heading" or (line.kind != "title" and alone)


# ---- points ---------------------------------------------------------------------------------------------------


def _point_of(day: Period) -> Point:
    """The finest point that a reference period knows."""
    start, precision = day.start, day.precision
    month, day_of = (None if precision == "year" else start.month), (start.day if precision == "day" else None)
    return Point(start.year, month=month, day=day_of)


def _shifted(last: Point | None, later: Later) -> _Resolved | None:
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
    return _Resolved(Point(start.year, month=month, day=day), period)


def _inherit(right: Point, left: Point) -> Point:
    """The right side of a range takes the year and month that it leaves out from the left; 11月至2月 ends next year."""
    if right.year is None and right.word is None:
        month = right.month if right.month is not None else left.month if right.day is not None else None
        over = month is not None and left.month is not None and month < left.month
        return right._replace(year=None if left.year is None else left.year + over, month=month)
    return right


def _sharp(side: _Resolved) -> str:
    return side.period.edtf.rstrip("~")
