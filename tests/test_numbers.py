"""The number grammar: every spelling of a number reads back as that number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parkfacts.find.numbers import parse
from parkfacts.segment import fold

DIGITS = "零一二三四五六七八九"


def group(number: int) -> str:
    """Below ten thousand, as it is spoken."""
    text, gap = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return text


def spoken(number: int) -> str:
    if number == 0:
        return "零"
    text = ""
    for size, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // size % 10**4
        if part:
            text += ("零" if text and part < 1000 else "") + group(part) + name
    return text


@given(st.integers(0, 10**12 - 1))
def test_spoken(number: int) -> None:
    assert parse(spoken(number)) == number


@given(st.integers(0, 10**14))
def test_arabic_grouped_and_full_width(number: int) -> None:
    wide = str.maketrans("0123456789,", "０１２３４５６７８９,")
    for spelling in (str(number), f"{number:,}", fold(f"{number}".translate(wide)), f"-{number}", f"负{number}"):
        assert parse(spelling) == (-number if spelling[0] in "-负" else number)


@given(st.integers(10, 10**9))
def test_positional(number: int) -> None:
    assert parse("".join(DIGITS[int(digit)] for digit in str(number))) == number


@given(st.decimals(0, 10**6, places=3), st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8), ("万亿", 10**12)]))
def test_magnitudes(number: Decimal, size: tuple[str, int]) -> None:
    assert parse(f"{number}{size[0]}") == number * size[1]
    whole, _, decimals = str(number).partition(".")
    if int(whole) < 10**4:
        said = f"{spoken(int(whole))}点{''.join(DIGITS[int(digit)] for digit in decimals)}{size[0]}"
        assert parse(said) == number * size[1]


@given(st.integers(1, 9999), st.integers(1, 9))
def test_mixed(left: int, right: int) -> None:
    assert parse(f"{left}亿{right}千万") == left * 10**8 + right * 10**7
    assert parse(f"{left}万{right}千") == left * 10**4 + right * 1000


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两千三百五", 2350), ("一千三", 1300), ("九十二万四", 924000), ("十五", 15), ("一百零五", 105),
        ("三十二点五亿", 3250000000), ("四千万零六千", 40006000), ("壹仟玖佰", 1900), ("百", 100), ("万", 10000),
        ("二〇二三", 2023), ("10万万", 10**9), ("负六点六", Decimal("-6.6")), ("1 200", 1200),
    ],
)  # fmt: skip
def test_spellings(text: str, value: int | Decimal) -> None:
    assert parse(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "万" * 600,
        "." + "5" * 40,
        "",
        "十几",
        "几百",
        "点五",
        "五亿百万",
        "3亿万",
        "一百二百",
        "1,23",
        "家",
        "三点",
        "1.2.3",
    ],
)
def test_no_number(text: str) -> None:
    assert parse(text) is None
