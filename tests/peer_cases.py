"""The cases of other projects' tests, and how what is found compares with them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
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
    "cm2": ("m2", "0.0001"), "cm3": ("m3", "0.000001"), "mi": ("英里", "1"), "kb": ("千字节", "1"),
    "Dollar": ("USD", "1"),
}  # fmt: skip


# words that the guide keeps out of a date's span (自, 从, 到, 前, 以来); a peer's span is compared without them
OUTSIDE = (re.compile(r"^(?:自从|自|从|在|至|到)"), re.compile(r"(?:起至今|[或及以之]*(?:前|后|内)|开始|以来|起)$"))
DAY = timedelta(days=1)


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
        best is not None and (best.start, best.end) in (spot, _within(row["text"], spot, expected["kind"])),
        "" if best is None else f"{row['text'][best.start:best.end]} {best.value}",
    )  # fmt: skip


def _within(text: str, spot: tuple[int, int], kind: str) -> tuple[int, int]:
    """A date's span without the words that the guide keeps out of it."""
    if kind != "date":
        return spot
    start, end = spot
    if match := OUTSIDE[0].match(text[start:end]):
        start += match.end()
    if match := OUTSIDE[1].search(text[start:end]):
        end -= match.end() - match.start()
    return start, end


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
        return (_length(value.duration), _length(value.duration_high)) == (
            _length(option["min"]),
            _length(option["max"]),
        )
    if isinstance(option, str):
        return value.duration is not None and _length(value.duration) == _length(option)
    if option is None:  # the peer claims a span and no value
        return True
    start, end = (str(option.get(side) or "")[:10] for side in ("start", "end"))
    if not (start and end) and value.mod and value.start and value.end:
        return {"start": start, "end": end}[_side(value)] in _open_ends(value)
    return (str(value.start or ""), str(value.end or "")) == (start, end)


def _side(value: DateValue) -> str:
    return "end" if value.mod in ("before", "on_or_before") else "start"


def _open_ends(value: DateValue) -> tuple[str, ...]:
    """The days that an open range may end or begin with. The peers do not agree whether 2049年10月1日以前 holds the day
    itself, nor do the language's users; ours says before, and leaves it at that."""
    assert value.start and value.end
    days = {
        "before": (value.start - DAY, value.end), "on_or_before": (value.end,),
        "after": (value.end + DAY, value.start), "on_or_after": (value.start,),
    }[value.mod or ""]  # fmt: skip
    return tuple(map(str, days))


def _length(iso: str | None) -> tuple[Decimal, Decimal] | None:
    """Months and seconds of an ISO 8601 duration: P3.5Y and P3Y6M are the same, and so are P4W and P28D."""
    if iso is None:
        return None
    days, _, clock = iso.removeprefix("P").partition("T")
    months = sum((Decimal(n) * {"Y": 12, "M": 1}[u] for n, u in re.findall(r"([\d.]+)([YM])", days)), Decimal(0))
    seconds = sum(
        (Decimal(n) * {"W": 604800, "D": 86400}[u] for n, u in re.findall(r"([\d.]+)([WD])", days)), Decimal(0)
    )
    seconds += sum(Decimal(n) * {"H": 3600, "M": 60, "S": 1}[u] for n, u in re.findall(r"([\d.]+)([HMS])", clock))
    return months, seconds


def _same_amount(value: AmountValue, option: dict[str, Any] | None) -> bool:
    if option is None:
        return True
    unit, factor = option.get("currency"), Decimal(1)
    if unit is None or unit in UNITS:
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
