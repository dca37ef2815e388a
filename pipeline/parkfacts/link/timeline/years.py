"""The year of a month, and the month of a day, that a text leaves out."""

from __future__ import annotations

import re
from datetime import date

from parkfacts.find.dates import Expression, Point
from parkfacts.link.calendar import of_day
from parkfacts.link.timeline.memory import Memory
from parkfacts.text import Mention

_UNTIL = re.compile(r"截[至止]到?\Z")
_EXPECTED = re.compile(r"(?:预计|有望)(?:将?[于在])?\Z")
_AHEAD, _ACCOUNTS = 2, 6  # months
_PAST = re.compile("已|了|过|成功|荣?获|被|入选|当选|首次")


def year_before(memory: Memory, mention: Mention[Expression], point: Point) -> int | None:
    """The year of a point that has none, by what was named before it; None where nothing tells."""
    if memory.future_year is not None and memory.future(mention):
        return memory.future_year
    exact = memory.reference is not None and memory.reference.exact
    counted = exact and _UNTIL.search(memory.doc.view, max(0, mention.start - 3), mention.start)
    spoken_of = None if counted else memory.paragraph_year  # 截至7月31日: by the day of the report
    if spoken_of is not None and _expected_later(memory, mention, point, spoken_of):
        spoken_of = None
    above = (None, None) if exact else (memory.leading_year, memory.title_year)
    for year in (spoken_of, memory.section_year, *above):
        if year is not None:
            return year
    if memory.reference is None:
        return None
    year = memory.reference.period.start.year
    first = date(year, point.month or 1, 1)
    # in a dated report a month still to come, told as past, is last year's
    now = memory.reference.period.end
    ahead = first > now or (point == Point() and now.month <= _ACCOUNTS)  # 全年 is told as past of a year that is over
    late = exact and ahead and not memory.alone
    return year - 1 if late and not memory.future(mention) and not _soon(memory, mention, first) else year


def _expected_later(memory: Memory, mention: Mention[Expression], point: Point, year: int) -> bool:
    """Whether a month is only expected that would be long over: 去年3月开工，预计6月完工."""
    if memory.reference is None or not memory.reference.exact or point.month is None:
        return False
    over = (year, point.month) < (memory.reference.period.start.year, memory.reference.period.start.month)
    return over and _EXPECTED.search(memory.doc.view, max(0, mention.start - 4), mention.start) is not None


def _soon(memory: Memory, mention: Mention[Expression], first: date) -> bool:
    """Whether a month right ahead of the report's day is told of without a word that it is past: nobody calls last
    December 12月 in November. What is told in the first half of a year may be an account of the last one."""
    now = memory.reference.period.end if memory.reference else first
    if now.month <= _ACCOUNTS or first.month - now.month > _AHEAD:
        return False
    clause = next(c for c in memory.doc.clauses(memory.doc.sentence_at(mention.start)) if mention.start < c.end)
    return _PAST.search(memory.doc.view, clause.start, clause.end) is None


def month_before(memory: Memory, mention: Mention[Expression], day: int) -> int | None:
    """The month of a day that has none, likewise: the one named last, else that of the report or the one before it."""
    if memory.paragraph_year is not None and memory.last is not None and memory.last.month is not None:
        return memory.last.month
    if memory.reference is not None and memory.reference.exact:
        day_of = memory.reference.period.start
        if day <= day_of.day or memory.alone or memory.future(mention):
            return day_of.month
        before = (day_of.month - 2) % 12 + 1  # or the one before it, where this one has no such day
        return before if of_day(day_of.year, before, day) else (before - 2) % 12 + 1
    return None
