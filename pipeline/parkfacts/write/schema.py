"""The JSON Schema of a report, generated from the models."""

from __future__ import annotations

import json
from typing import Any

from parkfacts.facts import Report


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of what ``dump`` writes."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "report.schema.json",
        **Report.model_json_schema(mode="serialization"),
    }


def schema_text() -> str:
    """The schema as it stands in ``schemas/report.schema.json``."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
