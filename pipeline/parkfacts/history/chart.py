"""A history as one SVG: the milestones along a time axis, the series under them. Plain text, the same bytes always."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date as Day
from decimal import Decimal
from xml.sax.saxutils import escape

from parkfacts.history.events import Happening
from parkfacts.history.series import Series, shown

_WIDTH, _LEFT, _RIGHT = 1000, 60, 940
_ROW, _PANEL = 22, 150
_COLOURS = {"achieved": "#1a7f37", "ongoing": "#9a6700", "planned": "#6e7781"}
_FONTS = "'Noto Sans CJK SC','PingFang SC','Microsoft YaHei','Source Han Sans SC',sans-serif"
_STYLE = (
    f"text{{font:12px {_FONTS};fill:#24292f}}.s{{font-size:10px;fill:#57606a}}.t{{font-size:15px;font-weight:bold}}"
    ".d{fill:#57606a}.c{font-size:10px;fill:#cf222e}"
)
_LEGEND = (("achieved", "已实现 achieved"), ("ongoing", "进行中 ongoing"), ("planned", "计划 planned"))
_UNITS = {
    "CNY": "元",
    "USD": "美元",
    "EUR": "欧元",
    "HKD": "港元",
    "JPY": "日元",
    "mu": "亩",
    "ha": "公顷",
    "kWh": "千瓦时",
}
_LONGEST = 34  # characters of a description


def svg(title: str, events: Sequence[Happening], lines: Sequence[Series]) -> str:
    """The chart; a series needs two points to be drawn."""
    drawn = [one for one in lines if len(one.points) > 1]
    years = _years(events, drawn)
    height = 70 + _ROW * len(events) + (_PANEL + 30) * len(drawn)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}">',
        f"<style>{_STYLE}</style>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text class="t" x="{_LEFT}" y="24">{escape(title)}</text>',
        *_legend(),
        *_axis(years, height),
        *_events(events, years),
        *_panels(drawn, years, 70 + _ROW * len(events)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _legend() -> Iterator[str]:
    for number, (status, words) in enumerate(_LEGEND):
        x = _RIGHT - 300 + 110 * number
        yield f'<circle cx="{x}" cy="20" r="5" fill="{_fill(status)}" stroke="{_COLOURS[status]}"/>'
        yield f'<text class="s" x="{x + 9}" y="24">{words}</text>'


def _fill(status: str) -> str:
    return _COLOURS[status] if status == "achieved" else "#ffffff"


def _label(event: Happening) -> str:
    """What is told, without the date that the axis tells."""
    best = event.best
    text = best.milestone.description.removeprefix(best.date.text).lstrip("，,、 　")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _years(events: Sequence[Happening], lines: Sequence[Series]) -> tuple[int, int]:
    """The first year, and the one behind the last."""
    found = [e.best.start.year for e in events] + [p.year for one in lines for p in one.points]
    return (min(found), max(found) + 1) if found else (2000, 2001)


def _x(day: Day, years: tuple[int, int]) -> str:
    first, last = years
    at = Decimal((day - Day(first, 1, 1)).days) / Decimal((Day(last, 1, 1) - Day(first, 1, 1)).days)
    return str((_LEFT + at * (_RIGHT - _LEFT)).quantize(Decimal("0.1")))


def _axis(years: tuple[int, int], height: int) -> Iterator[str]:
    step = max(1, (years[1] - years[0]) // 15)
    for year in range(years[0], years[1] + 1, step):
        x = _x(Day(year, 1, 1), years)
        yield f'<line x1="{x}" y1="44" x2="{x}" y2="{height}" stroke="#d0d7de"/>'
        yield f'<text class="s" x="{x}" y="40">{year}</text>'


def _events(events: Sequence[Happening], years: tuple[int, int]) -> Iterator[str]:
    for row, event in enumerate(events):
        y, best = 62 + _ROW * row, event.best
        x, colour = _x(best.start, years), _COLOURS[event.status]
        mark = f'<tspan class="c"> ⚠ {escape(event.conflicts[0])}</tspan>' if event.conflicts else ""
        last = _x(min(best.end, Day(years[1], 1, 1)), years)
        right = best.start.year * 2 > years[0] + years[1]
        anchor, shift = ("end", -10) if right else ("start", 10)
        label = f'<tspan class="d">{escape(str(best.date.edtf))}</tspan> {escape(_label(event))}{mark}'
        told = escape("\n".join((*(f"{q.report}#{q.id} {q.text}" for q in event.quotes), *event.conflicts)))
        yield f"<g><title>{told}</title>"
        yield f'<line x1="{x}" y1="{y}" x2="{last}" y2="{y}" stroke="{colour}" stroke-width="3"/>'
        yield f'<circle cx="{x}" cy="{y}" r="5" fill="{_fill(event.status)}" stroke="{colour}"/>'
        yield f'<text x="{Decimal(x) + shift}" y="{y + 4}" text-anchor="{anchor}">{label}</text></g>'


def _panels(lines: Sequence[Series], years: tuple[int, int], top: int) -> Iterator[str]:
    for number, one in enumerate(lines):
        base = top + (_PANEL + 30) * (number + 1) - 20
        most = max((p.value for p in one.points), default=Decimal(1)) or Decimal(1)
        places = [
            (_x(Day(p.year, 7, 1), years), str((base - p.value / most * (_PANEL - 40)).quantize(Decimal("0.1"))), p)
            for p in one.points
        ]
        heading = escape(f"{one.indicator}（{_UNITS.get(one.unit, one.unit)}）")
        yield f'<text x="{_LEFT}" y="{base - _PANEL + 20}">{heading}</text>'
        yield f'<line x1="{_LEFT}" y1="{base}" x2="{_RIGHT}" y2="{base}" stroke="#57606a"/>'
        line = " ".join(f"{x},{y}" for x, y, _ in places)
        yield f'<polyline points="{line}" fill="none" stroke="#0969da" stroke-width="2"/>'
        for x, y, point in places:
            colour = "#cf222e" if point.others else "#0969da"
            yield f'<circle cx="{x}" cy="{y}" r="4" fill="{colour}"/>'
            label = escape(shown(point.value, ""))
            if point.others:
                other = "、".join(dict.fromkeys(shown(value, "") for value, _ in point.others))
                yield f'<text class="c" x="{x}" y="{Decimal(y) + 16}" text-anchor="middle">⚠ {escape(other)}</text>'
            yield f'<text class="s" x="{x}" y="{Decimal(y) - 8}" text-anchor="middle">{label}</text>'
