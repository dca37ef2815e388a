"""A golden report and today's, compared fact by fact."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from parkfacts.facts import Report
from parkfacts.quality.match import grow_in_stages, overlapping
from parkfacts.quality.quote import Quoter, marked
from parkfacts.versions import read_report

FACTS = ("dates", "amounts", "companies", "organizations", "projects", "milestones")


def differences(golden: Path, report: Report, text: str) -> list[str]:
    """A line for each fact that is lost, new or changed, and for each other part of the record that differs."""
    data = golden.read_bytes()
    try:
        before = read_report(data)
    except ValueError as error:
        problem = f"{error.error_count()} problems" if isinstance(error, ValidationError) else str(error)
        return [f"the golden is no report of this version ({problem}); --force-regen writes it anew"]
    if before.source.sha256 != report.source.sha256:
        return ["the golden was made from another text; --force-regen writes it anew"]
    if before == report:
        return []
    told = [line for kind in FACTS for line in _facts(kind, before, report, Quoter(text))]
    return told + [
        f"{part} differs"
        for part in Report.model_fields
        if part not in FACTS and getattr(before, part) != getattr(report, part)
    ]


class _Told(NamedTuple):
    """A fact with its values: its own number left out and references told by what they refer to, so that one new date
    in front of it is no change of it."""

    fact: Any
    spans: tuple[tuple[int, int], ...]
    values: dict[str, Any]


def _told(kind: str, report: Report) -> list[_Told]:
    referred: tuple[Any, ...] = (*report.dates, *report.amounts, *report.companies)
    names = {fact.id: str(getattr(fact, "text", None) or fact.name) for fact in referred}
    return [_Told(fact, _spans(fact), _values(fact, names)) for fact in getattr(report, kind)]


def _spans(fact: Any) -> tuple[tuple[int, int], ...]:
    """Where a fact stands; a named thing stands at its first mention."""
    spans: tuple[tuple[int, int], ...] = fact.mentions[0].spans if hasattr(fact, "mentions") else fact.spans
    return spans


def _values(fact: Any, names: dict[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = fact.model_dump(mode="json", exclude={"id"})
    for key in ("as_of", "base", "date"):
        if data.get(key):
            data[key] = names[data[key]]
    for key in ("companies", "amounts"):
        if key in data:
            data[key] = [names[id] for id in data[key]]
    return data


def _facts(kind: str, before: Report, now: Report, quote: Quoter) -> Iterator[str]:
    old, new = _told(kind, before), _told(kind, now)
    pairs = _pairs(old, new)
    name = "company" if kind == "companies" else kind.rstrip("s")
    for i, j in sorted(pairs.items()):
        if changes := list(_changes(old[i].values, new[j].values)):
            yield "\n    ".join([_line(f"changed {name}", new[j], quote), *changes])
    yield from (_line(f"lost {name}", one, quote) for i, one in enumerate(old) if i not in pairs)
    taken = set(pairs.values())
    yield from (_line(f"new {name}", one, quote) for j, one in enumerate(new) if j not in taken)


def _pairs(old: list[_Told], new: list[_Told]) -> dict[int, int]:
    """Equal facts first, then those at the same place, then those that overlap."""
    near = overlapping([one.spans for one in old], [one.spans for one in new])
    stages = (
        lambda i, j: old[i].values == new[j].values,
        lambda i, j: old[i].spans == new[j].spans,
        lambda i, j: True,
    )
    return grow_in_stages(near, stages)


def _changes(before: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    for key in before:
        if before[key] != now[key]:
            yield f"{key}: {_short(before[key])} → {_short(now[key])}"


def _short(value: object) -> str:
    told = str(value)
    return told if len(told) <= 120 else told[:119] + "…"


def _line(what: str, one: _Told, quote: Quoter) -> str:
    return f"{what} ({one.fact.rule}): {marked(quote(one.spans))}"
