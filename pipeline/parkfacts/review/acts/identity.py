"""One thing or two: names merged and split."""

from __future__ import annotations

from typing import Any

from parkfacts.review.acts.parts import alive, change_of, edited, named, new_fact
from parkfacts.review.state import NAMED, Changes, Fact, Review
from parkfacts.review.wire import Merge, Split
from parkfacts.review.words import ActError


def merge(review: Review, act: Merge) -> Changes:
    """All mentions become those of one; its name is the longest."""
    into = alive(review, act.into)
    others = {id: alive(review, id) for id in act.facts if id != act.into}
    if not others or into.kind not in NAMED or any(item.kind != into.kind for item in others.values()):
        raise ActError.one(
            "facts", "只能合并同类的名称，且不能与自身合并", "names of one kind are merged, two at least"
        )
    facts = [into.fact, *(item.fact for item in others.values())]
    mentions = {str(mention["spans"]): mention for fact in facts for mention in fact["mentions"]}
    fact = {
        **into.fact,
        "name": max((fact["name"] for fact in facts), key=len),
        "mentions": list(mentions.values()),
        **{name: _all(facts, name) for name in ("roles", "reasons")},
    }
    gone = {id: {**change_of(item, "merged"), "into": act.into} for id, item in others.items()}
    return {act.into: edited(into, named(fact)), **gone}


def _all(facts: list[Fact], name: str) -> list[Any]:
    rows = [row for fact in facts for row in fact.get(name, ())]
    return [row for n, row in enumerate(rows) if row not in rows[:n]]


def split(review: Review, act: Split) -> Changes:
    """Some mentions become a name of their own."""
    item = alive(review, act.fact)
    if item.kind not in NAMED:
        raise ActError.one("fact", "只有名称可以拆分", "only names are split")
    mentions, chosen = item.fact["mentions"], set(act.mentions)
    if not all(0 <= at < len(mentions) for at in chosen) or len(chosen) == len(mentions):
        raise ActError.one("mentions", "请选择一部分提及（不能是全部）", "choose some of the mentions, not all")
    ours = [mention for n, mention in enumerate(mentions) if n not in chosen]
    theirs = [mention for n, mention in enumerate(mentions) if n in chosen]
    forms = {mention["text"] for mention in theirs}
    if act.name is not None and act.name not in forms:
        raise ActError.one("name", "名称须是所选提及之一", "the name must be one of the mentions")
    kept = {**item.fact, "mentions": ours}
    other = {"name": act.name, "mentions": theirs, "roles": [], "reasons": item.fact.get("reasons", [])}
    if item.kind == "organizations":
        other["type"] = item.fact["type"]
    return {act.fact: edited(item, named(kept)), **new_fact(review, item.kind, named(other))}
