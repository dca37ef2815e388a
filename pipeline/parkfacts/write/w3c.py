"""Evidence as W3C Web Annotations (JSON-LD): a fact is the body, its places in the decoded text are the target."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from textwrap import indent
from typing import Any
from urllib.parse import quote

from parkfacts.write.forms import Style
from parkfacts.write.tables import TABLES, Row, Told

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_EVIDENCES = next(table for table in TABLES if table.name == "evidences")


def w3c(records: Iterable[Told], out: Path, style: Style) -> None:
    """One AnnotationCollection of one page; a target's source is ``X.txt``, the text that stands beside the record
    ``X.json``. The ids are made of the sources, the records' names and the facts' ids, so that none is given twice."""
    digest, total, mark = hashlib.sha256(), 0, ""
    with out.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{\n  "@context": "{_CONTEXT}",\n  "type": "AnnotationCollection",\n')
        file.write('  "first": {\n    "type": "AnnotationPage",\n    "startIndex": 0,\n    "items": [')
        for told in records:
            for item in items(told):
                text = json.dumps(item, ensure_ascii=False, indent=2)
                digest.update(text.encode("utf-8"))
                file.write(f"{mark}\n{indent(text, ' ' * 6)}")
                total, mark = total + 1, ","
        whole = f"urn:sha256:{digest.hexdigest()}"
        file.write(f'\n    ],\n    "id": "{whole}#page-1",\n    "partOf": "{whole}"\n  }},\n')
        file.write(f'  "id": "{whole}",\n  "total": {total}\n}}\n')


def items(told: Told) -> Iterator[dict[str, Any]]:
    """A record's facts as annotations, in their order."""
    facts = {fact.id: fact for fact in told.report.facts()}
    for identity, rows in groupby(_EVIDENCES.rows(told), key=lambda row: row[1]):
        fact = facts[str(identity)]
        body = {"type": "TextualBody", "purpose": "tagging", "value": type(fact).__name__.lower()}
        more = {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "application/json",
            "value": fact.model_dump_json(exclude_none=True),
        }
        yield {
            "id": f"urn:sha256:{told.report.source.sha256}:{quote(told.name, safe='')}#{identity}",
            "type": "Annotation",
            "motivation": "identifying",
            "body": [body, more],
            "target": [_target(told.name, row) for row in rows],
        }


def _target(name: str, row: Row) -> dict[str, Any]:
    *_, text, start, end = row
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    return {"source": f"{name}.txt", "selector": [position, {"type": "TextQuoteSelector", "exact": text}]}
