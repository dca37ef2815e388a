"""Numbers across a cut: what digits can go on with, and what they cannot."""

from __future__ import annotations

import re

_LEFT = re.compile(r"\d[\d,]{0,14}(?:\.\d{0,14})?$")  # of SEEN characters
_RIGHT = re.compile(r"[\d,.]*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH = re.compile(r"1[0-2]|[1-9]")
_DAY = re.compile(r"[12]\d|3[01]|[1-9]")
_BEFORE_DAY = "月至、—-和"
_UNIT = re.compile(
    r"[万亿元亩吨家个台套人名项件%％公平千百余多倍米度户间座条所辆艘次场批位种类期号级版强]|(?:GW|MW|kW)"
)
_MORE = re.compile(r"\d+(?!\d{0,3}年)[\u4e00-\u9fff%]")
_ENDS = re.compile(r"[，。；、：！？）”—~～]|$")
_LETTER = re.compile(r"[A-Za-z·]")
LONGEST = 4  # digits of a number without marks
SEEN = 14  # characters on either side that are looked at


def fits(left: str, right: str) -> float:
    """1 where the two make a number with its unit, -1 where they make none, 0 where they may or nothing is told."""
    found = _LEFT.search(left[-SEEN:])
    if found is None:
        return 0.0
    more = _RIGHT.match(right[:SEEN])
    rest = more[0] if more else ""
    number, unit = found[0] + rest, right[len(rest) : len(rest) + 2]
    before = left[-SEEN:][: found.start()][-1:]
    told = _date(number, unit[:1], before, bool(rest))
    return _quantity(number, unit, bool(rest)) if told is None else told


def _date(number: str, unit: str, before: str, split: bool) -> float | None:
    """The same for what ends in 年, 月 or 日; None for anything else."""
    if unit == "年":
        return 1.0 if _YEAR.fullmatch(number) else -1.0 if split or len(number) > 2 else 0.0
    if unit == "月":
        return 1.0 if _MONTH.fullmatch(number) else -1.0
    if unit == "日":
        return 1.0 if _DAY.fullmatch(number) and before and before in _BEFORE_DAY else -1.0
    return None


def _quantity(number: str, unit: str, split: bool) -> float:
    if number.endswith(".") or number.count(".") > 1:
        return -1.0
    if split and number.isdigit() and len(number) > LONGEST:
        return -0.5
    if _UNIT.match(unit):
        return 1.0
    if _ENDS.match(unit):
        return 0.0 if split else -1.0
    return 0.0 if _LETTER.match(unit) else -1.0


def goes_on(right: str) -> float:
    """How digits at the left end take to what the right one begins with: more of them, or anything else."""
    return 0.5 if _MORE.match(right) else -0.6
