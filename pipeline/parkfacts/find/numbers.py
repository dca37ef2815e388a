"""Numbers as they are written in Chinese reports, read exactly.

The grammar, largest unit first; a part is smaller than the unit before it::

    number   = [sign] (positional | parts)
    parts    = [parts 亿] [parts 万] small          12亿3千万, 1.2万亿, 三亿五千万
    small    = [d 千] [d 百] [d 十] [d] [点 digits]  一千零五, 三十二点五
    d        = a Chinese digit, or an Arabic number (3千, 1.2万)
    positional = Chinese digits alone               二〇二三

A last digit that stands right behind a unit counts the next lower one: 一千三 is 1300, 两万五 is 25000.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

_SPELLINGS = ("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九")
_DIGITS = {char: digit for digit, chars in enumerate(_SPELLINGS) for char in chars}
_SMALL = {"千": 1000, "百": 100, "十": 10}
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億兩幺kK，", "一二三四五六七八九十百千万亿两一千千,")
_SIZES = {"": 1, "万": 10**4, "亿": 10**8}
_PLAIN = re.compile(r"(\d+(?:\.\d+)?)([万亿]?)")  # the most frequent form, read at once
_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")
_LEAF = re.compile(r"\d+(?:\.\d+)?|[零〇一二两三四五六七八九]|[十百千]")
_LONGEST = 28  # characters, and digits that a decimal holds without rounding
_SIGNS = {"-": -1, "−": -1, "负": -1, "+": 1, "正": 1}


@lru_cache(maxsize=4096)
def parse(text: str) -> Decimal | None:
    """The value of a number as written in a folded view; ``None`` where it is none, never a guess.

    >>> parse("一千三"), parse("两万五"), parse("3亿5千万"), parse("九点零")
    (Decimal('1300'), Decimal('25000'), Decimal('350000000'), Decimal('9.0'))
    """
    if len(text) > _LONGEST:
        return None
    if plain := _PLAIN.fullmatch(text):
        return Decimal(plain[1]) * _SIZES[plain[2]]
    text = text.replace(" ", "").translate(_FORMAL).replace("兆", "万亿")  # 1.6兆元, as money is counted in Taiwan
    sign = _SIGNS.get(text[:1])
    value = _unsigned(text[1:] if sign else text)
    return value if value is None or sign is None else value * sign


def _unsigned(text: str) -> Decimal | None:
    if _ARABIC.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if len(text) > 1 and all(char in _DIGITS for char in text):
        return Decimal("".join(str(_DIGITS[char]) for char in text))
    return _parts(text)


def _parts(text: str) -> Decimal | None:
    """Cuts at the last 亿, then at the last 万: what stands left of it counts it, what stands right is added."""
    for mark, size in (("亿", 10**8), ("万", 10**4)):
        left, found, right = text.rpartition(mark)
        if found:
            count, rest = _counted(left), _rest(right, size)
            return None if count is None or rest is None else count * size + rest
    return _small(text)


def _counted(text: str) -> Decimal | None:
    """What counts a unit; 万元 and 千亿 count one of it."""
    return _unsigned(text) if text else Decimal(1)


def _rest(text: str, size: int) -> Decimal | None:
    """What follows a unit: nothing, a smaller number, or one digit of the next lower place."""
    if not text:
        return Decimal(0)
    if len(text) == 1 and text in _DIGITS:
        return Decimal(_DIGITS[text] * size // 10)
    text = text.lstrip("零〇")
    value = None if not text or text[0] in "百千万" else _parts(text)
    return value if value is not None and value < size else None


def _small(text: str) -> Decimal | None:
    """A number below ten thousand, with its decimals."""
    whole, point, decimals = text.partition("点")
    value = _places(whole)
    if value is None or not point:
        return value
    digits = "".join(str(_DIGITS.get(char, char)) for char in decimals)
    return value + Decimal(f"0.{digits}") if digits.isdecimal() else None


def _places(text: str) -> Decimal | None:
    if _ARABIC.fullmatch(text):
        return Decimal(text.replace(",", ""))
    total, digit, last, at = Decimal(0), None, 10_000, 0
    gap = False  # a 零 since the last place: the digit behind it counts ones
    while at < len(text):
        leaf = _LEAF.match(text, at)
        if leaf is None:
            return None
        token, at = leaf.group(), leaf.end()
        if token in _SMALL:
            if _SMALL[token] >= last:
                return None
            last, gap = _SMALL[token], False
            total, digit = total + (Decimal(1) if digit is None else digit) * last, None
        elif digit is not None:
            return None
        elif token in "零〇" and at < len(text):
            gap = True
        else:
            digit = Decimal(_DIGITS[token]) if token in _DIGITS else Decimal(token)
    if digit is not None:
        total += digit * (last // 10 if last < 10_000 and not gap and digit < 10 else 1)
    return total if text else None
