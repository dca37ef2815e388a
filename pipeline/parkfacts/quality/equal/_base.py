"""A dimension of the scorer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from parkfacts.quality.item import AnyRecord, Grade, Item, Names, grade_by_fields
from parkfacts.quality.match import overlapping

Near = Callable[[Sequence[Item], Sequence[Item]], set[tuple[int, int]]]


def share_characters(gold: Sequence[Item], found: Sequence[Item]) -> set[tuple[int, int]]:
    """Overlap with any copy of the gold; of the found item only where it says that it stands."""
    return overlapping([g.ranges for g in gold], [f.places[0] for f in found])


@dataclass(frozen=True)
class Dimension:
    """How one type is read from a record and compared.

    ``near`` tells which pairs may match at all, ``grade`` how well a near pair does; ``listed`` types appear in lists
    of facts.
    """

    name: str
    items: Callable[[AnyRecord, Names], list[Item]]
    grade: Grade = grade_by_fields
    near: Near = share_characters
    listed: bool = True
