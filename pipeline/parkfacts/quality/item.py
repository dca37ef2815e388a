"""What the scorer compares: facts of any type, brought to one shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from parkfacts.facts import DateFields, Record
from parkfacts.segment import fold

AnyRecord = Record[Any, Any, Any, Any, Any, Any]
Spans = tuple[tuple[int, int], ...]
Fields = Mapping[str, Any]
NONE, DETECTED, LENIENT, STRICT = range(4)


@dataclass(frozen=True)
class Item:
    """A fact to be matched.

    ``places`` are the spans of the kept copy and of its duplicates; ``exact`` holds the fields that a strict match
    compares, ``beside`` those that are reported beside it (all resolved, so that ``==`` compares them); ``shown`` is
    what a reader sees. An optional gold item, and a found one that can only count for nothing, are ``optional``.
    """

    id: str
    text: str
    places: tuple[Spans, ...]
    exact: Fields
    value: Any = None
    beside: Fields = field(default_factory=dict)
    shown: Fields = field(default_factory=dict)
    optional: bool = False
    rule: str | None = None
    rules: tuple[str, ...] = ()

    @cached_property
    def ranges(self) -> list[tuple[int, int]]:
        """Every range of every copy."""
        return [one for place in self.places for one in place]

    @cached_property
    def fields(self) -> dict[str, Any]:
        """All that is compared."""
        return {**self.exact, **self.beside}

    @property
    def order(self) -> tuple[Any, ...]:
        """A sorting key of the content alone: with it the order of a record's items never changes a score."""
        return (self.places, repr(self.fields), repr(self.value), self.optional, self.text)


Grade = Callable[[Item, Item], int]


def grade_by_fields(gold: Item, found: Item) -> int:
    """The guide's three levels for what has a span and a value."""
    if found.places[0] in gold.places and found.exact == gold.exact:
        return STRICT
    return LENIENT if found.value == gold.value else DETECTED


class Names:
    """The gold's entities by any of their forms, so that an actor told by another form is the same one."""

    def __init__(self, gold: AnyRecord) -> None:
        self._entity: dict[str, str] = {}
        named = sorted((*gold.companies, *gold.organizations, *gold.projects), key=lambda one: str(one.name))
        groups = [(one.name, *one.aliases) for one in named]
        if gold.document.park:
            groups.append((gold.document.park.name, *gold.document.park.aliases))
        for forms in groups:
            self._add([fold(form) for form in forms])

    def _add(self, forms: list[str]) -> None:
        entity = next((self._entity[form] for form in forms if form in self._entity), forms[0])
        for form in forms:
            self._entity.setdefault(form, entity)

    def entity(self, name: str | None) -> str | None:
        """The entity that a name stands for, or the folded name itself."""
        return None if name is None else self._entity.get(fold(name), fold(name))


def places(fact: Any) -> tuple[Spans, ...]:
    """The kept copy first, then the duplicates."""
    return (fact.spans, *fact.also)


def plain_set(value: str | Iterable[str] | None) -> tuple[str, ...] | None:
    """One or several nouns as a sorted, folded tuple; ``None`` for none."""
    words = (value,) if isinstance(value, str) else tuple(value or ())
    return tuple(sorted({fold(word) for word in words})) or None


def date_value(date: DateFields | None) -> tuple[str, ...] | None:
    """What a date means: its first and last day, or its kind and duration."""
    if date is None:
        return None
    if date.kind in ("duration", "set"):
        return (date.kind, str(date.duration))
    if date.start is None or date.end is None:
        return ("open", str(date.edtf))
    return (date.start.isoformat(), date.end.isoformat())


def dates_by_id(record: AnyRecord) -> dict[str, DateFields]:
    """The dates that ``as_of``, ``base`` and a milestone's ``date`` refer to."""
    return {date.id: date for date in record.dates}


def shown(fact: Any, *names: str) -> dict[str, Any]:
    """Fields as JSON has them, those without a value left out."""
    data = fact.model_dump(mode="json", include=set(names))
    return {name: data[name] for name in names if data.get(name) not in (None, [], False)}
