"""A stand-in for ``parkfacts.pipeline`` with a handful of facts that do not change when rules do.

Blocks are lines; a line that stood before is its duplicate; one that ends in … is continued by the next one. Dates are
YYYY年 (one that is cut by the line end has two spans), amounts are N家, the text 坏了 breaks it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from parkfacts.facts import SCHEMA_VERSION, Block, Report
from parkfacts.text import Source


def extract(source: Source, *, reference_date: str | None = None, **_: Any) -> Report:
    text = source.text
    if "坏了" in text:
        raise ZeroDivisionError("坏了")
    blocks = _blocks(text)
    record = {
        "schema_version": SCHEMA_VERSION,
        "source": {"sha256": source.sha256, "chars": len(text), "encoding": source.encoding, "format": source.format},
        "document": {"reference_date": _given(reference_date)},
        "layout": {"blocks": [b.model_dump() for b in blocks], "joins": _joins(text, blocks)},
        "dates": [_date(f"d{i:02}", m, text) for i, m in enumerate(re.finditer(r"\d{2}…?\s*\d{2}年", text), 1)],
        "amounts": [
            {"id": f"a{i:02}", "text": m[0], "spans": [m.span()], "value": m[1], "unit": "家", "dimension": "count",
             "bound": "exact", "rule": "number-unit", "as_of": "d01" if "年" in text else None}
            for i, m in enumerate(re.finditer(r"(\d+)家", text), 1)
        ],
        "companies": [],
        "organizations": [],
        "milestones": [],
    }  # fmt: skip
    return Report.model_validate(record, context={"text": text})


def _blocks(text: str) -> list[Block]:
    seen: dict[str, str] = {}
    blocks = []
    for line in re.finditer(r"[^\r\n]+", text):
        id = f"b{len(blocks) + 1:02}"
        of = seen.get(line[0])
        status = "duplicate" if of else "kept"
        blocks.append(Block(id=id, kind="body", start=line.start(), end=line.end(), status=status, duplicate_of=of))
        seen.setdefault(line[0], id)
    return blocks


def _joins(text: str, blocks: list[Block]) -> list[dict[str, Any]]:
    return [
        {"from": a.id, "to": b.id, "left": text[a.start : a.end][-5:], "right": text[b.start : b.end][:5],
         "score": 0.9, "votes": {"open end": 0.5, "orphan start": 0.4}}
        for a, b in pairwise(blocks) if text[a.end - 1] == "…"
    ]  # fmt: skip


def _date(id: str, match: re.Match[str], text: str) -> dict[str, Any]:
    spans = [(match.start() + m.start(), match.start() + m.end()) for m in re.finditer(r"[\d年]+", match[0])]
    quote = "".join(text[start:end] for start, end in spans)
    year = quote[:4]
    return {"id": id, "text": quote, "spans": spans, "kind": "date", "start": f"{year}-01-01", "end": f"{year}-12-31",
            "edtf": year, "precision": "year", "rule": "year"}  # fmt: skip


def _given(value: str | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {"value": value, "start": f"{value[:4]}-01-01", "end": f"{value[:4]}-12-31", "basis": "given"}
