"""A reviewed record as gold: ``<id>/report.txt`` and ``<id>/gold.json``, as ``parkfacts evaluate`` reads them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from parkfacts.errors import ReportError
from parkfacts.facts import Gold
from parkfacts.review.state import KINDS, Fact
from parkfacts.write import write_together

_LEFT_OUT = ("score", "rule", "ledger", "note")
_OF_PROJECTS = ("companies", "investment", "area", "milestones", "dates")


def place_of(name: str) -> str:
    """The folder of a document's gold: its name without ``report`` at the end, on one level."""
    parts = [part for part in name.split("/") if part]
    kept = parts[:-1] if len(parts) > 1 and parts[-1] == "report" else parts
    return "-".join(kept)


def add(name: str, record: Fact, text: str, gold: Path) -> Path:
    """Writes both files, and returns the path of ``gold.json``; the report is UTF-8, whatever it was.

    Raises ``ReportError`` for a record that is no complete gold, ``WriteError`` where nothing can be written.
    """
    data = text.encode("utf-8")
    made = _gold(record, hashlib.sha256(data).hexdigest())
    try:
        Gold.model_validate_json(json.dumps(made), context={"text": text})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "record"
        raise ReportError(name, f"is no gold: {where}: {first['msg']}", "correct it in the review") from None
    folder = gold / place_of(name)
    files = {folder / "report.txt": data}
    reference = record["document"].get("reference_date") or {}
    if reference.get("basis") == "given":
        given = json.dumps({"reference_date": reference["value"]})
        files[folder / "report.meta.json"] = f"{given}\n".encode()
    shown = json.dumps(made, ensure_ascii=False, indent=1)
    write_together({**files, folder / "gold.json": f"{shown}\n".encode()})
    return folder / "gold.json"


def _gold(record: Fact, sha256: str) -> dict[str, Any]:
    source = {**record["source"], "sha256": sha256, "encoding": "utf-8", "format": "txt"}
    facts = {kind: [_annotated(fact, kind) for fact in record[kind]] for kind in KINDS}
    layout = {**record["layout"], "suggested": []}
    told = {"schema_version": record["schema_version"], "source": source, "document": record["document"]}
    return {**told, "layout": layout, **facts}


def _annotated(fact: Fact, kind: str) -> Fact:
    left_out = _LEFT_OUT + (_OF_PROJECTS if kind == "projects" else ())
    told = {name: value for name, value in fact.items() if name not in left_out}
    if "mentions" in told:
        told["mentions"] = [{k: v for k, v in one.items() if k != "rule"} for one in told["mentions"]]
    return {**told, "optional": False}
