"""A cell's value as its number format shows it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

_WORDS = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|[_*].')
_DECIMALS = re.compile(r"\.([0#?]+)")
_MOST = 15  # digits that Excel keeps


def shown(value: object, format: str) -> str:
    """The text that a reader of the sheet sees, dates in Chinese (2023年6月)."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        return _day(value, format)
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, int | float):
        return _number(value, format.partition(";")[0])
    return " ".join(str(value).split())


def _day(value: date, format: str) -> str:
    pattern = _WORDS.sub("", format).lower()
    day = f"{value.year}年{value.month}月{value.day}日"
    if "d" not in pattern and "y" in pattern:
        day = f"{value.year}年{value.month}月" if "m" in pattern else f"{value.year}年"
    clock = isinstance(value, datetime) and "h" in pattern and (value.hour or value.minute)
    return f"{day} {value:%H:%M}" if clock else day


def _number(value: float, format: str) -> str:
    """As many decimals as the format has, its thousands, its percent sign, and the words in it (0.0"亿元")."""
    exact = Decimal(format_(value))
    if not exact.is_finite():
        return str(value)
    words = "".join(one or two for one, two in _WORDS.findall(format))
    pattern = _WORDS.sub("", format)
    if "%" in pattern:
        exact *= 100
    if any(sign in pattern for sign in "0#?"):
        places = _DECIMALS.search(pattern)
        exact = exact.quantize(Decimal(1).scaleb(-len(places[1]) if places else 0), ROUND_HALF_UP)
        if places and "#" in places[1]:
            exact = Decimal(_plain(exact))
    text = f"{exact:,f}" if re.search(r"[#0],[#0]", pattern) else _plain(exact) if "0" not in pattern else f"{exact:f}"
    return f"{text}%" if "%" in pattern else f"{text}{words.strip()}"


def format_(value: float) -> str:
    """The digits that Excel keeps: 0.1 + 0.2 is 0.3."""
    return str(value) if isinstance(value, int) else f"{value:.{_MOST}g}"


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
