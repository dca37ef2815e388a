"""One history out of three reports about one invented park."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from parkfacts import extract
from parkfacts.cli import app
from parkfacts.history import Choice, Happening, Read, happenings, series, svg
from parkfacts.write import write_report

BRIEF = """溪岚高新区项目建设简报

2021年，溪岚高新区实现规上工业产值210亿元。
2021年3月18日，江苏澜泊电池有限公司储能电池项目开工，预计2022年底投产。
2021年9月，溪岚高新区获批省级高新技术产业开发区。
"""
REPORT = """溪岚高新区2023年工作总结

2022年，溪岚高新区实现规上工业产值260亿元，2023年，溪岚高新区实现规上工业产值318亿元。
2021年3月，澜泊电池储能电池项目开工。2023年5月，澜泊电池储能电池项目投产。
2023年11月8日，岭屿科技在科创板上市。
到2025年，溪岚高新区规上工业产值突破500亿元。
"""
RETROSPECT = """溪岚高新区：从荒滩到新城

2021年3月18日，澜泊电池储能电池项目破土动工；2023年5月20日，澜泊电池储能电池项目正式投产。
2021年9月，溪岚高新区获批省级高新技术产业开发区。
2022年，溪岚高新区实现规上工业产值283亿元。2024年，溪岚高新区实现规上工业产值372亿元。
2024年6月，岭屿科技获评国家级专精特新“小巨人”企业。
"""
OTHER = """云溪经济开发区简报

2022年5月，云溪经济开发区标准厂房竣工。
"""
REPORTS = {
    "brief": (BRIEF, "2021-12-01"), "report": (REPORT, "2024-01-10"), "retrospect": (RETROSPECT, "2025-03-01"),
    "other": (OTHER, "2022-12-01"),
}  # fmt: skip


@pytest.fixture(scope="module")
def reads() -> list[Read]:
    return [Read(name, extract(text, reference_date=day)) for name, (text, day) in REPORTS.items()]


@pytest.fixture(scope="module")
def events(reads: list[Read]) -> list[Happening]:
    return happenings(reads, Choice(park="溪岚高新区"))


def the(events: list[Happening], kind: str, words: str) -> Happening:
    (found,) = (e for e in events if e.type == kind and any(words in q.text for q in e.quotes))
    return found


def test_the_same_event_is_one_with_all_its_evidence(events: list[Happening]) -> None:
    start = the(events, "groundbreaking", "储能电池项目")
    assert [quote.report for quote in start.quotes] == ["brief", "report", "retrospect"]
    assert start.best.date.edtf == "2021-03-18"
    assert start.conflicts == ()
    assert [q.report for q in the(events, "approval", "省级").quotes] == ["brief", "retrospect"]


def test_a_promise_and_its_keeping_are_one_and_the_delay_is_shown(events: list[Happening]) -> None:
    production = the(events, "production", "投产")
    assert production.status == "achieved"
    assert production.best.date.edtf == "2023-05-20"
    assert production.conflicts == ("planned for 2022-12~ (brief)",)


def test_the_history_is_in_order_and_of_this_park(events: list[Happening]) -> None:
    assert [e.best.start for e in events] == sorted(e.best.start for e in events)
    assert {quote.report for e in events for quote in e.quotes} == {"brief", "report", "retrospect"}


def test_a_firm_has_its_own_history(reads: list[Read]) -> None:
    kinds = [e.type for e in happenings(reads, Choice(company="岭屿科技"))]
    assert kinds == ["listing", "recognition"]


def test_two_times_for_what_happens_once_are_a_conflict() -> None:
    texts = {"a": "2021年3月，澜泊电池一期工程竣工。", "b": "2022年8月，澜泊电池一期工程竣工。"}
    reads = [Read(name, extract(text, reference_date="2024-01-01")) for name, text in texts.items()]
    (event,) = happenings(reads, Choice())
    assert len(event.quotes) == 2
    assert event.conflicts and "told as" in event.conflicts[0]


def test_a_series_over_the_years_with_its_contradiction(reads: list[Read]) -> None:
    output = next(s for s in series(reads, Choice(park="溪岚高新区")) if s.indicator == "规上工业产值")
    assert [(p.when, str(p.value)) for p in output.points] == [
        ("2021", "21000000000"), ("2022", "26000000000"), ("2023", "31800000000"), ("2024", "37200000000"),
    ]  # fmt: skip
    assert [(str(v), q.report) for v, q in output.points[1].others] == [("28300000000", "retrospect")]


def test_the_chart_is_xml_and_always_the_same(reads: list[Read], events: list[Happening]) -> None:
    lines = series(reads, Choice(park="溪岚高新区"))
    chart = svg("溪岚 & 高新区", events, lines)
    root = ElementTree.fromstring(chart)
    assert root.tag.endswith("svg")
    assert "溪岚 & 高新区" in "".join(root.itertext())
    assert chart == svg("溪岚 & 高新区", events, lines)
    texts = ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "2021-09 溪岚高新区获批省级高新技术产业开发区" in texts  # the date once
    assert any(text.startswith("2023-05-20 澜泊电池") and "planned for 2022-12~" in text for text in texts)
    assert "规上工业产值（元）" in texts and "⚠ 283亿" in texts and "计划 planned" in texts


def test_the_command(tmp_path: Path) -> None:
    for name, (text, day) in REPORTS.items():
        write_report(extract(text, reference_date=day), text, tmp_path / f"{name}.json")
    chart = tmp_path / "history.svg"
    run = CliRunner().invoke(app, ["timeline", str(tmp_path), "--park", "溪岚高新区", "--svg", str(chart)])
    assert run.exit_code == 0, run.output
    assert "2021-03-18" in run.output and "planned for 2022-12~ (brief)" in run.output
    assert chart.read_text("utf-8").startswith("<svg")
    run = CliRunner().invoke(app, ["timeline", str(tmp_path), "--json"])
    assert {"milestones", "series"} == set(json.loads(run.output))
    assert CliRunner().invoke(app, ["timeline", str(tmp_path), "--park", "无名园"]).exit_code == 1
