"""One indicator over the years, out of many reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from parkfacts.facts import Amount, plain
from parkfacts.history.choose import Choice
from parkfacts.history.source import Quote, Read

_ROUNDING = Decimal("0.005")


@dataclass
class Point:
    """The value for one time (EDTF), with where it is told; ``others`` are values that contradict it. ``planned``: it
    is aimed at or expected."""

    when: str
    year: int
    value: Decimal
    planned: bool = False
    quotes: list[Quote] = field(default_factory=list)
    others: list[tuple[Decimal, Quote]] = field(default_factory=list)


@dataclass
class Series:
    """An indicator with its unit and its points in the order of time."""

    indicator: str
    unit: str
    points: list[Point] = field(default_factory=list)


def series(reads: Iterable[Read], choice: Choice, hopes: bool = False) -> list[Series]:
    """The indicators that the chosen reports tell for whole years; growth rates and comparisons are no points, and
    what is aimed at only where ``hopes`` are asked for."""
    found: dict[tuple[str, str], Series] = {}
    for read in sorted(reads, key=lambda r: (r.written, r.name)):
        if choice.report(read):
            for key, name, amount, year in _figures(read, choice):
                if amount.modality == "planned" and not hopes:
                    continue
                one = found.setdefault((key, amount.unit or ""), Series(name, amount.unit or ""))
                _add(one, amount, year, Quote(read.name, amount.id, amount.text))
    for one in found.values():
        one.points.sort(key=lambda p: (p.year, p.when))
    return sorted(found.values(), key=lambda s: (-len(s.points), s.indicator, s.unit))


def _figures(read: Read, choice: Choice) -> Iterator[tuple[str, str, Amount, tuple[str, int]]]:
    """Figures of a whole year with the key of their indicator."""
    for amount in read.report.amounts:
        name = amount.indicator
        date = read.dates.get(amount.as_of or "")
        if not isinstance(name, str) or date is None or date.start is None or amount.value is None:
            continue
        if amount.change is not None or amount.base is not None or amount.per is not None:
            continue
        if date.precision == "year" and date.edtf and choice.amount(read, amount) and date.start.year == _end(date.end):
            yield amount.indicator_id or name, name, amount, (date.edtf.rstrip("~"), date.start.year)


def _end(day: object) -> int:
    return int(str(day)[:4])


def _add(one: Series, amount: Amount, when: tuple[str, int], quote: Quote) -> None:
    assert amount.value is not None
    planned = amount.modality == "planned"
    point = next((p for p in one.points if (p.when, p.planned) == (when[0], planned)), None)
    if point is None:
        one.points.append(Point(*when, amount.value, planned, [quote]))
    elif abs(point.value - amount.value) <= _ROUNDING * max(abs(point.value), abs(amount.value)):
        point.quotes.append(quote)
    else:
        point.others.append((amount.value, quote))


def shown(value: Decimal, unit: str) -> str:
    """A value in words that a reader of Chinese figures is used to: 35000000000 CNY → 350亿 CNY."""
    for size, word in ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万")):
        if abs(value) >= size:
            return f"{plain((value / size).quantize(Decimal('0.01')))}{word} {unit}".strip()
    return f"{plain(value)} {unit}".strip()
