"""Ray Core: a task of Ray for some shards. (Ray Data tries a deadly document without end, or loses its neighbours.)

Ray itself tries nothing again. Shards whose worker or node was lost go on document by document, each a bounded number
of times.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from parkfacts.batch.engines import Engine, Results, Work
from parkfacts.batch.engines.guarded import guarded, lost
from parkfacts.batch.task import Limits, Outcome, Shard, Task
from parkfacts.errors import RunError

_MOST = 4  # shards in a task of Ray
_MANY = 16  # tasks of Ray for each of its processors, before they become larger
_AHEAD = 4  # tasks handed to Ray for each of its processors, so that none waits for the driver
_LEAST = 64  # and so many at least, so that a cluster which grows by demand sees some
_SILENT = ("RAY_USAGE_STATS_ENABLED", "RAY_enable_metrics_collection")  # parkfacts talks to no one; nobody asks


def ray(jobs: int | None, address: str | None) -> Engine:
    """The engine on the cluster at an address, else on one that is started here with so many processors (or all)."""
    return partial(_run, jobs, address)


@dataclass(frozen=True, slots=True)
class _Part:
    """What is done by one task of Ray: tasks with their shards."""

    items: tuple[tuple[Shard, Task], ...]
    attempt: int = 1

    @property
    def tasks(self) -> tuple[Task, ...]:
        return tuple(task for _, task in self.items)

    def again(self) -> list[_Part]:
        """The same tasks one by one, for one of them may be the culprit."""
        return [_Part((item,), self.attempt + 1) for item in self.items]


def _parts(shards: Sequence[Shard], processors: int) -> Iterator[_Part]:
    """Some shards a part, as long as every processor gets many: a task of Ray costs as much as a short document."""
    size = max(1, min(_MOST, len(shards) // (_MANY * processors)))
    for at in range(0, len(shards), size):
        yield _Part(tuple((shard, task) for shard in shards[at : at + size] for task in shard.tasks))


def _run(jobs: int | None, address: str | None, shards: Sequence[Shard], work: Work, limits: Limits) -> Results:
    with _cluster(jobs, address) as cluster:
        do = cluster.remote(guarded).options(max_retries=0)
        waiting = deque(_parts(shards, _processors(cluster)))
        running: dict[Any, _Part] = {}
        while waiting or running:
            most = max(_LEAST, _AHEAD * _processors(cluster))
            while waiting and len(running) < most:
                part = waiting.popleft()
                running[do.remote(part.tasks, work, limits)] = part
            for done in cluster.wait(list(running), num_returns=1)[0]:
                part = running.pop(done)
                outcomes, reason = _fetch(cluster, done)
                if outcomes is None and part.attempt < limits.attempts:
                    waiting.extend(part.again())
                    continue
                shard_of = {task.name: shard for shard, task in part.items}
                for outcome in lost(part.tasks, part.attempt, reason) if outcomes is None else outcomes:
                    yield shard_of[outcome.name], outcome


def _processors(cluster: Any) -> int:
    """How many the cluster has now; one that grows by demand may begin with none."""
    return max(1, int(cluster.cluster_resources().get("CPU", 1)))


def _fetch(cluster: Any, done: Any) -> tuple[list[Outcome] | None, str]:
    """What a task of Ray gave, or None and why it was lost."""
    try:
        return cluster.get(done), ""
    except cluster.exceptions.RayTaskError as error:  # our code raised, which no other try will mend
        raise RunError("ray", f"a worker cannot work ({error.cause})", "extract without --engine to see why") from None
    except cluster.exceptions.RayError as error:
        return None, type(error).__name__


@contextmanager
def _cluster(jobs: int | None, address: str | None) -> Iterator[Any]:
    """Ray, connected; what was started here is ended."""
    for name in _SILENT:
        os.environ.setdefault(name, "0")
    try:
        import ray
    except ImportError:
        raise RunError("--engine ray", "Ray is not installed", "pip install 'parkfacts[ray]'") from None
    if ray.is_initialized():
        yield ray
        return
    with ExitStack() as stack:
        try:
            ray.init(address or stack.enter_context(_here(jobs)), log_to_driver=False, logging_level="ERROR")
        except Exception as error:  # Ray raises no less for a node that is slow to come up
            raise RunError("--engine ray", f"no cluster answers ({error})", "check --address") from None
        stack.callback(ray.shutdown)
        yield ray


@contextmanager
def _here(jobs: int | None) -> Iterator[str]:
    """The address of a cluster on this machine, which ends with the block. Of Ray's daemons it does without those that
    nobody would hear of: what shows logs, what orders machines (``ray.init`` starts both, a CPU second together)."""
    from ray.cluster_utils import Cluster

    logging.getLogger("ray").setLevel(logging.ERROR)  # ``ray.init`` is told so too, but comes later
    without = {"include_dashboard": False, "include_log_monitor": False, "no_monitor": True}
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": jobs, **without})
    try:
        yield cluster.address
    finally:
        cluster.shutdown()
