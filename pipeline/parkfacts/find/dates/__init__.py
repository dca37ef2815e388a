"""Dates as they are written: expressions with what they state, and nothing that the context would have to tell.

``rules/dates.toml`` holds the constructions; its ``produce`` functions stand in ``points``, ``spans`` and ``lengths``.
What an expression means — which year 次年 is — is decided by ``link.timeline``.
"""

from __future__ import annotations

from collections.abc import Mapping

from parkfacts.find.dates import lengths, points, spans
from parkfacts.find.dates.expressions import (
    Ago,
    Century,
    Decade,
    Every,
    Expression,
    Later,
    Length,
    Now,
    Plan,
    Point,
    Range,
    Rolling,
    Week,
    Years,
)
from parkfacts.rules import load
from parkfacts.rules.engine import Produce
from parkfacts.segment import Document
from parkfacts.text import Mention

__all__ = [
    "PRODUCE", "Ago", "Century", "Decade", "Every", "Expression", "Later", "Length", "Now", "Plan", "Point", "Range",
    "Rolling", "Week", "Years", "find",
]  # fmt: skip

_MADE = (
    points.point, points.since, points.first_months, points.first_quarters, points.quarter_range, points.quarter,
    points.half, points.year_part, points.season, points.month_part, points.within_year, points.whole_year,
    points.same_period, points.short_year, points.relative_quarter, points.holiday, points.plan, points.decade,
    points.century, points.ten_days_of_month, points.half_month, points.nth_month, points.last_day, points.first_days,
    points.beside_holiday,
    points.holiday_day, points.decade_of_year, points.last_months, points.lunar, points.plan_years,
    points.republic_year,
    spans.later, spans.half_year_later, spans.half_year_ago, spans.time_ago, spans.years_ago, spans.beside,
    spans.up_to_now, spans.from_now, spans.recent, spans.coming, spans.week, spans.now,
    lengths.every, lengths.length, lengths.half_length, lengths.clock_length, lengths.days, lengths.length_range,
    lengths.length_and_half, lengths.compound_length,
)  # fmt: skip
PRODUCE: Mapping[str, Produce[Expression]] = {"range": points.range_, **{make.__name__: make for make in _MADE}}


def find(doc: Document) -> list[Mention[Expression]]:
    """Date expressions in the order of the text, without overlaps."""
    return list(load("dates").scan(doc.view, PRODUCE))
