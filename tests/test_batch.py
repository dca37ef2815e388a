"""Many documents: nothing is lost and nothing doubled, whoever is killed; a run that was stopped goes on.

A fault counts only where something was begun twice; ``PARKFACTS_FAULT_SEEDS=20`` runs the long form.
"""

from __future__ import annotations

import hashlib
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from faulty import EATS, KILLS, LOOPS, SEEDS, DiesOnArrival, FaultyJob, attempts, content, corpus
from parkfacts.batch import Limits, Options, Outcome, Task, run
from parkfacts.batch.engines import Results, inline
from parkfacts.batch.engines.processes import processes
from parkfacts.batch.state import State, alone
from parkfacts.batch.status import status
from parkfacts.batch.store import Local, Remote, Store
from parkfacts.batch.task import shards
from parkfacts.batch.work import Job
from parkfacts.cli import app
from parkfacts.errors import RunError, WriteError

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


@pytest.mark.parametrize("seed", SEEDS)
def test_killed_processes_lose_nothing(tmp_path: Path, marks: Path, serial: dict[str, str], seed: int) -> None:
    tasks = corpus(tmp_path / "in")
    job = FaultyJob(str(tmp_path / "out"), limits=QUICK, marks=marks, killed=1, seed=seed)
    done = run(tasks, job, processes(3))
    assert max(attempts(marks).values()) > 1, "nothing was begun twice: the test showed nothing"
    assert [outcome.name for outcome in done.outcomes] == [task.name for task in tasks]
    assert not done.failures and content(tmp_path / "out") == serial


def test_what_kills_loops_or_eats_is_told_and_stops_nothing(tmp_path: Path, marks: Path) -> None:
    tasks = corpus(tmp_path / "in", 12, r003x=KILLS, r005x=LOOPS, r007x=EATS)
    limits = Limits(seconds=8.0, mebibytes=1500, attempts=2)
    done = run(tasks, FaultyJob(str(tmp_path / "out"), limits=limits, marks=marks), processes(2))
    told = {outcome.name: outcome.message or "" for outcome in done.failures}
    assert set(told) == {"r003x", "r005x", "r007x"}
    assert "2 processes died with it (killed by SIGKILL)" in told["r003x"]
    assert "took longer than 8 s" in told["r005x"] and "1500 MiB" in told["r007x"]
    assert attempts(marks)["r003x"] == 2 and attempts(marks)["r005x"] == 1
    assert len(content(tmp_path / "out")) == 24
    state = status(str(tmp_path / "out"))
    assert state.complete and set(state.failed) == set(told) and len(state.done) == 12


def test_processes_that_cannot_start_end_the_run(tmp_path: Path) -> None:
    job, engine = Job(str(tmp_path / "out")), processes(1)
    with pytest.raises(RunError, match=r"before they begin \(exit status 7"):
        run(corpus(tmp_path / "in", 2), job, lambda shards, work, limits: engine(shards, DiesOnArrival(), limits))


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a signal of POSIX systems")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_killed_driver_goes_on(tmp_path: Path, seed: int) -> None:
    out = tmp_path / "out"
    run(corpus(tmp_path / "in", 200), Job(str(tmp_path / "serial")))
    code = "from parkfacts.cli import main; main()"
    command = [sys.executable, "-c", code, "extract", str(tmp_path / "in"), "-o", str(out), "-j", "2"]
    driver = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    _wait_for(lambda: list(out.glob(".parkfacts/shards/*.jsonl")))
    time.sleep(seed % 10 / 200)
    driver.send_signal(signal.SIGKILL)
    driver.wait()
    assert not status(str(out)).complete and status(str(out)).pending
    again = cli("extract", tmp_path / "in", "-o", out, "-j", "2")
    assert again.exit_code == 0 and " unchanged" in again.stderr
    assert content(out) == content(tmp_path / "serial") and cli("status", out).exit_code == 0


def test_between_the_temporary_file_and_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = corpus(tmp_path / "in", 3)
    real = Path.replace

    def torn(self: Path, target: Path) -> Path:
        if target.name == "r001.json":
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", torn)
    with pytest.raises(KeyboardInterrupt):
        run(tasks, Job(str(tmp_path / "out")))
    monkeypatch.setattr(Path, "replace", real)
    assert "r001.json" not in content(tmp_path / "out")
    assert {o.state for o in run(tasks, Job(str(tmp_path / "out"))).outcomes} == {"done"}
    assert len(content(tmp_path / "out")) == 6


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


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system in memory that a run fills."""
    place = tmp_path / "disk"
    place.mkdir()
    told = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(place)], capture_output=True, text=True
    )
    if told.returncode:
        pytest.skip(f"a tmpfs needs root's rights: {told.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="tmpfs is Linux's")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_tmpfs_that_is_full(tmp_path: Path, marks: Path, serial: dict[str, str], small_disk: Path, seed: int) -> None:
    tasks, out = corpus(tmp_path / "in"), small_disk / "out"
    job = FaultyJob(str(out), limits=QUICK, marks=marks)
    _resize(small_disk, 80 + 8 * seed)
    try:
        failures = [outcome.message or "" for outcome in run(tasks, job, processes(2)).failures]
    except WriteError as error:  # what the run keeps of itself had no room
        failures = [str(error)]
    assert failures and all("No space left on device" in message for message in failures)
    _resize(small_disk, 64_000)
    done = run(tasks, job, processes(2))
    assert max(attempts(marks).values()) > 1, "nothing was begun twice: the test showed nothing"
    assert [outcome.name for outcome in done.outcomes] == [task.name for task in tasks]
    assert not done.failures and content(out) == serial


def _resize(disk: Path, kibibytes: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={kibibytes}k", str(disk)], check=True)


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


class _TornStore(Local):
    """A store that writes in place, and whose process is as if killed half way through one record."""

    def write(self, files: Mapping[str, bytes]) -> None:
        for name, data in files.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_bytes(data[: len(data) // 2] if name == "r007.json" else data)


class _TearingJob(Job):
    @property
    def store(self) -> Store:  # type: ignore[override]
        return _TornStore(Path(self.out))


def test_the_comparison_notices_a_commit_that_is_broken(tmp_path: Path, serial: dict[str, str]) -> None:
    """The control of every test above that compares with a run without faults."""
    run(corpus(tmp_path / "in"), _TearingJob(str(tmp_path / "out")))
    written = content(tmp_path / "out")
    assert written.keys() == serial.keys() and {n for n in serial if written[n] != serial[n]} == {"r007.json"}


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
