"""Dates: the same spans, days, EDTF, precision and approximation; durations and sets by their ISO duration."""

from __future__ import annotations

from parkfacts.facts import DateFields
from parkfacts.quality.equal._base import Dimension
from parkfacts.quality.item import AnyRecord, Fields, Item, Names, date_value, places, shown

_SHOWN = ("kind", "start", "end", "edtf", "precision", "approximate", "duration", "business_days")


def _exact(date: DateFields) -> Fields:
    if date.kind in ("duration", "set"):
        return {"kind": date.kind, "duration": date.duration, "business_days": date.business_days}
    return {"kind": date.kind, "start": date.start, "end": date.end, "edtf": date.edtf, "precision": date.precision,
            "approximate": date.approximate}  # fmt: skip


def _item(date: DateFields) -> Item:
    value = date_value(date)
    return Item(
        id=date.id, text=date.text, places=places(date), exact=_exact(date), value=value, beside={"value": value},
        shown=shown(date, *_SHOWN), optional=getattr(date, "optional", False), rule=getattr(date, "rule", None),
    )  # fmt: skip


def items(record: AnyRecord, names: Names) -> list[Item]:
    """The dates of a record."""
    return [_item(date) for date in record.dates]


DATES = Dimension("dates", items)
