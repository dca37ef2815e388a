"""What a run is made of: tasks in shards, and one outcome for each task."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from parkfacts import read

if TYPE_CHECKING:  # a cluster's worker knows tasks, and leaves records to the process beside it
    from parkfacts.facts import Report

State = Literal["done", "unchanged", "failed"]
"""``unchanged``: the record of an earlier run still holds, and nothing was written."""

SHARD = 16
"""Documents in a shard: what is done again when the driver is killed, and what one file of the state holds."""


class Counts(NamedTuple):
    """What stands in one record."""

    dates: int
    amounts: int
    companies: int
    milestones: int
    duplicates: int
    joins: int
    warnings: int


def count(report: Report) -> Counts:
    """The numbers that the summary tells of a record."""
    layout = report.layout
    return Counts(
        dates=len(report.dates),
        amounts=len(report.amounts),
        companies=len(report.companies),
        milestones=len(report.milestones),
        duplicates=sum(block.status == "duplicate" for block in layout.blocks),
        joins=len(layout.joins),
        warnings=len(report.warnings),
    )


@dataclass(frozen=True, slots=True)
class Options:
    """What changes a record and is no part of the document; ``companies`` is the path of a ledger of firms,
    ``ner_labels`` says what labels of the model ``ner_model`` mean (FIRM=company), ``reading`` are the limits of
    reading."""

    reference_date: str | None = None
    companies: str | None = None
    ner_model: str = "parkfacts"
    ner_labels: tuple[str, ...] = ()
    reading: read.Limits = field(default_factory=read.Limits)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Options:
        """What a manifest holds; what one of an earlier version does not tell was not to be chosen then. Raises
        ``TypeError`` for anything else."""
        labels, reading = tuple(data.get("ner_labels", ())), read.Limits(**data.get("reading", {}))
        return cls(**{**data, "ner_labels": labels, "reading": reading})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost, in seconds of wall-clock time and MiB of address space; and how often a document
    that its process died with is tried again."""

    seconds: float = 120.0
    mebibytes: int = 4096
    attempts: int = 3


@dataclass(frozen=True, slots=True)
class Task:
    """A document: the ``name`` of its record (without suffix), the ``path`` or URL that it is read from (None for
    standard input), what messages call it, whether its decoded text would go where an input stands (``guarded``), the
    names that lead to it in the archive at ``path`` (``member``), and the outcome of an earlier run, with which
    nothing may be left to do."""

    name: str
    path: str | None
    shown: str
    guarded: bool = False
    member: tuple[str, ...] = ()
    known: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """Why a document gave no record, for machines: the kind of the error (``ParkfactsError.code``, or one of
    ``CODES``), the stage that it came up in, and the byte of the document, where they are known."""

    code: str
    stage: str | None = None
    offset: int | None = None


CODES = {
    "out-of-memory": "it needs more than --memory-limit",
    "too-slow": "it took longer than --time-limit",
    "deadly": "the processes died with it",
    "worker-lost": "the cluster's workers were lost with it",
    "bug": "an error in our code",
}
"""Codes of failures that are no ``ParkfactsError``."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a task. ``key`` is of the document's bytes, the rules and the options; ``record`` of what was
    written (both SHA-256); a failure has a ``message``, ``why``, and neither counts nor record. ``seconds`` are by
    stage; they tell two outcomes not apart."""

    name: str
    shown: str
    state: State
    key: str | None = None
    record: str | None = None
    counts: Counts | None = None
    message: str | None = None
    attempts: int = 1
    why: Why | None = None
    seconds: dict[str, float] | None = field(default=None, compare=False)

    def line(self) -> str:
        """One line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False) + "\n"

    @classmethod
    def from_line(cls, line: str) -> Outcome:
        """What ``line`` wrote. Raises ``ValueError`` or ``TypeError`` for anything else."""
        data = json.loads(line)
        counts, why = data.pop("counts"), data.pop("why", None)
        return cls(**data, counts=None if counts is None else Counts(*counts), why=None if why is None else Why(**why))


@dataclass(frozen=True, slots=True)
class Shard:
    """Tasks that are told as done together; its id follows from its place and its documents' names."""

    id: str
    tasks: tuple[Task, ...]


def shards(tasks: Sequence[Task], size: int = SHARD) -> list[Shard]:
    """The tasks in shards of a size, in their order; the same tasks give the same ids."""
    made = []
    for index, group in enumerate(_groups(tasks, size)):
        names = "\n".join(task.name for task in group)
        made.append(Shard(f"{index:06}-{hashlib.sha256(names.encode()).hexdigest()[:12]}", group))
    return made


def _groups(tasks: Sequence[Task], size: int) -> list[tuple[Task, ...]]:
    return [tuple(tasks[at : at + size]) for at in range(0, len(tasks), size)]
