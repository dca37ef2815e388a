"""Amounts: numbers with their units, as written and normalised.

``rules/amounts.toml`` holds the constructions and the bound words, ``rules/units.toml`` the units; ``produce`` makes
values of matches. Here stand the refiners, in their order: names are dropped, bound words in front are taken in, and
what stands below the stroke is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from parkfacts.find.amounts import cells
from parkfacts.find.amounts.bounds import before
from parkfacts.find.amounts.produce import PRODUCE
from parkfacts.find.amounts.value import AmountValue, units
from parkfacts.rules import load
from parkfacts.rules.engine import alternation, words
from parkfacts.segment import Document
from parkfacts.text import Mention, Span

__all__ = ["PRODUCE", "AmountValue", "find"]

_ORDINAL = re.compile(r"第\Z|(?<![目此之以年日提当月])前\Z|[A-Za-z]-\Z|\d[:：/]\Z")
_SUSPECT = frozenset("第前-:：/")
_TIMES = {"年": "year", "月": "month", "日": "day", "天": "day", "小时": "hour", "分钟": "minute", "秒": "second"}


def find(doc: Document, taken: Sequence[Span]) -> list[Mention[AmountValue]]:
    """The amounts of a document from left to right; none overlaps the sorted spans that other finders have taken."""
    view = doc.view
    found = _free(load("amounts").scan(view, PRODUCE), taken)
    refined = [_refined(view, mention) for mention in found if not _in_name(view, mention.start)]
    return sorted(refined + cells.find(doc), key=_start)


def _start(mention: Mention[AmountValue]) -> int:
    return mention.start


def _free(mentions: Iterator[Mention[AmountValue]], taken: Sequence[Span]) -> Iterator[Mention[AmountValue]]:
    """Those that overlap nothing taken."""
    at = 0
    for mention in mentions:
        while at < len(taken) and taken[at].end <= mention.start:
            at += 1
        if at == len(taken) or taken[at].start >= mention.end:
            yield mention


def _in_name(view: str, start: int) -> bool:
    """第三家, 前10名, HX-200台: an ordinal, a rank or a model."""
    return view[start - 1 : start] in _SUSPECT and _ORDINAL.search(view, max(0, start - 2), start) is not None


def _refined(view: str, mention: Mention[AmountValue]) -> Mention[AmountValue]:
    """Takes in a bound word that touches the number (one that stands outside, 至少, sets the bound all the same), and
    reads what the amount is told for."""
    word = before(view, mention.start, bare=view[mention.start] in "百千万亿")
    per = _per_of(view, mention)
    if word is None and per is None:
        return mention
    value, start = mention.value, mention.start
    if word is not None:
        start, bound = word.start, value.bound if value.bound != "exact" else word.bound
        value = replace(value, bound=bound)
    return replace(mention, start=start, value=replace(value, per=per))


def _per_of(view: str, mention: Mention[AmountValue]) -> str | None:
    """38万元/亩, 每亩38万元: the amount stops at its first unit, the other one is what it is told for."""
    behind, ahead = _per()
    match = behind.match(view, mention.end)
    if match is None and view.rfind("每", max(0, mention.start - 10), mention.start) >= 0:
        match = ahead.search(view, max(0, mention.start - 10), mention.start)
    if match is None:
        return None
    per = match["per"]
    return units()[per].per if per in units() else _TIMES.get(per, per)


@cache
def _per() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Behind the amount and in front of it."""
    unit = alternation(words("units"))
    behind = re.compile(f"(?:人民币)? ?[/／每](?P<per>{unit}|{'|'.join(_TIMES)})")
    return behind, re.compile(f"每(?P<per>{unit})[^，。；、：\\d]{{0,6}}\\Z")
