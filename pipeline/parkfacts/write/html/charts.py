"""Drawings as inline SVG, which take their colours from the page's style: a timeline, and columns over the years."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date as Day
from decimal import Decimal

from markupsafe import Markup

from parkfacts.facts import Date, Milestone, Report
from parkfacts.history import Point, Series
from parkfacts.history.source import Quote
from parkfacts.write.html.words import Words

_WIDTH, _ROW, _HEAD = 1000, 22, 28
_LEFT, _RIGHT, _TEXT = 235, 580, 595  # where the axis begins and ends, and the descriptions begin
_MOST = 32  # characters of a description
_CHART, _HIGH, _FOOT = 320, 170, 24
_EDGE, _ROOM = 32.0, 52.0  # of the first and last column's middle, of a value written over a column
Link = Callable[[Quote], str]

_SVG = Markup('<svg viewBox="0 0 {} {}" role="group" aria-label="{}">')
_TICK = Markup(
    '<line class="tick" x1="{0:.1f}" y1="{1}" x2="{0:.1f}" y2="{2}"/><text class="year" x="{0:.1f}" y="16">{3}</text>'
)
_EVENT = Markup(
    '<a href="#{}"><title>{}</title><rect class="hit" x="0" y="{}" width="{}" height="{}"/>'
    '<text x="0" y="{}">{}</text><text class="soft" x="125" y="{}">{}</text>'
    '<rect class="bar {}" x="{:.1f}" y="{}" width="{:.1f}" height="10" rx="5"/><text x="{}" y="{}">{}</text></a>'
)  # fmt: skip
_COLUMN = Markup(
    '<a href="#{}"><title>{}</title>'
    '<rect class="bar {}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="2"/></a>'
)  # fmt: skip
_LABELS = Markup(
    '<text class="value" x="{:.1f}" y="{:.1f}">{}</text><text class="year" x="{:.1f}" y="{}">{}</text>'
)  # fmt: skip


def timeline(report: Report, prefix: str, words: Words) -> Markup:
    """The dated milestones, one under the other in the order of time; empty where there are none."""
    dates = {date.id: date for date in report.dates}
    told = [(dates[m.date], m) for m in report.milestones if m.date and dates[m.date].start and dates[m.date].end]
    told.sort(key=lambda one: (one[0].start, one[0].end, one[1].id))
    if not told:
        return Markup()
    first = min(date.start.year for date, _ in told if date.start)
    last = max(date.end.year for date, _ in told if date.end) + 1
    height = _HEAD + _ROW * len(told) + 4
    rows = (_event(at, date, m, (first, last), prefix, words) for at, (date, m) in enumerate(told))
    parts = (_SVG.format(_WIDTH, height, words.say("timeline")), *_ticks(first, last, height), *rows, Markup("</svg>"))
    return Markup("\n").join(parts)


def _x(day: Day, years: tuple[int, int]) -> float:
    first, last = Day(years[0], 1, 1), Day(years[1], 1, 1)
    return _LEFT + (_RIGHT - _LEFT) * (day - first).days / (last - first).days


def _ticks(first: int, last: int, height: int) -> Iterator[Markup]:
    for year in range(first, last + 1, max(1, -(-(last - first) // 8))):
        yield _TICK.format(_x(Day(year, 1, 1), (first, last)), 22, height, year)


def _event(at: int, date: Date, told: Milestone, years: tuple[int, int], prefix: str, words: Words) -> Markup:
    assert date.start and date.end
    top = _HEAD + _ROW * at
    left, right = _x(date.start, years), _x(date.end, years)
    width = max(10.0, right - left)
    text = told.description if len(told.description) <= _MOST else f"{told.description[: _MOST - 1]}…"
    return _EVENT.format(
        f"{prefix}-{told.id}", told.description, top, _WIDTH, _ROW, top + 15, words.date(date)[:18], top + 15,
        words.term(told.type), told.status, min(left, _RIGHT - 10), top + 6, width, _TEXT, top + 15, text,
    )  # fmt: skip


def columns(one: Series, link: Link, words: Words) -> Markup:
    """A column a year, hollow where it is aimed at; years stand in their distance from each other. A value is written
    where there is room for it; its title tells it in any case."""
    points = [point for point in one.points if point.quotes]
    first, last = min(p.year for p in points), max(p.year for p in points)
    wide = min(44.0, (_CHART - 2 * _EDGE) / (last - first + 1) * 0.8)
    most = max(abs(p.value) for p in points) or Decimal(1)
    parts = [_SVG.format(_CHART, _HIGH, f"{one.indicator} {words.unit(one.unit)}")]
    told = float(_CHART) + _ROOM
    for point in sorted(points, key=lambda p: (-p.year, p.planned)):  # the last ones are written first
        x = _EDGE + (_CHART - 2 * _EDGE) * ((point.year - first) / (last - first) if last > first else 0.5)
        high = float(abs(point.value) / most) * (_HIGH - _FOOT - 22)
        parts.append(_column(point, (x, high, wide), link, words, one.unit))
        if told - x >= _ROOM:
            told = x
            top = _HIGH - _FOOT - high - 5
            parts.append(_LABELS.format(x, top, words.number(point.value), x, _HIGH - 8, point.year))
    base = Markup('<line class="axis" x1="0" y1="{0}" x2="{1}" y2="{0}"/></svg>').format(_HIGH - _FOOT, _CHART)
    return Markup("\n").join((*parts, base))


def _column(point: Point, place: tuple[float, float, float], link: Link, words: Words, unit: str) -> Markup:
    x, high, wide = place
    title = f"{point.when} {words.measure(point.value, unit)} {point.quotes[0].text}"
    kind = "planned" if point.planned else "achieved"
    box = (x - wide / 2, _HIGH - _FOOT - high, wide, max(high, 1.0))
    return _COLUMN.format(link(point.quotes[0]), title, kind, *box)


def drawable(lines: Sequence[Series], most: int = 12) -> list[Series]:
    """The series of at least two years."""
    return [one for one in lines if len({point.year for point in one.points}) > 1][:most]
