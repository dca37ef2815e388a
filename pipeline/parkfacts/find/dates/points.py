"""Points in time and ranges of them, made of matches; ``None`` where the rule abstains."""

from __future__ import annotations

import re
from datetime import date, timedelta

from parkfacts.find.dates.expressions import Century, Decade, Plan, Point, Range
from parkfacts.find.dates.groups import DIGITS, group, integer

_PARTS = {
    "底": "end", "末": "end", "初": "start", "中": "middle", "上旬": "ten1", "中旬": "ten2", "下旬": "ten3",
    "中上旬": "tens12", "上中旬": "tens12", "中下旬": "tens23",
    "年底": "end", "尾": "end", "年尾": "end", "年末": "end", "年初": "start", "年中": "middle",
    "月底": "end", "月末": "end", "月初": "start", "前": "start", "后": "end",
    "末期": "end", "初期": "start", "中期": "middle", "末叶": "end", "初叶": "start", "中叶": "middle",
    "春": "spring", "夏": "summer", "秋": "autumn", "冬": "winter",
}  # fmt: skip


def _side(match: re.Match[str], side: str = "") -> Point:
    told = match.groupdict().get
    return Point(
        year=_full(integer(told("y" + side) or told(f"y{side}_b"))),
        word=told("w" + side) or told("mw" + side) or told("dw" + side) or None,
        month=integer((told("m" + side) or told("m_b") or "").replace("元", "1") or None),
        day=integer(told("d" + side) or told("d_b")),
        part=_PARTS.get(told("t" + side) or ""),
    )


def _full(year: int | None) -> int | None:
    """A year of two digits is of this century up to 49, of the last from 50."""
    return year if year is None or year > 99 else year + (1900 if year >= 50 else 2000)


def point(match: re.Match[str]) -> Point | None:
    """A single date from the groups y, w, mw, dw, m, d, t. Abstains for a day that its month does not have."""
    found = _side(match)
    short = (found.month in (4, 6, 9, 11) and found.day == 31) or (found.month == 2 and (found.day or 0) > 29)
    return None if short else found


def range_(match: re.Match[str]) -> Range:
    """Two sides; ``m1`` is a left month written without 月 (1—9月)."""
    left = _side(match)
    if (month := group(match, "m1")) is not None:
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
    number = 1 if group(match, "first") else integer(match["q"] or group(match, "q_b") or group(match, "q_c"))
    side = _side(match)
    if side.part == "end":
        return Point(side.year, side.word, None, None, f"q{number} end")
    return Point(side.year, side.word, part=f"q{number}")


def half(match: re.Match[str]) -> Point:
    """A half-year."""
    side = _side(match)
    return Point(side.year, side.word, part="h1" if match["h"] in "上前" else "h2")


def year_part(match: re.Match[str]) -> Point:
    """年初, 年中, 年底; 今初 and 去冬 give the year by one character."""
    side = _side(match)
    short = group(match, "short")
    return Point(side.year, f"{short}年" if short else side.word, part=side.part)


def season(match: re.Match[str]) -> Point:
    """A season of a year."""
    side = _side(match)
    short = group(match, "short")
    return Point(side.year, f"{short}年" if short else side.word, part=_PARTS[match["season"]])


def month_part(match: re.Match[str]) -> Point:
    """月底: the end of the month spoken of."""
    return Point(word="月", part=_PARTS[match["t"]])


def ten_days_of_month(match: re.Match[str]) -> Point:
    """下旬: of the month spoken of."""
    return Point(word="月", part=_PARTS[match["t"]])


def half_month(match: re.Match[str]) -> Point:
    """6月上半月; without a month, of this one."""
    side = _side(match)
    word = side.word if side.word or side.month else "本月"
    return Point(side.year, word, side.month, part="half1" if match["half"] == "上" else "half2")


def nth_month(match: re.Match[str]) -> Point | None:
    """2005年首月, 明年第九个月."""
    month = 1 if match["first"] else integer(match["nth"])
    side = _side(match)
    return Point(side.year, side.word, month) if month and month <= 12 else None


def last_day(match: re.Match[str]) -> Point | None:
    """The last day of a month or year."""
    side = _side(match)
    if side == Point():
        return None
    return Point(side.year, side.word, side.month or 12, part="last")


def last_months(match: re.Match[str]) -> Range | None:
    """今年后两个月: November and December."""
    side, count = _side(match), integer(match["n"])
    return None if not count else Range(Point(side.year, side.word, 13 - count), Point(month=12))


def first_days(match: re.Match[str]) -> Range | None:
    """4月前4天; of a year, those of its January."""
    side, last = _side(match), integer(match["n"])
    month = side.month or (None if match["mw"] else 1)
    if not last or last > 28 or side == Point():
        return None
    return Range(Point(side.year, side.word, month, 1), Point(day=last))


def within_year(match: re.Match[str]) -> Point:
    """年内: some time in this year."""
    return Point(word="今年")


def whole_year(match: re.Match[str]) -> Point:
    """全年: the year spoken of."""
    return Point()


def same_period(match: re.Match[str]) -> Point:
    """去年同期: the period spoken of, a year before."""
    return Point(word=match["w"], part="same")


def short_year(match: re.Match[str]) -> Point | None:
    """07年, 98年5月: of this century up to 49, of the last from 50; 三五年 tells a length."""
    if group(match, "yh") in ("三四", "三五", "八九"):
        return None
    year = _full(int((group(match, "yy") or match["yh"]).translate(DIGITS)))
    side = _side(match)
    return Point(year, None, side.month, side.day, side.part)


def republic_year(match: re.Match[str]) -> Point | None:
    """民国69年: counted from 1912."""
    count = 1 if match["roc"] == "元" else integer(match["roc"])
    if not count:
        return None
    side = _side(match)
    return Point(1911 + count, None, side.month, side.day, side.part)


def relative_quarter(match: re.Match[str]) -> Point:
    """本季度, 上个季度; 上个半年."""
    if match["hw"]:
        return Point(word=match["hw"] + "半年")
    return Point(word=match["qw"].replace("个", "").replace("季", "").replace("度", "") + "季度")


_HOLIDAYS = {"元旦": (1, 1), "五一": (5, 1), "劳动节": (5, 1), "七一": (7, 1), "八一": (8, 1), "国庆": (10, 1)}


def holiday(match: re.Match[str]) -> Point:
    """国庆期间: about its first day; a lunar one has no day."""
    side = _side(match)
    month, day = _HOLIDAYS.get(match["fest"], (None, None))
    return Point(side.year, side.word, month, day, "lunar" if month is None else "about")


def holiday_day(match: re.Match[str]) -> Point:
    """2021年国庆节, 元旦当天."""
    side = _side(match)
    return Point(side.year, side.word, *_HOLIDAYS[match["fest"]])


def beside_holiday(match: re.Match[str]) -> Point:
    """五一前一天: a day counted from a holiday's own."""
    side, count = _side(match), integer(match["n"]) or 0
    month, day = _HOLIDAYS[match["fest"]]
    moved = date(2001, month, day) + timedelta(days=count if match["side"] == "后" else -count)
    return Point(side.year, side.word, moved.month, moved.day)


def lunar(match: re.Match[str]) -> Point:
    """A day of the lunar calendar."""
    return Point(part="lunar")


def plan_years(match: re.Match[str]) -> Range | None:
    """“十四五”前三年."""
    number, count = integer(match["plan"]), integer(match["n"])
    if number is None or not count:
        return None
    first = 1951 + 5 * number if match["side"] == "前" else 1956 + 5 * number - count
    return Range(Point(first), Point(first + count - 1))


def plan(match: re.Match[str]) -> Plan | None:
    """A five-year plan."""
    number = integer(match["plan"])
    return None if number is None else Plan(number, _PARTS.get(group(match, "t") or ""))


def decade(match: re.Match[str]) -> Decade | None:
    """A decade; without a century it is of the last one from the thirties on, of this one before."""
    tens = integer(match["decade"])
    if tens is None:
        return None
    century = group(match, "c")
    if century is None:
        base = 1900 if tens >= 30 else 2000
    else:
        base = {"19": 1800, "十九": 1800, "21": 2000}.get(century, 1900)
    return Decade(base + tens, _PARTS.get(group(match, "t") or ""))


def decade_of_year(match: re.Match[str]) -> Decade:
    """2010年代."""
    return Decade(int(match["y"]), _PARTS.get(group(match, "t") or ""))


def century(match: re.Match[str]) -> Century | None:
    """20世纪, 本世纪初: by common usage the hundred years that begin alike (1900–1999)."""
    number = {"本": 21, "这个": 21}.get(match["word"] or "", 20) if match["word"] else integer(match["c"])
    return None if number is None else Century(100 * (number - 1), _PARTS.get(group(match, "t") or ""))
