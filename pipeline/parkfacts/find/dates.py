"""Dates as they are written: expressions with what they state, and nothing that the context would have to tell.

``rules/dates.toml`` holds the constructions; the functions named by its ``produce`` stand here. What an expression
means — which year 次年 is — is decided by ``link.timeline``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from parkfacts.find.numbers import parse
from parkfacts.rules import load
from parkfacts.rules.engine import Produce
from parkfacts.segment import Document
from parkfacts.text import Mention


@dataclass(frozen=True, slots=True)
class Point:
    """A day, month, part of a year or year; ``None`` where the words leave it to the context.

    ``word`` is a relative year, month or day (今年, 上月, 当天). ``part`` narrows the finest unit stated: a month's
    ten days (``ten1``–``ten3``), ``start``/``middle``/``end`` of a month or year, ``q1``–``q4``, ``h1``/``h2``, a
    season's name, or ``same`` (the period of the date before it, in that year).
    """

    year: int | None = None
    word: str | None = None
    month: int | None = None
    day: int | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """From one point to another; ``right`` is None for 至今. Either side may leave fields to the other."""

    left: Point
    right: Point | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A five-year plan by its number (14 for 十四五); ``part`` is ``start``, ``end`` or None."""

    number: int
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Decade:
    """The decade that begins in ``start``; ``part`` is ``start``, ``middle``, ``end`` or None."""

    start: int
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Years:
    """``count`` calendar years up to the reference year, or after it; None: an open number (近年来)."""

    count: int | None
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Ago:
    """The calendar year ``years`` before the reference year."""

    years: int
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """``count`` years, months or days (``Y``, ``M``, ``D``) behind the last date named."""

    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class Now:
    """目前, 现在: the reference date itself."""


@dataclass(frozen=True, slots=True)
class Length:
    """A duration (ISO 8601), in working days where ``business``."""

    iso: str
    business: bool = False
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Every:
    """A set: something that recurs every ``iso`` (ISO 8601)."""

    iso: str


Expression = Point | Range | Plan | Decade | Years | Ago | Later | Now | Length | Every

_PARTS = {
    "底": "end", "末": "end", "初": "start", "中": "middle", "上旬": "ten1", "中旬": "ten2", "下旬": "ten3",
    "年底": "end", "年末": "end", "年初": "start", "年中": "middle",
    "月底": "end", "月末": "end", "月初": "start", "前": "start", "后": "end",
    "末期": "end", "初期": "start", "中期": "middle",
    "春": "spring", "夏": "summer", "秋": "autumn", "冬": "winter",
}  # fmt: skip
_UNITS = {"年": "Y", "年度": "Y", "个月": "M", "月": "M", "周": "W", "星期": "W", "个星期": "W", "天": "D", "日": "D"}
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


def find(doc: Document) -> list[Mention[Expression]]:
    """Date expressions in the order of the text, without overlaps."""
    return list(load("dates").scan(doc.view, PRODUCE))


def integer(text: str | None) -> int | None:
    """The whole number that a numeral writes (12, 十二, 二〇一二), or None."""
    if text is None:
        return None
    if text.isascii():
        return int(text)  # int forgives the blank behind it
    if len(text) == 4 and (positional := text.translate(_DIGITS)).isascii():
        return int(positional)
    value = parse(text)
    return None if value is None else int(value)


def _get(match: re.Match[str], name: str) -> str | None:
    return match.groupdict().get(name)


def _side(match: re.Match[str], side: str = "") -> Point:
    words = [_get(match, name + side) for name in ("w", "mw", "dw")]
    return Point(
        year=integer(_get(match, "y" + side)),
        word=next((word for word in words if word), None),
        month=integer(_get(match, "m" + side)),
        day=integer(_get(match, "d" + side)),
        part=_PARTS.get(_get(match, "t" + side) or ""),
    )


def point(match: re.Match[str]) -> Point | None:
    """A single date from the groups y, w, mw, dw, m, d, t. Abstains for a day that its month does not have."""
    found = _side(match)
    short = (found.month in (4, 6, 9, 11) and found.day == 31) or (found.month == 2 and (found.day or 0) > 29)
    return None if short else found


def range_(match: re.Match[str]) -> Range:
    """Two sides; ``m1`` is a left month written without 月 (1—9月)."""
    left = _side(match)
    if (month := _get(match, "m1")) is not None:
        left = Point(left.year, left.word, integer(month))
    return Range(left, _side(match, "2"))


def since(match: re.Match[str]) -> Range:
    """A range up to the reference date."""
    return Range(_side(match), None)


def _months(match: re.Match[str], last: int | None) -> Range | None:
    if last is None or not 1 <= last <= 12:
        return None
    side = _side(match)
    return Range(Point(side.year, side.word, 1), Point(month=last))


def first_months(match: re.Match[str]) -> Range | None:
    """前N月."""
    return _months(match, integer(match["n"]))


def first_quarters(match: re.Match[str]) -> Range | None:
    """前N季度."""
    return _months(match, 3 * (integer(match["n"]) or 0))


def quarter_range(match: re.Match[str]) -> Range | None:
    """N至M季度, as months."""
    first, last = integer(match["q"]), integer(match["q2"])
    if first is None or last is None or first >= last:
        return None
    side = _side(match)
    return Range(Point(side.year, side.word, 3 * first - 2), Point(month=3 * last))


def quarter(match: re.Match[str]) -> Point:
    """A quarter, or the end of one."""
    number = 1 if _get(match, "first") else integer(match["q"] or _get(match, "q_b"))
    side = _side(match)
    if side.part == "end":
        return Point(side.year, side.word, None, None, f"q{number} end")
    return Point(side.year, side.word, part=f"q{number}")


def half(match: re.Match[str]) -> Point:
    """A half-year."""
    side = _side(match)
    return Point(side.year, side.word, part="h1" if match["h"] == "上" else "h2")


def year_part(match: re.Match[str]) -> Point:
    """年初, 年中, 年底; 今初 and 去冬 give the year by one character."""
    side = _side(match)
    short = _get(match, "short")
    return Point(side.year, f"{short}年" if short else side.word, part=side.part)


def season(match: re.Match[str]) -> Point:
    """A season of a year."""
    side = _side(match)
    short = _get(match, "short")
    return Point(side.year, f"{short}年" if short else side.word, part=_PARTS[match["season"]])


def month_part(match: re.Match[str]) -> Point:
    """月底: the end of the month spoken of."""
    return Point(word="当月", part=_PARTS[match["t"]])


def within_year(match: re.Match[str]) -> Point:
    """年内: some time in this year."""
    return Point(word="今年")


def whole_year(match: re.Match[str]) -> Point:
    """全年: the year spoken of."""
    return Point()


def same_period(match: re.Match[str]) -> Point:
    """去年同期: the period spoken of, a year before."""
    return Point(word=match["w"], part="same")


def short_year(match: re.Match[str]) -> Point:
    """07年, 98年5月: of this century up to 49, of the last from 50."""
    number = int((_get(match, "yy") or match["yh"]).translate(_DIGITS))
    side = _side(match)
    return Point((1900 if number >= 50 else 2000) + number, None, side.month, side.day, side.part)


def relative_quarter(match: re.Match[str]) -> Point:
    """本季度, 上季度."""
    return Point(word=match["qw"][0] + "季度")


_HOLIDAYS = {"元旦": (1, 1), "五一": (5, 1), "劳动节": (5, 1), "七一": (7, 1), "八一": (8, 1), "国庆": (10, 1)}


def holiday(match: re.Match[str]) -> Point:
    """国庆期间: about its first day; a lunar one has no day."""
    side = _side(match)
    month, day = _HOLIDAYS.get(match["fest"], (None, None))
    return Point(side.year, side.word, month, day, "lunar" if month is None else "about")


def later(match: re.Match[str]) -> Later | None:
    """N年后, N个月后."""
    count = integer(match["n"])
    return None if not count else Later(count, _UNITS[match["u"]])


def plan(match: re.Match[str]) -> Plan | None:
    """A five-year plan."""
    number = integer(match["plan"])
    return None if number is None else Plan(number, _PARTS.get(_get(match, "t") or ""))


def decade(match: re.Match[str]) -> Decade | None:
    """A decade; without a century it is of the last one from the thirties on, of this one before."""
    tens = integer(match["decade"])
    if tens is None:
        return None
    century = _get(match, "c")
    if century is None:
        base = 1900 if tens >= 30 else 2000
    else:
        base = {"19": 1800, "十九": 1800, "21": 2000}.get(century, 1900)
    return Decade(base + tens, _PARTS.get(_get(match, "t") or ""))


def recent(match: re.Match[str]) -> Years | None:
    """近N年, 近年来."""
    count = integer(_get(match, "n"))
    return Years(count) if count != 0 else None


def coming(match: re.Match[str]) -> Years | None:
    """未来N年; a range of lengths (未来三到五年) is a slogan, no date."""
    return None if _get(match, "to") else Years(integer(match["n"]), ahead=True)


def years_ago(match: re.Match[str]) -> Ago | None:
    """N年前."""
    count = integer(match["n"])
    return None if not count else Ago(count, bool(_get(match, "more")))


def now(match: re.Match[str]) -> Now:
    """目前."""
    return Now()


def every(match: re.Match[str]) -> Every:
    """每N年, 年均."""
    count = integer(_get(match, "n")) or 1
    unit = match["u"].removeprefix("个")
    return Every(f"P{3 * count}M" if unit == "季度" else f"P{count}{_UNITS[unit]}")


def length(match: re.Match[str]) -> Length | None:
    """A counted duration; 多, 余 and 几 make it approximate."""
    written = match["n"]
    count = 10 if written in ("几十", "数十") else integer(written)
    if count is None:
        return None
    more = bool(_get(match, "more") or _get(match, "tail")) or written in ("几十", "数十")
    unit = _get(match, "u")
    if unit is None:
        return Length(f"P{count}Y6M") if _get(match, "half") else Length(f"P{count}D", business=True, approximate=more)
    return Length(f"P{3 * count}M" if unit == "个季度" else f"P{count}{_UNITS[unit]}", approximate=more)


def length_range(match: re.Match[str]) -> Length | None:
    """三到五年: a duration by its lower bound."""
    count = integer(match["n"])
    if count is None:
        return None
    if match["u"] == "个工作日":
        return Length(f"P{count}D", business=True)
    return Length(f"P{count}{_UNITS[match['u']]}")


def length_and_half(match: re.Match[str]) -> Length | None:
    """一个半月, 一个半小时, 三天半."""
    count = integer(match["n"])
    forms = {"个半月": "P{}M15D", "个半小时": "PT{}H30M", "天半": "P{}DT12H"}
    return None if count is None else Length(forms[match["u"]].format(count))


_CLOCK = {"小时": "H", "分钟": "M"}


def compound_length(match: re.Match[str]) -> Length | None:
    """四年六个月, 8天20小时."""
    first, second = integer(match["n"]), integer(match["n_b"])
    iso, units = "P", ((first, match["u"]), (second, match["u_b"]))
    for count, unit in units:
        iso += "T" * (unit in _CLOCK and "T" not in iso) + f"{count}{_CLOCK.get(unit) or _UNITS[unit]}"
    return None if first is None or second is None else Length(iso)


def clock_length(match: re.Match[str]) -> Length | None:
    """N小时, N分钟."""
    count = integer(match["n"])
    more = bool(_get(match, "more") or _get(match, "tail"))
    return None if count is None else Length(f"PT{count}{'H' if match['u'] == '小时' else 'M'}", approximate=more)


def half_length(match: re.Match[str]) -> Length:
    """半年, 半个月."""
    return Length("P6M" if match["u"] == "年" else "P15D")


def days(match: re.Match[str]) -> Length | None:
    """N日内."""
    count = integer(match["n"])
    return None if count is None else Length(f"P{count}D")


PRODUCE: Mapping[str, Produce[Expression]] = {
    "point": point, "range": range_, "since": since, "first_months": first_months, "first_quarters": first_quarters,
    "quarter_range": quarter_range, "quarter": quarter, "half": half, "year_part": year_part, "season": season,
    "month_part": month_part, "within_year": within_year, "whole_year": whole_year, "same_period": same_period,
    "short_year": short_year, "relative_quarter": relative_quarter, "later": later, "holiday": holiday,
    "plan": plan, "decade": decade, "recent": recent, "coming": coming, "years_ago": years_ago, "now": now,
    "every": every, "length": length, "half_length": half_length, "clock_length": clock_length, "days": days,
    "length_range": length_range, "length_and_half": length_and_half,
    "compound_length": compound_length,
}  # fmt: skip
