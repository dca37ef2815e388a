"""Milestones: date and type agree, and the found clause holds half of the gold's without being three times as long."""

from __future__ import annotations

from collections.abc import Mapping

from parkfacts.facts import DateFields, MilestoneFields
from parkfacts.quality.equal._base import Dimension
from parkfacts.quality.item import (
    DETECTED,
    LENIENT,
    STRICT,
    AnyRecord,
    Item,
    Names,
    Spans,
    date_value,
    dates_by_id,
    places,
    shown,
)  # fmt: skip

MOST_TIMES_AS_LONG = 3


def _size(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


def _shared(one: Spans, other: Spans) -> int:
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)


def holds(found: Spans, gold: Spans) -> bool:
    """At least half of the gold clause's characters are in the found one, at most three times as long."""
    return 2 * _shared(gold, found) >= _size(gold) and _size(found) <= MOST_TIMES_AS_LONG * _size(gold)


def _grade(gold: Item, found: Item) -> int:
    if found.value != gold.value:
        return DETECTED
    return STRICT if any(holds(found.places[0], place) for place in gold.places) else LENIENT


def _item(milestone: MilestoneFields, dates: Mapping[str, DateFields], names: Names) -> Item:
    date = dates.get(milestone.date or "")
    when = date_value(date)
    return Item(
        id=milestone.id, text=milestone.description, places=places(milestone), value=(when, milestone.type),
        exact={"date": when, "type": milestone.type},
        beside={"status": milestone.status, "actor": names.entity(milestone.actor), "level": milestone.level},
        shown={"date": date.text if date else None, **shown(milestone, "type", "status", "actor", "level")},
        optional=getattr(milestone, "optional", False) or date is None, rule=getattr(milestone, "rule", None),
    )  # fmt: skip


def items(record: AnyRecord, names: Names) -> list[Item]:
    """The milestones of a record; one without a date can neither win nor lose anything."""
    dates = dates_by_id(record)
    return [_item(milestone, dates, names) for milestone in record.milestones]


MILESTONES = Dimension("milestones", items, _grade)
