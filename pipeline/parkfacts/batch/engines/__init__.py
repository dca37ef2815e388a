"""How tasks are done: in this process, in processes of this machine, or on a cluster.

An engine takes shards and a job, and gives ``(shard, outcome)`` for every task, in any order: one outcome a task.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from parkfacts.batch.task import Limits, Outcome, Shard, Task

Work = Callable[[Task], Outcome]
Results = Iterator[tuple[Shard, Outcome]]
Engine = Callable[[Sequence[Shard], Work, Limits], Results]


def inline(shards: Sequence[Shard], work: Work, limits: Limits) -> Results:
    """One after the other, in this process: quick to start, and without the limits that only a killer can hold."""
    for shard in shards:
        for task in shard.tasks:
            yield shard, work(task)


def choose(name: str, jobs: int | None, address: str | None = None) -> Engine:
    """The engine of a name: ``local`` (in this process where ``jobs`` is None), ``ray`` or ``spark``, which are at an
    ``address``, or start on this machine without one. Raises ``RunError`` where its library is missing."""
    if name == "ray":
        from parkfacts.batch.engines.ray import ray_engine

        return ray_engine(address, jobs)
    if name == "spark":
        from parkfacts.batch.engines.spark import spark_engine

        return spark_engine(address, jobs)
    if jobs is None:
        return inline
    from parkfacts.batch.engines.processes import processes

    return processes(jobs)
