"""What an amount measures, whose it is, and when: on sentences of our own."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from parkfacts.find import amounts, dates, names
from parkfacts.link import phrases
from parkfacts.link.calendar import parse_reference
from parkfacts.link.indicators import Reading, link
from parkfacts.link.reference import Reference
from parkfacts.link.timeline import resolve
from parkfacts.segment import Segmenter, segment
from parkfacts.text import Source, Span, Text

SEGMENTER = Segmenter()
PARK = "东岭产业园"


COMPANY = names.Name("company")


@dataclass(frozen=True)
class Name:
    start: int
    end: int
    value: names.Name = COMPANY


def read(text: str, *named: str) -> list[tuple[str, Reading]]:
    doc = segment(Text.whole(Source.from_text(text)), (), SEGMENTER)
    when = resolve(doc, dates.find(doc), Reference(parse_reference("2024"), "given"))
    found = amounts.find(doc, [Span(date.start, date.end) for date in when])
    spots = sorted((Name(text.index(n), text.index(n) + len(n)) for n in named), key=lambda name: name.start)
    readings = link(doc, found, when, spots, PARK)
    return [(text[m.start : m.end], reading) for m, reading in zip(found, readings, strict=True)]


def told(text: str) -> list[tuple[str, object]]:
    return [(written, reading.indicator) for written, reading in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年实现规上工业产值350亿元。", [("350亿元", "规上工业产值")]),
        ("引进62家规上企业，新增专利1200件。", [("62家", "规上企业"), ("1200件", "专利")]),
        ("面积3.7平方公里的小镇。", [("3.7平方公里", "面积")]),
        ("建成5G基站320座，污水集中处理率98%。", [("320座", "5G基站"), ("98%", "污水集中处理率")]),
        ("帮助企业招工3600人。", [("3600人", "招工")]),
        ("完成了1万亩土地征收、7个自然村的搬迁。", [("1万亩", "土地征收"), ("7个", "自然村")]),
        ("拥有高新技术企业187家、科技型中小企业350家。", [("187家", "高新技术企业"), ("350家", "科技型中小企业")]),
        ("占地120亩，总投资10亿元以上的项目14个。", [("120亩", "占地"), ("10亿元以上", "总投资"), ("14个", "项目")]),
        ("工业增加值80亿元，同比增长8.1%。", [("80亿元", "工业增加值"), ("8.1%", "工业增加值")]),
        ("营业收入由3亿元提高到5亿元。", [("3亿元", "营业收入"), ("5亿元", "营业收入")]),
        ("与16家知名高校达成合作。", [("16家", "知名高校")]),
        ("高端装备产业产值占规上工业总产值的77.2%。", [("77.2%", "高端装备产业产值")]),
    ],
)
def test_the_noun_that_is_measured(text: str, expected: list[tuple[str, object]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("固定资产投资下降3.2%，税收增长8%。", ["down", "up"]),
        ("研发费用实现了6倍以上增长。", ["up"]),
        ("产值提高到30亿元。", [None]),
        ("产值降幅超过20%。", ["down"]),
        ("增速高于全市2个百分点。", ["up"]),
        ("投资强度不低于400万元。", [None]),
        ("规模翻了一番。", ["up"]),
    ],
)
def test_growth_and_decline(text: str, changes: list[str | None]) -> None:
    assert [reading.change for _, reading in read(text)] == changes


def test_distributive_lists() -> None:
    shared = told("高新技术企业数、工业总产值、工业增加值均实现了6倍以上增长。")
    assert shared == [("6倍以上", ("高新技术企业数", "工业总产值", "工业增加值"))]
    assert told("营业收入、利润总额分别增长8.1%和9.3%。") == [("8.1%", "营业收入"), ("9.3%", "利润总额")]
    late = told("实现营业收入8亿元、利润总额1亿元，同比分别增长7%和9%。")
    assert late[2:] == [("7%", "营业收入"), ("9%", "利润总额")]


def test_dates_govern_and_compare() -> None:
    text = "2023年，产值350亿元，较2017年增长3倍。"
    readings = [reading for _, reading in read(text)]
    assert [(r.as_of, r.base) for r in readings] == [(0, None), (0, 1)]


def test_a_period_in_months_governs_the_whole_sentence() -> None:
    readings = [
        reading for _, reading in read("1—3月份，园区实现产值17亿元；实现税金6925万元。全部企业实现利润2亿元。")
    ]
    assert [reading.as_of for reading in readings] == [0, 0, 0]


def test_subjects() -> None:
    text = "去年澄川机电营业收入3亿元。全区税收20亿元。"
    assert [r.subject for _, r in read(text, "澄川机电")] == ["澄川机电", PARK]
    assert read("总投资8亿元的智能工厂项目开工。")[0][1].subject == "智能工厂项目"


def test_cells_are_read_by_label_and_head() -> None:
    text = "指标\t累计\t同比增长（%）\n工业总产值（亿元）\t135.2\t-8.1\n"
    assert [(r.indicator, r.change) for _, r in read(text)] == [("工业总产值", None), ("工业总产值", "down")]
    text = "单位：亿元\n片区\t营业收入\t增速\n东片\t12.5\t5.5\n"
    assert [(r.indicator, r.subject) for _, r in read(text)] == [("营业收入", "东片"), ("增速", "东片")]


def test_common_indicators_have_an_id() -> None:
    assert phrases.identify("规模以上工业增加值") == phrases.identify("规上工业增加值")
    assert phrases.identify("R&D占比") == "rnd_intensity"
    assert phrases.identify("游客满意度") is None
    ids = {
        "进出口总额": "foreign_trade", "出口额": "exports", "人均生产总值": "gdp_per_capita", "能耗总量": "energy_use",
        "万元工业增加值能耗": "energy_intensity", "规模以上服务业企业": "enterprises_above_scale",
        "亩均税收": "tax_per_mu", "新增就业": "new_jobs", "各项贷款": "loans", "工业投资": "industrial_investment",
        "投资强度": "investment_intensity",
        "国内市场占有率": "market_share", "税收占全县的比重": "share", "占地面积": "site_area",
    }  # fmt: skip
    assert {name: phrases.identify(name) for name in ids} == ids


def test_one_reading_an_amount() -> None:
    text = "3家、5家，10%；约20亿元。\n\n1、2、3亿元"
    assert len(read(text)) == len(told(text))


SUMS = """
营业收入 利润总额 入库税收 财政总收入 全口径税收 固定资产投资 技改投资 社会消费品零售总额 出口交货值
实际到位资金 到位内资 各项存款余额 各项贷款余额 技术合同成交额 研发经费支出 全社会研发投入
限额以上批发零售额 工业销售产值 新产品产值 首位产业营业收入 亩均税收 户均产值 劳动生产率 投资强度
注册资本 计划总投资 减税降费 年销售收入 年利润 净资产 募集资金 工业开票销售 应税销售 农产品加工产值
跨境电商进出口额 加工贸易额
"""
COUNTS = """
入驻企业 规上服务业企业 高新技术企业 新三板挂牌企业 在孵企业 重点实验室 企业技术中心 院士工作站
博士后工作站 在建项目 续建项目 竣工项目 投产项目 签约项目 储备项目 标准厂房 数字化车间 生产线
充电桩 公交站点 有效发明专利 软件著作权 就业岗位 产业工人 高层次人才 硕士研究生 污水处理厂
汽车零部件企业 院士团队 高校院所 国家和地区 专场招聘会 审批事项
"""


@pytest.mark.parametrize(
    ("nouns", "text"),
    [
        (SUMS, "2023年，园区{}达32亿元，增长8%。"),
        (COUNTS, "截至年底，园区共有{}325个。"),
        (COUNTS, "园区拥有325个{}。"),
    ],
)
def test_common_nouns_are_whole(nouns: str, text: str) -> None:
    cut = {noun: found for noun in nouns.split() if (found := told(text.format(noun))[0][1]) != noun}
    assert not cut
