"""Evidence as W3C Web Annotations (JSON-LD): a fact is the body, its places in the decoded text are the target."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from parkfacts.write.tables import Row, Told, tables

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def w3c(records: Sequence[Told], language: str) -> Mapping[str, bytes]:
    """One AnnotationCollection; a target's source is ``X.txt``, the text that stands beside the record ``X.json``."""
    items = [item for told in records for item in _items(told)]
    first = {"type": "AnnotationPage", "startIndex": 0, "items": items}
    whole = {"@context": _CONTEXT, "type": "AnnotationCollection", "total": len(items), "first": first}
    return {"": (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode("utf-8")}


def _items(told: Told) -> Iterator[dict[str, Any]]:
    facts = {fact.id: fact for fact in told.report.facts()}
    evidences = next(table for table in tables([told]) if table.name == "evidences")
    for identity, rows in groupby(evidences.rows, key=lambda row: row[1]):
        fact = facts[str(identity)]
        body = {"type": "TextualBody", "purpose": "tagging", "value": type(fact).__name__.lower()}
        more = {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "application/json",
            "value": fact.model_dump_json(exclude_none=True),
        }
        yield {
            "id": f"urn:sha256:{told.report.source.sha256}#{identity}",
            "type": "Annotation",
            "motivation": "identifying",
            "body": [body, more],
            "target": [_target(told.name, row) for row in rows],
        }


def _target(name: str, row: Row) -> dict[str, Any]:
    *_, text, start, end = row
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    return {"source": f"{name}.txt", "selector": [position, {"type": "TextQuoteSelector", "exact": text}]}
