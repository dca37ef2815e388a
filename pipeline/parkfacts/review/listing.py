"""The list of documents, each with its state; what it takes to tell is kept until a file or a decision changes it."""

from __future__ import annotations

import json
from importlib.metadata import version
from threading import Lock
from typing import Any

from parkfacts.errors import ReportError
from parkfacts.facts import SCHEMA_VERSION, Report
from parkfacts.review.records import Entry
from parkfacts.review.shelf import NoDocument, Shelf, state_of
from parkfacts.review.state import KINDS
from parkfacts.write.record import load_with_text

Row = dict[str, Any]
Known = dict[str, tuple[str, Row]]  # by a document's name: what changes when it does, and what was told
_MADE_BY = f"{version('parkfacts')} {SCHEMA_VERSION}"
_NOTHING: Row = {"title": None, "park": None, "warnings": 0, "findings": 0, "facts": 0, "chars": 0,
                 "state": "untouched", "decided": 0}  # fmt: skip


class Listing:
    """The list of a folder. Where there is a store, it keeps the rows: to read thousands of records takes long."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._known: Known | None = None
        self._unkept: Known = {}
        self._lock = Lock()

    def rows(self) -> list[Row]:
        """One row a document, as ``docs/review.md`` lists it, in the order of their names."""
        with self._lock:
            return self._rows()

    def _rows(self) -> list[Row]:
        store = self._shelf.store
        if self._known is None:
            self._known = {name: (key, json.loads(told)) for name, (key, told) in store.listed().items()}
        last = store.versions()
        rows = [self._row(entry, last.get(entry.name, 0), self._known) for entry in self._shelf.records.entries()]
        if store.keep_listed({name: (key, json.dumps(told)) for name, (key, told) in self._unkept.items()}):
            self._unkept.clear()
        return rows

    def _row(self, entry: Entry, event: int, known: Known) -> Row:
        named = {"id": entry.id, "name": entry.name, "error": None}
        try:
            key = f"{_MADE_BY} {event} {self._shelf.records.signature(entry)}"
            if entry.name not in known or known[entry.name][0] != key:
                known[entry.name] = self._unkept[entry.name] = key, self._told(entry, event)
            return {**named, **known[entry.name][1]}
        except (ReportError, NoDocument) as error:
            return {**named, **_NOTHING, "error": str(error)}
        except OSError as error:
            return {**named, **_NOTHING, "error": f"{entry.name}: {error.strerror}"}

    def _told(self, entry: Entry, event: int) -> Row:
        """Raises ``ReportError`` for a record that cannot be read, ``NoDocument`` for such a review."""
        told = _NOTHING | _summary(*load_with_text(entry.path))
        if not event:
            return told
        open = self._shelf.open(entry.id)
        items = open.review.items.values()
        decided = sum(item.state != "open" for item in items)
        return told | {"state": state_of(open.events), "facts": sum(i.alive for i in items), "decided": decided}


def _summary(report: Report, text: str) -> Row:
    head = report.document
    return {
        "title": head.title,
        "park": head.park.name if head.park else None,
        "warnings": len(report.warnings),
        "findings": len(report.findings),
        "facts": sum(len(getattr(report, kind)) for kind in KINDS),
        "chars": len(text),
    }
