"""What users call parkfacts by stays (docs/compatibility.md): names, signatures, commands, options, exit statuses.

``tests/data/interface.json`` is what was promised; ``--force-regen`` adds to it what is new, and takes nothing away.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from copy import deepcopy
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
import spacy
from typer.testing import CliRunner

import parkfacts
from interface import PUBLIC, broken, interface
from parkfacts.cli import app

ROOT = Path(__file__).parents[1]
LIST = Path(__file__).parent / "data" / "interface.json"
INSIDE = ("walk.md",)  # shows what stands behind, and promises none of it
PAGES = [page for page in sorted((ROOT / "docs").glob("*.md")) if page.name not in INSIDE]
DOCS = [ROOT / "README.md", ROOT / "README.zh-CN.md", *PAGES]


@pytest.fixture(scope="module")
def today() -> dict[str, Any]:
    return interface()


@pytest.fixture(scope="module")
def promised() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(LIST.read_text("utf-8"))
    return told


def test_nothing_that_was_promised_is_gone(
    promised: dict[str, Any], today: dict[str, Any], pytestconfig: pytest.Config
) -> None:
    assert broken(promised, today) == [], "this breaks users' programs: keep the old way beside the new one"
    if pytestconfig.getoption("force_regen"):
        LIST.write_text(json.dumps(today, indent=1, sort_keys=True) + "\n", "utf-8")


def test_every_public_name_is_there(today: dict[str, Any]) -> None:
    assert set(today["python"]) == {f"{module}.{name}" for module, names in PUBLIC.items() for name in names}
    assert set(parkfacts.__all__) <= set(PUBLIC["parkfacts"])


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_what_the_pages_import_is_promised(page: Path) -> None:
    if page.name == "walk.md":
        return  # it looks inside
    for module, names in re.findall(r"^\s*from (parkfacts[\w.]*) import ([\w, ]+)", page.read_text("utf-8"), re.M):
        told = {name.strip() for name in names.split(",")}
        assert told <= set(PUBLIC.get(module, ())), f"{page.name}: {module} is not promised to have {told}"


def test_the_page_tells_the_list() -> None:
    page = (ROOT / "docs" / "compatibility.md").read_text("utf-8")
    rows = {row.split("`")[1]: row for row in page.splitlines() if row.startswith("| `parkfacts")}
    assert set(rows) == set(PUBLIC)
    told = {module: names for module, names in PUBLIC.items() if module != "parkfacts.errors"}  # all of it
    assert not [(module, name) for module, names in told.items() for name in names if f"`{name}`" not in rows[module]]


def test_entry_points() -> None:
    assert {e.name for e in entry_points(group="spacy_factories")} >= {"parkfacts"}
    assert {e.name for e in entry_points(group="pytest11")} >= {"parkfacts"}
    assert {e.name for e in entry_points(group="console_scripts")} >= {"parkfacts"}


def test_component_of_spacy() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("parkfacts", config={"reference_date": "2023-10-08"})
    doc = nlp("2023年6月，园区新引进企业12家。")
    assert {"dates", "amounts", "companies", "milestones"} <= set(doc.spans)
    assert [amount.text for amount in doc._.parkfacts.amounts] == ["12家"]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["good.txt"], 0), (["good.txt", "bad.txt"], 3), (["bad.txt"], 1), (["missing.txt"], 1), (["--no-such-option"], 2),
     (["good.txt", "--format", "word"], 2), (["good.txt", "--reference-date", "gestern"], 2)],
)  # fmt: skip
@pytest.mark.usefixtures("fake")
def test_exit_statuses_of_extract(
    arguments: list[str], status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good.txt").write_text("2023年6月，园区新引进企业12家。\n", "utf-8")
    Path("bad.txt").write_bytes(b"\x00\x01\x02")
    assert CliRunner().invoke(app, ["extract", *arguments]).exit_code == status


def test_exit_statuses_of_others(tmp_path: Path) -> None:
    for command in ("explain", "timeline", "status", "repair"):
        assert CliRunner().invoke(app, [command, str(tmp_path / "nothing")]).exit_code == 1, command
        assert CliRunner().invoke(app, [command]).exit_code == 2, command


# ---- controls: each of these breaks someone ------------------------------------------------------------------------

Amend = Callable[[dict[str, Any]], object]


def signature(name: str, old: str, new: str) -> Amend:
    def amend(today: dict[str, Any]) -> None:
        assert old in today["python"][name], today["python"][name]
        today["python"][name] = today["python"][name].replace(old, new)

    return amend


def option(command: str, name: str, **values: Any) -> Amend:
    return lambda today: today["commands"][command][name].update(values)


BREAKS: list[Amend] = [
    lambda today: today["python"].pop("parkfacts.write.load_report"),
    lambda today: today["commands"].pop("parkfacts timeline"),
    lambda today: today["commands"]["parkfacts extract"].pop("-j"),
    signature("parkfacts.extract", "reference_date: ", "date: "),
    signature("parkfacts.extract", "*, ", "lang: 'str', *, "),
    signature("parkfacts.extract", "str | Path | Source", "Path | Source"),
    signature("parkfacts.extract", "ner_model: 'str' = 'parkfacts'", "ner_model: 'str' = 'none'"),
    signature("parkfacts.extract", "-> 'Report'", "-> 'Report | None'"),
    signature("parkfacts.write.write_report", "report: 'Report', text: 'str'", "text: 'str', report: 'Report'"),
    signature("parkfacts.errors.EmptyFile", "ReadError, ", ""),
    option("parkfacts extract", "--jobs", takes="text"),
    option("parkfacts extract", "--out", required=True),
    option("parkfacts extract", "argument paths", several=False),
    option("parkfacts export", "--to", choices=["json"]),
    lambda today: today["commands"]["parkfacts status"].update({"--new": {"takes": "text", "required": True}}),
]
ADDS: list[Amend] = [
    lambda today: today["python"].update({"parkfacts.more": "(one: 'str')"}),
    lambda today: today["commands"].update({"parkfacts more": {}}),
    lambda today: today["commands"]["parkfacts status"].update({"--new": {"takes": "flag"}}),
    signature("parkfacts.extract", "*, ", "*, lang: 'str' = 'zh', "),
    signature("parkfacts.extract", "str | Path | Source", "str | bytes | Path | Source"),
    signature("parkfacts.errors.EmptyFile", "ReadError, ", "ReadError, ValueError, "),
    lambda today: today["commands"]["parkfacts export"]["--to"]["choices"].append("ods"),
]


@pytest.mark.parametrize("amend", BREAKS)
def test_what_breaks_is_seen(amend: Amend, today: dict[str, Any]) -> None:
    amended = deepcopy(today)
    amend(amended)
    assert broken(today, amended)


@pytest.mark.parametrize("amend", ADDS)
def test_what_is_added_is_no_break(amend: Amend, today: dict[str, Any]) -> None:
    amended = deepcopy(today)
    amend(amended)
    assert amended != today
    assert broken(today, amended) == []
