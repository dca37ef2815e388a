"""Durations and sets (ISO 8601)."""

from __future__ import annotations

import re
from decimal import Decimal

from parkfacts.facts import plain
from parkfacts.find.dates.expressions import Every, Length
from parkfacts.find.dates.groups import UNITS, group, integer

_CLOCK = {"小时": "H", "个小时": "H", "分钟": "M", "秒": "S", "秒钟": "S"}
_SIZES = ("Y", "M", "W", "D", "小时", "分钟", "秒", "秒钟")  # the units of time, from large to small
_THOUSANDTHS = ("毫秒", "ms")
_BUSINESS = ("个工作日", "个交易日")


# two neighbouring digits tell a range (三五年); other digits side by side are a year (三三年)
_PAIRS = frozenset(("一两", "一二", "两三", "二三", "三四", "三五", "四五", "五六", "六七", "七八", "八九"))
_DIGITS_ALONE = re.compile("[一二两三四五六七八九]{2,}")


def _number(text: str) -> int | Decimal | None:
    """A count, with one decimal or none (1.5小时)."""
    return Decimal(text.strip()) if "." in text else integer(text)


def _iso(count: int | Decimal, unit: str) -> str:
    """So many of a unit: P3Y, P9M (three quarters), PT40M; working days count as days."""
    if unit in _CLOCK:
        return f"PT{count}{_CLOCK[unit]}"
    if unit in _THOUSANDTHS:
        return f"PT{plain(Decimal(count) / 1000)}S"
    if unit in _BUSINESS:
        return f"P{count}D"
    return f"P{3 * count}M" if unit == "个季度" else f"P{count}{UNITS[unit]}"


def every(match: re.Match[str]) -> Every:
    """每N年, 年均."""
    count = integer(group(match, "n")) or 1
    unit = match["u"].removeprefix("个")
    return Every(f"P{3 * count}M" if unit == "季度" else f"P{count}{UNITS[unit]}")


def length(match: re.Match[str]) -> Length | None:
    """A counted duration; 多, 余 and 几 make it approximate."""
    written = match["n"]
    unit = group(match, "u")
    if written in _PAIRS:
        if group(match, "half"):
            return None
        low, high = (_iso(integer(digit) or 0, unit or _BUSINESS[0]) for digit in written)
        return Length(low, approximate=True, high=high, business=unit is None)
    count = 10 if written in ("几十", "数十") else _number(written)
    if count is None or _DIGITS_ALONE.fullmatch(written):
        return None
    more = bool(group(match, "more") or group(match, "tail")) or written in ("几十", "数十")
    more = more or group(match, "u") == "个多月"
    if unit is None:
        return Length(f"P{count}Y6M") if group(match, "half") else Length(f"P{count}D", business=True, approximate=more)
    return Length(_iso(count, unit), approximate=more)


def length_range(match: re.Match[str]) -> Length | None:
    """三到五年, 3天—2周, 3年以上5年以下: a duration by its lower bound, with the upper one as ``high``."""
    unit, first = match["u"], match["u_low"] or match["u"]
    low, high = integer(match["n"]), integer(match["n_b"])
    if low is None or high is None or (low >= high and first == unit) or (unit == "日" and high <= 31):
        return None
    return Length(_iso(low, first), business=unit in _BUSINESS, high=_iso(high, unit))


def length_and_half(match: re.Match[str]) -> Length | None:
    """一个半月, 一个半小时, 三天半."""
    count = integer(match["n"])
    forms = {"个半月": "P{}M15D", "个半小时": "PT{}H30M", "天半": "P{}DT12H"}
    return None if count is None else Length(forms[match["u"]].format(count))


def compound_length(match: re.Match[str]) -> Length | None:
    """四年六个月, 8天20小时: the smaller unit behind the larger one."""
    if _SIZES.index(UNITS.get(match["u"], match["u"])) >= _SIZES.index(UNITS.get(match["u_b"], match["u_b"])):
        return None
    first, second = integer(match["n"]), integer(match["n_b"])
    iso, units = "P", ((first, match["u"]), (second, match["u_b"]))
    for count, unit in units:
        iso += "T" * (unit in _CLOCK and "T" not in iso) + f"{count}{_CLOCK.get(unit) or UNITS.get(unit)}"
    return None if first is None or second is None else Length(iso)


def clock_length(match: re.Match[str]) -> Length | None:
    """N小时, N分钟."""
    count = _number(match["n"])
    more = bool(group(match, "more") or group(match, "tail"))
    return None if count is None else Length(_iso(count, match["u"]), approximate=more)


def half_length(match: re.Match[str]) -> Length:
    """半年, 半个月."""
    half = {"年": "P6M", "个月": "P15D", "小时": "PT30M", "个小时": "PT30M"}
    return Length(half.get(match["u"], "PT12H"))


def days(match: re.Match[str]) -> Length | None:
    """N日内."""
    count = integer(match["n"])
    return None if count is None else Length(f"P{count}D")
