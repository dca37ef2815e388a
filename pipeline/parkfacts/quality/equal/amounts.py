"""Amounts: the same spans, value, unit, dimension and bound; indicator, subject, as_of and base beside."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from parkfacts.facts import AmountFields, DateFields, plain
from parkfacts.quality.equal._base import Dimension
from parkfacts.quality.item import AnyRecord, Item, Names, date_value, dates_by_id, places, plain_set, shown
from parkfacts.segment import fold

_SHOWN = ("value", "low", "high", "unit", "dimension", "bound", "indicator", "subject", "change", "per")


def _number(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _item(amount: AmountFields, dates: Mapping[str, DateFields], names: Names) -> Item:
    numbers = tuple(_number(one) for one in (amount.value, amount.low, amount.high))
    unit = None if amount.unit is None else fold(amount.unit)
    as_of, base = (dates.get(one or "") for one in (amount.as_of, amount.base))
    told = {"as_of": as_of.text if as_of else None, "base": base.text if base else None}
    value = (*numbers, unit)
    return Item(
        id=amount.id, text=amount.text, places=places(amount), value=value,
        exact={"number": numbers, "unit": unit, "dimension": amount.dimension, "bound": amount.bound},
        beside={"value": value, "indicator": plain_set(amount.indicator), "subject": names.entity(amount.subject),
                "as_of": date_value(as_of), "base": date_value(base), "change": amount.change,
                "per": None if amount.per is None else fold(amount.per)},
        shown={**shown(amount, *_SHOWN), **{name: text for name, text in told.items() if text}},
        optional=getattr(amount, "optional", False), rule=getattr(amount, "rule", None),
    )  # fmt: skip


def items(record: AnyRecord, names: Names) -> list[Item]:
    """The amounts of a record, with the dates that they refer to resolved."""
    dates = dates_by_id(record)
    return [_item(amount, dates, names) for amount in record.amounts]


AMOUNTS = Dimension("amounts", items)
