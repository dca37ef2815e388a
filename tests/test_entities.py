"""From mentions to entities, and the roles that the text gives them."""

from __future__ import annotations

import pytest

from parkfacts.facts import Block
from parkfacts.find import names
from parkfacts.link import entities, roles
from parkfacts.segment import Document, Segmenter, segment
from parkfacts.text import Source, Text

SEGMENTER = Segmenter()


def document(content: str, blocks: tuple[Block, ...] = ()) -> Document:
    return segment(Text.whole(Source.from_text(content)), blocks, SEGMENTER)


def linked(content: str) -> entities.Entities:
    doc = document(content)
    return entities.link(doc, names.find(doc))


def firms(content: str) -> list[set[str]]:
    return [set(entity.forms) for entity in linked(content).companies]


def test_a_short_form_joins_its_legal_name() -> None:
    assert firms("浙江海桐精密科技有限公司投产。海桐精密扩产，海桐科技获奖。") == [
        {"浙江海桐精密科技有限公司", "海桐精密", "海桐科技"}
    ]


def test_a_group_and_its_subsidiary_stay_two() -> None:
    content = "德国瓦尔登集团来访。瓦尔登玻璃（宁海）有限公司投产，瓦尔登玻璃扩产。瓦尔登很满意。"
    assert firms(content) == [
        {"德国瓦尔登集团", "瓦尔登"},
        {"瓦尔登玻璃（宁海）有限公司", "瓦尔登玻璃"},
    ]


def test_a_defined_form_is_an_alias() -> None:
    assert firms("沁川县城市建设投资有限公司（以下简称“沁川城投”）承建。") == [
        {"沁川县城市建设投资有限公司", "沁川城投"}
    ]


def test_a_renamed_firm_is_one() -> None:
    assert firms("海桐电机有限公司更名为浙江蓝泊驱动科技有限公司。") == [
        {"海桐电机有限公司", "浙江蓝泊驱动科技有限公司"}
    ]


def test_the_park_has_its_names() -> None:
    found = linked("海桐高新区：潮起。海桐高新技术产业园区前身是岭西海桐五金产业园。海桐高新区投资增长。")
    assert found.park is not None
    assert set(found.park.forms) == {"海桐高新区", "海桐高新技术产业园区", "岭西海桐五金产业园"}


def test_bodies_of_one_name() -> None:
    found = linked("松岭县人民政府印发文件。县政府与北京证券交易所座谈，北交所介绍情况。")
    assert [set(e.forms) for e in found.organizations] == [
        {"松岭县人民政府", "县政府"},
        {"北京证券交易所", "北交所"},
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("海桐精工登陆上交所科创板。", [("海桐精工", "listed", "科创板")]),
        ("培育了北交所上市企业海桐精工。", [("海桐精工", "listed", "北交所")]),
        ("海桐精工入选国家级专精特新“小巨人”企业名单。", [("海桐精工", "certified", None)]),
        ("投资方为海桐精工。", [("海桐精工", "investor", None)]),
    ],
)
def test_roles(content: str, expected: list[tuple[str, str, str | None]]) -> None:
    doc = document(content)
    found = entities.link(doc, names.find(doc))
    told = [(found.companies[r.company].name, r.role, r.board) for r in roles.find(doc, found, found.park)]
    assert set(expected) <= set(told)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("海桐精工主营机床。2019年5月，公司整体搬进园区。", [("海桐精工", "tenant")]),
        ("海桐精工（301234.SZ）：主营机床，营收增长。", [("海桐精工", "listed")]),
        ("本土企业海桐精工产值增长。", [("海桐精工", "tenant")]),
        ("海桐精工与管委会签订投资协议。", [("海桐精工", "investor")]),
        ("海桐精工总投资6亿元的轴承基地动工。", [("海桐精工", "investor")]),
        ("海桐精工与市城投签订供货协议。", [("海桐精工", "customer")]),
        ("海桐精工，累计完成投资7亿元。", []),
    ],
)
def test_roles_by_construction(content: str, expected: list[tuple[str, str]]) -> None:
    doc = document(content)
    who = entities.link(doc, names.find(doc))
    assert [(who.companies[r.company].name, r.role) for r in roles.find(doc, who)] == expected
