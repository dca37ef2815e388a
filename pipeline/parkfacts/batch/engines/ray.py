"""Ray Core: a task of Ray for each shard. (Ray Data tries a deadly document without end, or loses its neighbours.)

Ray itself tries nothing again. A shard whose worker or node was lost goes on document by document, each a bounded
number of times.
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

_AHEAD = 4  # shards handed to Ray for each of its processors, so that none waits for the driver
_LEAST = 64  # and so many at least, so that a cluster which grows by demand sees some
_SILENT = ("RAY_USAGE_STATS_ENABLED", "RAY_enable_metrics_collection")  # parkfacts talks to no one; nobody asks


def ray(jobs: int | None, address: str | None) -> Engine:
    """The engine on the cluster at an address, else on one that is started here with so many processors (or all)."""
    return partial(_run, jobs, address)


@dataclass(frozen=True, slots=True)
class _Part:
    """Tasks of a shard that are done by one task of Ray."""

    shard: Shard
    tasks: tuple[Task, ...]
    attempt: int = 1

    def again(self) -> list[_Part]:
        """The same tasks one by one, for one of them may be the culprit."""
        return [_Part(self.shard, (task,), self.attempt + 1) for task in self.tasks]


def _run(jobs: int | None, address: str | None, shards: Sequence[Shard], work: Work, limits: Limits) -> Results:
    with _cluster(jobs, address) as cluster:
        do = cluster.remote(guarded).options(max_retries=0)
        waiting = deque(_Part(shard, shard.tasks) for shard in shards)
        running: dict[Any, _Part] = {}
        while waiting or running:
            most = max(_LEAST, _AHEAD * int(cluster.cluster_resources().get("CPU", 1)))
            while waiting and len(running) < most:
                part = waiting.popleft()
                running[do.remote(part.tasks, work, limits)] = part
            for done in cluster.wait(list(running), num_returns=1)[0]:
                part = running.pop(done)
                outcomes, reason = _fetch(cluster, done)
                if outcomes is None and part.attempt < limits.attempts:
                    waiting.extend(part.again())
                    continue
                for outcome in lost(part.tasks, part.attempt, reason) if outcomes is None else outcomes:
                    yield part.shard, outcome


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
