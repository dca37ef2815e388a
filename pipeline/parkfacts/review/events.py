"""The reviewed state rebuilt from an extraction and its events: a pure function."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from parkfacts.repair import Decisions
from parkfacts.review.carry import Carrier, Known, Unplaced
from parkfacts.review.state import Changes, Extraction, Review, changed
from parkfacts.review.store import Event

_ASIDE = ("undo", "redo", "state", "extracted")  # what is no decision about facts or layout


def decides(event: Event) -> bool:
    """Whether an event can be undone: it decided something about facts or layout."""
    return event.act["act"] not in _ASIDE


def active(events: Sequence[Event]) -> list[Event]:
    """The events that count: none that a later one, which counts itself, undoes."""
    undone: set[int] = set()
    counted = []
    for event in reversed(events):
        if event.seq in undone:
            continue
        if event.undoes is not None:
            undone.add(event.undoes)
        counted.append(event)
    return counted[::-1]


def to_undo(events: Sequence[Event], who: str) -> Event | None:
    """The last decision of a reviewer that counts."""
    return next((e for e in reversed(active(events)) if e.who == who and decides(e)), None)


def to_redo(events: Sequence[Event], who: str) -> Event | None:
    """The reviewer's last undoing, unless they decided something since."""
    last = max((e.seq for e in events if e.who == who and decides(e)), default=0)
    undoing = (e for e in reversed(active(events)) if e.who == who and e.act["act"] == "undo")
    return next((e for e in undoing if e.seq > last), None)


def decisions(events: Sequence[Event]) -> Decisions:
    """What the events decided about the layout; a later one goes before an earlier one that says otherwise."""
    joins: dict[Any, bool] = {}
    left_open: dict[str, None] = {}
    copies: dict[str, str | None] = {}
    for event in active(events):
        act = event.act
        if act["act"] != "layout":
            continue
        if pair := act.get("join"):
            left, right = pair
            joins = {k: v for k, v in joins.items() if not v or (k[0] != left and k[1] != right)}
            joins[left, right] = True
            left_open.pop(left, None)
        elif pair := act.get("unjoin"):
            joins[tuple(pair)] = False
        elif block := act.get("leave"):
            joins = {k: v for k, v in joins.items() if not v or k[0] != block[0]}
            left_open[block[0]] = None
        elif pair := act.get("duplicate"):
            copies[pair[0]] = pair[1]
        else:
            copies[act["unduplicate"][0]] = None
    return Decisions(
        joins=tuple(pair for pair, made in joins.items() if made),
        no_joins=tuple(pair for pair, made in joins.items() if not made),
        open=tuple(left_open),
        duplicates=tuple((block, of) for block, of in copies.items() if of is not None),
        no_duplicates=tuple(block for block, of in copies.items() if of is None),
    )


def rebuild(extraction: Extraction, events: Sequence[Event], known: Known) -> Review:
    """The state that the events make of an extraction.

    ``known`` gives the extractions that earlier events were made on, by digest; their decisions are carried over.
    """
    carriers: dict[str, Carrier] = {}
    draft = _Draft(extraction)
    for event in active(events):
        if not event.after or not decides(event):
            continue
        changes: Changes = event.after
        if event.base != extraction.digest:
            if event.base not in carriers:
                old = known(event.base)
                if old is None:
                    draft.unplace(event, "the extraction that it was made on is not kept")
                    continue
                carriers[event.base] = Carrier(old, extraction)
            try:
                changes = carriers[event.base].carry(event.after, draft.review)
            except Unplaced as error:
                draft.unplace(event, str(error))
                continue
        draft.change(changes, event)
    draft.undone(events)
    last = max((event.seq for event in events), default=0)
    return replace(draft.review, version=last, extracted=_extracted(events))


def go_on(review: Review, new: Iterable[Event]) -> bool:
    """Whether events only add to a state, so that nothing before them need be looked at again."""
    base = review.extraction.digest
    return all(e.undoes is None and e.base == base and e.act["act"] not in ("layout", "extracted") for e in new)


def extended(review: Review, new: Iterable[Event]) -> Review:
    """The state after more events, where they only add to it: what ``rebuild`` would make of all."""
    for event in new:
        review = review.with_changes(event.after, event.seq, event.who, event.at)
    return review


class _Draft:
    """A state in the making; its tables are its own until it is given away."""

    def __init__(self, extraction: Extraction) -> None:
        self.items = dict(extraction.items)
        self.origins: dict[str, str] = {}
        self.told: list[dict[str, Any]] = []
        self.extraction = extraction

    @property
    def review(self) -> Review:
        return Review(self.extraction, self.items, unplaced=tuple(self.told), origins=self.origins)

    def unplace(self, event: Event, why: str) -> None:
        self.told.append({"event": told(event), "why": why})

    def change(self, changes: Changes, event: Event) -> None:
        for id, change in changes.items():
            item = self.items[id] = changed(self.items.get(id), change, event.seq, event.who, event.at)
            if item.origin:
                self.origins[item.origin] = id

    def undone(self, events: Iterable[Event]) -> None:
        """A fact whose decision was undone was touched by that."""
        by_seq = {event.seq: event for event in events}
        for event in by_seq.values():
            target: Event | None = event
            while target is not None and target.undoes is not None:
                target = by_seq.get(target.undoes)
            if event.undoes is None or target is None or target.base != self.extraction.digest:
                continue
            for id in target.after:
                if id in self.items and self.items[id].version < event.seq:
                    self.items[id] = replace(self.items[id], version=event.seq)


def _extracted(events: Sequence[Event]) -> int:
    """The number of the last event that brought another extraction."""
    by_seq = {event.seq: event for event in events}
    last = 0
    for event in events:
        target = event
        while target.undoes is not None:
            target = by_seq[target.undoes]
        if target.act["act"] in ("layout", "extracted"):
            last = event.seq
    return last


def told(event: Event) -> dict[str, Any]:
    """An event as the page gets it."""
    names = ("seq", "who", "at", "act", "before", "after", "source_sha256", "rule_version", "undoes")
    return {name: getattr(event, name) for name in names}
