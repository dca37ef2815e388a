"""How far a folder of records is: what is done, failed, pending, and no longer what an extraction would give."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from parkfacts.batch.key import key
from parkfacts.batch.state import Manifest, State
from parkfacts.batch.store import is_url, open_store
from parkfacts.batch.task import Outcome, Task
from parkfacts.batch.work import load
from parkfacts.errors import ParkfactsError, ReportError

_AT_ONCE = 32  # documents that an object store is asked for together
_BLOCK = 1024


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

    def look(task: Task) -> str | None:
        """Why the task's record is not what an extraction would give today."""
        outcome = known.get(task.name)
        if outcome is None or outcome.state == "failed":
            return None
        return "the record is gone" if f"{task.name}.json" not in stands else _changed(task, outcome, manifest)

    for task, reason in _each(manifest.tasks, look):
        _place(found, task, known.get(task.name), reason)
    return found


def _each(tasks: Sequence[Task], look: Callable[[Task], str | None]) -> Iterator[tuple[Task, str | None]]:
    """The tasks with what a look at each tells; an object store is asked for many at a time."""
    if not any(task.path and is_url(task.path) for task in tasks):
        yield from ((task, look(task)) for task in tasks)
        return
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for at in range(0, len(tasks), _BLOCK):
            block = tasks[at : at + _BLOCK]
            yield from zip(block, pool.map(look, block), strict=True)


def _place(found: Status, task: Task, outcome: Outcome | None, reason: str | None) -> None:
    if outcome is None:
        found.pending.append(task.name)
    elif outcome.state == "failed":
        found.failed[task.name] = outcome.message or "no reason told"
    elif reason is not None:
        found.stale[task.name] = reason
    else:
        found.done.append(task.name)


def _changed(task: Task, outcome: Outcome, manifest: Manifest) -> str | None:
    if task.path is None:
        return None  # standard input cannot be read again
    try:
        data, given = load(task, manifest.options.reading)
    except ParkfactsError as error:
        return str(error)
    same = key(data, given, manifest.options) == outcome.key
    return None if same else "the document, the rules or the options changed"
