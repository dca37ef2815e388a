"""From mentions to entities, and the roles that the text gives them."""

from __future__ import annotations

import pytest

from parkfacts import extract
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


def test_everyday_speech_puts_a_form_behind_a_short_name() -> None:
    assert firms("福建海桐智能科技有限责任公司落户。海桐科技公司投产，海桐科技获奖。霁曼实业公司来访。") == [
        {"福建海桐智能科技有限责任公司", "海桐科技公司", "海桐科技"},
        {"霁曼实业公司"},
    ]


def test_a_foreign_firm_and_its_subsidiary_stay_two() -> None:
    assert firms("德国瓦尔登落户。瓦尔登（宁海）传动有限公司投产。") == [{"德国瓦尔登"}, {"瓦尔登（宁海）传动有限公司"}]


def test_a_renamed_firm_goes_by_its_new_name() -> None:
    content = "浙江霁曼电机有限公司投产。霁曼电机扩产，2019年，公司更名为霁曼动力股份有限公司。"
    (firm,) = linked(content).companies
    assert (firm.name, set(firm.aliases)) == ("霁曼动力股份有限公司", {"浙江霁曼电机有限公司", "霁曼电机"})


def test_a_firm_of_three_names_goes_by_the_last() -> None:
    content = "广东霁曼传动股份有限公司的前身是霁曼五金厂。2006年，霁曼五金厂改制为石川市霁曼机电有限公司。"
    (firm,) = linked(content).companies
    assert firm.name == "广东霁曼传动股份有限公司"


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


@pytest.mark.parametrize(
    ("content", "forms", "why"),
    [
        (
            "海桐精工（英文名Haiton Precision）投产。Haiton Precision的订单增长。",
            {"海桐精工", "Haiton Precision"},
            "english",
        ),
        ("瑞士海桐集团（Haiton）落户。", {"瑞士海桐集团", "Haiton"}, "english"),
        ("Haiton（海桐精工有限公司）落户园区。", {"海桐精工有限公司", "Haiton"}, "english"),
        ("浙江海桐家居有限公司旗下品牌“禾木屋”开业。“禾木屋”产值增长。", {"浙江海桐家居有限公司", "禾木屋"}, "brand"),
        ("浙江海桐家居有限公司旗下的“禾木屋”品牌开业。", {"浙江海桐家居有限公司", "禾木屋"}, "brand"),
    ],
)
def test_english_names_and_brands_are_aliases_with_their_evidence(content: str, forms: set[str], why: str) -> None:
    doc = document(content)
    (firm,) = entities.link(doc, names.find(doc)).companies
    assert set(firm.forms) == forms and firm.name != "禾木屋" and not firm.name.isascii()
    ((reason),) = firm.reasons
    assert reason.why == why and reason.told is not None
    assert all(form in content[reason.told.start : reason.told.end] for form in forms)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("海桐精工有限公司（EPC）承建。", [{"海桐精工有限公司"}]),
        ("海桐精工有限公司（301234.SZ）投产。", [{"海桐精工有限公司"}]),
        ("海桐精工有限公司的“禾木屋”牌大米上市。", [{"海桐精工有限公司"}]),
        ("德国海桐集团与海桐玻璃（石川）有限公司签约。", [{"德国海桐集团"}, {"海桐玻璃（石川）有限公司"}]),
    ],
)
def test_what_is_no_alias(content: str, expected: list[set[str]]) -> None:
    assert firms(content) == expected


def test_the_park_has_its_names() -> None:
    found = linked("海桐高新区：潮起。海桐高新技术产业园区前身是岭西海桐五金产业园。海桐高新区投资增长。")
    assert found.park is not None
    assert set(found.park.forms) == {"海桐高新区", "海桐高新技术产业园区", "岭西海桐五金产业园"}


def test_parks_of_one_place_are_not_one_park() -> None:
    found = linked("海桐工业园区成立。海桐轻工建材产业园、海桐生物医药产业园开园。")
    assert [set(e.forms) for e in found.organizations] == [
        {"海桐工业园区"},
        {"海桐轻工建材产业园"},
        {"海桐生物医药产业园"},
    ]


def test_the_ranks_and_the_province_of_a_park() -> None:
    content = "成立石川经济技术开发区。岭南省外，山东石川经济开发区获批。石川开发区居首。石川高新区居次。"
    parks = [set(e.forms) for e in linked(content).organizations if e.type == "park"]
    assert parks == [{"石川经济技术开发区", "山东石川经济开发区", "石川开发区"}, {"石川高新区"}]


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
        # the board by the words for it, and the exchange before a main board
        ("海桐精工在北京证券交易所上市。", [("海桐精工", "listed", "北交所")]),
        ("海桐精工登陆北交所，募资3亿元。", [("海桐精工", "listed", "北交所")]),
        ("海桐精工在全国股转系统挂牌。", [("海桐精工", "listed", "新三板")]),
        ("海桐精工2017年登陆深交所主板。", [("海桐精工", "listed", "深交所主板")]),
        ("海桐精工（301234.SZ）增长。海桐精工在深交所创业板上市。", [("海桐精工", "listed", "创业板")]),
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
        ("海桐精工与蓝泊光学签订供货协议。", [("蓝泊光学", "customer")]),
        ("蓝泊光学与海桐精工签订采购合同。", [("蓝泊光学", "customer"), ("海桐精工", "customer")]),
        ("省政府授予海桐精工省长质量奖。", [("海桐精工", "certified")]),
        ("投资5亿元的海桐精工一期正式投产。", [("海桐精工", "investor"), ("海桐精工", "tenant")]),
        (
            "海桐精工三次来访，最终与本地企业蓝泊光学合资设立新厂。",
            [("海桐精工", "investor"), ("海桐精工", "partner"), ("蓝泊光学", "investor"), ("蓝泊光学", "partner")],
        ),
        ("海桐精工、蓝泊光学等入园企业座谈。", [("海桐精工", "tenant"), ("蓝泊光学", "tenant")]),
        ("平台首批签约的有海桐精工、蓝泊光学。", [("海桐精工", "customer"), ("蓝泊光学", "customer")]),
        ("海桐精工的轴承项目破土动工。", [("海桐精工", "investor")]),
        ("海桐集团全资子公司蓝泊光学注册成立。", [("海桐集团", "investor")]),
        (
            "产业园由海桐精工与蓝泊光学合作建设，总投资8亿元。",
            [("海桐精工", "investor"), ("海桐精工", "partner"), ("蓝泊光学", "partner"), ("蓝泊光学", "investor")],
        ),
        ("海桐精工、蓝泊光学等9家企业陆续进驻产业园。", [("海桐精工", "tenant"), ("蓝泊光学", "tenant")]),
        ("海桐精工以1260万元竞得210亩工业用地。", [("海桐精工", "tenant")]),
        ("海桐精工主营机床。它计划投入21亿元，建设封测项目。", [("海桐精工", "investor")]),
        ("海桐精工是蓝泊光学有限公司的核心供应商。", [("蓝泊光学有限公司", "customer")]),
        ("蓝泊光学向海桐精工采购底盘2万套。", [("蓝泊光学", "customer")]),
        ("海桐精工、省级“瞪羚企业”蓝泊光学先后落户。", [("海桐精工", "tenant"), ("蓝泊光学", "tenant")]),
        # left alone: what is only promised, what stands for somebody else
        ("海桐精工承诺8个月内投产。", []),
        ("海桐精工的项目经理介绍。", []),
        ("海桐精工的产品获奖。", []),
        ("海桐精工为入园企业授信。", []),
        ("海桐精工，累计完成投资7亿元。", []),
    ],
)
def test_roles_by_construction(content: str, expected: list[tuple[str, str]]) -> None:
    doc = document(content)
    who = entities.link(doc, names.find(doc))
    assert [(who.companies[r.company].name, r.role) for r in roles.find(doc, who)] == expected


def test_a_merger_and_a_new_name() -> None:
    """更名为 gives the firm before it another name, not the one that it was merged with."""
    text = "石川轴承厂是一家老国企。2014年，石川轴承厂与洛川恒轴科技股份有限公司重组，更名为岭南石恒轴承有限公司。"
    names = {company.name: set(company.aliases) for company in extract(text).companies}
    assert names == {"岭南石恒轴承有限公司": {"石川轴承厂"}, "洛川恒轴科技股份有限公司": set()}


def test_a_park_that_is_renamed_sections_later() -> None:
    text = "2010年6月，自治区批准设立岷西工业园区。\n\n2013年，水厂通水。\n\n2019年，更名为岷西高新技术产业开发区。"
    parks = [o for o in extract(text).organizations if o.type == "park"]
    assert [(p.name, p.aliases) for p in parks] == [("岷西高新技术产业开发区", ("岷西工业园区",))]


def test_a_zone_is_no_short_name_of_the_park_in_it() -> None:
    text = "石川新区汽车产业园开园。石川新区规上工业增加值增长8%。"
    assert {o.name for o in extract(text).organizations} == {"石川新区汽车产业园", "石川新区"}
