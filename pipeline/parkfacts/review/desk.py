"""The desk that a review is done at: acts on documents, each of which becomes an event.

Every call may come from another thread; what is read and written together is one transaction of the store.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from parkfacts.errors import DecisionError
from parkfacts.review import acts as acts_of
from parkfacts.review import events as fold
from parkfacts.review.conflicts import Conflict, built_on, conflicts
from parkfacts.review.shelf import Open, Shelf
from parkfacts.review.state import Review
from parkfacts.review.store import Event
from parkfacts.review.wire import Act, Relay, dumped, parse
from parkfacts.review.words import ActError


class Rejected(Exception):
    """Acts that cannot be done; ``rows`` are problems, each with the place of its act."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        super().__init__(f"{len(rows)} errors")
        self.rows = rows


class Desk(Shelf):
    """The reviews of one outputs folder."""

    def act(self, id: str, who: str, base: int, data: Sequence[object]) -> tuple[Review, Open]:
        """Does the acts of a reviewer, all or none; returns the states before and after.

        Raises ``Conflict`` where a fact that they touch changed after the version ``base``, ``Rejected`` where one of
        them cannot be done, and ``NoDocument``.
        """
        told = _parsed(data)
        with self.lock:
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
                event = self.event(at.entry, at.review.extraction, "", dumped(act))
                try:
                    assert at.listed.extraction is not None
                    self.extraction(at.entry, at.listed.extraction, (*at.events, event))
                except DecisionError as error:
                    row = {"act": n, "field": None, "message": {"zh": f"版面决定不成立：{error}", "en": str(error)}}
                    raise Rejected([row]) from None

    def _append(self, at: Open, who: str, told: Sequence[Act]) -> None:
        if not at.events and at.listed.extraction is not None:
            self.keep(at.entry, at.listed.extraction)
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
            event = write(self.event(at.entry, review.extraction, who, dumped(act), before, made))
            review = review.with_changes(made, event.seq, who, event.at)

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
        with self.lock:
            with self.store.writing():
                at = self.open(id)
                target = find(at.events, who)
                if target is None:
                    zh = "没有可撤销的操作" if what == "undo" else "没有可重做的操作"
                    raise Rejected([{"act": 0, "field": None, "message": {"zh": zh, "en": f"nothing to {what}"}}])
                if rows := built_on(at.events, at.review, target, who):
                    raise Conflict(rows)
                event = self.event(
                    at.entry, at.review.extraction, who, {"act": what, "of": target.seq}, target.after, target.before,
                    target.seq,
                )  # fmt: skip
                self.store.append(event)
            return at.review, self.open(id)

    def set_state(self, id: str, who: str, state: str) -> Open:
        """Says that a document is done, or is not."""
        with self.lock, self.store.writing():
            at = self.open(id)
            if not at.events and at.listed.extraction is not None:
                self.keep(at.entry, at.listed.extraction)
            self.store.append(self.event(at.entry, at.review.extraction, who, {"act": "state", "state": state}))
            return self.open(id)


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
