"""What is wrong with an act, said in Chinese and in English."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

Problem = dict[str, Any]  # {"field": str | None, "message": {"zh": str, "en": str}}


class ActError(Exception):
    """An act that cannot be done; ``problems`` say why, field by field."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem["message"]["en"] for problem in problems))
        self.problems = problems

    @classmethod
    def one(cls, field: str | None, zh: str, en: str) -> ActError:
        """An error with one problem."""
        return cls([{"field": field, "message": {"zh": zh, "en": en}}])


# by the type of pydantic's error; {0} is what was given, {expected} what may be
_BY_TYPE = {
    "literal_error": ("“{0}”不在可选值内：{expected}", "{0!r} is none of {expected}"),
    "missing": ("必须填写", "is needed"),
    "extra_forbidden": ("没有这个字段", "there is no such field"),
    "decimal_parsing": ("“{0}”不是数字", "{0!r} is no number"),
    "decimal_type": ("“{0}”不是数字", "{0!r} is no number"),
    "string_type": ("须为文字", "must be text"),
    "bool_parsing": ("须为是或否", "must be true or false"),
    "too_short": ("不能为空", "must not be empty"),
    "union_tag_invalid": ("没有这种操作", "there is no such act"),
    "union_tag_not_found": ("没有说明操作", "the act is not told"),
}
# by words in the message of a validator of the record's own
_BY_WORDS = (
    ("is after end", "start", "起始日期晚于结束日期", "the start is after the end"),
    ("has a duration and neither", "duration", "时长和频率只填 duration，不填起止、edtf 和精度",
     "a duration or set has a duration, and neither start, end nor edtf"),
    ("is above high", "low", "下限大于上限", "the low end is above the high end"),
    ("belong to a range", "bound", "区间须有下限和上限，非区间则不能有",
     "low and high belong to a range, and to nothing else"),
    ("are not the forms", "name", "名称和别名须正是文中提及的各种写法",
     "name and aliases must be the forms of its mentions"),
    ("never a float", "value", "数值须写成文字形式的十进制数", "a number is a decimal written as a string"),
)  # fmt: skip


def problems(error: ValidationError) -> list[Problem]:
    """The problems that validation by a model of the record found."""
    return list(_problems(error))


def _problems(error: ValidationError) -> Iterator[Problem]:
    for one in error.errors(include_url=False):
        place = [str(part) for part in one["loc"]]
        message = one["msg"]
        told = next((row for row in _BY_WORDS if row[0] in message), None)
        if told is not None:
            yield {"field": place[0] if place else told[1], "message": {"zh": told[2], "en": told[3]}}
            continue
        zh, en = _BY_TYPE.get(one["type"], ("值不合要求（{msg}）", "{msg}"))
        if one["type"].startswith(("date_", "date_from")) or one["type"] == "date_parsing":
            zh, en = "“{0}”不是日期（应为 2023-06-30 的形式）", "{0!r} is no day (write 2023-06-30)"
        given = str(one.get("input"))[:80]
        words = {"expected": (one.get("ctx") or {}).get("expected", ""), "msg": message}
        yield {
            "field": ".".join(place) or None,
            "message": {"zh": zh.format(given, **words), "en": en.format(given, **words)},
        }
