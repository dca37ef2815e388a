"""Acts of a reviewer: each is a function from the state and the act to the changes of facts that it means.

Pure: nothing is written here. ``changes`` is the way in; what it gives goes into an event, and ``Review.with_changes``
carries it out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from pydantic import ValidationError

from parkfacts.review import normal
from parkfacts.review.state import KINDS, NAMED, REFERENCES, Change, Changes, Fact, Item, Review, referred
from parkfacts.review.wire import Act, Add, All, Edit, Merge, One, Relay, Resize, Split
from parkfacts.review.words import ActError, problems

RULE = "review"  # the rule of what a person added
_FIXED = ("id", "rule", "score", "text")
_DEFAULTS: Mapping[str, Fact] = {
    "organizations": {"type": "other"},
    "milestones": {"type": "other", "status": "achieved", "date": None},
}


def changes(review: Review, act: Act) -> Changes:
    """The changes that an act means, every changed fact validated. Raises ``ActError``."""
    if isinstance(act, One):
        made = _one(review, act)
    elif isinstance(act, All):
        made = {id: {"state": "accepted"} for id in act.facts if _alive(review, id).state == "open"}
    elif isinstance(act, Edit):
        made = _edit(review, act)
    elif isinstance(act, Resize):
        made = _resize(review, act)
    elif isinstance(act, Add):
        made = _add(review, act)
    elif isinstance(act, Merge):
        made = _merge(review, act)
    else:
        made = {} if isinstance(act, Relay) else _split(review, act)
    for id, change in made.items():
        if "fact" in change:
            _check(review, made, id, change)
    return made


def before(review: Review, made: Changes) -> dict[str, Change | None]:
    """What stood where changes go, in their form."""
    told: dict[str, Change | None] = {}
    for id, change in made.items():
        item = review.items.get(id)
        told[id] = None if item is None else {"state": item.state}
        if item is not None and "fact" in change:
            told[id] = {"state": item.state, "fact": item.fact}
    return told


# ---- single facts -----------------------------------------------------------------------------------------------


def _item(review: Review, id: str) -> Item:
    if id not in review.items:
        raise ActError.one("fact", f"没有编号为 {id} 的条目", f"there is no fact {id}")
    return review.items[id]


def _alive(review: Review, id: str) -> Item:
    item = _item(review, id)
    if not item.alive:
        raise ActError.one(
            "fact", f"{id} 已被否决或合并，请先恢复", f"{id} was rejected or merged: take that back first"
        )
    return item


def _change(item: Item, state: str, fact: Fact | None = None) -> Change:
    """A change of a fact; what has no extraction to be looked up in says what it is known by."""
    told: Change = {"state": state} if fact is None else {"state": state, "fact": fact}
    return {**told, "origin": item.origin, "kind": item.kind} if item.origin else told


def _one(review: Review, act: One) -> Changes:
    item = _item(review, act.fact)
    if act.act == "accept":
        item = _alive(review, act.fact)
        return {act.fact: _change(item, "accepted" if item.state == "open" else item.state)}
    if item.state == "merged":
        raise ActError.one("fact", f"{act.fact} 已被合并，请撤销合并", f"{act.fact} was merged: undo the merge")
    if act.act == "reject":
        return {act.fact: _change(item, "rejected")}
    if act.fact not in review.extraction.items:
        return {act.fact: _change(item, "added")}
    return {act.fact: _change(item, "open", review.extraction.items[act.fact].fact)}


def _edited(item: Item, fact: Fact) -> Change:
    return _change(item, "added" if item.state == "added" else "edited", fact)


def _edit(review: Review, act: Edit) -> Changes:
    item = _alive(review, act.fact)
    if wrong := [name for name in act.fields if name in _FIXED]:
        zh, en = f"{wrong[0]} 不能修改", f"{wrong[0]} cannot be changed; the text follows from the spans"
        raise ActError.one(wrong[0], zh, en)
    fields = dict(act.fields)
    if "spans" in fields and item.kind not in NAMED:
        fields.update(_evidence(review, item.kind, fields["spans"]))
    for name in ("mentions", "roles", "restated"):
        if name in fields:
            fields[name] = [_completed(review, name, one) for one in fields[name] or ()]
    fact = {**item.fact, **fields}
    if "mentions" in fields:
        fact = _named(fact)
    elif "name" in fields and "aliases" not in fields:  # one of its forms is its name now
        forms = dict.fromkeys(mention["text"] for mention in fact["mentions"])
        fact["aliases"] = [form for form in forms if form != fact["name"]]
    return {act.fact: _edited(item, fact)}


def _completed(review: Review, name: str, evidence: Any) -> Any:
    """Evidence with its text, where only its spans were told."""
    if not isinstance(evidence, dict) or "spans" not in evidence or "text" in evidence:
        return evidence
    rule = {"rule": RULE} if name == "mentions" else {}
    return {**rule, **evidence, **review.extraction.reading.quote(evidence["spans"])}


def _evidence(review: Review, kind: str, spans: Any) -> Fact:
    quoted = review.extraction.reading.quote(spans)
    if kind == "milestones":
        return {"description": quoted["text"], "spans": quoted["spans"], "also": quoted["also"]}
    return quoted


# ---- bounds -----------------------------------------------------------------------------------------------------


def _resize(review: Review, act: Resize) -> Changes:
    item = _alive(review, act.fact)
    if item.kind in NAMED:
        return {act.fact: _edited(item, _with_mention(review, item, act))}
    fields = _evidence(review, item.kind, act.spans)
    value = _value(review, item.kind, fields["spans"]) or {}
    keep = ("indicator", "indicator_id", "subject", "as_of", "base", "change")
    return {act.fact: _edited(item, {**item.fact, **{k: v for k, v in value.items() if k not in keep}, **fields})}


def _with_mention(review: Review, item: Item, act: Resize) -> Fact:
    mentions = list(item.fact["mentions"])
    at = act.mention if act.mention is not None else 0 if len(mentions) == 1 else None
    if at is None or not 0 <= at < len(mentions):
        raise ActError.one("mention", "请指明是哪一处提及", "tell which mention it is")
    if act.spans:
        mentions[at] = {**mentions[at], **review.extraction.reading.quote(act.spans)}
    elif len(mentions) == 1:
        raise ActError.one("spans", "这是唯一一处提及，请否决该条目", "it is the only mention: reject the fact")
    else:
        del mentions[at]
    return _named({**item.fact, "mentions": mentions})


def _named(fact: Fact) -> Fact:
    """A named thing whose mentions changed: its mentions in order, its name the fullest form if it lost its own."""
    mentions = sorted(fact["mentions"], key=lambda mention: mention["spans"][0])
    forms = list(dict.fromkeys(mention["text"] for mention in mentions))
    name = fact["name"] if fact.get("name") in forms else max(forms, key=len)
    reasons = [one for one in fact.get("reasons", ()) if {one["alias"], one["of"]} <= set(forms)]
    aliases = [form for form in forms if form != name]
    return {**fact, "mentions": mentions, "name": name, "aliases": aliases, "reasons": reasons}


def _value(review: Review, kind: str, spans: list[list[int]]) -> Fact | None:
    """What the rules read at a place."""
    reading = review.extraction.reading
    if kind == "dates":
        return normal.date_fields(reading, review.extraction.record["document"], *reading.place(spans))
    if kind == "amounts":
        known = [item.fact for item in review.items.values() if item.kind == "dates" and item.alive]
        return normal.amount_fields(reading, known, *reading.place(spans))
    return None


# ---- new facts --------------------------------------------------------------------------------------------------


def _add(review: Review, act: Add) -> Changes:
    if wrong := [name for name in act.fields if name in _FIXED]:
        raise ActError.one(wrong[0], f"{wrong[0]} 不能填写", f"{wrong[0]} cannot be given")
    quoted = review.extraction.reading.quote(act.spans)
    if act.kind in NAMED:
        return _add_name(review, act, quoted)
    places = {tuple(map(tuple, item.fact["spans"])): id for id, item in review.items.items()
              if item.kind == act.kind and item.alive and item.kind != "milestones"}  # fmt: skip
    if there := places.get(tuple(map(tuple, quoted["spans"]))):
        raise ActError.one("spans", f"此处已有 {there}", f"{there} stands there already")
    value = _value(review, act.kind, quoted["spans"])
    if value is None and act.kind in ("dates", "amounts") and not act.fields:
        zh = "认不出选中的日期，请填写各字段" if act.kind == "dates" else "认不出选中的数量，请填写各字段"
        raise ActError.one("spans", zh, "no rule reads the selection: fill in its fields")
    evidence = _evidence(review, act.kind, quoted["spans"])
    default = dict(_DEFAULTS.get(act.kind, {}))
    if act.kind == "milestones":
        default["date"] = _date_within(review, quoted["spans"])
    return _new(review, act.kind, {**default, **(value or {}), **act.fields, **evidence})


def _add_name(review: Review, act: Add, quoted: Fact) -> Changes:
    """A name, or another mention of one whose form it is."""
    mention = {**quoted, "rule": RULE}
    for id, item in review.items.items():
        if item.kind == act.kind and item.alive and quoted["text"] in (m["text"] for m in item.fact["mentions"]):
            if any(m["spans"] == quoted["spans"] for m in item.fact["mentions"]):
                raise ActError.one("spans", f"此处已有 {id}", f"{id} stands there already")
            return {id: _edited(item, _named({**item.fact, "mentions": [*item.fact["mentions"], mention]}))}
    roles = [_completed(review, "roles", one) for one in act.fields.get("roles") or ()]
    default = _DEFAULTS.get(act.kind, {})
    fact = {**default, "reasons": [], **act.fields, "roles": roles, "mentions": [mention]}
    return _new(review, act.kind, _named(fact))


def _new(review: Review, kind: str, fields: Fact, taken: Changes | None = None) -> Changes:
    id = review.free(kind, taken or ())
    model = KINDS[kind][1]
    try:  # a new fact gets every field of its kind
        fact = model.model_validate({**fields, "id": id, "rule": RULE}).model_dump(mode="json")
    except ValidationError as error:
        raise ActError(problems(error)) from None
    return {id: {"state": "added", "kind": kind, "fact": fact, "origin": uuid4().hex}}


def _date_within(review: Review, spans: list[list[int]]) -> str | None:
    """The first date that stands within spans."""
    for id, item in review.items.items():
        if item.kind == "dates" and item.alive and item.fact["kind"] in ("date", "range"):
            at = item.fact["spans"][0]
            if any(start <= at[0] and at[1] <= end for start, end in spans):
                return id
    return None


# ---- one thing or two -------------------------------------------------------------------------------------------


def _merge(review: Review, act: Merge) -> Changes:
    into = _alive(review, act.into)
    others = {id: _alive(review, id) for id in act.facts if id != act.into}
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
    gone = {id: {**_change(item, "merged"), "into": act.into} for id, item in others.items()}
    return {act.into: _edited(into, _named(fact)), **gone}


def _all(facts: list[Fact], name: str) -> list[Any]:
    rows = [row for fact in facts for row in fact.get(name, ())]
    return [row for n, row in enumerate(rows) if row not in rows[:n]]


def _split(review: Review, act: Split) -> Changes:
    item = _alive(review, act.fact)
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
    return {act.fact: _edited(item, _named(kept)), **_new(review, item.kind, _named(other))}


# ---- validation -------------------------------------------------------------------------------------------------


def _check(review: Review, made: Changes, id: str, change: Change) -> None:
    """One fact against its model, its source and the facts that it refers to; raises ``ActError``."""
    item = review.items.get(id)
    kind = change["kind"] if item is None else item.kind
    fact = change["fact"]
    try:
        valid = KINDS[kind][1].model_validate(fact)
    except ValidationError as error:
        raise ActError(problems(error)) from None
    change["fact"] = valid.model_dump(mode="json")
    _check_quotes(review, change["fact"], kind)
    for name, wanted in REFERENCES.get(kind, {}).items():
        for other in referred(change["fact"].get(name)):
            there = made[other].get("kind", wanted) if other in made else None
            known = review.items.get(review.resolve(other) or "")
            if (known.kind if known else there) != wanted and (
                item is None or other not in referred(item.fact.get(name))
            ):
                zh, en = f"没有编号为 {other} 的{_ZH[wanted]}", f"there is no {other} among the {wanted}"
                raise ActError.one(name, zh, en)


_ZH = {"dates": "日期", "amounts": "数量", "companies": "企业", "milestones": "大事"}


def _check_quotes(review: Review, fact: Fact, kind: str) -> None:
    text = review.extraction.text
    quotes = [("spans", fact)] if kind not in NAMED else [("mentions", one) for one in fact["mentions"]]
    quotes += [(name, one) for name in ("roles", "restated") for one in fact.get(name, ())]
    for name, one in quotes:
        quote = one.get("text", one.get("description"))
        if "".join(text[start:end] for start, end in one["spans"]) != quote:
            field = "description" if "description" in one else name
            raise ActError.one(
                field,
                "文字须与原文所在位置一致；请改选区，不要改文字",
                "the text must be what stands at its spans: move these",
            )
