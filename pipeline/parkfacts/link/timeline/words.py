"""Words that count from the reference date, or from the last date named: 今年, 次月, 当天, 本季度."""

from __future__ import annotations

from parkfacts.find.dates import Point
from parkfacts.link.calendar import of_day, of_year, shift_day
from parkfacts.link.counted import period_of
from parkfacts.link.timeline.memory import Memory
from parkfacts.link.timeline.points import Resolved

# (counted from, shift): the reference date, or the last date named (near: the last one of the paragraph)
_YEAR_WORDS = {
    "今年": ("reference", 0), "本年": ("reference", 0), "去年": ("reference", -1), "上年": ("reference", -1),
    "上一年": ("reference", -1), "前年": ("reference", -2), "大前年": ("reference", -3), "明年": ("reference", 1),
    "来年": ("reference", 1), "下年": ("reference", 1), "下一年": ("reference", 1), "后年": ("reference", 2),
    "同年": ("last", 0), "当年": ("last", 0), "次年": ("last", 1), "翌年": ("last", 1), "第二年": ("last", 1),
    "前一年": ("last", -1), "这年": ("last", 0), "该年": ("last", 0), "是年": ("last", 0),
}  # fmt: skip
_MONTH_WORDS = {
    "本月": ("reference", 0), "这个月": ("reference", 0), "这个月份": ("reference", 0), "这月": ("reference", 0),
    "上月": ("reference", -1), "上个月": ("reference", -1), "上上个月": ("reference", -2), "下月": ("reference", 1),
    "下个月": ("reference", 1), "下下个月": ("reference", 2), "同月": ("last", 0), "当月": ("last", 0),
    "次月": ("last", 1), "翌月": ("last", 1), "月": ("near", 0),
}  # fmt: skip
_DAY_WORDS = {
    "今天": ("reference", 0), "今日": ("reference", 0), "昨天": ("reference", -1), "昨日": ("reference", -1),
    "前天": ("reference", -2), "大前天": ("reference", -3), "明天": ("reference", 1), "明日": ("reference", 1),
    "后天": ("reference", 2), "大后天": ("reference", 3), "当天": ("last", 0), "当日": ("last", 0), "同日": ("last", 0),
    "同一天": ("last", 0), "次日": ("last", 1), "翌日": ("last", 1),
}  # fmt: skip
_QUARTER_WORDS = {"本季度": 0, "这季度": 0, "当季度": 0, "上季度": -1, "下季度": 1, "上上季度": -2, "下下季度": 2}
_HALF_WORDS = {"上个半年": -1, "这个半年": 0, "下个半年": 1}


def by_word(memory: Memory, point: Point) -> Resolved | None:
    """What a word for a day, a month, a quarter or a half means; None where it is none, or nothing places it."""
    word = point.word or ""
    if word in _QUARTER_WORDS:
        return _quarter_word(memory, word)
    if word in _HALF_WORDS:
        return _half_word(memory, word)
    return _day_word(memory, word) if word in _DAY_WORDS else _month_word(memory, point)


def is_word(point: Point) -> bool:
    """Whether a point is a word for a day, a month, a quarter or a half."""
    return any(point.word in words for words in (_QUARTER_WORDS, _HALF_WORDS, _DAY_WORDS, _MONTH_WORDS))


def year_of(memory: Memory, word: str) -> int | None:
    """The year that a word means (今年, 次年)."""
    origin, shift = _YEAR_WORDS[word]
    if origin == "last":
        return None if memory.last is None or memory.last.year is None else memory.last.year + shift
    return None if memory.reference is None else memory.reference.period.start.year + shift


def _day_word(memory: Memory, word: str) -> Resolved | None:
    origin, shift = _DAY_WORDS[word]
    if origin == "reference":
        period = memory.reference.period if memory.reference and memory.reference.exact else None
    else:
        last = memory.day
        complete = last is not None and last.year and last.month and last.day
        period = of_day(last.year, last.month, last.day) if last and complete else None  # type: ignore[arg-type]
    if period is None:
        return None
    period = shift_day(period, shift)
    return Resolved(Point(period.start.year, None, period.start.month, period.start.day), period)


def _month_word(memory: Memory, point: Point) -> Resolved | None:
    origin, shift = _MONTH_WORDS[point.word or ""]
    if origin == "near":  # 月底: of the month that the paragraph speaks of, else of this one
        dated = memory.reference is not None and memory.reference.exact
        origin = "reference" if dated and memory.paragraph_year is None else "last"
    year = month = None
    if origin == "last" and memory.last is not None and memory.last.month is not None:
        year, month = memory.last.year, memory.last.month
    elif (
        (origin == "reference" or memory.last is None)
        and memory.reference is not None
        and memory.reference.period.precision in ("day", "month")
    ):
        year, month = memory.reference.period.start.year, memory.reference.period.start.month
    if year is None or month is None:
        return None
    year, month = year + (month - 1 + shift) // 12, (month - 1 + shift) % 12 + 1
    placed = Point(year, None, month, point.day, point.part)
    period = period_of(placed, year)
    return None if period is None else Resolved(placed, period)


def _quarter_word(memory: Memory, word: str) -> Resolved | None:
    now = memory.reference.period if memory.reference else None
    if _QUARTER_WORDS[word] == 0 and memory.title_quarter is not None:  # what a bulletin of a quarter calls 本季度
        return Resolved(memory.title_quarter, of_year(memory.title_quarter.year or 0, memory.title_quarter.part))
    spoken_of = memory.last if word == "当季度" else None
    if spoken_of is not None and spoken_of.year and spoken_of.month:
        then, month = spoken_of.year, spoken_of.month
    elif now is not None and now.precision in ("day", "month"):
        then, month = now.start.year, now.start.month
    else:
        return None
    year, quarter = divmod(then * 4 + (month - 1) // 3 + _QUARTER_WORDS[word], 4)
    point = Point(year, part=f"q{quarter + 1}")
    return Resolved(point, of_year(year, point.part))


def _half_word(memory: Memory, word: str) -> Resolved | None:
    now = memory.reference.period if memory.reference else None
    if now is None or now.precision not in ("day", "month"):
        return None
    year, half = divmod(now.start.year * 2 + (now.start.month - 1) // 6 + _HALF_WORDS[word], 2)
    point = Point(year, part=f"h{half + 1}")
    return Resolved(point, of_year(year, point.part))
