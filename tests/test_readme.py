"""What README and the pages of docs show is what the commands give. ``--force-regen`` writes it anew."""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator
from pytest_regressions.file_regression import FileRegressionFixture

import figures
import record_page
import walk
from examples import BLOCK, ROOT, Page, Wrong
from parkfacts import facts
from parkfacts.rules.engine import data
from parkfacts.write.schema import meanings, schema

READMES = ["README.md", "README.zh-CN.md"]
PAGES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md"))


@cache
def database() -> Any:
    """A DuckDB with the tables and views of an export."""
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed: pip install 'parkfacts[export]'")
    from parkfacts.write.duck import _VIEWS
    from parkfacts.write.parquet import arrow
    from parkfacts.write.tables import TABLES

    made = duckdb.connect()
    for table in TABLES:
        made.register("batch", arrow(table, ()))
        made.execute(f"create table {table.name} as select * from batch")
    made.execute(_VIEWS)
    return made


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md", *PAGES])
def test_examples_are_real(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file_regression: FileRegressionFixture
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CI", "true")  # a page shows the same wherever its examples are run
    text = (ROOT / name).read_text("utf-8")
    try:
        shown = Page(text, database).worked()
    except Wrong as error:
        pytest.fail(f"{name}, {error}", pytrace=False)
    file_regression.check(shown, encoding="utf-8", fullpath=ROOT / name)


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md", *PAGES])
def test_every_block_is_looked_at(name: str) -> None:
    """A block without a language, or one that is indented, would be passed over."""
    text = (ROOT / name).read_text("utf-8")
    fences = [text.count("\n", 0, fence.start()) + 1 for fence in re.finditer(r"(?m)^ *(```|~~~)", text)]
    seen = {line for block in BLOCK.finditer(text) for line in _lines(text, block)}
    assert [line for line in fences if line not in seen] == [], "tests/examples.py tells what can be written"


@pytest.mark.parametrize(("table", "name"), [("dates", "year-end")])
def test_the_rule_that_is_walked_through_is_that_of_the_table(table: str, name: str) -> None:
    page = (ROOT / "docs" / "rules.md").read_text("utf-8")
    (shown,) = (tomllib.loads(block["body"])["rule"] for block in BLOCK.finditer(page) if block["language"] == "toml")
    assert shown == [row for row in data(table)["rule"] if row["name"] == name]


def _lines(text: str, block: re.Match[str]) -> list[int]:
    if block["given"]:
        return []
    return [text.count("\n", 0, at) + 1 for at in (block.start("open"), block.end("body"))]


@pytest.mark.parametrize("name", READMES)
def test_the_figures_told_are_those_that_the_tests_hold(name: str) -> None:
    floor = json.loads((ROOT / "tests" / "baseline.json").read_text("utf-8"))
    text = (ROOT / name).read_text("utf-8")
    told = re.findall(r"(?:dates|日期) (\d+\.\d)(?:, amounts|、数量) (\d+\.\d)\D+(\d+\.\d)\D+(\d+\.\d)", text)
    parts = ("dates", "amounts", "companies", "milestones")
    held = [tuple(f"{100 * floor[split][f'{part}.strict.f1']:.1f}" for part in parts) for split in ("dev", "held")]
    assert told == held


@pytest.mark.parametrize(("name", "language"), [("faq.md", 0), ("zh/faq.md", 1)])
def test_the_figures_of_the_page_on_limits(name: str, language: int, file_regression: FileRegressionFixture) -> None:
    page, floor = ROOT / "docs" / name, json.loads((ROOT / "tests" / "baseline.json").read_text("utf-8"))
    shown = figures.renewed(page.read_text("utf-8"), floor, language)
    file_regression.check(shown, encoding="utf-8", fullpath=page)


@pytest.mark.parametrize("name", walk.PICTURES)
def test_the_pictures_are_drawn_from_the_record_of_now(name: str, file_regression: FileRegressionFixture) -> None:
    picture = ROOT / "docs" / "walk" / f"{name}.svg"
    file_regression.check(walk.PICTURES[name](), encoding="utf-8", fullpath=picture)


# ---- the page of the record ---------------------------------------------------------------------------------------


def test_the_page_of_the_record_is_made_of_the_schema(file_regression: FileRegressionFixture) -> None:
    page = ROOT / "docs" / "record.md"
    file_regression.check(record_page.renewed(page.read_text("utf-8")), encoding="utf-8", fullpath=page)


def test_it_tells_every_word_of_the_record() -> None:
    page = (ROOT / "docs" / "record.md").read_text("utf-8").partition("<!-- fields -->")[0]
    vocabularies = (
        facts.Precision, facts.DateMod, facts.Dimension, facts.Bound, facts.Role, facts.OrganizationType,
        facts.MilestoneType, facts.Level,
    )  # fmt: skip
    assert [
        word for one in vocabularies for word in get_args(one) if not re.search(rf"`{word}`|{word}[,.，]", page)
    ] == []


def test_a_meaning_belongs_to_a_field_that_there_is() -> None:
    aliases = {"from": "from_"}
    told = [(model, field) for model, rows in meanings().items() for field in rows]
    fields = {model: getattr(facts, model).model_fields for model in meanings()}
    assert [one for one in told if aliases.get(one[1], one[1]) not in fields[one[0]]] == []


def test_an_example_is_of_its_field() -> None:
    made = schema()
    rows = [(model, field, told) for model, of in made["$defs"].items() for field, told in of["properties"].items()]
    for model, field, told in rows:
        validator = Draft202012Validator({**told, "$defs": made["$defs"]})
        for example in told.get("examples", ()):
            assert list(validator.iter_errors(example)) == [], f"{model}.{field}"
