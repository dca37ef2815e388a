"""What an engine stands on: a cluster of this machine, which stays for all seeds."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from unittest.mock import patch

TESTS = Path(__file__).parents[1]


@contextmanager
def standing(engine: str) -> Iterator[None]:
    """The engine's cluster, which stays for all seeds, and the path on which its workers find the jobs of tests. Raises
    ``ImportError`` where the engine is not installed."""
    found = [str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])]
    names = {"PYTHONPATH": os.pathsep.join(found), "PYSPARK_PYTHON": sys.executable}
    with patch.dict(os.environ, names), {"local": nullcontext, "ray": _ray, "spark": _spark}[engine]():
        yield


@contextmanager
def _ray() -> Iterator[None]:
    import ray

    ray.init("local", num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    try:
        yield
    finally:
        ray.shutdown()


@contextmanager
def _spark() -> Iterator[None]:
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[2,4]").config("spark.ui.enabled", "false").getOrCreate()
    session.sparkContext.setLogLevel("OFF")  # a page for each worker that is killed here on purpose
    try:
        yield
    finally:
        session.stop()


def address_of(engine: str) -> str | None:
    """Where another driver finds the engine's cluster, if there is one."""
    if engine != "ray":
        return None
    import ray

    return str(ray.get_runtime_context().gcs_address)
