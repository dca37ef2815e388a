"""A document repaired and extracted again, with a person's decisions about its layout."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from parkfacts import extract
from parkfacts.batch import Options
from parkfacts.batch.state import State
from parkfacts.batch.store import open_store
from parkfacts.batch.work import ledger_of
from parkfacts.repair import Decisions
from parkfacts.review.state import Extraction
from parkfacts.text import Source
from parkfacts.write import dump


def key(decisions: Decisions) -> str:
    """Decisions as text: the same for the same, and the same as in stores from before ends could be left open."""
    told = asdict(decisions)
    if not decisions.open:
        del told["open"]
    return json.dumps(told, ensure_ascii=False) if decisions else ""


def options(folder: Path) -> Options:
    """What the folder's records were made with, as far as the folder tells. Raises ``RunError``."""
    manifest = State(open_store(folder.as_posix())).manifest()
    return Options() if manifest is None else manifest.options


def revise(extraction: Extraction, decisions: Decisions, made_with: Options, name: str) -> tuple[Extraction, str]:
    """The new extraction and its JSON. Raises :class:`parkfacts.errors.DecisionError` for decisions that do not fit."""
    told = extraction.record["source"]
    source = Source(name, extraction.text, told["sha256"], told["encoding"], told["format"])
    reference = extraction.record["document"].get("reference_date") or {}
    report = extract(
        source,
        reference_date=reference.get("value") if reference.get("basis") == "given" else None,
        decisions=decisions,
        companies=ledger_of(made_with),
        ner_model=made_with.ner_model,
        ner_labels=dict(label.split("=", 1) for label in made_with.ner_labels),
    )
    record = dump(report)
    return Extraction.of(record.encode("utf-8"), extraction.text), record
