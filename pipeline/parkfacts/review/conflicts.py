"""Where two people decide about one fact: what each of them has, so that nobody overwrites what he has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from parkfacts.review.events import active, decides
from parkfacts.review.state import NAMED, Item, Review
from parkfacts.review.store import Event
from parkfacts.review.wire import Act, Edit, Merge, One, Resize, Split, dumped, named


class Conflict(Exception):
    """Facts that someone else changed since; ``rows`` show both values."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        super().__init__(f"{len(rows)} conflicts")
        self.rows = rows


def built_on(events: Sequence[Event], review: Review, target: Event, who: str) -> list[dict[str, Any]]:
    """What others decided since about the facts of an event."""
    rows = []
    for event in active(events):
        if event.seq > target.seq and event.who != who and decides(event):
            for id in (id for id in event.after if id in target.after):
                item = review.items.get(id)
                theirs = item.state if item else None
                rows.append(_row(id, None, (target.before.get(id) or {}).get("state"), theirs, event.who, event.at))
    return rows


def conflicts(review: Review, base: int, told: Sequence[Act]) -> list[dict[str, Any]]:
    """The facts that acts touch and that changed after ``base``, where the acts would make something else of them."""
    if base < review.extracted:
        ids = list(dict.fromkeys(id for act in told for id in named(act))) or [""]
        yours = {"acts": [dumped(act) for act in told]}
        return [_row(id, "layout", yours, {"version": review.version}, "parkfacts", None) for id in ids]
    rows = []
    for act in told:
        for id in named(act):
            item = review.items.get(id)
            if item is not None and item.version > base:
                rows += _differing(review, id, item, act)
    return rows


def _differing(review: Review, id: str, item: Item, act: Act) -> list[dict[str, Any]]:
    seen = review.seen(item)
    if isinstance(act, Edit) and item.alive:
        return [
            _row(id, name, value, seen.get(name), item.by, item.at)
            for name, value in act.fields.items()
            if seen.get(name) != value
        ]
    if isinstance(act, Resize) and item.alive and item.kind not in NAMED:
        yours = [list(span) for span in act.spans]
        return [] if seen["spans"] == yours else [_row(id, "spans", yours, seen["spans"], item.by, item.at)]
    if isinstance(act, Merge | Split | Edit | Resize):
        return [_row(id, None, dumped(act), item.state, item.by, item.at)]
    wanted = {"reject": "rejected", "reopen": "open"}.get(act.act, "accepted") if isinstance(act, One) else "accepted"
    if item.state == wanted:
        return []
    return [_row(id, None, wanted, item.state, item.by, item.at)]


def _row(id: str, field: str | None, yours: Any, theirs: Any, by: str | None, at: str | None) -> dict[str, Any]:
    return {"fact": id, "field": field, "yours": yours, "theirs": theirs, "by": by, "at": at}
