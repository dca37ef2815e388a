"""The cluster engines: the same records as on one machine, byte for byte, whatever dies on the way.

Ray and Spark are extras of their own; where they are not installed these tests skip and say so.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from faulty import EATS, KILLS, LOOPS, SEEDS, FaultyJob, attempts, content, corpus
from parkfacts.batch import Batch, Limits, Task, run
from parkfacts.batch.engines import choose
from parkfacts.batch.status import status
from parkfacts.cli import app

LIMITS = Limits(seconds=60.0, mebibytes=4096, attempts=3)
HARD = Limits(seconds=8.0, mebibytes=1500, attempts=2)


@pytest.fixture(scope="module", autouse=True)
def path_of_workers() -> Iterator[None]:
    """Workers unpickle jobs of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parent), prepend=os.pathsep)
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        yield


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    module = pytest.importorskip("ray", reason="needs pip install 'parkfacts[ray]'")
    yield module
    module.shutdown()


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql", reason="needs pip install 'parkfacts[spark]'")
    session = sql.SparkSession.builder.master("local[2,4]").config("spark.ui.enabled", "false").getOrCreate()
    yield session
    session.stop()


@pytest.fixture(params=["ray", "spark"])
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine that is installed."""
    request.getfixturevalue(request.param)
    return str(request.param)


def _nothing_is_lost(marks: Path, tasks: list[Task], done: Batch, out: Path, serial: dict[str, str]) -> None:
    assert max(attempts(marks).values()) > 1, "nothing was begun twice: the test showed nothing"
    assert [outcome.name for outcome in done.outcomes] == [task.name for task in tasks]
    assert not done.failures and content(out) == serial


def test_an_engine_writes_what_one_process_writes(tmp_path: Path, engine: str, serial: dict[str, str]) -> None:
    command = ["extract", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--engine", engine, "-j", "2"]
    first = CliRunner().invoke(app, command)
    assert first.exit_code == 0, first.output
    assert content(tmp_path / "out") == serial
    assert "40 unchanged" in CliRunner().invoke(app, command).stderr


def test_what_kills_loops_or_eats_harms_no_neighbour(tmp_path: Path, marks: Path, engine: str) -> None:
    """It is told as failed; its neighbours in the shard are done."""
    tasks = corpus(tmp_path / "in", 12, r003x=KILLS, r005x=LOOPS, r007x=EATS)
    done = run(tasks, FaultyJob(str(tmp_path / "out"), limits=HARD, marks=marks), choose(engine, 2))
    told = {outcome.name: outcome.message or "" for outcome in done.failures}
    assert set(told) == {"r003x", "r005x", "r007x"} and attempts(marks)["r003x"] == 2
    assert "killed by SIGKILL" in told["r003x"] and "longer than 8 s" in told["r005x"] and "MiB" in told["r007x"]
    assert [outcome.name for outcome in done.outcomes] == [task.name for task in tasks]
    assert len(content(tmp_path / "out")) == 24 and status(str(tmp_path / "out")).complete


@pytest.mark.parametrize("seed", SEEDS)
def test_killed_workers_lose_nothing(
    tmp_path: Path, marks: Path, engine: str, serial: dict[str, str], seed: int
) -> None:
    """The cluster's own workers are killed, not the processes beside them."""
    tasks = corpus(tmp_path / "in")
    job = FaultyJob(str(tmp_path / "out"), limits=LIMITS, marks=marks, parents=1, seed=seed)
    _nothing_is_lost(marks, tasks, run(tasks, job, choose(engine, 2)), tmp_path / "out", serial)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_removed_node_of_ray_loses_nothing(
    tmp_path: Path, marks: Path, ray: Any, serial: dict[str, str], seed: int
) -> None:
    from ray.cluster_utils import Cluster

    tasks = corpus(tmp_path / "in")
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    node = cluster.add_node(num_cpus=1)
    cluster.wait_for_nodes()
    ray.init(cluster.address, log_to_driver=False, logging_level="ERROR")
    remover = threading.Thread(target=_remove, args=(cluster, node, marks, random.Random(seed).randrange(1, 6)))
    try:
        remover.start()
        job = FaultyJob(str(tmp_path / "out"), limits=LIMITS, marks=marks, pause=0.2)
        done = run(tasks, job, choose("ray"))
    finally:
        remover.join()
        ray.shutdown()
        cluster.shutdown()
    _nothing_is_lost(marks, tasks, done, tmp_path / "out", serial)


def _remove(cluster: Any, node: Any, marks: Path, begun: int) -> None:
    """Removes a node when it has begun so many documents, fewer than a shard has, so that one is always in its hand."""
    raylet = str(node.all_processes["raylet"][0].process.pid)
    end = time.monotonic() + 120
    while [file.read_text() for file in marks.iterdir()].count(raylet) < begun and time.monotonic() < end:
        time.sleep(0.01)
    cluster.remove_node(node, allow_graceful=False)


def test_ray_that_is_not_there(tmp_path: Path, ray: Any) -> None:
    corpus(tmp_path / "in", 1)
    command = ["extract", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--engine", "ray", "--address", "nowhere"]
    told = CliRunner().invoke(app, command)
    assert told.exit_code == 1 and "no cluster answers" in told.stderr


# ---- the command ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [["--engine", "ray"], ["--address", "auto", "-o", "x"]])
def test_what_an_engine_needs(tmp_path: Path, more: list[str]) -> None:
    assert CliRunner().invoke(app, ["extract", str(tmp_path), *more]).exit_code == 2
