"""The cluster engines: the same records as on one machine, byte for byte, whatever dies on the way.

Ray and Spark are extras of their own; where they are not installed these tests skip and say so.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from faulty import content, corpus
from parkfacts.batch import Limits
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


def test_an_engine_writes_what_one_process_writes(tmp_path: Path, engine: str, serial: dict[str, str]) -> None:
    command = ["extract", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--engine", engine, "-j", "2"]
    first = CliRunner().invoke(app, command)
    assert first.exit_code == 0, first.output
    assert content(tmp_path / "out") == serial
    assert "40 unchanged" in CliRunner().invoke(app, command).stderr


def test_a_workers_start_is_cheap() -> None:
    """What does documents is a process beside the cluster's worker, which itself has no need of what extracts."""
    code = """
import sys
from parkfacts.batch.engines import guarded
from parkfacts.batch.work import Job
assert hash(Job("out"))
print(*{"pydantic", "numpy", "parkfacts.pipeline", "parkfacts.facts"}.intersection(sys.modules))
"""
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"


def test_ray_that_is_not_there(tmp_path: Path, ray: Any) -> None:
    corpus(tmp_path / "in", 1)
    command = ["extract", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--engine", "ray", "--address", "nowhere"]
    told = CliRunner().invoke(app, command)
    assert told.exit_code == 1 and "no cluster answers" in told.stderr


# ---- the command ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [["--engine", "ray"], ["--address", "auto", "-o", "x"]])
def test_what_an_engine_needs(tmp_path: Path, more: list[str]) -> None:
    assert CliRunner().invoke(app, ["extract", str(tmp_path), *more]).exit_code == 2
