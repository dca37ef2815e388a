"""What an amount is, and the units that it is told in."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import NamedTuple

from parkfacts.rules.engine import bare, data


class AmountValue(NamedTuple):
    """A number in ``unit``; a range has ``low`` and ``high`` instead. ``per`` is the unit below the stroke (元/亩)."""

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    dimension: str
    bound: str
    per: str | None = None


class Unit(NamedTuple):
    """A unit word's meaning: ``factor`` is what one of it is worth in the normalised ``name``; ``per`` is its name
    below a stroke, where nothing is converted (元/瓦)."""

    name: str
    dimension: str
    factor: Decimal
    per: str = ""


@cache
def units() -> dict[str, Unit]:
    """Every unit word of ``rules/units.toml``."""
    return {bare(word): _unit(bare(word), row) for row in data("units")["unit"] for word in row["words"]}


def _unit(word: str, row: dict[str, str]) -> Unit:
    name, factor = row.get("unit", word), Decimal(row.get("factor", "1"))
    return Unit(name, row["dimension"], factor, row.get("per", name if factor == 1 else word))
