"""The JSON Schema of a report, generated from the models, with what each field means (``fields.toml``)."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from parkfacts import facts
from parkfacts.facts import Report


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of what ``dump`` writes; every field has a description, and an example where one helps."""
    made = Report.model_json_schema(mode="serialization")
    for name, model in made["$defs"].items():
        _describe(model, getattr(facts, name))
    _describe(made, Report)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "report.schema.json", **made}


def schema_text() -> str:
    """The schema as it stands in ``schemas/report.schema.json``."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


@cache
def meanings() -> dict[str, dict[str, dict[str, Any]]]:
    """``means`` and ``examples`` by model and field, in the words of ``fields.toml``."""
    return tomllib.loads((files(__package__) / "fields.toml").read_text("utf-8"))


def _describe(schema: dict[str, Any], model: type[Any]) -> None:
    """Puts the meaning of each field into the schema of its model, or that of the model which it is inherited from."""
    for field, told in schema["properties"].items():
        row = next(
            (rows[field] for base in model.__mro__ if field in (rows := meanings().get(base.__name__, {}))), None
        )
        if row is None:
            raise KeyError(f"fields.toml: {model.__name__}.{field} is not told")
        told["description"] = row["means"]
        if "examples" in row:
            told["examples"] = row["examples"]
