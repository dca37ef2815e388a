"""Amounts: numbers with their units, as written and normalised.

``rules/amounts.toml`` holds the constructions and the bound words, ``rules/units.toml`` the units; ``produce`` makes
values of matches. Here stand the refiners, in their order: names are dropped, bound words in front are taken in, and
what stands below the stroke is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from parkfacts.find.amounts import cells
from parkfacts.find.amounts.bounds import before
from parkfacts.find.amounts.per import per_of, with_the_first
from parkfacts.find.amounts.produce import PRODUCE
from parkfacts.find.amounts.value import AmountValue, units
from parkfacts.find.numbers import parse
from parkfacts.rules import load
from parkfacts.segment import Document
from parkfacts.text import Mention, Span

__all__ = ["PRODUCE", "AmountValue", "find"]

_ORDINAL = re.compile(r"第\Z|(?<![目此之以年日提当月])前\Z|[A-Za-z]-\Z|\d[:：/]\Z")
_SUSPECT = frozenset("第前-:：/")
_AND = frozenset("、和与及")
_OWN = re.compile(r"\d+(?:\.\d+)?(?![,\d])")
_ROW = re.compile(r"(?<![\d第.,、A-Za-z\n年月至到—-])(?:\d+(?:\.\d+)?[、和与及])+\Z")
_MEMBER = re.compile(r"\d+(?:\.\d+)?")
_EACH = re.compile(r"(?:分别|依次|[各均])[^，。；]{0,30}\Z")
_CENTS = re.compile(r"[又零]?(?P<cents>\d{1,2}|[一二两三四五六七八九十]{1,3})[美欧]分")
_GOAL = re.compile(r"[项个种](?:“?(?:关键|核心|重大|卡脖子|技术|难|瓶颈|共性|前沿|世界|行业))")


def find(doc: Document, taken: Sequence[Span]) -> list[Mention[AmountValue]]:
    """The amounts of a document from left to right; none overlaps the sorted spans that other finders have taken."""
    view = doc.view
    found = _free(load("amounts").scan(view, PRODUCE), taken)
    kept = [mention for mention in found if not _in_name(view, mention.start)]
    listed = [member for mention in kept if view[mention.start - 1] in _AND for member in _listed(view, mention)]
    refined = [_refined(view, mention) for mention in kept]
    return list(with_the_first(view, sorted(refined + listed + cells.find(doc), key=_start)))


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


def _listed(view: str, mention: Mention[AmountValue]) -> Iterator[Mention[AmountValue]]:
    """完成投资12.3、8.5、6.1亿元: the numbers in front of a list's last one share its unit and its magnitude."""
    own, row = _OWN.match(view, mention.start), _ROW.search(view, max(0, mention.start - 60), mention.start)
    if own is None or row is None or mention.value.value is None or not Decimal(own.group()):
        return  # of nothing (3、5、0亿元) nothing can be scaled
    numbers = list(_MEMBER.finditer(view, row.start(), mention.start))
    if len(numbers) < 2 and _EACH.search(view, max(0, row.start() - 30), row.start()) is None:
        return
    scale = mention.value.value / Decimal(own.group())
    for number in numbers:
        value = mention.value._replace(value=Decimal(number.group()) * scale, bound="exact")
        yield Mention(number.start(), number.end(), "listed", value)


def _refined(view: str, mention: Mention[AmountValue]) -> Mention[AmountValue]:
    """Takes in a bound word that touches the number (one that stands outside, 至少, sets the bound all the same), and
    reads what the amount is told for."""
    word = before(view, mention.start, bare=view[mention.start] in "百千万亿")
    if word is not None and view.startswith("突破", word.start) and _GOAL.match(view, mention.end - 1):
        word = None  # 突破12项关键技术: what is broken through is a problem
    mention = _with_cents(view, _in_currency(view, mention))
    per = per_of(view, mention)
    if word is None and per is None:
        return mention
    value, start = mention.value, mention.start
    if word is not None:
        start, bound = word.start, value.bound if value.bound != "exact" else word.bound
        value = value._replace(bound=bound)
    return Mention(start, mention.end, mention.rule, value._replace(per=per))


def _in_currency(view: str, mention: Mention[AmountValue]) -> Mention[AmountValue]:
    """三万元欧元, 两个亿卢布: the currency is named behind the number."""
    if mention.value.unit != "CNY" or view[mention.end : mention.end + 1] not in _currencies()[0]:
        return _with_note(view, mention)
    match = _currencies()[1].match(view, mention.end)
    if match is None:
        return mention
    value = mention.value._replace(unit=units()[match.group()].name)
    return Mention(mention.start, match.end(), mention.rule, value)


def _with_note(view: str, mention: Mention[AmountValue]) -> Mention[AmountValue]:
    """5000万（美元）: the currency in brackets behind the number."""
    note = _currencies()[1].match(view, mention.end + 1) if view.startswith(("（", "("), mention.end) else None
    if note is None or mention.value.unit != "CNY" or view[note.end() : note.end() + 1] not in ("）", ")"):
        return mention
    value = mention.value._replace(unit=units()[note.group()].name)
    return Mention(mention.start, mention.end, mention.rule, value)


def _with_cents(view: str, mention: Mention[AmountValue]) -> Mention[AmountValue]:
    """两美元又三十美分."""
    if mention.value.unit not in ("USD", "EUR") or mention.value.value is None:
        return mention
    match = _CENTS.match(view, mention.end)
    cents = parse(match["cents"]) if match else None
    if match is None or cents is None:
        return mention
    value = mention.value._replace(value=mention.value.value + cents / 100)
    return Mention(mention.start, match.end(), mention.rule, value)


@cache
def _currencies() -> tuple[frozenset[str], re.Pattern[str]]:
    """The foreign currencies by name, and the characters that these begin with."""
    names = [word for word, unit in units().items() if unit.dimension == "money" and unit.name != "CNY"]
    names = [name for name in names if not name.isascii()]
    return frozenset(name[0] for name in names), re.compile("|".join(sorted(names, key=len, reverse=True)))
