"""The tables of docs/record.md, made from the JSON Schema of a record; a test holds the page to them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from parkfacts.write.schema import schema

Schema = Mapping[str, Any]
# The models in the order of the page, under the headings that it gives them; None is the record itself.
MODELS = {
    "The record": None, "source": "SourceInfo", "A place": "Place", "document": "Header", "document.park": "Park",
    "document.reference_date": "ReferenceDate", "layout": "Layout", "A block": "Block", "A join": "Join",
    "An open block": "Open", "A date": "Date", "An amount": "Amount", "A company": "Company",
    "An organization": "Organization", "A project": "Project", "A mention": "NameMention", "A role": "RoleFields",
    "The reason of an alias": "AliasReason", "A row of the ledger": "Registered", "A milestone": "Milestone",
    "A circumstance": "Detail", "Evidence": "Evidence", "Evidence with a reason": "Reason", "A finding": "Finding",
    "An unclaimed numeral": "Unclaimed", "A warning": "Warned",
}  # fmt: skip
_HEADINGS = {model: heading for heading, model in MODELS.items() if model}
REGION = re.compile(r"(?s)(<!-- fields -->\n).*(<!-- /fields -->)")


def renewed(page: str) -> str:
    """The page with the tables as they are now."""
    return REGION.sub(lambda m: m[1] + "\n" + tables() + "\n" + m[2], page)


def tables() -> str:
    """A heading and a table for each model. Raises ``ValueError`` for a model that the page forgets."""
    made = schema()
    if forgotten := set(made["$defs"]) - set(_HEADINGS):
        raise ValueError(f"docs/_tools/record_page.py: the page has no place for {sorted(forgotten)}")
    return "\n".join(
        "\n".join(_section(heading, made if model is None else made["$defs"][model]))
        for heading, model in MODELS.items()
    )


def _section(heading: str, model: Schema) -> Iterator[str]:
    yield f"## {heading}\n\n| field | type | meaning | example |\n| --- | --- | --- | --- |"
    for name, told in model["properties"].items():
        shown = ", ".join(_example(one) for one in told.get("examples", ()))
        yield f"| `{name}` | {_type(told)} | {_meaning(told)} | {_cell(shown)} |"
    yield ""


def _example(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return f"`{text if len(text) < 60 else text[:24] + '…'}`"


def _meaning(told: Schema) -> str:
    values = told.get("enum") or next((one["enum"] for one in told.get("anyOf", ()) if "enum" in one), ())
    listed = f" One of {', '.join(f'`{value}`' for value in values)}." if values else ""
    return _cell(told["description"] + listed)


def _type(told: Schema) -> str:
    """A type in words: a link to its table, a list of them, or a name."""
    if "$ref" in told:
        heading = _HEADINGS[told["$ref"].rpartition("/")[2]]
        label = re.sub(r"^(?:an?|the) |^.*\.", "", heading.lower())
        return f"[{label}](#{heading.lower().replace(' ', '-').replace('.', '')})"
    if "anyOf" in told:
        return " or ".join("null" if one.get("type") == "null" else _type(one) for one in told["anyOf"])
    if told.get("type") == "array":
        if "prefixItems" in told:
            return f"[{', '.join(_type(one) for one in told['prefixItems'])}]"
        return f"list of {_type(told['items'])}"
    if told.get("type") == "object":
        return f"object of {_type(told['additionalProperties'])}"
    if "enum" in told:
        return "word"
    if str(told.get("pattern", "")).startswith(r"^-?\d"):
        return "decimal"
    return "day" if told.get("format") == "date" else str(told["type"])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
