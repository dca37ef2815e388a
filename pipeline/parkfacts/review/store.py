"""Events of reviews in one SQLite file; append-only, safe for several threads and processes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import RLock
from typing import Any

from parkfacts.errors import WriteError
from parkfacts.facts import SCHEMA_VERSION
from parkfacts.review.state import KINDS, Change, Changes, Extraction
from parkfacts.versions import upgraded, upgraded_fact

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
create table if not exists listed (document text primary key, key text not null, told text not null);
create trigger if not exists kept before update on events begin select raise(abort, 'events are append-only'); end;
create trigger if not exists never before delete on events begin select raise(abort, 'events are append-only'); end;
"""
_COLUMNS = "document, who, at, act, before, after, base, source_sha256, rule_version, undoes"


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
    """The reviews of one folder of records. The file is made by the first decision; reading makes none.

    Raises ``WriteError`` where it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = RLock()
        self._opened: sqlite3.Connection | None = None
        if path.exists():
            self._connect()

    def _connect(self) -> sqlite3.Connection:
        if self._opened is not None:
            return self._opened
        try:
            db = sqlite3.connect(self._path, timeout=30, isolation_level=None, check_same_thread=False)
            db.execute("pragma journal_mode = wal")
            db.execute("pragma synchronous = full")
            db.executescript(_SCHEMA)
        except sqlite3.Error as error:
            advice = "reviews are kept there: make the folder writable, or move the file away"
            raise WriteError(self._path.as_posix(), f"cannot be opened ({error})", advice) from error
        self._opened = db
        return db

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    def _rows(self, query: str, *values: object) -> list[Any]:
        with self._lock:
            if self._opened is None and not self._path.exists():
                return []
            return self._connect().execute(query, values).fetchall()

    def _write(self, query: str, *values: object) -> int:
        with self._lock:
            return int(self._connect().execute(query, values).lastrowid or 0)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction: what is read in it holds until its end, and it is written whole or not at all."""
        with self._lock:
            db = self._connect()
            db.execute("begin immediate")
            try:
                yield
            except BaseException:
                db.execute("rollback")
                raise
            db.execute("commit")

    def append(self, event: Event) -> Event:
        """Writes an event, and returns it with its number."""
        before, after = _json(_told(event.before)), _json(_told(event.after))
        row = (event.document, event.who, event.at, _json(event.act), before, after,
               event.base, event.source_sha256, event.rule_version, event.undoes)  # fmt: skip
        seq = self._write(f"insert into events ({_COLUMNS}) values ({', '.join('?' * len(row))})", *row)
        return replace(event, seq=seq)

    def events(self, document: str, after: int = 0) -> list[Event]:
        """The events of a document in their order, from a number on, their facts in the form of today's. Raises
        ``UnreadVersion`` where a newer parkfacts wrote some."""
        query = f"select {_COLUMNS}, seq from events where document = ? and seq > ? order by seq"
        rows = self._rows(query, document, after)
        return [_event(*row) for row in rows]

    def version(self, document: str) -> int:
        """The number of a document's last event, 0 where it has none."""
        rows = self._rows("select coalesce(max(seq), 0) from events where document = ?", document)
        return int(rows[0][0]) if rows else 0

    def versions(self) -> dict[str, int]:
        """The number of the last event of each document that has one."""
        return dict(self._rows("select document, max(seq) from events group by document"))

    def listed(self) -> dict[str, tuple[str, str]]:
        """What was told of documents in their list, each with the key of what it was told from."""
        return {name: (key, told) for name, key, told in self._rows("select document, key, told from listed")}

    def keep_listed(self, rows: Mapping[str, tuple[str, str]]) -> bool:
        """Keeps what was told, where there is a file already: to look at a list makes none. False without one."""
        if not self._path.exists():
            return False
        if rows:
            with self.writing():
                for name, (key, told) in rows.items():
                    self._write("insert or replace into listed values (?, ?, ?)", name, key, told)
        return True

    def file(self, document: str) -> str | None:
        """The digest of the document's record when it was last looked at, where it has events."""
        rows = self._rows("select file from documents where document = ?", document)
        return str(rows[0][0]) if rows else None

    def opened(self, document: str, file: str) -> None:
        """Keeps that digest."""
        self._write("insert or replace into documents values (?, ?)", document, file)

    def keep(self, document: str, file: str, decisions: str, extraction: Extraction, record: str) -> None:
        """Keeps an extraction that events speak of: that of a record's file, or one made anew by decisions."""
        row = (document, file, decisions, extraction.digest, record, extraction.text)
        self._write("insert or ignore into extractions values (?, ?, ?, ?, ?, ?)", *row)

    def made(self, document: str, file: str, decisions: str) -> Extraction | None:
        """The extraction that decisions about the layout made of a record."""
        return self._extraction("file = ? and decisions = ?", document, file, decisions)

    def known(self, document: str, digest: str) -> Extraction | None:
        """An extraction by its digest."""
        return self._extraction("digest = ?", document, digest)

    def _extraction(self, where: str, *values: str) -> Extraction | None:
        rows = self._rows(
            f"select record, text, digest from extractions where document = ? and {where} limit 1", *values
        )
        return Extraction(upgraded(json.loads(rows[0][0])), *rows[0][1:]) if rows else None


def _event(document: str, who: str, at: str, act: str, before: str, after: str, *rest: Any) -> Event:
    was, made = (_of_today(json.loads(changes)) for changes in (before, after))
    return Event(document, who, at, json.loads(act), was, made, *rest)


_FORM = "schema_version"  # of a changed fact; events of the first stores say none, and were written under 0.1


def _told(changes: Changes) -> Changes:
    """Changes as they are kept: each fact with the version of its form."""
    return {id: {**change, _FORM: SCHEMA_VERSION} if change and "fact" in change else change
            for id, change in changes.items()}  # fmt: skip


def _of_today(changes: Changes) -> Changes:
    return {id: _change_of_today(id, change) if change and "fact" in change else change
            for id, change in changes.items()}  # fmt: skip


def _change_of_today(id: str, change: Change) -> Change:
    version = change.pop(_FORM, "0.1")
    kind = next(kind for kind, (prefix, _) in KINDS.items() if id.startswith(prefix))
    return {**change, "fact": upgraded_fact(kind, change["fact"], version)}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
