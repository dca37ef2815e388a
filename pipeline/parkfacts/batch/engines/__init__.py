"""How tasks are done: in this process, in processes of this machine, or on a cluster of Ray or Spark.

An engine takes shards and a job, and gives ``(shard, outcome)`` for every task, in any order: one outcome a task.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Protocol

from parkfacts.batch.task import Limits, Outcome, Shard, Task


class Work(Hashable, Protocol):
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


def choose(name: str = "local", jobs: int | None = None, address: str | None = None) -> Engine:
    """The engine ``local``, ``ray`` or ``spark``; the last two at an address, or started here with so many processes.

    Local work is done in this process where ``jobs`` is None, else in so many. The engine raises ``RunError`` where
    what it needs is not installed or does not answer.
    """
    if name == "ray":
        from parkfacts.batch.engines.ray import ray

        return ray(jobs, address)
    if name == "spark":
        from parkfacts.batch.engines.spark import spark

        return spark(jobs, address)
    if jobs is None:
        return inline
    from parkfacts.batch.engines.processes import processes

    return processes(jobs)
