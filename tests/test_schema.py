"""The JSON Schema is the models' own, and what is written keeps to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from parkfacts import extract
from parkfacts.cli import app
from parkfacts.write import dump

ROOT = Path(__file__).parents[1]
SCHEMA = ROOT / "schemas" / "report.schema.json"
OUTPUTS = sorted((ROOT / "outputs" / "corpus").rglob("*.json"))


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_schema_is_in_step_with_the_models() -> None:
    printed = CliRunner().invoke(app, ["schema"])
    assert printed.exit_code == 0
    assert printed.stdout == SCHEMA.read_text("utf-8"), "run: make schemas"


def test_schema_names_its_dialect_and_itself() -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == "report.schema.json"


@pytest.mark.parametrize("path", OUTPUTS, ids=lambda p: p.parent.name)
def test_outputs_keep_to_it(path: Path, validator: Draft202012Validator) -> None:
    validator.validate(json.loads(path.read_text("utf-8")))


def test_there_are_outputs() -> None:
    assert OUTPUTS


def broken(change: str, value: object) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(dump(extract("2023年，园区新引进企业12家。")))
    target: Any = record
    *path, last = change.split(".")
    for step in path:
        target = target[int(step)] if step.isdigit() else target[step]
    target[last] = value
    return record


@pytest.mark.parametrize(
    ("change", "value"),
    [("more", 1), ("amounts.0.value", 12), ("amounts.0.value", "1E+3"), ("amounts.0.spans", []),
     ("dates.0.kind", "day"), ("dates.0.start", "2023-13-01"), ("source.chars", "20")],
)  # fmt: skip
def test_schema_refuses(change: str, value: object, validator: Draft202012Validator) -> None:
    assert list(validator.iter_errors(broken(change, value)))
