"""The desk that a review is done at: records, their events, and what is known of both in memory.

Every call may come from another thread; what is read and written together is one transaction of the store.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple

from parkfacts.batch.key import rule_version
from parkfacts.errors import DecisionError
from parkfacts.review import acts as acts_of
from parkfacts.review import events as fold
from parkfacts.review import revise
from parkfacts.review.conflicts import Conflict, built_on, conflicts
from parkfacts.review.records import HELD, Entry, Listed, Records
from parkfacts.review.state import Changes, Extraction, Review
from parkfacts.review.store import NAME, Event, Store
from parkfacts.review.wire import Act, Relay, dumped, parse
from parkfacts.review.words import ActError
from parkfacts.versions import UnreadVersion


class Rejected(Exception):
    """Acts that cannot be done; ``rows`` are problems, each with the place of its act."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        super().__init__(f"{len(rows)} errors")
        self.rows = rows


class NoDocument(Exception):
    """No record of that id, or one that cannot be read (``str()`` says why)."""


@dataclass(frozen=True)
class Open:
    """A document at work: its record, all its events, and the state that they make."""

    entry: Entry
    listed: Listed
    events: tuple[Event, ...]
    review: Review


class Progress(NamedTuple):
    """The state of a document, its facts, and how many of them were decided."""

    state: str
    facts: int
    decided: int


class Desk:
    """The reviews of one outputs folder."""

    def __init__(self, outputs: Path, clock: Callable[[], datetime] | None = None) -> None:
        self.records = Records(outputs)
        self.store = Store(outputs / NAME)
        self._outputs = outputs
        self._clock = clock or partial(datetime.now, UTC)
        self._lock = RLock()
        self._open: OrderedDict[str, Open] = OrderedDict()
        self._progress: dict[str, tuple[tuple[int, str], Progress]] = {}

    def close(self) -> None:
        """Closes the store."""
        self.store.close()

    # ---- reading ----------------------------------------------------------------------------------------------

    def open(self, id: str) -> Open:
        """The document as it stands now. Raises ``NoDocument``."""
        entry = self.records.find(id)
        if entry is None:
            raise NoDocument(f"there is no document {id!r}")
        with self._lock:
            listed = self.records.read(entry)
            if listed.extraction is None:
                raise NoDocument(listed.error or "cannot be read")
            try:
                return self._current(entry, listed, listed.extraction)
            except UnreadVersion as error:
                raise NoDocument(f"{entry.name}: its review cannot be read: {error}") from None

    def progress(self, entry: Entry) -> Progress:
        """How far a document is, with no more work than to ask for its last event where that is known."""
        at = (self.store.version(entry.name), self.records.signature(entry))
        known = self._progress.get(entry.id)
        if known is None or known[0] != at:
            open = self.open(entry.id)
            items = open.review.items.values()
            decided = sum(item.state != "open" for item in items)
            told = Progress(state_of(open.events), sum(item.alive for item in items), decided)
            known = self._progress[entry.id] = (at, told)
        return known[1]

    def _remember(self, id: str, open: Open) -> Open:
        self._open[id] = open
        self._open.move_to_end(id)
        while len(self._open) > HELD:
            self._open.popitem(last=False)
        return open

    def _current(self, entry: Entry, listed: Listed, extracted: Extraction) -> Open:
        known = self._open.get(entry.id)
        if known is not None and known.listed is listed:
            new = self.store.events(entry.name, known.review.version)
            if not new:
                return known
            events = (*known.events, *new)
            if fold.go_on(known.review, new):
                review = fold.extended(known.review, new)
                return self._remember(entry.id, Open(entry, listed, events, review))
        else:
            self._notice(entry, extracted)
            events = tuple(self.store.events(entry.name))
        base = self._extraction(entry, extracted, events)
        review = fold.rebuild(base, events, partial(self.store.known, entry.name))
        return self._remember(entry.id, Open(entry, listed, events, review))

    def _notice(self, entry: Entry, extracted: Extraction) -> None:
        """Tells in the events that a document with decisions was extracted again."""
        if self.store.version(entry.name) == 0 or self.store.file(entry.name) == extracted.digest:
            return
        with self.store.writing():
            self._keep(entry, extracted)
            self.store.append(self._event(entry, extracted, "parkfacts", {"act": "extracted"}))

    def _keep(self, entry: Entry, extracted: Extraction) -> None:
        record = json.dumps(extracted.record, ensure_ascii=False)
        self.store.keep(entry.name, extracted.digest, "", extracted, record)
        self.store.opened(entry.name, extracted.digest)

    def _extraction(self, entry: Entry, extracted: Extraction, events: Sequence[Event]) -> Extraction:
        """The extraction with the layout that the events decided: kept from before, or made now."""
        decided = fold.decisions(events)
        if not decided:
            return extracted
        known = self._open.get(entry.id)
        key = revise.key(decided)
        made = self.store.made(entry.name, extracted.digest, key)
        if made is None:
            made, record = revise.revise(extracted, decided, revise.options(self._outputs), entry.name)
            self.store.keep(entry.name, extracted.digest, key, made, record)
        if known is not None and known.review.extraction.digest == made.digest:
            return known.review.extraction
        return made

    # ---- acting -----------------------------------------------------------------------------------------------

    def act(self, id: str, who: str, base: int, data: Sequence[object]) -> tuple[Review, Open]:
        """Does the acts of a reviewer, all or none; returns the states before and after.

        Raises ``Conflict`` where a fact that they touch changed after the version ``base``, ``Rejected`` where one of
        them cannot be done, and ``NoDocument``.
        """
        told = _parsed(data)
        with self._lock:
            self._prepare(self.open(id), told)
            with self.store.writing():
                at = self.open(id)
                if conflict := conflicts(at.review, base, told):
                    raise Conflict(conflict)
                self._append(at, who, told)
            return at.review, self.open(id)

    def check(self, id: str, data: Sequence[object]) -> list[dict[str, Any]]:
        """The problems of acts, none of which is done. Raises ``NoDocument``."""
        try:
            at, told = self.open(id), _parsed(data)
            self._prepare(at, told)
            self._plan(at, told, "", _unsaved)
        except Rejected as error:
            return error.rows
        return []

    def _prepare(self, at: Open, told: Sequence[Act]) -> None:
        """What takes long is done before the store is locked: a new layout is extracted."""
        for n, act in enumerate(told):
            if isinstance(act, Relay):
                event = self._event(at.entry, at.review.extraction, "", dumped(act))
                try:
                    assert at.listed.extraction is not None
                    self._extraction(at.entry, at.listed.extraction, (*at.events, event))
                except DecisionError as error:
                    row = {"act": n, "field": None, "message": {"zh": f"版面决定不成立：{error}", "en": str(error)}}
                    raise Rejected([row]) from None

    def _append(self, at: Open, who: str, told: Sequence[Act]) -> None:
        if not at.events and at.listed.extraction is not None:
            self._keep(at.entry, at.listed.extraction)
        self._plan(at, told, who, self.store.append)

    def _plan(self, at: Open, told: Sequence[Act], who: str, write: Callable[[Event], Event]) -> None:
        """Each act on the state that the ones before it made."""
        review = at.review
        for n, act in enumerate(told):
            try:
                made = acts_of.changes(review, act)
            except ActError as error:
                raise Rejected([{"act": n, **problem} for problem in error.problems]) from None
            before = acts_of.before(review, made)
            event = write(self._event(at.entry, review.extraction, who, dumped(act), before, made))
            review = review.with_changes(made, event.seq, who, event.at)

    def _event(
        self,
        entry: Entry,
        base: Extraction,
        who: str,
        act: dict[str, Any],
        before: dict[str, Any] | None = None,
        after: Changes | None = None,
        undoes: int | None = None,
    ) -> Event:
        at = self._clock().isoformat(timespec="milliseconds")
        sha = str(base.record["source"]["sha256"])
        return Event(entry.name, who, at, act, before or {}, after or {}, base.digest, sha, rule_version(), undoes)

    # ---- taking back ------------------------------------------------------------------------------------------

    def undo(self, id: str, who: str) -> tuple[Review, Open]:
        """Takes back the reviewer's last act, a bulk act as one. Raises ``Conflict`` where someone else went on from
        it, ``Rejected`` where there is nothing to take back."""
        return self._take_back(id, who, "undo", fold.to_undo)

    def redo(self, id: str, who: str) -> tuple[Review, Open]:
        """Does again what was taken back last; raises as ``undo`` does."""
        return self._take_back(id, who, "redo", fold.to_redo)

    def _take_back(
        self, id: str, who: str, what: str, find: Callable[[Sequence[Event], str], Event | None]
    ) -> tuple[Review, Open]:
        with self._lock:
            with self.store.writing():
                at = self.open(id)
                target = find(at.events, who)
                if target is None:
                    zh = "没有可撤销的操作" if what == "undo" else "没有可重做的操作"
                    raise Rejected([{"act": 0, "field": None, "message": {"zh": zh, "en": f"nothing to {what}"}}])
                if rows := built_on(at.events, at.review, target, who):
                    raise Conflict(rows)
                event = self._event(
                    at.entry, at.review.extraction, who, {"act": what, "of": target.seq}, target.after, target.before,
                    target.seq,
                )  # fmt: skip
                self.store.append(event)
            return at.review, self.open(id)

    def set_state(self, id: str, who: str, state: str) -> Open:
        """Says that a document is done, or is not."""
        with self._lock, self.store.writing():
            at = self.open(id)
            if not at.events and at.listed.extraction is not None:
                self._keep(at.entry, at.listed.extraction)
            self.store.append(self._event(at.entry, at.review.extraction, who, {"act": "state", "state": state}))
            return self.open(id)


def kept(store: Store, document: str) -> Review | None:
    """The state of a document from the store alone; None where it has no events."""
    events = store.events(document)
    file = store.file(document)
    extraction = file and store.made(document, file, revise.key(fold.decisions(events)))
    return fold.rebuild(extraction, events, partial(store.known, document)) if extraction else None


def state_of(events: Sequence[Event]) -> str:
    """untouched, working, or done: the last word, which any later decision takes back."""
    for event in reversed(fold.active(events)):
        if event.act["act"] == "state":
            return str(event.act["state"])
        if event.act["act"] != "extracted":
            return "working"
    return "untouched"


def _unsaved(event: Event) -> Event:
    return event


def _parsed(data: Sequence[object]) -> list[Act]:
    told = []
    for n, one in enumerate(data):
        try:
            told.append(parse(one))
        except ActError as error:
            raise Rejected([{"act": n, **problem} for problem in error.problems]) from None
    return told
