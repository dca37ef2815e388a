"""Records of earlier versions, told in the form of today's (docs/compatibility.md).

Pure functions on the JSON of a record: what they are given is left as it is, and nothing is written back. A version has
one step, to the next one; the steps are done in turn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from pydantic_core import from_json

from parkfacts.facts import SCHEMA_VERSION, Gold, Report

Data = Mapping[str, Any]
UNTOLD = "1.0"  # of a record or gold that does not say its version: it stays this one, whatever versions will come
_WRITTEN = re.compile(r"(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})")


class UnreadVersion(ValueError):
    """A version that this parkfacts does not read; ``problem`` and ``advice`` say why, and what to do."""

    def __init__(self, problem: str, advice: str) -> None:
        super().__init__(f"{problem}; {advice}")
        self.problem, self.advice = problem, advice


class Step(NamedTuple):
    """The way to the version ``to``: ``fact`` tells one fact of a kind (``dates``, …) anew, ``rest`` the record around
    the facts, which it gets as they were."""

    to: str
    fact: Callable[[str, Data], Data]
    rest: Callable[[Data], Data]


def read_report(data: bytes | str, text: str | None = None) -> Report:
    """A report of its JSON, of this version or an earlier one; with the source ``text`` its quotes are checked.

    Raises ``UnreadVersion``, :class:`pydantic.ValidationError`, and ``ValueError`` for what is no JSON (both are
    kinds of it).
    """
    return Report.model_validate(upgraded(from_json(data)), context={"text": text})


def read_gold(data: bytes | str, text: str | None = None) -> Gold:
    """A gold of its JSON, in the way of ``read_report``."""
    return Gold.model_validate(upgraded_gold(from_json(data)), context={"text": text})


def upgraded(record: Data) -> dict[str, Any]:
    """The JSON of a report in the form of ``SCHEMA_VERSION``. Raises ``UnreadVersion``."""
    while (step := _step(record)) is not None:
        try:
            facts = {kind: [step.fact(kind, one) for one in record.get(kind, ())] for kind in KINDS}
            record = {**step.rest(record), **facts, "schema_version": step.to}
        except (TypeError, KeyError, AttributeError):
            problem = f"no record of schema_version {record['schema_version']}"
            raise UnreadVersion(problem, "extract the document again") from None
    return dict(record)


def upgraded_fact(kind: str, fact: Data, version: str) -> dict[str, Any]:
    """One fact of a record of a version, in the form of ``SCHEMA_VERSION``. Raises ``UnreadVersion``."""
    while (step := _step({"schema_version": version})) is not None:
        fact, version = step.fact(kind, fact), step.to
    return dict(fact)


def upgraded_gold(gold: Data) -> dict[str, Any]:
    """The JSON of a gold in the form of ``SCHEMA_VERSION``. Raises ``UnreadVersion``.

    An annotator leaves out what they do not tell, so what a version only adds is nothing to be done here.
    """
    while (step := _step(gold)) is not None:
        gold = {**gold, "schema_version": step.to}
    return dict(gold)


def _step(record: Data) -> Step | None:
    """The next step of a record; None where it is of this version."""
    if not isinstance(record, Mapping):
        raise UnreadVersion("no record", "extract the document again")
    version = record.get("schema_version", UNTOLD)
    if version == SCHEMA_VERSION:
        return None
    if not isinstance(version, str) or not _WRITTEN.fullmatch(version):
        raise UnreadVersion("schema_version is no version", 'write it as in "1.0", or extract the document again')
    if _number(version) > _number(SCHEMA_VERSION):
        newer = f"schema_version {version} is of a newer parkfacts; this one reads up to {SCHEMA_VERSION}"
        raise UnreadVersion(newer, "update parkfacts (pip install -U parkfacts), or extract the document again")
    if version not in STEPS:
        raise UnreadVersion(f"there never was a schema_version {version}", "extract the document again")
    return STEPS[version]


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


# ---- from 0.1: nine states under one number, each of which only added to the one before ----------------------------

_NAMED: Data = {"reasons": []}
_ADDED_SINCE_0_1: Mapping[str, Data] = {
    "dates": {"duration_high": None, "mod": None},
    "amounts": {"modality": "actual"},
    "companies": {**_NAMED, "ledger": None},
    "organizations": _NAMED,
    "projects": {**_NAMED, "companies": [], "investment": None, "area": None, "milestones": [], "dates": {}},
    "milestones": {"place": None, "counterpart": [], "board": None},
}
KINDS = tuple(_ADDED_SINCE_0_1)
_UNDECIDED = (
    "this record is of a version that did not tell facts from plans: every amount says modality actual; extract the "
    "document again to have it decided"
)


def _fact_of_0_1(kind: str, fact: Data) -> Data:
    added = {name: deepcopy(value) for name, value in _ADDED_SINCE_0_1[kind].items() if name not in fact}
    return {**fact, **added}


def _rest_of_0_1(record: Data) -> Data:
    told = {**record, "layout": {"suggested": [], **record["layout"]}}
    if any("modality" not in amount for amount in record["amounts"]):
        told["warnings"] = [*record.get("warnings", ()), {"message": _UNDECIDED, "spans": []}]
    return told


STEPS: Mapping[str, Step] = {"0.1": Step("1.0", _fact_of_0_1, _rest_of_0_1)}
