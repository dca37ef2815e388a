"""What the rules' named groups hold."""

from __future__ import annotations

import re

from parkfacts.find.numbers import parse

UNITS = {
    "年": "Y", "年度": "Y", "个季度": "Q", "季度": "Q", "个月": "M", "个多月": "M", "月": "M", "周": "W",
    "星期": "W", "个星期": "W", "天": "D", "日": "D",
}  # fmt: skip
DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


def integer(text: str | None) -> int | None:
    """The whole number that a numeral writes (12, 十二, 二〇一二), or None."""
    if text is None:
        return None
    if text.isascii():
        return int(text)  # int forgives the blank behind it
    if len(text) == 4 and (positional := text.translate(DIGITS)).isascii():
        return int(positional)
    value = parse(text)
    return None if value is None else int(value)


def group(match: re.Match[str], name: str) -> str | None:
    """What a group holds; None also where the rule has no such group."""
    return match[name] if name in match.re.groupindex else None
