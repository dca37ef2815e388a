"""Facts that were missed."""

from __future__ import annotations

from collections.abc import Mapping

from parkfacts.review.acts.parts import FIXED, RULE, completed, edited, evidence_at, named, new_fact, value_at
from parkfacts.review.state import NAMED, Changes, Fact, Review
from parkfacts.review.wire import Add
from parkfacts.review.words import ActError

_DEFAULTS: Mapping[str, Fact] = {
    "organizations": {"type": "other"},
    "milestones": {"type": "other", "status": "achieved", "date": None},
}


def add(review: Review, act: Add) -> Changes:
    """A missed fact, with what the rules read at its place and what the act tells."""
    if wrong := [name for name in act.fields if name in FIXED]:
        raise ActError.one(wrong[0], f"{wrong[0]} 不能填写", f"{wrong[0]} cannot be given")
    quoted = review.extraction.reading.quote(act.spans)
    if act.kind in NAMED:
        return _add_name(review, act, quoted)
    places = {tuple(map(tuple, item.fact["spans"])): id for id, item in review.items.items()
              if item.kind == act.kind and item.alive and item.kind != "milestones"}  # fmt: skip
    if there := places.get(tuple(map(tuple, quoted["spans"]))):
        raise ActError.one("spans", f"此处已有 {there}", f"{there} stands there already")
    value = value_at(review, act.kind, quoted["spans"])
    if value is None and act.kind in ("dates", "amounts") and not act.fields:
        zh = "认不出选中的日期，请填写各字段" if act.kind == "dates" else "认不出选中的数量，请填写各字段"
        raise ActError.one("spans", zh, "no rule reads the selection: fill in its fields")
    evidence = evidence_at(review, act.kind, quoted["spans"])
    default = dict(_DEFAULTS.get(act.kind, {}))
    if act.kind == "milestones":
        default["date"] = _date_within(review, quoted["spans"])
    return new_fact(review, act.kind, {**default, **(value or {}), **act.fields, **evidence})


def _add_name(review: Review, act: Add, quoted: Fact) -> Changes:
    """A name, or another mention of one whose form it is."""
    mention = {**quoted, "rule": RULE}
    for id, item in review.items.items():
        if item.kind == act.kind and item.alive and quoted["text"] in (m["text"] for m in item.fact["mentions"]):
            if any(m["spans"] == quoted["spans"] for m in item.fact["mentions"]):
                raise ActError.one("spans", f"此处已有 {id}", f"{id} stands there already")
            return {id: edited(item, named({**item.fact, "mentions": [*item.fact["mentions"], mention]}))}
    roles = [completed(review, "roles", one) for one in act.fields.get("roles") or ()]
    default = _DEFAULTS.get(act.kind, {})
    fact = {**default, "reasons": [], **act.fields, "roles": roles, "mentions": [mention]}
    return new_fact(review, act.kind, named(fact))


def _date_within(review: Review, spans: list[list[int]]) -> str | None:
    """The first date that stands within spans."""
    for id, item in review.items.items():
        if item.kind == "dates" and item.alive and item.fact["kind"] in ("date", "range"):
            at = item.fact["spans"][0]
            if any(start <= at[0] and at[1] <= end for start, end in spans):
                return id
    return None
