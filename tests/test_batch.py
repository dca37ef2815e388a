"""Many documents: nothing is lost and nothing doubled, whoever is killed; a run that was stopped goes on.

A fault counts only where something was begun twice; ``PARKFACTS_FAULT_SEEDS=20`` runs the long form.
"""

from __future__ import annotations

import hashlib
import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from faulty import DiesOnArrival, FaultyJob, content, corpus
from parkfacts.batch import Limits, Options, Outcome, Task, run
from parkfacts.batch.engines import Results, inline
from parkfacts.batch.engines.processes import processes
from parkfacts.batch.state import State, alone
from parkfacts.batch.store import Local, Remote
from parkfacts.batch.task import shards
from parkfacts.batch.work import Job
from parkfacts.cli import app
from parkfacts.errors import RunError

QUICK = Limits(seconds=60.0, mebibytes=4096, attempts=3)


def cli(*arguments: object) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


# ---- what is done once is not done again ------------------------------------------------------------------------


def test_processes_write_what_one_process_writes(tmp_path: Path, serial: dict[str, str]) -> None:
    done = run(corpus(tmp_path / "in"), Job(str(tmp_path / "out"), limits=QUICK), processes(2))
    assert [outcome.state for outcome in done.outcomes] == ["done"] * 40
    assert content(tmp_path / "out") == serial


def test_only_what_changed_is_done_again(tmp_path: Path, marks: Path) -> None:
    tasks = corpus(tmp_path / "in", 6)
    job = FaultyJob(str(tmp_path / "out"), marks=marks)
    run(tasks, job)
    Path(tasks[1].path or "").write_text("2024年，新引进企业7家。", "utf-8")
    (tmp_path / "out/r002.json").unlink()
    (tmp_path / "out/r003.json").write_text("{}", "utf-8")
    (tmp_path / "in/r004.meta.json").write_text('{"reference_date": "2020"}', "utf-8")
    states = [outcome.state for outcome in run(tasks, job).outcomes]
    assert states == ["unchanged", "done", "done", "done", "done", "unchanged"]
    assert {o.state for o in run(tasks, job).outcomes} == {"unchanged"}
    assert {o.state for o in run(tasks, replace(job, fresh=True)).outcomes} == {"done"}
    assert {o.state for o in run(tasks, replace(job, options=Options("2019"))).outcomes} == {"done"}
    assert json.loads((tmp_path / "out/r001.json").read_text("utf-8"))["document"]["reference_date"]["value"] == "2019"


def test_the_same_tasks_give_the_same_shards() -> None:
    tasks = [Task(f"r{i}", None, "r") for i in range(40)]
    assert [s.id for s in shards(tasks)] == [s.id for s in shards(tasks)]
    assert [len(s.tasks) for s in shards(tasks)] == [16, 16, 8]
    assert shards(tasks)[0].id != shards(tasks[1:])[0].id


def test_an_outcome_reads_back() -> None:
    for outcome in (Outcome("a/b", "b.txt", "failed", message="两行\n"), Outcome("a", "a", "done", "k", "r")):
        assert Outcome.from_line(outcome.line()) == outcome


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with alone(str(tmp_path)), pytest.raises(RunError, match="another run"):
        run([], Job(str(tmp_path)))


# ---- faults -----------------------------------------------------------------------------------------------------


def test_processes_that_cannot_start_end_the_run(tmp_path: Path) -> None:
    job, engine = Job(str(tmp_path / "out")), processes(1)
    with pytest.raises(RunError, match=r"before they begin \(exit status 7"):
        run(corpus(tmp_path / "in", 2), job, lambda shards, work, limits: engine(shards, DiesOnArrival(), limits))


def test_a_full_disk_ends_the_run_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = corpus(tmp_path / "in", 20)
    real = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if "r007" in self.name:
            raise OSError(28, "No space left on device")
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    failure = run(tasks, Job(str(tmp_path / "out"))).failures
    assert [f.name for f in failure] == ["r007"] and "No space left on device" in (failure[0].message or "")
    monkeypatch.setattr(Path, "write_bytes", real)
    assert [o.state for o in run(tasks, Job(str(tmp_path / "out"))).outcomes].count("unchanged") == 19


# ---- the checks can fail ----------------------------------------------------------------------------------------


def _loses_one(shards: object, work: object, limits: object) -> Results:
    results = list(inline(shards, work, limits))  # type: ignore[arg-type]
    yield from results[1:]


def _tells_one_twice(shards: object, work: object, limits: object) -> Results:
    results = list(inline(shards, work, limits))  # type: ignore[arg-type]
    yield from [*results[1:], results[1]]


@pytest.mark.parametrize("engine", [_loses_one, _tells_one_twice])
def test_a_run_that_does_not_add_up_is_never_complete(tmp_path: Path, engine: object) -> None:
    with pytest.raises(RunError, match="does not add up"):
        run(corpus(tmp_path / "in", 5), Job(str(tmp_path / "out")), engine)  # type: ignore[arg-type]
    assert not State(Local(tmp_path / "out")).complete()


def test_a_record_that_was_told_and_is_not_there(tmp_path: Path) -> None:
    def tells_only(shards: object, work: object, limits: object) -> Results:
        for shard, outcome in inline(shards, work, limits):  # type: ignore[arg-type]
            (tmp_path / f"out/{outcome.name}.json").unlink()
            yield shard, outcome

    with pytest.raises(RunError, match="3 without a record"):
        run(corpus(tmp_path / "in", 3), Job(str(tmp_path / "out")), tells_only)


# ---- the command ------------------------------------------------------------------------------------------------


def test_status_tells_what_is_left(tmp_path: Path) -> None:
    corpus(tmp_path / "in", 4, bad="")
    assert cli("extract", tmp_path / "in", "-o", tmp_path / "out").exit_code == 3
    (tmp_path / "in/r001.txt").write_text("2022年。", "utf-8")
    (tmp_path / "in/r002.txt").unlink()
    told = cli("status", tmp_path / "out", "--json")
    found = json.loads(told.stdout)
    assert told.exit_code == 3 and found["done"] == ["r000", "r003"] and list(found["failed"]) == ["bad"]
    assert "changed" in found["stale"]["r001"] and "no such file" in found["stale"]["r002"]
    assert "r002" in cli("status", tmp_path / "out").stdout
    assert cli("status", tmp_path / "in").exit_code == 1


def test_watching_does_what_arrives(tmp_path: Path) -> None:
    corpus(tmp_path / "in", 1)
    code = "from parkfacts.cli import main; main()"
    command = [sys.executable, "-c", code, "extract", str(tmp_path / "in"), "-o", str(tmp_path / "out")]
    log = tmp_path / "log"
    with log.open("w") as told:
        watcher = subprocess.Popen([*command, "--watch", "0.1"], stderr=told)
    try:
        _wait_for(lambda: "r000.txt: done" in log.read_text("utf-8"))
        (tmp_path / "in/late.txt").write_text("2024年，新引进企业7家。", "utf-8")
        _wait_for(lambda: "late.txt: done" in log.read_text("utf-8"))
    finally:
        watcher.send_signal(signal.SIGINT)
        watcher.wait(timeout=20)
    assert watcher.returncode == 130 and "goes on from here" in log.read_text("utf-8")
    assert (tmp_path / "out/late.json").exists()


@pytest.mark.parametrize("more", [["-j", "2"], ["--watch", "1"], ["-j", "2", "-o", "x", "--format", "jsonl"]])
def test_processes_need_a_folder(tmp_path: Path, more: list[str]) -> None:
    assert cli("extract", tmp_path, *more).exit_code == 2


# ---- places that are no folders ---------------------------------------------------------------------------------


@pytest.fixture
def memory() -> Iterator[str]:
    fs = pytest.importorskip("fsspec").filesystem("memory")
    yield "memory://lake"
    fs.rm("/lake", recursive=True)


def test_addresses_in_and_out(tmp_path: Path, memory: str, serial: dict[str, str]) -> None:
    store = Remote(memory)
    for task in corpus(tmp_path / "in"):
        store.write({f"in/2023/{task.name}.txt": Path(task.path or "").read_bytes()})
    store.write({"in/2023/r000.meta.json": b'{"reference_date": "2023-10"}', "in/2023/note.csv": b"x"})
    assert cli("extract", f"{memory}/in", "-o", f"{memory}/out").exit_code == 0
    assert len(store.names("out/2023")) == 80
    assert hashlib.sha256(store.read("out/2023/r001.json") or b"").hexdigest() == serial["r001.json"]
    assert json.loads(store.read("out/2023/r000.json") or b"")["document"]["reference_date"]["basis"] == "given"
    assert "40 unchanged" in cli("extract", f"{memory}/in", "-o", f"{memory}/out").stderr
    assert cli("status", f"{memory}/out").exit_code == 0
    assert cli("extract", f"{memory}/nothing", "-o", f"{memory}/out").exit_code == 1


def _wait_for(there: object, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not there():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("hdfs://127.0.0.1:9/lake", r"(cannot be opened .*HADOOP_HOME|does not answer|cannot be listed)"),
        ("webhdfs://127.0.0.1:9/lake", r"(does not answer|cannot be listed).*check address and credentials"),
    ],
)
def test_a_store_that_is_not_there(tmp_path: Path, address: str, told: str) -> None:
    """What is wrong is told with what to do, as no bug, when documents are read from it and when records go there."""
    pytest.importorskip("pyarrow" if address.startswith("hdfs") else "requests")
    corpus(tmp_path / "in", 1)
    for command in ((address, "-o", tmp_path / "out"), (tmp_path / "in", "-o", address)):
        done = cli("extract", *command)
        shown = " ".join(done.stderr.split())
        assert done.exit_code == 1 and re.search(told, shown) and "bug" not in shown, shown
