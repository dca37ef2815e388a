"""Decisions about one fact, and other values in its fields."""

from __future__ import annotations

from parkfacts.review.acts.parts import FIXED, alive, change_of, completed, edited, evidence_at, find, named
from parkfacts.review.state import NAMED, Changes, Review
from parkfacts.review.wire import Edit, One
from parkfacts.review.words import ActError


def one(review: Review, act: One) -> Changes:
    """Accepted, rejected, or as it was extracted again."""
    item = find(review, act.fact)
    if act.act == "accept":
        item = alive(review, act.fact)
        return {act.fact: change_of(item, "accepted" if item.state == "open" else item.state)}
    if item.state == "merged":
        raise ActError.one("fact", f"{act.fact} 已被合并，请撤销合并", f"{act.fact} was merged: undo the merge")
    if act.act == "reject":
        return {act.fact: change_of(item, "rejected")}
    if act.fact not in review.extraction.items:
        return {act.fact: change_of(item, "added")}
    return {act.fact: change_of(item, "open", review.extraction.items[act.fact].fact)}


def edit(review: Review, act: Edit) -> Changes:
    """Other values; text follows from spans, a name from its mentions."""
    item = alive(review, act.fact)
    if wrong := [name for name in act.fields if name in FIXED]:
        zh, en = f"{wrong[0]} 不能修改", f"{wrong[0]} cannot be changed; the text follows from the spans"
        raise ActError.one(wrong[0], zh, en)
    fields = dict(act.fields)
    if "spans" in fields and item.kind not in NAMED:
        fields.update(evidence_at(review, item.kind, fields["spans"]))
    for name in ("mentions", "roles", "restated"):
        if name in fields:
            fields[name] = [completed(review, name, one) for one in fields[name] or ()]
    fact = {**item.fact, **fields}
    if "mentions" in fields:
        fact = named(fact)
    elif "name" in fields and "aliases" not in fields:  # one of its forms is its name now
        forms = dict.fromkeys(mention["text"] for mention in fact["mentions"])
        fact["aliases"] = [form for form in forms if form != fact["name"]]
    return {act.fact: edited(item, fact)}
