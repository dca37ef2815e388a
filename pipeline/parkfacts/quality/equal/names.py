"""Companies, organizations and projects are the same where they share one form of the name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from parkfacts.facts import Named
from parkfacts.quality.equal._base import Dimension, share_characters
from parkfacts.quality.item import DETECTED, STRICT, AnyRecord, Item, places
from parkfacts.segment import fold


def _entity(one: Named) -> Item:
    forms = tuple(sorted({fold(form) for form in (one.name, *one.aliases)}))
    kind = getattr(one, "type", None)
    told = {"aliases": list(one.aliases) or None, "type": kind, "roles": [role.role for role in one.roles] or None}
    return Item(
        id=one.id, text=one.name, places=tuple(sorted(place for m in one.mentions for place in places(m))), value=forms,
        exact={"name": fold(one.name)}, beside={"type": kind} if kind else {},
        shown={"name": one.name, **{name: value for name, value in told.items() if value}},
        optional=getattr(one, "optional", False), rule=getattr(one, "rule", None),
        rules=tuple(sorted({m.rule for m in one.mentions if m.rule})),
    )  # fmt: skip


def _grade(gold: Item, found: Item) -> int:
    return DETECTED if set(gold.value).isdisjoint(found.value) else STRICT


def _near(gold: Sequence[Item], found: Sequence[Item]) -> set[tuple[int, int]]:
    """A shared form, or mentions that overlap."""
    holders: dict[str, list[int]] = defaultdict(list)
    for j, item in enumerate(found):
        for form in item.value:
            holders[form].append(j)
    by_form = {(i, j) for i, item in enumerate(gold) for form in item.value for j in holders[form]}
    all_places = [Item(f.id, f.text, (tuple(f.ranges),), {}) for f in found]
    return by_form | share_characters(gold, all_places)


def _dimension(name: str, of: Callable[[AnyRecord], Sequence[Any]]) -> Dimension:
    return Dimension(name, lambda record, names: [_entity(one) for one in of(record)], _grade, _near)


COMPANIES = _dimension("companies", lambda record: record.companies)
ORGANIZATIONS = _dimension("organizations", lambda record: record.organizations)
PROJECTS = _dimension("projects", lambda record: record.projects)


def mentions(entities: Sequence[Named]) -> list[Item]:
    """The mentions of entities; ``value`` is the entity that a mention belongs to."""
    return [
        Item(id=one.id, text=m.text, places=places(m), exact={}, value=one.id, optional=getattr(one, "optional", False))
        for one in entities
        for m in one.mentions
    ]


def mention_grade(gold: Item, found: Item) -> int:
    """A mention is its place."""
    return STRICT if found.places[0] in gold.places else DETECTED
