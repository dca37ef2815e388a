"""What stands around a number and tells whether it is an amount; the words are in rules/amounts.toml, ``[context]``."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from parkfacts.find.amounts.bounds import before
from parkfacts.find.amounts.value import Unit
from parkfacts.rules.engine import data

_SIZES = re.compile(r"[百千万亿]+")  # a magnitude that nothing counts: 千亩, 百亿元
_SPOKEN = re.compile(r"[零〇一二两三四五六七八九十百千万亿点]+")
_EXACT_KINDS = {"money", "area", "percent", "percentage_point", "ratio"}  # 一成 counts, 一家 is mostly an article
_MEASURED = {"mass", "volume", "length"}  # and so does 一公升


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(data("amounts")["context"][name])


def _ahead(name: str, match: re.Match[str], reach: int) -> bool:
    """Whether the words of a row stand in front of a match, no further off than ``reach``."""
    return _pattern(name).search(match.string, max(0, match.start() - reach), match.start()) is not None


def _follows(name: str, match: re.Match[str]) -> bool:
    return _pattern(name).match(match.string, match.end()) is not None


def is_change(match: re.Match[str]) -> bool:
    """从15%到20% tells of two moments, 从5%到20%不等 of one."""
    return _ahead("from", match, 2) and not _follows("spread", match)


def shares_points(match: re.Match[str]) -> bool:
    """0.3个和0.8个百分点."""
    return _follows("shared_points", match)


def means_money(match: re.Match[str]) -> bool:
    """亿 after digits, a bound or a level, unless people or clicks are counted; 万 behind words of money."""
    size = (match["num"] + (match["rest"] or ""))[-1]
    if size not in "亿万" or _follows("no_money", match) or _ahead("no_money_ahead", match, 12):
        return False
    return _ahead("money", match, 14) or _follows("money_behind", match) or (size == "亿" and _says_more(match))


def _says_more(match: re.Match[str]) -> bool:
    """Digits, a level or a bound: 50亿, 千亿级, 超千亿 — a mere 千亿 is a slogan's."""
    return bool(re.match(r"\d", match["num"]) or match["level"] or match["after"] or match["more"])


def is_article(match: re.Match[str], number: Decimal, unit: Unit) -> bool:
    """一家, 一批, 三大: Chinese numerals below ten that count nothing, or little."""
    written = match["num"]
    if number >= 10 or match["more"] or unit.dimension in _EXACT_KINDS or not _SPOKEN.fullmatch(written):
        return False
    view, word = match.string, match.group()
    if view.startswith(word, match.end()) or view.endswith(word, 0, match.start()):  # 一米一米地修
        return True
    if unit.dimension in _MEASURED:
        return False
    if written == "一" or "零" in written or _follows("idiom", match):
        return True
    return unit.dimension == "count" and match["unit"] not in data("amounts")["context"]["counted"]


def is_slogan(match: re.Match[str]) -> bool:
    """万亩, 百家 without a word that makes a figure of them (超, 近, 余, 以上, 级)."""
    if (
        match["num"][0] not in "百千万亿"
        or not _SIZES.fullmatch(match["num"])
        or match["more"]
        or match["after"]
        or match["level"]
    ):
        return False
    return before(match.string, match.start(), bare=True) is None


def is_no_count(match: re.Match[str], kind: str) -> bool:
    """9时30分, 排名28位, 二十届三中全会, A区-3栋: a time, a rank, an ordinal, a place."""
    if match["num"][0] == "-":
        return kind not in _EXACT_KINDS
    unit = match["unit"]
    if unit == "分":
        return not _ahead("points", match, 12)
    if unit == "届":
        return _SPOKEN.fullmatch(match["num"]) is not None
    return unit in ("位", "名") and _ahead("rank", match, 8)
