"""The documents of a review as they stand now: their records, their events, and the states that these make."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import RLock
from typing import Any

from parkfacts.batch.key import rule_version
from parkfacts.review import events as fold
from parkfacts.review import revise
from parkfacts.review.records import HELD, Entry, Listed, Records
from parkfacts.review.state import Changes, Extraction, Review
from parkfacts.review.store import NAME, Event, Store
from parkfacts.versions import UnreadVersion


class NoDocument(Exception):
    """No record of that id, or one that cannot be read (``str()`` says why)."""


@dataclass(frozen=True)
class Open:
    """A document at work: its record, all its events, and the state that they make."""

    entry: Entry
    listed: Listed
    events: tuple[Event, ...]
    review: Review


class Shelf:
    """The documents of one outputs folder; those opened last are held in memory."""

    def __init__(self, outputs: Path, clock: Callable[[], datetime] | None = None) -> None:
        self.records = Records(outputs)
        self.store = Store(outputs / NAME)
        self.lock = RLock()
        self._outputs = outputs
        self._clock = clock or partial(datetime.now, UTC)
        self._open: OrderedDict[str, Open] = OrderedDict()

    def close(self) -> None:
        """Closes the store."""
        self.store.close()

    def open(self, id: str) -> Open:
        """The document as it stands now. Raises ``NoDocument``."""
        entry = self.records.find(id)
        if entry is None:
            raise NoDocument(f"there is no document {id!r}")
        with self.lock:
            listed = self.records.read(entry)
            if listed.extraction is None:
                raise NoDocument(listed.error or "cannot be read")
            try:
                return self._current(entry, listed, listed.extraction)
            except UnreadVersion as error:
                raise NoDocument(f"{entry.name}: its review cannot be read: {error}") from None

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
        base = self.extraction(entry, extracted, events)
        review = fold.rebuild(base, events, partial(self.store.known, entry.name))
        return self._remember(entry.id, Open(entry, listed, events, review))

    def _notice(self, entry: Entry, extracted: Extraction) -> None:
        """Tells in the events that a document with decisions was extracted again."""
        if self.store.version(entry.name) == 0 or self.store.file(entry.name) == extracted.digest:
            return
        with self.store.writing():
            self.keep(entry, extracted)
            self.store.append(self.event(entry, extracted, "parkfacts", {"act": "extracted"}))

    def keep(self, entry: Entry, extracted: Extraction) -> None:
        """Keeps the extraction that events are about to speak of."""
        record = json.dumps(extracted.record, ensure_ascii=False)
        self.store.keep(entry.name, extracted.digest, "", extracted, record)
        self.store.opened(entry.name, extracted.digest)

    def extraction(self, entry: Entry, extracted: Extraction, events: Sequence[Event]) -> Extraction:
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

    def event(
        self,
        entry: Entry,
        base: Extraction,
        who: str,
        act: dict[str, Any],
        before: dict[str, Any] | None = None,
        after: Changes | None = None,
        undoes: int | None = None,
    ) -> Event:
        """An event of now, not yet written."""
        at = self._clock().isoformat(timespec="milliseconds")
        sha = str(base.record["source"]["sha256"])
        return Event(entry.name, who, at, act, before or {}, after or {}, base.digest, sha, rule_version(), undoes)


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
