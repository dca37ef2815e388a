"""What the acts are made of: the fact that one speaks of, the change that it means, evidence, and names."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from pydantic import ValidationError

from parkfacts.review import normal
from parkfacts.review.state import KINDS, Change, Changes, Fact, Item, Review
from parkfacts.review.words import ActError, problems

RULE = "review"  # the rule of what a person added
FIXED = ("id", "rule", "score", "text")


def find(review: Review, id: str) -> Item:
    """The fact of that id. Raises ``ActError``."""
    if id not in review.items:
        raise ActError.one("fact", f"没有编号为 {id} 的条目", f"there is no fact {id}")
    return review.items[id]


def alive(review: Review, id: str) -> Item:
    """The fact of that id, which was neither rejected nor merged. Raises ``ActError``."""
    item = find(review, id)
    if not item.alive:
        raise ActError.one(
            "fact", f"{id} 已被否决或合并，请先恢复", f"{id} was rejected or merged: take that back first"
        )
    return item


def change_of(item: Item, state: str, fact: Fact | None = None) -> Change:
    """A change of a fact; what has no extraction to be looked up in says what it is known by."""
    told: Change = {"state": state} if fact is None else {"state": state, "fact": fact}
    return {**told, "origin": item.origin, "kind": item.kind} if item.origin else told


def edited(item: Item, fact: Fact) -> Change:
    """A change of fields; what was added stays so."""
    return change_of(item, "added" if item.state == "added" else "edited", fact)


def completed(review: Review, name: str, evidence: Any) -> Any:
    """Evidence with its text, where only its spans were told."""
    if not isinstance(evidence, dict) or "spans" not in evidence or "text" in evidence:
        return evidence
    rule = {"rule": RULE} if name == "mentions" else {}
    return {**rule, **evidence, **review.extraction.reading.quote(evidence["spans"])}


def evidence_at(review: Review, kind: str, spans: Any) -> Fact:
    """The fields that tell where a fact stands."""
    quoted = review.extraction.reading.quote(spans)
    if kind == "milestones":
        return {"description": quoted["text"], "spans": quoted["spans"], "also": quoted["also"]}
    return quoted


def named(fact: Fact) -> Fact:
    """A named thing whose mentions changed: its mentions in order, its name the fullest form if it lost its own."""
    mentions = sorted(fact["mentions"], key=lambda mention: mention["spans"][0])
    forms = list(dict.fromkeys(mention["text"] for mention in mentions))
    name = fact["name"] if fact.get("name") in forms else max(forms, key=len)
    reasons = [one for one in fact.get("reasons", ()) if {one["alias"], one["of"]} <= set(forms)]
    aliases = [form for form in forms if form != name]
    return {**fact, "mentions": mentions, "name": name, "aliases": aliases, "reasons": reasons}


def value_at(review: Review, kind: str, spans: list[list[int]]) -> Fact | None:
    """What the rules read at a place."""
    reading = review.extraction.reading
    if kind == "dates":
        return normal.date_fields(reading, review.extraction.record["document"], *reading.place(spans))
    if kind == "amounts":
        known = [item.fact for item in review.items.values() if item.kind == "dates" and item.alive]
        return normal.amount_fields(reading, known, *reading.place(spans))
    return None


def new_fact(review: Review, kind: str, fields: Fact, taken: Changes | None = None) -> Changes:
    """A fact with every field of its kind and the next free id. Raises ``ActError``."""
    id = review.free(kind, taken or ())
    model = KINDS[kind][1]
    try:  # a new fact gets every field of its kind
        fact = model.model_validate({**fields, "id": id, "rule": RULE}).model_dump(mode="json")
    except ValidationError as error:
        raise ActError(problems(error)) from None
    return {id: {"state": "added", "kind": kind, "fact": fact, "origin": uuid4().hex}}
