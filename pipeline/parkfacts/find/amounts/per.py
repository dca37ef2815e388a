"""What an amount is told for: 38万元/亩, 每亩38万元, 每百元营业收入中的成本81元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from parkfacts.facts import plain
from parkfacts.find.amounts.value import AmountValue, units
from parkfacts.find.numbers import parse
from parkfacts.rules.engine import alternation, words
from parkfacts.text import Mention

_TIMES = {
    "年": "year",
    "月": "month",
    "日": "d",
    "天": "d",
    "度": "kWh",
    "小时": "h",
    "时": "h",
    "分钟": "min",
    "秒": "s",
}
_STROKES = frozenset("/／每人 ")
_TOLD_FOR = re.compile(r"每|单吨")
_CHANGED = re.compile(
    r"(?:/[^，。；]{1,4})?(?:提高|降低|下降|上涨|增加|减少|一路跌|[降增涨升跌减])[到至为](?:[^，。；\d]{0,4}的)?(?:每[^，。；\d]{1,3})?"
)


def per_of(view: str, mention: Mention[AmountValue]) -> str | None:
    """38万元/亩, 每亩38万元: the amount stops at its first unit, the other one is what it is told for."""
    behind, ahead = _per()
    match = behind.match(view, mention.end) if view[mention.end : mention.end + 1] in _STROKES else None
    if match is None and _TOLD_FOR.search(view, max(0, mention.start - 16), mention.start):
        match = ahead.search(view, max(0, mention.start - 16), mention.start)
    if match is None:
        return None
    per = match["per"] or match["sum"]
    if per.endswith("元"):
        return f"{plain(parse(per[:-1] or '1') or Decimal(1))} CNY"
    return _TIMES.get(per) or (units()[per].per if per in units() else per)


@cache
def _per() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Behind the amount and in front of it."""
    unit = alternation(words("units"))
    behind = re.compile(
        f"(?:人民币)? ?[/／每](?P<sum>[百千万亿]?元)|(?:人民币)? ?[/／每](?P<per>{unit}|股|{'|'.join(_TIMES)})"
    )
    told = f"每(?P<sum>[百千万]元)|(?:每|(?<![订简清名])单(?=吨))(?P<per>{unit}|股)"
    return behind, re.compile(f"(?:{told})[^，。；、：\\d]{{0,12}}\\Z")


def with_the_first(view: str, mentions: Sequence[Mention[AmountValue]]) -> Iterator[Mention[AmountValue]]:
    """从每平方米45元降到28元: the second level is told for what the first is."""
    last: Mention[AmountValue] | None = None
    for mention in mentions:
        per = None if last is None or last.value.unit != mention.value.unit else last.value.per
        if per and last and mention.value.per is None and _CHANGED.fullmatch(view, last.end, mention.start):
            mention = Mention(mention.start, mention.end, mention.rule, mention.value._replace(per=per))
        last = mention
        yield mention
