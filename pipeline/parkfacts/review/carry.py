"""Decisions that were made on one extraction of a document, carried over to another by the evidence they speak of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cached_property
from typing import Any

from parkfacts.review.state import NAMED, REFERENCES, Change, Changes, Extraction, Fact, Item, Review, spans_of
from parkfacts.review.words import ActError

Known = Callable[[str], Extraction | None]


class Unplaced(Exception):
    """An event whose facts have no place in an extraction."""


class Carrier:
    """From the ids of the extraction ``old`` to those of ``new``."""

    def __init__(self, old: Extraction, new: Extraction) -> None:
        self.old, self.new = old, new

    @cached_property
    def same(self) -> dict[str, str]:
        """The facts of both that stand at the same place."""
        places: dict[Any, str] = {}
        for id, item in self.new.items.items():
            for place in _places(item):
                places.setdefault(place, id)
        found = {}
        for id, item in self.old.items.items():
            votes = Counter(places[place] for place in _places(item) if place in places)
            if votes:
                found[id] = votes.most_common(1)[0][0]
        return found

    def carry(self, after: Changes, review: Review) -> Changes:
        """An event's changes in the ids of the new extraction. Raises ``Unplaced``."""
        carried: Changes = {}
        ids: dict[str, str] = {}
        for id, change in after.items():
            ids[id] = self._id(id, change, review) or review.free(change.get("kind") or self._kind(id), ids.values())
        for id, change in after.items():
            if (told := self._change(id, change, review, ids)) is not None:
                carried[ids[id]] = told
        return carried

    def _kind(self, id: str) -> str:
        return self.old.items[id].kind

    def _id(self, id: str, change: Change, review: Review) -> str | None:
        if origin := change.get("origin"):
            return review.origins.get(origin)
        return self.same.get(id) or review.origins.get(f"{self.old.digest}:{id}")

    def _change(self, id: str, change: Change, review: Review, ids: dict[str, str]) -> Change | None:
        at = ids[id]
        there = review.items.get(at)
        if there is None and change["state"] in ("rejected", "merged", "open") and id in self.old.items:
            return None  # what was wrong is not found any more
        item = self.old.items.get(id)
        fact = change.get("fact") or (item.fact if item else None)
        if fact is None:
            raise Unplaced(f"the fact {id} that it speaks of has no place")
        told: Change = {**change, "kind": change.get("kind") or (item.kind if item else "")}
        if "into" in told and told["into"] is not None:
            told["into"] = ids.get(told["into"]) or self.same.get(told["into"])
        if change["state"] in ("accepted", "edited", "added") or "fact" in change:
            self._stands(fact)
            told["fact"] = self._translated({**fact, "id": at}, told["kind"], review, ids)
        if there is None:
            told.setdefault("origin", f"{self.old.digest}:{id}")
        return told

    def _stands(self, fact: Fact) -> None:
        """Raises ``Unplaced`` unless a fact's evidence stands in the text that is kept."""
        for evidence in fact.get("mentions") or [fact]:
            quote = evidence.get("text", evidence.get("description"))
            spans = evidence["spans"]
            if "".join(self.new.text[start:end] for start, end in spans) != quote:
                raise Unplaced(f"{quote!r} does not stand any more where it stood")
            try:
                self.new.reading.place(spans)
            except ActError as error:
                raise Unplaced(f"{quote!r}: {error}") from None

    def _translated(self, fact: Fact, kind: str, review: Review, ids: dict[str, str]) -> Fact:
        """The fact with its references in the new ids, and its copies where they are now."""

        def one(id: str) -> str | None:
            return ids.get(id) or self.same.get(id) or review.origins.get(f"{self.old.digest}:{id}")

        told = dict(fact)
        for name in REFERENCES.get(kind, ()):
            value = fact.get(name)
            if isinstance(value, dict):
                told[name] = {key: new for key, old in value.items() if (new := one(old))}
            elif isinstance(value, list | tuple):
                told[name] = [new for old in value if (new := one(old))]
            elif value is not None:
                told[name] = one(value)
        if kind in NAMED:
            told["mentions"] = [{**m, **self.new.reading.quote(m["spans"])} for m in fact["mentions"]]
        else:
            told["also"] = self.new.reading.quote(fact["spans"])["also"]
        return told


def _places(item: Item) -> list[Any]:
    if item.kind in NAMED:
        return [(item.kind, _flat(mention["spans"])) for mention in item.fact["mentions"]]
    return [(item.kind, item.fact.get("type"), _flat(spans_of(item.fact)))]


def _flat(spans: Any) -> tuple[int, ...]:
    return tuple(offset for span in spans for offset in span)
