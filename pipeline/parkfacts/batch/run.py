"""The way in: tasks in shards through an engine, each shard's outcomes kept when the last of them is there."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from parkfacts.batch.engines import Engine, inline
from parkfacts.batch.state import State, alone
from parkfacts.batch.task import Outcome, Shard, Task, shards
from parkfacts.batch.told import told as log_outcome
from parkfacts.batch.work import Job
from parkfacts.logs import tell

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Batch:
    """What came of a run: an outcome a task, in the tasks' order, without what the state keeps of it (``key``,
    ``record``, ``seconds``): there may be many."""

    outcomes: tuple[Outcome, ...]

    @property
    def failures(self) -> list[Outcome]:
        """The outcomes of documents that gave no record."""
        return [outcome for outcome in self.outcomes if outcome.state == "failed"]


def run(
    tasks: Sequence[Task],
    job: Job,
    engine: Engine = inline,
    told: Callable[[Outcome], None] = lambda outcome: None,
) -> Batch:
    """Does all tasks; ``told`` hears of each outcome as it comes. A run that is stopped (by an error, a signal, a
    power cut) loses at most the shards in work, and the next run with the same documents does what is left.

    Raises ``RunError`` where another run writes to the place, or the outcomes do not add up to the tasks, and
    ``WriteError`` where the state cannot be written.
    """
    begun = time.perf_counter()
    tell(log, logging.INFO, "run.started", f"{len(tasks)} documents", documents=len(tasks), out=job.out)
    with alone(job.out):
        state = State(job.store)
        known = {} if job.fresh else state.known()
        work = shards([replace(task, known=known[task.name]) if task.name in known else task for task in tasks])
        state.begin(work, job.options)
        by_name = _collect(engine(work, job, job.limits), state, told)
        state.finish(work)
    batch = Batch(tuple(by_name[task.name] for task in tasks))
    _ended(batch, time.perf_counter() - begun)
    return batch


def _ended(batch: Batch, seconds: float) -> None:
    states = [outcome.state for outcome in batch.outcomes]
    counts = {state: states.count(state) for state in ("done", "unchanged", "failed")}
    message = ", ".join(f"{count} {state}" for state, count in counts.items())
    tell(log, logging.INFO, "run.ended", message, documents=len(states), counts=counts, seconds=round(seconds, 3))


def _collect(
    results: Iterable[tuple[Shard, Outcome]], state: State, told: Callable[[Outcome], None]
) -> dict[str, Outcome]:
    by_name: dict[str, Outcome] = {}
    parts: dict[str, list[Outcome]] = {}
    for shard, outcome in results:
        log_outcome(outcome)
        told(outcome)
        by_name[outcome.name] = replace(outcome, key=None, record=None, seconds=None)
        part = parts.setdefault(shard.id, [])
        part.append(outcome)
        if len(part) == len(shard.tasks):
            state.commit(shard, parts.pop(shard.id))
    return by_name
