"""How far a folder of records is: what is done, failed, pending, and no longer what an extraction would give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from parkfacts.batch.key import key
from parkfacts.batch.state import Manifest, State
from parkfacts.batch.store import open_store
from parkfacts.batch.task import Outcome, Task
from parkfacts.batch.work import load
from parkfacts.errors import ParkfactsError, ReportError


@dataclass
class Status:
    """The latest run's documents by what became of them. ``done`` and ``pending`` are names of records; ``failed``
    and ``stale`` have the reason beside the name; ``complete`` tells whether the run came to its end."""

    complete: bool
    done: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    pending: list[str] = field(default_factory=list)
    stale: dict[str, str] = field(default_factory=dict)


def status(place: str) -> Status:
    """Looks at every document of the latest run once more. Raises ``ReportError`` where no run was."""
    store = open_store(place)
    state = State(store)
    manifest = state.manifest()
    if manifest is None:
        raise ReportError(place, "no run has written here", "extract documents with -o to this folder first")
    known, found, stands = state.known(), Status(state.complete()), store.all_names()
    for task in manifest.tasks:
        _place(found, task, known.get(task.name), manifest, f"{task.name}.json" in stands)
    return found


def _place(found: Status, task: Task, outcome: Outcome | None, manifest: Manifest, stands: bool) -> None:
    if outcome is None:
        found.pending.append(task.name)
    elif outcome.state == "failed":
        found.failed[task.name] = outcome.message or "no reason told"
    elif reasons := list(_changed(task, outcome, manifest, stands)):
        found.stale[task.name] = reasons[0]
    else:
        found.done.append(task.name)


def _changed(task: Task, outcome: Outcome, manifest: Manifest, stands: bool) -> Iterator[str]:
    """Why the record is not what an extraction would give today."""
    if not stands:
        yield "the record is gone"
    if task.path is None:
        return  # standard input cannot be read again
    try:
        data, given = load(task, manifest.options.reading)
    except ParkfactsError as error:
        yield str(error)
        return
    if key(data, given, manifest.options) != outcome.key:
        yield "the document, the rules or the options changed"
