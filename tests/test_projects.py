"""A project's life in one row."""

from __future__ import annotations

import pytest

from parkfacts import extract
from parkfacts.facts import Report


def row(report: Report, words: str) -> tuple[list[str], str | None, str | None, dict[str, str | None]]:
    project = next(p for p in report.projects if words in p.name)
    names = {c.id: c.name for c in report.companies}
    amounts = {a.id: a.text for a in report.amounts}
    dates = {d.id: d.edtf for d in report.dates}
    return (
        [names[id] for id in project.companies],
        project.investment and amounts[project.investment],
        project.area and amounts[project.area],
        {kind: dates[id] for kind, id in project.dates.items()},
    )


def test_signing_to_production_in_one_row() -> None:
    text = (
        "2022年3月，总投资36亿元的霁澜科技储能电池项目签约。项目占地220亩，当年8月开工，2023年10月主体厂房封顶，"
        "预计2024年底投产。"
    )
    assert row(extract(text, reference_date="2024-03-01"), "储能电池") == (
        ["霁澜科技"],
        "36亿元",
        "220亩",
        {"signing": "2022-03", "groundbreaking": "2022-08", "completion": "2023-10", "production": "2024-12~"},
    )


def test_a_list_of_projects_keeps_them_apart() -> None:
    text = (
        "1.霁澜科技储能项目：总投资12亿元，用地146亩，计划2024年10月投产。\n"
        "2.岭屿精工轴承项目：投资方为浙江岭屿精工有限公司，总投资4.3亿元，计划明年底建成。\n"
    )
    report = extract(text, reference_date="2023-05-01")
    assert row(report, "储能")[1:] == ("12亿元", "146亩", {"production": "2024-10"})
    assert row(report, "轴承")[1:] == ("4.3亿元", None, {"completion": "2024-12~"})


@pytest.mark.parametrize(("words", "sum"), [("储能", "12亿元"), ("轴承", "4.3亿元")])
def test_respective_sums_go_in_their_order(words: str, sum: str) -> None:
    text = "霁澜科技储能项目和岭屿精工轴承项目分别投资12亿元和4.3亿元。"
    assert row(extract(text, reference_date="2023-05-01"), words)[1] == sum
