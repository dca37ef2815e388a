"""What a cluster's worker does with tasks: they are done in a process beside it, which is watched as on one machine.

A document that kills, loops or eats memory thus harms that process alone: neither Ray nor Spark, which would try it
again without end or give up all the rest, ever hears of it. The process stays for the tasks that come next.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from parkfacts.batch.engines import Work
from parkfacts.batch.engines.processes import Crew
from parkfacts.batch.task import Limits, Outcome, Shard, Task, Why
from parkfacts.batch.work import failed


def guarded(tasks: Sequence[Task], work: Work, limits: Limits) -> list[Outcome]:
    """One outcome a task, in any order. Raises ``RunError`` where no process can be started."""
    try:
        return [outcome for _, outcome in _crew(work, limits).do([Shard("", tuple(tasks))])]
    except BaseException:
        _crew.cache_clear()  # its process may be anywhere: the next tasks get a new one
        raise


@lru_cache(maxsize=1)
def _crew(work: Work, limits: Limits) -> Crew:
    """A crew that is dropped closes its connection, at which its process ends."""
    return Crew(1, work, limits)


def lost(tasks: Sequence[Task], attempts: int, reason: str) -> list[Outcome]:
    """The outcomes of tasks whose worker was lost again and again."""
    advice = "see the cluster's log, or extract it without --engine"
    return [
        failed(
            task,
            f"{task.shown}: {attempts} workers were lost with it ({reason}); {advice}",
            Why("worker-lost"),
            attempts,
        )
        for task in tasks
    ]
