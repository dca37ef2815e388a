"""All that the telling of milestones looks at, with look-ups by place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from parkfacts.facts import MilestoneType
from parkfacts.link.calendar import DateValue
from parkfacts.link.entities import Entities
from parkfacts.link.reference import Reference
from parkfacts.segment import Document
from parkfacts.text import Mention, Span

Kind = Literal["company", "organization", "project"]


class Named(NamedTuple):
    """A name in the text: its range, what it names, and the place of its entity among those of its kind."""

    start: int
    end: int
    kind: Kind
    place: int


@dataclass(frozen=True)
class Scene:
    """A document with what was found in it; everything is sorted by its start."""

    doc: Document
    triggers: Sequence[Mention[MilestoneType]]
    dates: Sequence[Mention[DateValue]]
    figures: Sequence[Span]
    reference: Reference | None
    who: Entities

    @cached_property
    def view(self) -> str:
        """The folded text."""
        return self.doc.view

    @cached_property
    def park(self) -> str | None:
        """The name of the park that the document is about."""
        return self.who.park.name if self.who.park else None

    @cached_property
    def date_starts(self) -> list[int]:
        """Where the dates begin."""
        return [d.start for d in self.dates]

    @cached_property
    def named(self) -> list[Named]:
        """All names; of two that begin together the longer one comes first. A project that stands right behind a firm's
        name begins with it here: the clause is about the project."""
        kinds: list[tuple[Kind, Sequence[object]]] = [
            ("company", self.who.companies), ("organization", self.who.organizations), ("project", self.who.projects),
        ]  # fmt: skip
        owners = {m.end: m.start for firm in self.who.companies for m in firm.mentions}
        found = [
            Named(owners.get(m.start, m.start) if kind == "project" else m.start, m.end, kind, i)
            for kind, entities in kinds
            for i, entity in enumerate(entities)
            for m in entity.mentions  # type: ignore[attr-defined]
        ]
        return sorted(found, key=lambda n: (n.start, -n.end))

    def project_text(self, name: Named) -> str:
        """A project's name as it is written there, without the legal name of the firm in front of it."""
        mentions = self.who.projects[name.place].mentions
        start = next((m.start for m in mentions if m.end == name.end and m.start >= name.start), name.start)
        return self.doc.text.content[start : name.end]

    @cached_property
    def _trigger_starts(self) -> list[int]:
        return [t.start for t in self.triggers]

    @cached_property
    def _figure_starts(self) -> list[int]:
        return [f.start for f in self.figures]

    @cached_property
    def _named_starts(self) -> list[int]:
        return [n.start for n in self.named]

    def dates_in(self, start: int, end: int) -> range:
        """The indices of the dates that begin in a range."""
        return range(bisect_left(self.date_starts, start), bisect_left(self.date_starts, end))

    def figures_in(self, start: int, end: int) -> range:
        """The indices of the figures that begin in a range."""
        return range(bisect_left(self._figure_starts, start), bisect_left(self._figure_starts, end))

    def triggers_in(self, start: int, end: int) -> Sequence[Mention[MilestoneType]]:
        """The triggers that begin in a range."""
        starts = self._trigger_starts
        return self.triggers[bisect_left(starts, start) : bisect_left(starts, end)]

    def names_in(self, start: int, end: int) -> Sequence[Named]:
        """The names that begin in a range."""
        return self.named[bisect_left(self._named_starts, start) : bisect_left(self._named_starts, end)]

    def first_name(self, place: int) -> int:
        """The index of the first name that begins at a place or behind it."""
        return bisect_left(self._named_starts, place)
