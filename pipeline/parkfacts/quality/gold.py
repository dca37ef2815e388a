"""Gold folders and predictions: what is read, and what is extracted, to be compared."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from parkfacts.errors import unquoted
from parkfacts.facts import SCHEMA_VERSION, Gold, Report
from parkfacts.quality.item import AnyRecord
from parkfacts.text import Source
from parkfacts.versions import UnreadVersion, read_gold, upgraded
from parkfacts.write.record import invalid

HELD = "held"
GOLD = "gold.json"


class QualityError(Exception):
    """A measurement or comparison that could not be made; it is never taken for a good one."""


@dataclass(frozen=True)
class Case:
    """A document with its gold; of a ``held`` one only figures are told."""

    id: str
    folder: Path

    @property
    def held(self) -> bool:
        """Whether it lies in a folder named ``held``."""
        return self.folder.resolve().parent.name == HELD

    @cached_property
    def source(self) -> Source:
        """The report as it was read."""
        return read_source(self.report, self.id)

    @property
    def report(self) -> Path:
        """The report's file: ``report.*`` beside the gold."""
        found = [path for path in sorted(self.folder.glob("report.*")) if not path.name.endswith(".meta.json")]
        if len(found) != 1:
            raise QualityError(f"{self.folder}: {len(found)} files are named report.*, one is needed")
        return found[0]

    @cached_property
    def gold(self) -> Gold:
        """The annotation, checked against the report."""
        path = self.folder / GOLD
        try:
            gold = read_gold(path.read_bytes(), self.source.text)
        except ValidationError as error:
            raise QualityError(f"{path}: {invalid(error)}") from None
        except UnreadVersion as error:
            raise QualityError(f"{path}: {error}") from None
        except ValueError as error:
            raise QualityError(f"{path}: no JSON ({unquoted(error)})") from None
        if gold.source.sha256 != self.source.sha256:
            raise QualityError(f"{path}: made for another report (sha256 differs)")
        return gold


def read_source(path: Path, id: str) -> Source:
    """A report in any format that ``parkfacts.read`` knows."""
    from parkfacts.read import read

    return replace(read(path), id=id)


def cases(gold_dir: Path, only: Sequence[str] = ()) -> list[Case]:
    """The cases under a folder, or the one that the folder itself is, by id. Raises ``QualityError`` for none."""
    folders = sorted(path.parent for path in gold_dir.rglob(GOLD))
    found = {folder.resolve().name: Case(folder.resolve().name, folder) for folder in folders}
    if len(found) < len(folders):
        raise QualityError(f"{gold_dir}: two documents have the same id")
    unknown = set(only) - set(found)
    if unknown or not found:
        raise QualityError(f"{gold_dir}: no {GOLD} for {', '.join(sorted(unknown)) or 'any document'}")
    return [case for id, case in sorted(found.items()) if not only or id in only]


def extract(case: Case) -> AnyRecord:
    """What the pipeline finds in a case, with what is given beside the report."""
    from parkfacts import extract as run

    return run(case.report)


def read_prediction(case: Case, folder: Path) -> AnyRecord:
    """A report, or anything in the form of a gold: ``<id>.json``, or where ``parkfacts extract`` puts the record of
    ``…/<id>/report.txt``. Fields that a gold does not know (another version's, a report's own) are passed over. Raises
    ``QualityError`` if it is not there or bad."""
    path = folder / f"{case.id}.json"
    if not path.exists():
        path = next(iter(sorted(folder.glob(f"**/{case.id}/report.json"))), path)
    try:
        data = json.loads(path.read_bytes())
        record = _as_gold(_without_dangling(_of_today(data)))
    except FileNotFoundError as error:
        raise QualityError(f"{path}: there is no prediction for {case.id}") from error
    except (TypeError, AttributeError, KeyError, IndexError) as error:  # where a list or an object should be
        raise QualityError(f"{path}: no record ({type(error).__name__})") from None
    except ValidationError as error:
        raise QualityError(f"{path}: {invalid(error)}") from None
    except (ValueError, RecursionError) as error:
        raise QualityError(f"{path}: no JSON ({unquoted(error)})") from None
    if record.source.sha256 != case.source.sha256:
        raise QualityError(f"{path}: made from another report (sha256 differs)")
    return record


def _of_today(data: Any) -> Any:
    """A prediction of an earlier version in the form of today's; of a newer one, what is known in it."""
    if not isinstance(data, dict):
        return data
    try:
        return upgraded(data)
    except UnreadVersion:
        return {**data, "schema_version": SCHEMA_VERSION}


def _as_gold(data: Any) -> Gold:
    """The data as a gold, less the fields that it does not know."""
    try:
        return Gold.model_validate_json(json.dumps(data))
    except ValidationError as error:
        unknown = [one["loc"] for one in error.errors() if one["type"] == "extra_forbidden"]
        if len(unknown) < error.error_count():
            raise
    for *parents, field in unknown:
        owner = data
        for key in parents:
            owner = owner[key]
        del owner[field]
    return Gold.model_validate_json(json.dumps(data))


def _without_dangling(data: Any) -> Any:
    """A prediction may lack a fact that others refer to; then they refer to nothing, and are judged so."""
    if not isinstance(data, dict):
        return data
    ids = {kind: {fact.get("id") for fact in data.get(kind, ())} for kind in ("dates", "amounts", "companies")}
    for fact in data.get("amounts", ()):
        fact.update({key: None for key in ("as_of", "base") if fact.get(key) not in ids["dates"]})
    for fact in data.get("milestones", ()):
        fact["date"] = fact.get("date") if fact.get("date") in ids["dates"] else None
        fact.update({key: [one for one in fact.get(key, ()) if one in ids[key]] for key in ("companies", "amounts")})
    return data


def as_report(gold: Gold) -> Report:
    """The gold as the pipeline would have written it: the perfect prediction."""
    data = gold.model_dump(mode="json")
    for fact in _facts(data):
        for key in ("optional", "note", "why"):
            fact.pop(key, None)
        fact["rule"] = fact.get("rule") or "gold"
    return Report.model_validate(data)


def empty_report(source: Source) -> Report:
    """A prediction that found nothing."""
    info = {"sha256": source.sha256, "chars": len(source.text), "encoding": source.encoding, "format": source.format}
    nothing: dict[str, Any] = {kind: [] for kind in _KINDS}
    return Report.model_validate({"source": info, "document": {}, "layout": {}, **nothing})


_KINDS = ("dates", "amounts", "companies", "organizations", "projects", "milestones")


def _facts(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for kind in _KINDS:
        yield from data.get(kind, ())
