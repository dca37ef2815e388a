"""A real object store: an S3 server of this machine, spoken to as any other, through fsspec's own driver."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from faulty import content, corpus
from parkfacts.batch import run
from parkfacts.batch.store import Remote
from parkfacts.batch.work import Job
from parkfacts.cli import app

CREDENTIALS = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "us-east-1"}


@pytest.fixture(scope="module")
def lake() -> Iterator[str]:
    """The address of an empty bucket."""
    pytest.importorskip("s3fs")
    server = pytest.importorskip("moto.server").ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**CREDENTIALS, "AWS_ENDPOINT_URL": f"http://{host}:{port}"}.items():
            patch.setenv(name, value)
        import s3fs

        s3fs.S3FileSystem(use_listings_cache=False).mkdir("lake")
        yield "s3://lake"
    server.stop()


def test_objects_are_what_files_would_be(lake: str, tmp_path: Path) -> None:
    tasks = corpus(tmp_path / "in", 20)
    run(tasks, Job(str(tmp_path / "serial")))
    Remote(lake).write({f"in/{task.name}.txt": Path(task.path or "").read_bytes() for task in tasks})
    command = ["extract", f"{lake}/in", "-o", f"{lake}/out", "-j", "2"]
    first = CliRunner().invoke(app, command)
    assert first.exit_code == 0, first.output
    store = Remote(f"{lake}/out")
    assert store.names("") == sorted(content(tmp_path / "serial"))
    for name in store.names(""):
        assert store.read(name) == (tmp_path / "serial" / name).read_bytes(), name
    assert "20 unchanged" in CliRunner().invoke(app, command).stderr
    assert CliRunner().invoke(app, ["status", f"{lake}/out"]).exit_code == 0


def test_workers_of_ray_read_and_write_objects(lake: str, tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="needs pip install 'parkfacts[ray]'")
    tasks = corpus(tmp_path / "in", 20)
    run(tasks, Job(str(tmp_path / "serial")))
    Remote(lake).write({f"for-ray/{task.name}.txt": Path(task.path or "").read_bytes() for task in tasks})
    command = ["extract", f"{lake}/for-ray", "-o", f"{lake}/by-ray", "--engine", "ray", "-j", "2"]
    told = CliRunner().invoke(app, command)
    assert told.exit_code == 0, told.output
    store = Remote(f"{lake}/by-ray")
    assert {name: store.read(name) for name in store.names("")} == {
        name: (tmp_path / "serial" / name).read_bytes() for name in content(tmp_path / "serial")
    }


def test_an_object_that_was_lost_is_made_anew(lake: str, tmp_path: Path) -> None:
    tasks = corpus(tmp_path / "in", 3)
    job = Job(f"{lake}/mended")
    run(tasks, job)
    job.store.remove("r001.json")
    assert [outcome.state for outcome in run(tasks, job).outcomes] == ["unchanged", "done", "unchanged"]


def test_a_bucket_that_is_not_there(lake: str, tmp_path: Path) -> None:
    corpus(tmp_path / "in", 1)
    told = CliRunner().invoke(app, ["extract", str(tmp_path / "in"), "-o", "s3://nowhere/out"])
    assert told.exit_code == 1 and "s3://nowhere/out: cannot be written" in told.stderr
    assert "AWS_ENDPOINT_URL" in os.environ, "the store of this test, and no other, was asked"
