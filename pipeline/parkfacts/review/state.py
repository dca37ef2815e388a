"""The state of a document in a review: an extraction, and each fact with what was decided of it. Nothing here is
changed in place: ``with_changes`` gives a new state that shares what did not change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from parkfacts.facts import Amount, Company, Date, Milestone, Model, Organization, Project
from parkfacts.review.reading import Reading
from parkfacts.versions import upgraded

Fact = dict[str, Any]
FactState = Literal["open", "accepted", "edited", "added", "rejected", "merged"]
Change = dict[str, Any]
"""What became of a fact: ``state``, and where they changed ``kind``, ``fact``, ``into`` (the fact that it was merged
into) and ``origin`` (what a fact is known by that no extraction found)."""
Changes = dict[str, Change]

KINDS: Mapping[str, tuple[str, type[Model]]] = {
    "dates": ("d", Date),
    "amounts": ("a", Amount),
    "companies": ("c", Company),
    "organizations": ("o", Organization),
    "projects": ("p", Project),
    "milestones": ("m", Milestone),
}
NAMED = ("companies", "organizations", "projects")
REFERENCES: Mapping[str, Mapping[str, str]] = {
    "amounts": {"as_of": "dates", "base": "dates"},
    "milestones": {"date": "dates", "companies": "companies", "amounts": "amounts"},
    "projects": {"companies": "companies", "investment": "amounts", "area": "amounts", "milestones": "milestones",
                 "dates": "dates"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """A fact with what was decided of it; ``version`` is the number of the last event that touched it."""

    kind: str
    fact: Fact
    state: FactState = "open"
    into: str | None = None
    origin: str | None = None
    version: int = 0
    by: str | None = None
    at: str | None = None

    @property
    def alive(self) -> bool:
        """Whether the reviewed record holds it."""
        return self.state not in ("rejected", "merged")


@dataclass(frozen=True)
class Extraction:
    """A record as it was extracted, in the form of today's JSON, with its source; ``digest`` is of the bytes of its
    file."""

    record: Fact
    text: str
    digest: str

    @classmethod
    def of(cls, data: bytes, text: str) -> Extraction:
        """From the bytes of ``X.json``."""
        return cls(upgraded(json.loads(data)), text, hashlib.sha256(data).hexdigest())

    @cached_property
    def reading(self) -> Reading:
        """The repaired text."""
        return Reading(self.text, self.record["layout"])

    @cached_property
    def items(self) -> dict[str, Item]:
        """Its facts, nothing decided."""
        return {fact["id"]: Item(kind, fact) for kind in KINDS for fact in self.record[kind]}


@dataclass(frozen=True)
class Review:
    """``version`` is the number of the document's last event, ``extracted`` that of the last one that brought another
    extraction; ``unplaced`` are events that found no place in this one, each with why."""

    extraction: Extraction
    items: Mapping[str, Item]
    version: int = 0
    extracted: int = 0
    unplaced: tuple[dict[str, Any], ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)

    def with_changes(self, changes: Changes, seq: int, by: str, at: str) -> Review:
        """The state after an event."""
        items, origins = dict(self.items), dict(self.origins)
        for id, change in changes.items():
            items[id] = changed(items.get(id), change, seq, by, at)
            if origin := items[id].origin:
                origins[origin] = id
        return replace(self, items=items, origins=origins, version=max(self.version, seq))

    def resolve(self, id: str | None) -> str | None:
        """What a reference stands for now: a merged fact for what it was merged into, a rejected one for nothing."""
        seen: set[str] = set()
        while id is not None and id not in seen:
            seen.add(id)
            item = self.items.get(id)
            if item is None or item.alive:
                return id if item is not None else None
            id = item.into
        return None

    def seen(self, item: Item) -> Fact:
        """The fact with its references resolved."""
        fields = REFERENCES.get(item.kind, {})
        told = {name: self._resolved(item.fact[name]) for name in fields if item.fact.get(name)}
        return {**item.fact, **told} if told else item.fact

    def _resolved(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: id for key, one in value.items() if (id := self.resolve(one))}
        if isinstance(value, list | tuple):
            return list(dict.fromkeys(id for one in value if (id := self.resolve(one))))
        return self.resolve(value)

    def referring(self, ids: Iterable[str]) -> Iterator[str]:
        """The facts that refer to one of these."""
        wanted = set(ids)
        for id, item in self.items.items():
            for name in REFERENCES.get(item.kind, ()):
                if not wanted.isdisjoint(referred(item.fact.get(name))):
                    yield id
                    break

    def free(self, kind: str, taken: Iterable[str] = ()) -> str:
        """The next free id of a kind."""
        prefix = KINDS[kind][0]
        used = [int(id[1:]) for id in (*self.items, *taken) if id[0] == prefix and id[1:].isdigit()]
        return f"{prefix}{max(used, default=0) + 1:02d}"

    def record(self) -> Fact:
        """The reviewed record, in the form of its JSON."""
        alive = [item for item in self.items.values() if item.alive]
        facts: dict[str, list[Fact]] = {kind: [] for kind in KINDS}
        for item in alive:
            facts[item.kind].append(self.seen(item))
        base, kept = self.extraction.record, {item.fact["id"] for item in alive}
        findings = [{**one, "facts": [id for id in one["facts"] if id in kept]} for one in base["findings"]]
        claimed = [span for item in alive if item.state in ("added", "edited") for span in spans_of(item.fact)]
        unclaimed = [one for one in base["unclaimed"] if not _within(one["spans"][0], claimed)]
        return {**base, **facts, "findings": findings, "unclaimed": unclaimed}


def changed(item: Item | None, change: Change, seq: int, by: str, at: str) -> Item:
    """A fact after a change."""
    if item is None:
        return Item(change["kind"], change["fact"], change["state"], None, change.get("origin"), seq, by, at)
    return Item(item.kind, change.get("fact", item.fact), change["state"], change.get("into"), item.origin, seq, by, at)


def referred(value: Any) -> tuple[str, ...]:
    """The ids in a field that refers to facts."""
    if isinstance(value, dict):
        return tuple(value.values())
    return tuple(value) if isinstance(value, list | tuple) else () if value is None else (value,)


def spans_of(fact: Fact) -> list[list[int]]:
    """All spans of a fact's evidence; of a name, those of its mentions."""
    if "mentions" in fact:
        return [span for mention in fact["mentions"] for span in mention["spans"]]
    return list(fact["spans"])


def _within(span: list[int], claimed: list[list[int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in claimed)
