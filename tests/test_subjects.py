"""Whose a figure is, on sentences of our own."""

from __future__ import annotations

import pytest

from test_indicators import PARK, read


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("澄川机电在上海证券交易所上市，募集资金9亿元。", ["澄川机电"], ["澄川机电"]),
        ("园区与澄川机电签订协议，出让工业用地300亩。", ["澄川机电"], [PARK]),
        ("澄川机电落户两年。2023年，公司实现营业收入3亿元。", ["澄川机电"], ["澄川机电"]),
        ("澄川机电、远禾光学产值均超过5亿元。", ["澄川机电", "远禾光学"], ["澄川机电、远禾光学"]),
        ("远禾光学、澄川机电等20家企业落户。", ["远禾光学", "澄川机电"], [PARK]),
        ("净水厂今年5月通水，日供水能力3万立方米。", [], ["净水厂"]),
        ("规上工业企业实现利润总额14亿元，同比增长3%。", [], ["规上工业企业", "规上工业企业"]),
        ("建成总投资8亿元的远禾光学产业园，建筑面积6万平方米。", ["远禾光学"], ["远禾光学产业园", "远禾光学产业园"]),
        ("澄川机电营业收入3亿元。全社会研发投入强度3.1%。", ["澄川机电"], ["澄川机电", PARK]),
        ("澄川机电产值5亿元。全年新签约项目20个。", ["澄川机电"], ["澄川机电", PARK]),
        ("完成东湾片区2300亩土地征迁。", [], ["东湾片区"]),
        ("62家规上企业完成数字化改造。", [], [None]),
        ("全县签约项目31个，协议引资86亿元。", [], ["全县", "全县"]),
        ("重点项目共36个，总投资214亿元。", [], [PARK, "重点项目"]),
    ],
)
def test_subjects(text: str, names: list[str], expected: list[str | None]) -> None:
    assert [reading.subject for _, reading in read(text, *names)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("去年营业收入3亿元。", [("3亿元", "营业收入")]),
        ("研发投入占营业收入的6.8%。", [("6.8%", "研发投入")]),
        ("税收占全县的比重达37.5%。", [("37.5%", "税收占全县的比重")]),
        ("提供30亿元的授信。", [("30亿元", "授信")]),
        ("年产12万吨光伏支架的生产线开工。", [("12万吨", "光伏支架")]),
        ("加装光伏组件3万块。", [("3万块", "光伏组件")]),
        ("拥有省级以上研发平台19家。", [("19家", "省级以上研发平台")]),
        ("能耗强度比2020年下降14%。", [("14%", "能耗强度")]),
        ("工业用电量12亿千瓦时，是2018年的3.2倍。", [("12亿千瓦时", "工业用电量"), ("3.2倍", "工业用电量")]),
        ("计划投入3.4亿元。", [("3.4亿元", "投入")]),
        ("37.2亿元\n一般公共预算收入，同比增长6%。", [("37.2亿元", "一般公共预算收入"), ("6%", "一般公共预算收入")]),
    ],
)
def test_indicators(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(written, reading.indicator) for written, reading in read(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年，产值由2020年的3亿元增至8亿元。", ["2020年", "2024年"]),
        ("2023年投产的11家企业中，盈利的有6家。", ["2023年", None]),
        ("园区2013年获批省级高新区，规划面积42平方公里。", [None]),
        ("2009年4月破土至今，集聚企业430家。", [None]),
        ("力争到2027年，绿电占比超过30%。", ["2027年"]),
        ("项目2024年6月投产，达产后年产值9亿元。", [None]),
        ("展会2023年8月举行，参展企业480家。", ["2023年8月"]),
    ],
)
def test_as_of(text: str, expected: list[str | None]) -> None:
    from parkfacts.find import dates
    from parkfacts.link.calendar import parse_reference
    from parkfacts.link.reference import Reference
    from parkfacts.link.timeline import resolve
    from test_dates import document

    doc = document(text)
    when = resolve(doc, dates.find(doc), Reference(parse_reference("2024"), "given"))
    written = [text[date.start : date.end] for date in when]
    found = [None if reading.as_of is None else written[reading.as_of] for _, reading in read(text)]
    assert found == expected
