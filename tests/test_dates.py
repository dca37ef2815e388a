"""Every row of the date table: its examples, what it must leave alone, and the values that the time line gives."""

from __future__ import annotations

import pytest

from marked import check_example, check_negative, check_rows, examples, negatives
from parkfacts.find import dates
from parkfacts.link.calendar import DateValue, parse_reference
from parkfacts.link.reference import Reference
from parkfacts.link.timeline import resolve
from parkfacts.rules import load
from parkfacts.segment import Document, Segmenter, segment
from parkfacts.text import Mention, Source, Text

SEGMENTER = Segmenter()
TABLE = load("dates")
REFERENCE = Reference(parse_reference("2023"), "given")


def document(text: str) -> Document:
    return segment(Text.whole(Source.from_text(text)), (), SEGMENTER)


def show(value: DateValue) -> str:
    if value.duration is not None:
        body = f"every {value.duration}" if value.kind == "set" else value.duration
        body += f"..{value.duration_high}" if value.duration_high else ""
        body += " business" if value.business_days else ""
    elif value.start is None:
        body = str(value.edtf)
    else:
        body = str(value.start) if value.start == value.end else f"{value.start}/{value.end}"
    return body + (" ~" if value.approximate else "")


def read(text: str, reference: Reference | None = REFERENCE) -> list[Mention[DateValue]]:
    doc = document(text)
    return resolve(doc, dates.find(doc), reference)


def test_every_rule_has_examples_and_negatives() -> None:
    check_rows(TABLE)
    assert {rule.produce for rule in TABLE.rules} == set(dates.PRODUCE)


@pytest.mark.parametrize(("rule", "example"), examples(TABLE))
def test_example(rule: str, example: str) -> None:
    told, _, day = example.partition(" @ ")  # counted from a day of its own
    reference = Reference(parse_reference(day), "given") if day else REFERENCE
    check_example(rule, told, lambda text: read(text, reference), show)


@pytest.mark.parametrize(("rule", "text"), negatives(TABLE))
def test_never(rule: str, text: str) -> None:
    check_negative(rule, text, read)


DAY = Reference(parse_reference("2021-09-15"), "given")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("上个半年招工不足。", [("上个半年", "2021-01-01/2021-06-30")]),
        ("前两天，设备进场。", [("前两天", "2021-09-13/2021-09-14")]),
        ("前两个季度，产值增长8%。", [("前两个季度", "2021-01-01/2021-06-30")]),
        ("下三年，园区要投入20亿元。", [("下三年", "2022-01-01/2024-12-31")]),
        ("后三个月抓攻坚。", [("后三个月", "2021-10-01/2021-12-31")]),
        ("近三个月，订单不断。", [("近三个月", "2021-06-15/2021-09-15")]),
        ("未来10天集中攻坚。", [("未来10天", "2021-09-15/2021-09-25")]),
        ("三个月前，这里还是荒地。", [("三个月前", "2021-06-01/2021-06-30")]),
        ("两天前签约。", [("两天前", "2021-09-13")]),
        ("半年前动工。", [("半年前", "2021-03-01/2021-03-31")]),
        ("一年半前动工。", [("一年半前", "2020-03-01/2020-03-31")]),
        ("力争三年后产值翻番。", [("三年后", "2024-01-01/2024-12-31")]),
        ("三年后，他又来了。", [("三年后", "P3Y")]),
        (
            "上上个月签约，下下个月开工。",
            [("上上个月", "2021-07-01/2021-07-31"), ("下下个月", "2021-11-01/2021-11-30")],
        ),
        ("下个季度投产。", [("下个季度", "2021-10-01/2021-12-31")]),
        ("12月，厂房封顶。", [("12月", "2020-12-01/2020-12-31")]),
        ("12月", [("12月", "2021-12-01/2021-12-31")]),
        ("上周签约，下周三开工。", [("上周", "2021-09-06/2021-09-12"), ("下周三", "2021-09-22")]),
        ("本周五，展会闭幕。", [("本周五", "2021-09-17")]),
        ("前天封顶，大后天试产。", [("前天", "2021-09-13"), ("大后天", "2021-09-18")]),
        ("园区2019年签约。\n\n月底投用。", [("2019年", "2019-01-01/2019-12-31"), ("月底", "2021-09-21/2021-09-30 ~")]),
        ("2019年签约，截至7月31日，已开工12个。", [("2019年", "2019-01-01/2019-12-31"), ("7月31日", "2021-07-31")]),
        ("31日，展会闭幕。", [("31日", "2021-08-31")]),
        ("2月29日点火。", [("2月29日", "2020-02-29")]),
    ],
)
def test_counted_from_a_reference_day(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[m.start : m.end], show(m.value)) for m in read(text, DAY)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025年前建成。", "before"),
        ("2025年底之前建成。", "before"),
        ("3月5日（含）以前报名。", "on_or_before"),
        ("2015年1月1日或之后登记的。", "on_or_after"),
        ("2018年以后，园区换了模样。", "after"),
        ("自2018年起实施。", "on_or_after"),
        ("2012年以来，园区累计引进。", "on_or_after"),
        ("从2018年开始，园区。", "on_or_after"),
        ("2018年开始建设。", None),
        ("2021年前后投产。", None),
        ("2021年后续项目。", None),
        ("2021年前景看好。", None),
        ("2021年投产。", None),
    ],
)
def test_open_ranges(text: str, expected: str | None) -> None:
    assert [m.value.mod for m in read(text)] == [expected]
