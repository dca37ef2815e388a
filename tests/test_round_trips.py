"""What is written in any spelling reads back as what it was; and every EDTF string means its own days.

The ``edtf`` package is the judge of EDTF here; it is too slow for anything but tests.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from marked import examples
from parkfacts.find import amounts
from parkfacts.link.calendar import DateValue
from test_amounts import read as read_amounts
from test_dates import DAY, REFERENCE, TABLE, document, read
from test_numbers import DIGITS, spoken

FORMAL = str.maketrans("一二三四五六七八九十百千万亿", "壹贰叁肆伍陆柒捌玖拾佰仟萬億")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
DAYS = st.dates(date(1950, 1, 1), date(2049, 12, 31))


def two(text: str) -> str:
    """两 where it is spoken: in front of 百, 千, 万 and 亿, but not in 十二万."""
    for size in "百千万亿":
        text = (
            text.replace("十二" + size, "十*" + size)
            .replace("二" + size, "两" + size)
            .replace("十*" + size, "十二" + size)
        )
    return text


def mixed(number: int) -> str:
    """3亿5千万, 12万3千: Arabic digits with the sizes in words."""
    parts = [(number // 10**8, "亿"), (number // 10**4 % 10**4, "万")]
    return "".join(f"{part}{name}" for part, name in parts if part)


def amount_spellings(number: int) -> list[str]:
    said = spoken(number)
    spellings = [str(number), f"{number:,}", str(number).translate(WIDE), said, two(said), said.translate(FORMAL)]
    return spellings + ([mixed(number)] if number % 10**4 == 0 else [])


@given(st.integers(10, 10**12 - 1))
def test_an_amount_in_every_spelling(number: int) -> None:
    for spelling in amount_spellings(number):
        text = f"总投资{spelling}元。"
        found = read_amounts(text)
        assert [(m.value.value, m.value.unit, m.value.bound) for m in found] == [(number, "CNY", "exact")], text
        assert text[found[0].start : found[0].end] == f"{spelling}元"


@given(st.decimals(Decimal("0.1"), 9999, places=2), st.sampled_from(["万", "亿", "万亿"]))
def test_decimals_with_a_size(number: Decimal, size: str) -> None:
    whole, _, decimals = str(number).partition(".")
    said = f"{spoken(int(whole))}点{''.join(DIGITS[int(digit)] for digit in decimals)}"
    worth = number * {"万": 10**4, "亿": 10**8, "万亿": 10**12}[size]
    for spelling in (f"{number}{size}", f"{said}{size}"):
        assert [m.value.value for m in read_amounts(f"完成产值{spelling}元。")] == [worth], spelling


@given(st.integers(1, 400), st.integers(401, 999), st.sampled_from(["—", "-", "~", "至", "到", "–", "～"]))
def test_ranges_with_every_dash(low: int, high: int, dash: str) -> None:
    for text in (f"投资{low}{dash}{high}亿元。", f"投资{low}亿元{dash}{high}亿元。", f"提高{low}%{dash}{high}%。"):
        (found,) = read_amounts(text)
        size = 1 if "%" in text else 10**8
        assert (found.value.low, found.value.high, found.value.bound) == (low * size, high * size, "range"), text


def han(number: int) -> str:
    return spoken(number)[1:] if 10 <= number < 20 else spoken(number)


def day_spellings(day: date) -> list[str]:
    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    return [
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}年{day.month:02d}月{day.day:02d}日",
        f"{day.year} 年 {day.month} 月 {day.day} 日",
        f"{day.year}年{day.month}月{day.day}日".translate(WIDE),
        f"{day.year}年{day.month}月{day.day}号",
        f"{day:%Y-%m-%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        f"{year}年{han(day.month)}月{han(day.day)}日",
        f"{year.replace('零', '〇')}年{han(day.month)}月{han(day.day)}日",
    ]


@given(DAYS)
def test_a_day_in_every_spelling(day: date) -> None:
    for spelling in day_spellings(day):
        found = read(f"在{spelling}，项目开工。")
        assert [(m.start, m.end, m.value.edtf) for m in found] == [(1, 1 + len(spelling), day.isoformat())], spelling


@given(DAYS, st.integers(0, 400), st.sampled_from(["—", "-", "~", "至", "到", "–", "～", "——"]))
def test_a_range_of_days_with_every_dash(first: date, days: int, dash: str) -> None:
    last = date.fromordinal(first.toordinal() + days + 1)
    text = f"{first.year}年{first.month}月{first.day}日{dash}{last.year}年{last.month}月{last.day}日"
    assert [(m.value.start, m.value.end) for m in read(f"展会{text}举行。")] == [(first, last)]


@given(st.integers(1950, 2049), st.integers(1, 12))
def test_parts_of_a_year(year: int, month: int) -> None:
    quarter, half = (month - 1) // 3 + 1, (month - 1) // 6 + 1
    spellings = {
        f"{year}年{month}月": f"{year}-{month:02d}",
        f"{year}年{DIGITS[quarter]}季度": f"{year}-{32 + quarter}",
        f"{year}年第{quarter}季度": f"{year}-{32 + quarter}",
        f"{year}年{'上下'[half - 1]}半年": f"{year}-{39 + half}",
    }
    for text, told in spellings.items():
        assert [m.value.edtf for m in read(f"{text}，园区完成税收。")] == [told]


def check_edtf(value: DateValue) -> None:
    """The EDTF string is one, and its first and last day are those of the value."""
    if value.edtf is None:
        return
    parsed = parse_edtf(value.edtf)
    if value.start is None or value.end is None or value.edtf.endswith(".."):
        return
    assert tuple(parsed.lower_strict()[:3]) == (value.start.year, value.start.month, value.start.day), value
    assert tuple(parsed.upper_strict()[:3]) == (value.end.year, value.end.month, value.end.day), value


@pytest.mark.parametrize(("rule", "example"), examples(TABLE))
def test_every_example_of_a_rule_is_valid_edtf(rule: str, example: str) -> None:
    text = example.rpartition(" => ")[0].replace("【", "").replace("】", "")
    for reference in (REFERENCE, DAY, None):
        for mention in read(text, reference):
            check_edtf(mention.value)


def test_nothing_taken_is_read_twice() -> None:
    text = "2021年3月2日，完成投资3亿元。"
    assert [m.start for m in amounts.find(document(text), [])] == [text.index("3亿")]
