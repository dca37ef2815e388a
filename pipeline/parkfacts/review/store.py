"""Events of reviews in one SQLite file; append-only, safe for several threads and processes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import RLock
from typing import Any

from parkfacts.errors import WriteError
from parkfacts.review.state import Changes, Extraction

NAME = "review.sqlite"
_SCHEMA = """
create table if not exists events (
  seq integer primary key autoincrement, document text not null, who text not null, at text not null,
  act text not null, before text not null, after text not null, base text not null,
  source_sha256 text not null, rule_version text not null, undoes integer references events (seq));
create index if not exists events_of on events (document, seq);
create table if not exists extractions (
  document text not null, file text not null, decisions text not null, digest text not null,
  record text not null, text text not null, primary key (document, file, decisions));
create index if not exists extractions_by on extractions (document, digest);
create table if not exists documents (document text primary key, file text not null);
create trigger if not exists kept before update on events begin select raise(abort, 'events are append-only'); end;
create trigger if not exists never before delete on events begin select raise(abort, 'events are append-only'); end;
"""


@dataclass(frozen=True, slots=True)
class Event:
    """A decision: who, when, what, the facts ``before`` and ``after`` (None: there was none), the ``base`` (digest of
    the extraction whose ids it speaks in), the source, the version of the rules, and which event it undoes."""

    document: str
    who: str
    at: str
    act: dict[str, Any]
    before: dict[str, Any]
    after: Changes
    base: str
    source_sha256: str
    rule_version: str
    undoes: int | None = None
    seq: int = 0


class Store:
    """The reviews of one folder of records. Raises ``WriteError`` where the file cannot be opened."""

    def __init__(self, path: Path) -> None:
        self._lock = RLock()
        try:
            self._db = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
            self._db.execute("pragma journal_mode = wal")
            self._db.execute("pragma synchronous = full")
            self._db.executescript(_SCHEMA)
        except sqlite3.Error as error:
            advice = "reviews are kept there: make the folder writable, or move the file away"
            raise WriteError(path.as_posix(), f"cannot be opened ({error})", advice) from error

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._db.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction: what is read in it holds until its end, and it is written whole or not at all."""
        with self._lock:
            self._db.execute("begin immediate")
            try:
                yield
            except BaseException:
                self._db.execute("rollback")
                raise
            self._db.execute("commit")

    def append(self, event: Event) -> Event:
        """Writes an event, and returns it with its number."""
        row = (event.document, event.who, event.at, _json(event.act), _json(event.before), _json(event.after),
               event.base, event.source_sha256, event.rule_version, event.undoes)  # fmt: skip
        marks = ", ".join("?" * len(row))
        names = "document, who, at, act, before, after, base, source_sha256, rule_version, undoes"
        with self._lock:
            done = self._db.execute(f"insert into events ({names}) values ({marks})", row)
        return replace(event, seq=int(done.lastrowid or 0))

    def events(self, document: str, after: int = 0) -> list[Event]:
        """The events of a document in their order, from a number on."""
        with self._lock:
            rows = self._db.execute(
                "select document, who, at, act, before, after, base, source_sha256, rule_version, undoes, seq"
                " from events where document = ? and seq > ? order by seq",
                (document, after),
            ).fetchall()
        return [Event(*row[:3], *map(json.loads, row[3:6]), *row[6:]) for row in rows]

    def version(self, document: str) -> int:
        """The number of a document's last event, 0 where it has none."""
        with self._lock:
            query = "select coalesce(max(seq), 0) from events where document = ?"
            return int(self._db.execute(query, (document,)).fetchone()[0])

    def touched(self) -> set[str]:
        """The documents that have events."""
        with self._lock:
            return {name for (name,) in self._db.execute("select distinct document from events")}

    def file(self, document: str) -> str | None:
        """The digest of the document's record as it was last opened."""
        with self._lock:
            row = self._db.execute("select file from documents where document = ?", (document,)).fetchone()
        return None if row is None else str(row[0])

    def opened(self, document: str, file: str) -> None:
        """Keeps that digest."""
        with self._lock:
            self._db.execute("insert or replace into documents values (?, ?)", (document, file))

    def keep(self, document: str, file: str, decisions: str, extraction: Extraction, record: str) -> None:
        """Keeps an extraction that events speak of: that of a record's file, or one made anew by decisions."""
        row = (document, file, decisions, extraction.digest, record, extraction.text)
        with self._lock:
            self._db.execute("insert or ignore into extractions values (?, ?, ?, ?, ?, ?)", row)

    def made(self, document: str, file: str, decisions: str) -> Extraction | None:
        """The extraction that decisions about the layout made of a record."""
        return self._extraction("file = ? and decisions = ?", document, file, decisions)

    def known(self, document: str, digest: str) -> Extraction | None:
        """An extraction by its digest."""
        return self._extraction("digest = ?", document, digest)

    def _extraction(self, where: str, *values: str) -> Extraction | None:
        with self._lock:
            query = f"select record, text, digest from extractions where document = ? and {where}"
            row = self._db.execute(query, values).fetchone()
        return None if row is None else Extraction(json.loads(row[0]), row[1], row[2])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
