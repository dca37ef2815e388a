"""What is counted from the reference date, or from the last date named."""

from __future__ import annotations

import re

from parkfacts.find.dates.expressions import Ago, Later, Now, Rolling, Week, Years
from parkfacts.find.dates.groups import UNITS, group, integer

_SPOKEN = {"半": 0, "仨": 3, "几": None}


def _counted(match: re.Match[str]) -> tuple[int, str] | None:
    """How many of which unit; 一年半 is 18 months, 半个月 15 days."""
    written, unit = match["n"], match["u"]
    if written == "半":
        return {"个月": (15, "D"), "年": (6, "M")}.get(unit)
    count = _SPOKEN.get(written) if written in _SPOKEN else integer(written)
    if not count:
        return None
    return (12 * count + 6, "M") if unit == "年半" else (count, UNITS[unit])


def later(match: re.Match[str]) -> Later | None:
    """N年后, N个月后, 过N天."""
    counted = _counted(match)
    return None if counted is None else Later(*counted)


def half_year_later(match: re.Match[str]) -> Later:
    """半年后."""
    return Later(6, "M")


def half_year_ago(match: re.Match[str]) -> Ago:
    """半年前."""
    return Ago(6, "M")


def time_ago(match: re.Match[str]) -> Ago | None:
    """三个月前, 两天前, 一年半前."""
    counted = _counted(match)
    return None if counted is None else Ago(*counted, approximate=bool(match["more"]))


def years_ago(match: re.Match[str]) -> Ago | None:
    """N年前."""
    count = integer(match["n"])
    return None if not count else Ago(count, approximate=bool(group(match, "more")))


def beside(match: re.Match[str]) -> Rolling | None:
    """前两天, 后三个月: whole units before or after the current one."""
    counted = _counted(match)
    return None if counted is None else Rolling(*counted, ahead=match["side"] in "后下", whole=True)


def up_to_now(match: re.Match[str]) -> Rolling | None:
    """近三个月, 最近10天."""
    counted = _counted(match)
    return None if counted is None else Rolling(*counted, ahead=False, whole=False)


def from_now(match: re.Match[str]) -> Rolling | None:
    """未来两个月."""
    counted = _counted(match)
    return None if counted is None else Rolling(*counted, ahead=True, whole=False)


def recent(match: re.Match[str]) -> Years | None:
    """近N年, 近年来."""
    count = integer(group(match, "n"))
    return Years(count) if count != 0 else None


def coming(match: re.Match[str]) -> Years | None:
    """未来N年; a range of lengths (未来三到五年) is a slogan, no date."""
    return None if group(match, "to") else Years(integer(match["n"]), ahead=True)


def week(match: re.Match[str]) -> Week:
    """上周, 下周三."""
    word, day = match["wk"].removesuffix("个"), match["wd"]
    shift = {"上": -1, "下": 1}.get(word[0], 0) * len(word)
    return Week(shift, None if day is None else "一二三四五六日".find(day.replace("天", "日")))


def now(match: re.Match[str]) -> Now:
    """目前."""
    return Now()
