"""The pytest plugin: a test a report, failures fact by fact, goldens written as pytest-regressions writes them."""

from __future__ import annotations

import json
import sys
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType

import pytest

import parkfacts
from parkfacts.facts import Report
from parkfacts.quality.gold import as_report
from parkfacts.write import dump
from quality_case import TEXT, Data, by_id, drop, gold_data, load

pytest_plugins = ("pytester",)

INSTALLED = any(one.value == "parkfacts.quality.plugin" for one in entry_points(group="pytest11"))
OPTIONS = ("-p", "no:hypothesispytest", *(() if INSTALLED else ("-p", "parkfacts.quality.plugin")))


def perfect() -> Report:
    return as_report(load(gold_data()))


@pytest.fixture(autouse=True)
def pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipeline that finds the gold."""
    module = ModuleType("parkfacts.pipeline")
    module.extract = lambda source, **given: perfect()  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "parkfacts.pipeline", module)
    monkeypatch.setattr(parkfacts, "pipeline", module, raising=False)


@pytest.fixture
def reports(pytester: pytest.Pytester) -> Path:
    """A folder with one report."""
    folder = pytester.mkdir("reports")
    (folder / "one.txt").write_bytes(TEXT.encode("utf-8"))
    return folder


def golden(reports: Path, change: object = None) -> Path:
    data: Data = json.loads(dump(perfect()))
    if callable(change):
        change(data)
    path = reports / "one.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def run(pytester: pytest.Pytester, *options: str) -> pytest.RunResult:
    return pytester.runpytest_inprocess(*OPTIONS, *options)


def test_a_report_like_its_golden_passes(pytester: pytest.Pytester, reports: Path) -> None:
    golden(reports)
    run(pytester).assert_outcomes(passed=1)


def test_a_failure_tells_the_facts(pytester: pytest.Pytester, reports: Path) -> None:
    def older(data: Data) -> None:
        drop(data, "a6")
        by_id(data, "a7")["value"] = "8"
        by_id(data, "d2")["rule"] = "year"

    golden(reports, older)
    result = run(pytester)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([
        "*one.txt differs from one.json:",
        "changed date (gold): 【2021年】，云栖谷产业园企业达*",
        "    rule: year → gold",
        "changed amount (gold): *【突破9亿元】*",
        "    value: 8 → 900000000",
        "new amount (gold): *占地【60亩】。",
    ])  # fmt: skip
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*milestone*")


def test_a_new_number_in_front_is_no_change_of_the_others(pytester: pytest.Pytester, reports: Path) -> None:
    def renumbered(data: Data) -> None:
        text = json.dumps(data).replace('"d2"', '"d22"').replace('"c1"', '"c11"')
        data.update(json.loads(text))

    golden(reports, renumbered)
    run(pytester).assert_outcomes(passed=1)


def test_other_parts_are_named(pytester: pytest.Pytester, reports: Path) -> None:
    golden(reports, lambda data: data["document"].update(title="x"))
    result = run(pytester)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["document differs"])


def test_force_regen_writes_and_fails_once(pytester: pytest.Pytester, reports: Path) -> None:
    path = golden(reports, lambda data: drop(data, "a6"))
    run(pytester, "--force-regen").assert_outcomes(failed=1)
    assert path.read_text(encoding="utf-8") == dump(perfect())
    run(pytester, "--force-regen").assert_outcomes(passed=1)


def test_regen_all_writes_and_passes(pytester: pytest.Pytester, reports: Path) -> None:
    path = golden(reports, lambda data: drop(data, "a6"))
    run(pytester, "--regen-all").assert_outcomes(passed=1)
    assert path.read_text(encoding="utf-8") == dump(perfect())


def test_a_report_without_golden_gets_one_and_fails(pytester: pytest.Pytester, reports: Path) -> None:
    golden(reports)
    (reports / "two.txt").write_bytes(TEXT.encode("utf-8"))
    run(pytester).assert_outcomes(passed=1, failed=1)
    run(pytester).assert_outcomes(passed=2)


def test_a_folder_of_something_else_is_left_alone(pytester: pytest.Pytester, reports: Path) -> None:
    run(pytester).assert_outcomes()
    assert [path.name for path in reports.iterdir()] == ["one.txt"]


def test_the_folder_has_the_name_that_is_set(pytester: pytest.Pytester, reports: Path) -> None:
    golden(reports)
    pytester.makeini("[pytest]\nparkfacts_reports = documents\n")
    run(pytester).assert_outcomes()
    reports.rename(reports.with_name("documents"))
    run(pytester).assert_outcomes(passed=1)


def test_a_golden_that_is_none_says_so(pytester: pytest.Pytester, reports: Path) -> None:
    golden(reports).write_text("{}")
    result = run(pytester)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["the golden is no report of this version*"])
