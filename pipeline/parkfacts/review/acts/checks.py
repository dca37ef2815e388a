"""A changed fact against its model, its source and the facts that it refers to."""

from __future__ import annotations

from pydantic import ValidationError

from parkfacts.review.state import KINDS, NAMED, REFERENCES, Change, Changes, Fact, Review, referred
from parkfacts.review.words import ActError, problems


def check(review: Review, made: Changes, id: str, change: Change) -> None:
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
