"""The cases of other projects' tests, and how what is found compares with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from parkfacts.facts import plain
from parkfacts.find import amounts, dates
from parkfacts.find.amounts import AmountValue
from parkfacts.link.calendar import DateValue, parse_reference
from parkfacts.link.reference import Reference
from parkfacts.link.timeline import resolve
from parkfacts.segment import Segmenter, segment
from parkfacts.text import Mention, Source, Span, Text

CASES = Path(__file__).parents[2] / "shared" / "peer_cases" / "dev.jsonl"
DATES = ("date", "duration")
AMOUNTS = ("money", "percent", "length", "weight", "area", "volume", "data", "power")
# a peer's unit: ours, and what one of the peer's is worth in it
UNITS = {
    "cm": ("m", "0.01"), "mm": ("m", "0.001"), "dm": ("m", "0.1"), "um": ("m", "0.000001"), "inch": ("m", "0.0254"),
    "g": ("kg", "0.001"), "mg": ("kg", "0.000001"), "ug": ("kg", "0.000000001"), "jin": ("kg", "0.5"),
    "ton": ("t", "1"), "L": ("m3", "0.001"), "l": ("m3", "0.001"), "ml": ("m3", "0.000001"), "kw": ("kW", "1"),
    "cm2": ("m2", "0.0001"), "cm3": ("m3", "0.000001"), "mi": ("英里", "1"),
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One expectation of one case, with whether our value and our span are the peer's."""

    id: str
    text: str
    surface: str
    kind: str
    construction: str
    asserted: bool
    value: bool
    span: bool
    found: str


@cache
def _segmenter() -> Segmenter:
    return Segmenter()


def compared() -> Iterator[Case]:
    """Every expectation in the kinds that are ours."""
    for line in CASES.read_text("utf-8").splitlines():
        row = json.loads(line)
        for expected in row["expected"]:
            if expected["kind"] in DATES + AMOUNTS and not _is_clock(expected):
                yield _compare(row, expected)


def _is_clock(expected: dict[str, Any]) -> bool:
    """A time of day: no date of ours."""
    value = expected["value"]
    if not isinstance(value, dict):
        return False
    return any(
        len(str(value.get(side) or "")) > 10 and str(value[side])[11:] not in _MIDNIGHTS for side in ("start", "end")
    )


_MIDNIGHTS = ("00:00:00", "23:59:59", "23:59:59.999", "00:00")


def _compare(row: dict[str, Any], expected: dict[str, Any]) -> Case:
    found = _read(row, expected["kind"])
    spot = (expected["start"], expected["end"])
    if spot[0] is None:
        spot = (0, len(row["text"]))
    near = [m for m in found if m.start < spot[1] and spot[0] < m.end]
    best = max(near, key=lambda m: (_right(m.value, expected), (m.start, m.end) == spot), default=None)
    return Case(
        row["id"], row["text"], expected["surface"], expected["kind"], expected.get("construction") or "",
        row["span_mode"] == "asserted", best is not None and _right(best.value, expected),
        best is not None and (best.start, best.end) == spot,
        "" if best is None else f"{row['text'][best.start:best.end]} {best.value}",
    )  # fmt: skip


def _read(row: dict[str, Any], kind: str) -> list[Mention[Any]]:
    doc = segment(Text.whole(Source.from_text(row["text"])), (), _segmenter())
    given = row["reference_datetime"]
    reference = Reference(parse_reference(given[:10]), "given") if given else None
    when = resolve(doc, dates.find(doc), reference)
    if kind in DATES:
        return list(when)
    return list(amounts.find(doc, [Span(m.start, m.end) for m in when]))


def _right(value: Any, expected: dict[str, Any]) -> bool:
    options = [expected["value"], *(expected.get("alt") or [])]
    same = _same_date if isinstance(value, DateValue) else _same_amount
    return any(same(value, option) for option in options)


def _same_date(value: DateValue, option: Any) -> bool:
    if isinstance(option, dict) and "min" in option:
        return False
    if isinstance(option, str):
        return value.duration is not None and _seconds(value.duration) == _seconds(option)
    if option is None:  # the peer claims a span and no value
        return True
    start, end = (str(option.get(side) or "")[:10] for side in ("start", "end"))
    return (str(value.start or ""), str(value.end or "")) == (start, end)


def _seconds(iso: str) -> str:
    return iso.removesuffix("T")


def _same_amount(value: AmountValue, option: dict[str, Any] | None) -> bool:
    if option is None:
        return True
    unit, factor = option.get("currency"), Decimal(1)
    if unit is None:
        unit, size = UNITS.get(option["unit"], (option["unit"], "1"))
        factor = Decimal(size)
    if unit != value.unit:
        return False
    if "value" in option:
        return value.value is not None and plain(value.value) == plain(Decimal(option["value"]) * factor)
    low, high = (None if option[side] is None else Decimal(option[side]) * factor for side in ("min", "max"))
    if value.bound == "range":
        return (value.low, value.high) == (low, high)
    # 3000多元: a peer guesses where it ends (4000), we say that it is above
    return value.value == {"over": low, "under": high}.get(value.bound, value.value) and value.bound != "exact"
