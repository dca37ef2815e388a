"""The form of a record changes with its version alone (docs/compatibility.md)."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from parkfacts import versions
from parkfacts.facts import SCHEMA_VERSION
from parkfacts.versions import upgraded
from parkfacts.write.schema import schema
from schema_changes import changes

ROOT = Path(__file__).parents[1]
HISTORY = ROOT / "schemas" / "history"
EARLIER = sorted((Path(__file__).parent / "data" / "earlier").glob("???????.json"))


def number(version: str) -> tuple[int, int]:
    major, minor = version.split(".")
    return int(major), int(minor)


VERSIONS = sorted((path.stem for path in HISTORY.glob("*.json")), key=number)


def published(version: str) -> dict[str, Any]:
    form: dict[str, Any] = json.loads((HISTORY / f"{version}.json").read_text("utf-8"))
    return form


def problems(version: str, form: dict[str, Any], later: str, now: dict[str, Any]) -> list[str]:
    """The changes from one version's form to another's that its number does not tell."""
    bump = 2 if number(later)[0] > number(version)[0] else 1 if number(later) > number(version) else 0
    return [f"{place} {what}" for place, what, breaking in changes(form, now) if bump < (2 if breaking else 1)]


def test_todays_form_is_the_one_of_its_version() -> None:
    assert VERSIONS[-1] == SCHEMA_VERSION, f"cp schemas/report.schema.json schemas/history/{SCHEMA_VERSION}.json"
    told = problems(SCHEMA_VERSION, published(SCHEMA_VERSION), SCHEMA_VERSION, schema())
    assert not told, (
        f"the form of {SCHEMA_VERSION} is fixed, and differs: {told}. Give SCHEMA_VERSION in facts.py the next number "
        "(minor where all of it is new and optional, else major) and versions.py a step to it; then make schemas, and "
        "copy schemas/report.schema.json to schemas/history/"
    )


@pytest.mark.parametrize(("version", "later"), list(pairwise(VERSIONS)))
def test_each_number_tells_what_changed(version: str, later: str) -> None:
    assert problems(version, published(version), later, published(later)) == []


def test_a_step_leads_on_from_each_version() -> None:
    assert {version: step.to for version, step in versions.STEPS.items()} == dict(pairwise(VERSIONS))


@pytest.mark.parametrize("path", EARLIER, ids=lambda path: path.stem)
def test_records_keep_to_the_form_of_their_version_and_to_todays(path: Path) -> None:
    record = json.loads(path.read_bytes())
    Draft202012Validator(published(record["schema_version"])).validate(record)
    Draft202012Validator(schema()).validate(upgraded(record))


# ---- controls: the check sees what it is for --------------------------------------------------------------------

Amend = Callable[[dict[str, Any]], object]


def prop(owner: str, name: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda form: form["$defs"][owner]["properties"][name]


def amended(amend: Amend) -> dict[str, Any]:
    form = deepcopy(published("1.0"))
    amend(form)
    assert json.dumps(form) != json.dumps(published("1.0"))
    return form


def added(form: dict[str, Any], **value: Any) -> None:
    form["$defs"]["Amount"]["properties"]["currency"] = {"type": "string", **value}


def added_and_wanted(form: dict[str, Any]) -> None:
    added(form)
    form["$defs"]["Amount"]["required"].append("currency")


def renamed(form: dict[str, Any]) -> None:
    of_amount = form["$defs"]["Amount"]["properties"]
    of_amount["measure"] = of_amount.pop("indicator")


NOTHING: list[Amend] = [
    lambda form: form["$defs"]["Amount"].update(description="In other words."),
    lambda form: prop("Amount", "per")(form).update(title="Another"),
    lambda form: form["$defs"].update(Amount=dict(reversed(form["$defs"]["Amount"].items()))),
    lambda form: form["properties"]["schema_version"].update(default="1.1"),
]
COMPATIBLE: list[Amend] = [
    lambda form: added(form, default=None),
    lambda form: prop("Date", "kind")(form)["enum"].append("era"),
    lambda form: form["properties"].update(tables={"type": "array", "items": {"type": "string"}, "default": []}),
]
BREAKING: list[Amend] = [
    renamed,
    added_and_wanted,
    lambda form: form["$defs"]["Amount"]["properties"].pop("per"),
    lambda form: form["$defs"]["Amount"]["required"].remove("dimension"),
    lambda form: form["$defs"]["Amount"]["required"].append("unit"),
    lambda form: prop("Date", "kind")(form)["enum"].remove("set"),
    lambda form: prop("Date", "kind")(form).pop("enum"),
    lambda form: prop("Milestone", "description")(form).update(enum=["签约"]),
    lambda form: prop("Amount", "id")(form).update(type="integer"),
    lambda form: form["$defs"]["Date"]["properties"].update(id={"anyOf": [{"type": "string"}, {"type": "null"}]}),
    lambda form: prop("Date", "start")(form)["anyOf"].pop(),
    lambda form: prop("Amount", "value")(form)["anyOf"][0].update(pattern="^[0-9]+$"),
    lambda form: prop("Amount", "modality")(form).update(default="planned"),
    lambda form: prop("Amount", "spans")(form).update(minItems=2),
    lambda form: prop("Amount", "spans")(form)["items"]["prefixItems"].pop(),
    lambda form: prop("Amount", "spans")(form)["items"]["prefixItems"][0].update(minimum=1),
    lambda form: prop("Project", "dates")(form).update(additionalProperties={"type": "integer"}),
    lambda form: form["$defs"]["Amount"].update(additionalProperties=True),
    lambda form: prop("Amount", "text")(form).update(contentEncoding="base64"),
    lambda form: form["properties"].pop("findings"),
    lambda form: form["properties"]["dates"].update(items={"$ref": "#/$defs/Amount"}),
]


@pytest.mark.parametrize("amend", NOTHING)
def test_words_are_no_change(amend: Amend) -> None:
    assert problems("1.0", published("1.0"), "1.0", amended(amend)) == []


@pytest.mark.parametrize("amend", COMPATIBLE)
def test_what_is_added_wants_a_minor_number(amend: Amend) -> None:
    form = amended(amend)
    assert problems("1.0", published("1.0"), "1.0", form)
    assert problems("1.0", published("1.0"), "1.1", form) == []


@pytest.mark.parametrize("amend", BREAKING)
def test_what_breaks_wants_a_major_number(amend: Amend) -> None:
    form = amended(amend)
    assert problems("1.0", published("1.0"), "1.0", form)
    assert problems("1.0", published("1.0"), "1.1", form)
    assert problems("1.0", published("1.0"), "2.0", form) == []


@pytest.mark.parametrize("amend", COMPATIBLE)
def test_a_later_minor_form_takes_the_records_of_earlier_ones(amend: Amend) -> None:
    """What the policy promises of compatible changes is true of the schemas themselves."""
    record = upgraded(json.loads(EARLIER[-1].read_bytes()))
    Draft202012Validator(amended(amend)).validate(record)
