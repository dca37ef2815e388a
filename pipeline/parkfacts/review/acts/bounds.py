"""Other bounds of a fact, or of a mention of a name."""

from __future__ import annotations

from parkfacts.review.acts.parts import alive, edited, evidence_at, named, value_at
from parkfacts.review.state import NAMED, Changes, Fact, Item, Review
from parkfacts.review.wire import Resize
from parkfacts.review.words import ActError


def resize(review: Review, act: Resize) -> Changes:
    """Other bounds; a date or an amount is read anew there."""
    item = alive(review, act.fact)
    if item.kind in NAMED:
        return {act.fact: edited(item, _with_mention(review, item, act))}
    fields = evidence_at(review, item.kind, act.spans)
    value = value_at(review, item.kind, fields["spans"]) or {}
    keep = ("indicator", "indicator_id", "subject", "as_of", "base", "change")
    return {act.fact: edited(item, {**item.fact, **{k: v for k, v in value.items() if k not in keep}, **fields})}


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
    return named({**item.fact, "mentions": mentions})
