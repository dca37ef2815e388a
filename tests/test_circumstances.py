"""Where an event happened, with whom something was signed, and on which board shares are listed."""

from __future__ import annotations

import pytest

from parkfacts import extract
from parkfacts.facts import Milestone

PARK = "澜江产业园是省级开发区。\n"


def read(text: str) -> Milestone:
    source = PARK + text
    (found,) = extract(source, reference_date="2024-06-01").milestones
    for _, detail in found.circumstances():
        assert "".join(source[start:end] for start, end in detail.spans) == detail.text
        assert all(any(a <= start and end <= b for a, b in found.spans) for start, end in detail.spans)
    return found


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("9月16日，招商项目集中签约仪式在澜江国际会议中心举行。", "澜江国际会议中心"),
        ("2023年9月，总投资5亿元的岭屿精工项目落户园区。", "澜江产业园"),
        ("2023年11月，首届创新创业大赛在园区启动。", "澜江产业园"),
        ("2024年2月，霁澜研究院在园区科创中心揭牌。", "园区科创中心"),
        ("2023年12月，霁澜科技与岭屿精工在北京签署合作备忘录。", "北京"),
        ("2023年11月，霁澜科技在全省率先获评绿色工厂。", None),
        ("2023年11月，在省委的支持下，霁澜大道建成通车。", None),
        ("2024年3月，项目在建工程封顶。", None),
        ("2023年6月，霁澜科技在科创板上市。", None),
        ("2023年7月9日，岭屿精工在香港联交所主板挂牌上市。", None),
    ],
)
def test_place(text: str, place: str | None) -> None:
    found = read(text).place
    assert (found.name if found else None) == place


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("2023年3月5日，霁澜科技股份有限公司与园区签订投资协议。", ["澜江产业园"]),
        ("2023年3月，园区与霁澜科技、岭屿精工正式签约。", ["霁澜科技", "岭屿精工"]),
        ("2023年4月，霁澜科技牵手岭屿精工。", ["岭屿精工"]),
        ("2023年5月8日，园区同浙江大学达成战略合作。", ["浙江大学"]),
        ("2024年4月，管委会与岭屿精工等5家企业签约。", ["岭屿精工"]),
        ("2023年8月，与霁澜科技同处一条产业链的岭屿精工签约。", []),
        ("2023年10月8日，霁澜科技签订一份价值3亿元的供货合同。", []),
        ("2023年10月8日，园区与多家企业签约。", []),
        ("2023年10月8日，霁澜科技投资协议和供地合同共同签订。", []),
        ("2023年10月8日，园区与霁澜科技共建的实验室启用。", []),
    ],
)
def test_the_other_side_of_a_signing(text: str, sides: list[str]) -> None:
    assert [one.name for one in read(text).counterpart] == sides


@pytest.mark.parametrize(
    ("text", "board"),
    [
        ("2023年6月，霁澜科技在上海证券交易所科创板上市。", "科创板"),
        ("2023年7月，岭屿精工登陆新三板。", "新三板"),
        ("2023年7月9日，岭屿精工在香港联交所主板挂牌上市。", "港交所"),
        ("2023年8月，岭屿精工在深交所敲钟上市。", "深交所"),
        ("2023年8月，岭屿精工登陆北京证券交易所。", "北交所"),
        ("2023年8月，岭屿精工在上交所主板上市。", "主板"),
        ("2023年8月，岭屿精工成功上市。", None),
        ("2023年8月，科创板上市企业岭屿精工二期开工。", None),
    ],
)
def test_the_board_of_a_listing(text: str, board: str | None) -> None:
    found = read(text).board
    assert (found.name if found else None) == board
