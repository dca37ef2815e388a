"""What the page is told: plain data, as ``docs/review.md`` lists it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from parkfacts.review import events as fold
from parkfacts.review.shelf import Open, state_of
from parkfacts.review.state import Review


def document(open: Open, who: str) -> dict[str, Any]:
    """A document whole."""
    review = open.review
    record = review.record()
    rejected = [{"kind": i.kind, "fact": i.fact} for i in review.items.values() if i.state == "rejected"]
    return {
        "id": open.entry.id,
        "name": open.entry.name,
        "version": review.version,
        "state": state_of(open.events),
        "text": review.extraction.text,
        "record": record,
        "facts": facts(review, list(review.items)),
        "rejected": rejected,
        "unplaced": list(review.unplaced),
        **steps(open, who),
    }


def steps(open: Open, who: str) -> dict[str, bool]:
    """Whether the reviewer can undo and redo."""
    undo, redo = fold.to_undo(open.events, who), fold.to_redo(open.events, who)
    return {"can_undo": undo is not None, "can_redo": redo is not None}


def facts(review: Review, ids: list[str]) -> dict[str, Any]:
    """What was decided of each fact."""
    findings: dict[str, list[int]] = defaultdict(list)
    for n, finding in enumerate(review.extraction.record["findings"]):
        for id in finding["facts"]:
            findings[id].append(n)
    told = {}
    for id in ids:
        item = review.items[id]
        fact = item.fact
        told[id] = {
            "kind": item.kind,
            "state": item.state,
            "version": item.version,
            "by": item.by,
            "at": item.at,
            "rule": fact.get("rule"),
            "score": fact.get("score"),
            "findings": findings.get(id, []),
            "no_evidence": not (fact.get("spans") or fact.get("mentions")),
        }
    return told


def difference(old: Review, open: Open, who: str) -> dict[str, Any]:
    """What an act changed, and what refers to facts that came or went."""
    new = open.review
    told: dict[str, Any] = {"version": new.version, "changed": {}, "removed": [], "facts": {}, **steps(open, who)}
    if old.extraction.digest != new.extraction.digest:
        return {**told, "record_changed": True}
    touched = [id for id, item in new.items.items() if (was := old.items.get(id)) is not item and was != item]
    gone = [id for id in old.items if id not in new.items]
    turned = [id for id in touched if id not in old.items or old.items[id].alive != new.items[id].alive]
    shown = list(dict.fromkeys([*touched, *(new.referring([*turned, *gone]) if turned or gone else ())]))
    changed: dict[str, list[Any]] = defaultdict(list)
    for id in shown:
        item = new.items[id]
        if item.alive:
            changed[item.kind].append(new.seen(item))
    alive_before = [id for id in touched if id in old.items and old.items[id].alive]
    removed = [*gone, *(id for id in alive_before if not new.items[id].alive)]
    return {**told, "changed": changed, "removed": removed, "facts": facts(new, shown), "record_changed": False}
