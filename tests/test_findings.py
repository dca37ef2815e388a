"""Each check on a planted fault, and all of them silent on the corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from parkfacts import extract

CORPUS = sorted((Path(__file__).parents[1] / "corpus").glob("*/*/report.txt"))

PLANTED = [
    (
        "two values",
        "2023年，园区实现规上工业产值350亿元。\n园区道路宽阔。\n2023年，全区规上工业产值达到320亿元。",
        ("规上工业产值350亿元", "规上工业产值达到320亿元"),
    ),
    ("part exceeds whole", "园区现有规上企业254家，其中大型企业300家。", ("254家", "300家")),
    ("parts do not add up", "三个片区分别引进项目12个、15个和9个，共计40个。", ("12个、15个和9个", "共计40个")),
    ("parts do not add up", "全年新签约项目100个，其中省内项目70个、省外项目40个。", ("100个", "70个、省外项目40个")),
    ("end before start", "2021年5月至2020年3月，园区开展整治。", ("2021年5月至2020年3月",)),
    (
        "wrong scale",
        "霁澜科技储能项目总投资50亿元。\n霁澜科技储能项目总投资50万元，工期两年。",
        ("总投资50亿元", "总投资50万元"),
    ),
    (
        "wrong order",
        "霁澜科技储能项目2023年8月开工。霁澜科技储能项目2023年5月投产。",
        ("2023年8月开工", "2023年5月投产"),
    ),
    ("told as past", "2025年3月，霁澜科技储能项目已建成投产。", ("2025年3月，霁澜科技储能项目已建成投产",)),
]

SOUND = [
    "2023年，园区实现规上工业产值350亿元。2022年，园区实现规上工业产值320亿元。",
    "2023年，园区实现规上工业产值350亿元，医药产业实现规上工业产值120亿元。",
    "2023年，园区规上工业产值350.4亿元。2023年，园区规上工业产值350亿元。",
    "园区现有规上企业254家，其中大型企业30家。",
    "完成固定资产投资120亿元，其中工业投资90亿元、技改投资60亿元。",
    "全年新签约项目100个，其中省内项目70个、省外项目30个。",
    "三个片区分别引进项目12个、15个和9个，共计36个。",
    "2020年3月至2021年5月，园区开展整治。2019年—2021年建成三条路。",
    "霁澜科技一期总投资50亿元，用地50亩。霁澜科技技改项目投资50万元。",
    "霁澜科技储能项目2022年8月开工，2023年5月投产。霁澜科技储能项目二期2023年9月开工。",
    "2025年3月，霁澜科技储能项目将建成投产。",
    "2023年，园区实现税收12.6亿元，其中未计退税的税收13.1亿元。",
    "2022年，开发区固定资产投资46亿元（快报数）。2022年，开发区固定资产投资最终核定为47.3亿元。",
    "霁澜科技储能项目一期2021年5月开工，2022年3月投产；二期2022年9月开工，2023年底竣工。",
    "新引进企业45家，其中省外企业30家、省内企业12家、境外企业3家。",
    "A区总投资5亿元，B区总投资5万元。",
    "今年5月，霁澜科技厂房已经冒出地面，10月就要封顶了。",
    "园区已有19家企业建成绿色工厂，到今年三季度再建成2家。",
]


@pytest.mark.parametrize(("kind", "text", "quotes"), PLANTED)
def test_a_planted_fault_is_found_with_its_evidence(kind: str, text: str, quotes: tuple[str, ...]) -> None:
    report = extract(text, reference_date="2024-06-30")
    assert [finding.kind for finding in report.findings] == [kind]
    evidence = "".join(e.text for e in report.findings[0].evidence)
    assert all(part in evidence for quote in quotes for part in quote.split("、"))
    facts = {fact.id for fact in report.facts()}
    assert set(report.findings[0].facts) <= facts


@pytest.mark.parametrize("text", SOUND)
def test_what_may_be_right_is_not_told(text: str) -> None:
    assert extract(text, reference_date="2024-06-30").findings == ()


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: "/".join(path.parts[-3:-1]))
def test_the_corpus_has_no_findings(path: Path) -> None:
    assert [finding.kind for finding in extract(path.read_text("utf-8")).findings] == []
