"""Every row of the amount table: its examples, what it must leave alone; tables, bounds, and what others have taken."""

from __future__ import annotations

import pytest

from marked import check_example, check_negative, check_rows, examples, negatives
from parkfacts.facts import plain
from parkfacts.find import amounts
from parkfacts.find.amounts import AmountValue
from parkfacts.rules import load
from parkfacts.segment import Document, Segmenter, segment
from parkfacts.text import Mention, Source, Span, Text

SEGMENTER = Segmenter()
TABLE = load("amounts")


def document(text: str) -> Document:
    return segment(Text.whole(Source.from_text(text)), (), SEGMENTER)


def read(text: str) -> list[Mention[AmountValue]]:
    return amounts.find(document(text), [])


def show(value: AmountValue) -> str:
    if value.low is not None and value.high is not None:
        number = f"{plain(value.low)}..{plain(value.high)}"
    else:
        assert value.value is not None
        number = plain(value.value)
    return f"{number} {value.unit} {value.bound}" + (f" per {value.per}" if value.per else "")


def shown(text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], show(m.value)) for m in read(text)]


def test_every_rule_has_examples_and_negatives() -> None:
    check_rows(TABLE)
    assert {rule.produce for rule in TABLE.rules} == set(amounts.PRODUCE)


@pytest.mark.parametrize(("rule", "example"), examples(TABLE))
def test_example(rule: str, example: str) -> None:
    check_example(rule, example, read, show)


@pytest.mark.parametrize(("rule", "text"), negatives(TABLE))
def test_never(rule: str, text: str) -> None:
    check_negative(rule, text, read)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每亩投资强度不低于400万元", [("不低于400万元", "4000000 CNY over per mu")]),
        ("每百元营业收入中的成本为81.2元", [("81.2元", "81.2 CNY exact per 100 CNY")]),
        ("排放强度1.63吨/万元", [("1.63吨", "1.63 t exact per 10000 CNY")]),
        ("从每平方米45元降到28元", [("45元", "45 CNY exact per m2"), ("28元", "28 CNY exact per m2")]),
        ("单吨电耗5.2万度", [("5.2万度", "52000 kWh exact per t")]),
        ("签订订单30吨", [("30吨", "30 t exact")]),
        ("每亩不低于400万元", [("不低于400万元", "4000000 CNY over per mu")]),
        ("规模以上企业约有30家", [("30家", "30 家 about")]),
        ("节约200万元", [("200万元", "2000000 CNY exact")]),
        ("附近3家工厂", [("3家", "3 家 exact")]),
        ("不超过50家", [("不超过50家", "50 家 under")]),
        ("突破12项关键核心技术", [("12项", "12 项 exact")]),
        ("营收突破12亿元", [("突破12亿元", "1200000000 CNY over")]),
        ("处理规模2.5万吨/日", [("2.5万吨", "25000 t exact per d")]),
        ("从15%提高到20%以上", [("15%", "15 % exact"), ("20%以上", "20 % over")]),
        ("给予最高500万元奖励", [("500万元", "5000000 CNY under")]),
        ("在册职工1,234人、户均2.5万元", [("1,234人", "1234 人 exact"), ("2.5万元", "25000 CNY exact")]),
        ("全线长12.5 公里，占地30 公顷", [("12.5 公里", "12.5 km exact"), ("30 公顷", "30 ha exact")]),
        ("上午9时30分开工，测评得分98.5分", [("98.5分", "98.5 分 exact")]),
        ("超百亿元的项目和上千家企业", [("超百亿元", "10000000000 CNY over"), ("上千家", "1000 家 over")]),
    ],
)
def test_context(text: str, expected: list[tuple[str, str]]) -> None:
    assert shown(text) == expected


def test_cells_take_the_unit_of_head_label_and_caption() -> None:
    text = "指标\t1—6月累计\t同比增长（%）\n工业总产值（亿元）\t135.2\t8.1\n用电量（万千瓦时）\t2,400\t-3.5\n"
    assert shown(text) == [
        ("135.2", "13520000000 CNY exact"),
        ("8.1", "8.1 % exact"),
        ("2,400", "24000000 kWh exact"),
        ("-3.5", "-3.5 % exact"),
    ]
    captioned = "表1 主要指标（单位：万元）\n片区  营业收入  增速  企业数\n东片  1200  5.5  12\n"
    assert shown(captioned) == [("1200", "12000000 CNY exact"), ("5.5", "5.5 % exact"), ("12", "12 家 exact")]
    assert shown("年末户数与指标\t单位\t数值\n从业人员\t万人\t1.6\n") == [("1.6", "16000 人 exact")]
    assert shown("工业总产值（亿元）：135.2，下降") == [("135.2", "13520000000 CNY exact")]


def test_a_head_above_heads_gives_its_unit_and_an_empty_cell_holds_its_column() -> None:
    heads = "项目\t投资（亿元）\t投资（亿元）\t占比（%）\t面积（亩）\n项目\t总投资\t年内完成\t占比（%）\t面积（亩）\n"
    text = heads + "储能基地\t25.0\t6.3\t25.2\t220\n叶片项目\t8.6\t—\t-\t95\n"
    assert shown(text) == [
        ("25.0", "2500000000 CNY exact"),
        ("6.3", "630000000 CNY exact"),
        ("25.2", "25.2 % exact"),
        ("220", "220 mu exact"),
        ("8.6", "860000000 CNY exact"),
        ("95", "95 mu exact"),
    ]


def test_leaves_what_others_have_taken() -> None:
    text = "今年3家企业和5家机构"
    assert [text[m.start : m.end] for m in amounts.find(document(text), [Span(0, 3)])] == ["5家"]


def test_full_width_and_traditional_forms() -> None:
    assert shown("產值３．５億元，引進１２家企業") == [("３．５億元", "350000000 CNY exact"), ("１２家", "12 家 exact")]
