"""Spark: shards are rows of a table, which ``mapInArrow`` turns into rows of outcomes, one task of Spark a shard.

Spark tries a lost task again by itself (``spark.task.maxFailures``); where it gives up a whole job, the job's shards
are done one by one. Shards go in waves, so that what is done is kept while the rest is under way.
"""

from __future__ import annotations

import os
import pickle
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from parkfacts.batch.engines import Engine, Results, Work
from parkfacts.batch.engines.guarded import guarded, lost
from parkfacts.batch.task import Limits, Outcome, Shard
from parkfacts.errors import RunError

_WAVE = 8  # shards in a job for each processor: few, so that little is lost with the driver
_ERROR = re.compile(r"[\w.]+Error: ")
_TRIES = 4  # of a task on one machine; clusters have their own setting


def spark(jobs: int | None, address: str | None) -> Engine:
    """The engine on the cluster at an address (``yarn``, ``spark://…``, else what spark-submit says, else this machine
    with so many processes, or as many as it has processors)."""
    return partial(_run, jobs, address)


def _run(jobs: int | None, address: str | None, shards: Sequence[Shard], work: Work, limits: Limits) -> Results:
    with _session(jobs, address) as session:
        size = _WAVE * session.sparkContext.defaultParallelism
        for at in range(0, len(shards), size):
            yield from _wave(session, shards[at : at + size], partial(_do, work, limits), limits.attempts)


def _wave(session: Any, shards: Sequence[Shard], do: Any, attempts: int, attempt: int = 1) -> Results:
    """The outcomes of shards; of those that Spark gave up, each by itself, a bounded number of times."""
    try:
        rows = _job(session, shards, do)
    except Exception as error:  # Py4J's, Spark's and the network's have no base in common
        for shard in shards:
            if attempt < attempts:
                yield from _wave(session, [shard], do, attempts, attempt + 1)
            else:
                yield from ((shard, outcome) for outcome in lost(shard.tasks, attempt, _first_line(error)))
        return
    by_id = {shard.id: shard for shard in shards}
    yield from ((by_id[row.shard], Outcome.from_line(row.outcome)) for row in rows)


def _job(session: Any, shards: Sequence[Shard], do: Any) -> list[Any]:
    rows = [(shard.id, bytearray(pickle.dumps(shard.tasks))) for shard in shards]
    table = session.createDataFrame(rows, "shard string, tasks binary").repartition(len(rows))
    collected: list[Any] = table.mapInArrow(do, "shard string, outcome string").collect()
    return collected


def _do(work: Work, limits: Limits, batches: Iterator[Any]) -> Iterator[Any]:
    """In Spark's worker: record batches of shards in, record batches of outcomes out."""
    import pyarrow

    for batch in batches:
        for row in batch.to_pylist():
            lines = [outcome.line() for outcome in guarded(pickle.loads(row["tasks"]), work, limits)]
            yield pyarrow.RecordBatch.from_pydict({"shard": [row["shard"]] * len(lines), "outcome": lines})


def _first_line(error: Exception) -> str:
    """What went wrong: the worker's own error, which stands under Spark's, else the first line."""
    lines = str(error).splitlines() or [type(error).__name__]
    return next((line for line in lines if _ERROR.match(line)), lines[0])


@contextmanager
def _session(jobs: int | None, address: str | None) -> Iterator[Any]:
    """A session of Spark; what was started here is ended."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise RunError("--engine spark", "Spark is not installed", "pip install 'parkfacts[spark]'") from None
    found = SparkSession.getActiveSession()
    if found is not None:
        yield found
        return
    builder = SparkSession.builder.appName("parkfacts")
    if address or "PYSPARK_GATEWAY_PORT" not in os.environ:  # which spark-submit sets, with a master of its own
        master = address or f"local[{jobs or '*'},{_TRIES}]"
        if master.startswith("local"):
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = builder.master(master)
    try:
        session = builder.getOrCreate()
    except Exception as error:
        problem = f"no session comes up ({_first_line(error)})"
        raise RunError("--engine spark", problem, "check --address, and that Java 17 or later is there") from None
    try:
        yield session
    finally:
        session.stop()
