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

from faulty import EATS, KILLS, LOOPS, FaultyJob, attempts
from parkfacts.batch import Limits, run
from parkfacts.batch.engines import choose
from parkfacts.batch.status import status
from parkfacts.batch.work import Job
from parkfacts.cli import app
from test_batch import SEEDS, content, corpus

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


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    (tmp_path / "marks").mkdir()
    return tmp_path / "marks"


@pytest.fixture
def serial(tmp_path: Path) -> dict[str, str]:
    run(corpus(tmp_path / "in"), Job(str(tmp_path / "serial")))
    return content(tmp_path / "serial")


def _hard_documents(tmp_path: Path, marks: Path, engine: str) -> None:
    """What kills, loops or eats is told as failed; its neighbours in the shard are done."""
    tasks = corpus(tmp_path / "in", 12, r003x=KILLS, r005x=LOOPS, r007x=EATS)
    done = run(tasks, FaultyJob(str(tmp_path / "out"), limits=HARD, marks=marks), choose(engine, 2))
    told = {outcome.name: outcome.message or "" for outcome in done.failures}
    assert set(told) == {"r003x", "r005x", "r007x"} and attempts(marks)["r003x"] == 2
    assert "killed by SIGKILL" in told["r003x"] and "longer than 8 s" in told["r005x"] and "MiB" in told["r007x"]
    assert [outcome.name for outcome in done.outcomes] == [task.name for task in tasks]
    assert len(content(tmp_path / "out")) == 24 and status(str(tmp_path / "out")).complete


# ---- Ray --------------------------------------------------------------------------------------------------------


def test_ray_writes_what_one_process_writes(tmp_path: Path, ray: Any, serial: dict[str, str]) -> None:
    command = ["extract", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--engine", "ray", "-j", "2"]
    first = CliRunner().invoke(app, command)
    assert first.exit_code == 0, first.output
    assert content(tmp_path / "out") == serial
    assert "40 unchanged" in CliRunner().invoke(app, command).stderr


def test_ray_and_documents_that_harm(tmp_path: Path, marks: Path, ray: Any) -> None:
    _hard_documents(tmp_path, marks, "ray")


@pytest.mark.parametrize("seed", SEEDS)
def test_killed_workers_of_ray_lose_nothing(
    tmp_path: Path, marks: Path, ray: Any, serial: dict[str, str], seed: int
) -> None:
    """Ray's own workers are killed, not the processes beside them."""
    tasks = corpus(tmp_path / "in")
    job = FaultyJob(str(tmp_path / "out"), limits=LIMITS, marks=marks, parents=1, seed=seed)
    done = run(tasks, job, choose("ray", 2))
    assert max(attempts(marks).values()) > 1, "nothing was begun twice: the test showed nothing"
    assert [outcome.name for outcome in done.outcomes] == [task.name for task in tasks]
    assert not done.failures and content(tmp_path / "out") == serial


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
    assert max(attempts(marks).values()) > 1, "nothing was begun twice: the test showed nothing"
    assert [outcome.name for outcome in done.outcomes] == [task.name for task in tasks]
    assert not done.failures and content(tmp_path / "out") == serial


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


# ---- Spark ------------------------------------------------------------------------------------------------------


def test_spark_writes_what_one_process_writes(tmp_path: Path, spark: Any, serial: dict[str, str]) -> None:
    command = ["extract", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--engine", "spark"]
    first = CliRunner().invoke(app, command)
    assert first.exit_code == 0, first.output
    assert content(tmp_path / "out") == serial
    assert "40 unchanged" in CliRunner().invoke(app, command).stderr


def test_spark_and_documents_that_harm(tmp_path: Path, marks: Path, spark: Any) -> None:
    _hard_documents(tmp_path, marks, "spark")


@pytest.mark.parametrize("seed", SEEDS)
def test_killed_workers_of_spark_lose_nothing(
    tmp_path: Path, marks: Path, spark: Any, serial: dict[str, str], seed: int
) -> None:
    tasks = corpus(tmp_path / "in")
    job = FaultyJob(str(tmp_path / "out"), limits=LIMITS, marks=marks, parents=1, seed=seed)
    done = run(tasks, job, choose("spark"))
    assert max(attempts(marks).values()) > 1, "nothing was begun twice: the test showed nothing"
    assert [outcome.name for outcome in done.outcomes] == [task.name for task in tasks]
    assert not done.failures and content(tmp_path / "out") == serial


# ---- the command ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [["--engine", "ray"], ["--address", "auto", "-o", "x"]])
def test_what_an_engine_needs(tmp_path: Path, more: list[str]) -> None:
    assert CliRunner().invoke(app, ["extract", str(tmp_path), *more]).exit_code == 2
