"""How tasks are done: in this process, in processes of this machine, or on a cluster.

An engine takes shards and a job, and gives ``(shard, outcome)`` for every task, in any order: one outcome a task.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from parkfacts.batch.task import Limits, Outcome, Shard, Task


class Work(Protocol):
    """What is done with a task."""

    def __call__(self, task: Task) -> Outcome:
        """Does it; what is wrong with one document is an outcome too."""

    def prepare(self) -> None:
        """Loads what all tasks need, so that no document's time is spent on it."""


Results = Iterator[tuple[Shard, Outcome]]
Engine = Callable[[Sequence[Shard], Work, Limits], Results]


def inline(shards: Sequence[Shard], work: Work, limits: Limits) -> Results:
    """One after the other, in this process: quick to start, and without the limits that only a killer can hold."""
    for shard in shards:
        for task in shard.tasks:
            yield shard, work(task)


def choose(jobs: int | None) -> Engine:
    """This process where ``jobs`` is None, else so many processes."""
    if jobs is None:
        return inline
    from parkfacts.batch.engines.processes import processes

    return processes(jobs)
