"""What is broken to see a run hold, and what came of it: ``python tests/faults.py --seeds 20`` prints the table.

A fault is a function of a scene (a folder and a seed) that breaks something while documents are extracted, and gives a
verdict. It counts only where something was begun twice, each document came back once, and every byte that was written
is that of a run in which nothing broke. The controls break the commit itself: their verdict must not be green.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from faulty import EATS, KILLS, LOOPS, FaultyJob, attempts, content, corpus
from parkfacts.batch import Limits, Task, run
from parkfacts.batch.engines import Engine, Results, choose, inline
from parkfacts.batch.state import State
from parkfacts.batch.store import Local, Store
from parkfacts.batch.work import Job
from parkfacts.errors import RunError, WriteError

COUNT = 24  # documents: a shard and a half
SOFT = Limits(seconds=60.0, mebibytes=4096, attempts=3)
HARD = Limits(seconds=8.0, mebibytes=1500, attempts=2)
LONGEST = 240.0  # seconds to wait for something that must come


@dataclass(frozen=True)
class Scene:
    """Where a fault happens, the seed that says when, and whether documents are extracted by the stand-in."""

    folder: Path
    seed: int
    light: bool = False

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def marks(self) -> Path:
        (self.folder / "marks").mkdir(exist_ok=True)
        return self.folder / "marks"

    def tasks(self, **special: str) -> list[Task]:
        return corpus(self.folder / "in", COUNT, **special)

    def job(self, **faults: Any) -> FaultyJob:
        return FaultyJob(str(self.out), limits=SOFT, marks=self.marks, seed=self.seed, light=self.light, **faults)


@dataclass(frozen=True)
class Verdict:
    """Whether something was begun twice, the outcomes are those of the documents, and the bytes those of a run in
    which nothing broke; ``why`` tells what else is wrong."""

    twice: bool
    ids: bool
    same: bool
    why: str = ""

    @property
    def green(self) -> bool:
        return self.twice and self.ids and self.same and not self.why


@cache
def undisturbed(light: bool) -> Mapping[str, str]:
    """What one process writes of the documents when nothing breaks."""
    with tempfile.TemporaryDirectory() as place:
        scene = Scene(Path(place), 0, light)
        run(scene.tasks(), scene.job())
        return content(scene.out)


def _judge(scene: Scene, tasks: Sequence[Task], engine: Engine, job: Job, begun: Sequence[str] = ()) -> Verdict:
    """Runs, and compares; ``begun`` were begun by a run that was stopped."""
    outcomes = run(tasks, job, engine).outcomes
    redone = {outcome.name for outcome in outcomes if outcome.state == "done"}.intersection(begun)
    twice = bool(redone) or (not begun and max(attempts(scene.marks).values()) > 1)
    failed = "; ".join(outcome.message or "" for outcome in outcomes if outcome.state == "failed")
    ids = [outcome.name for outcome in outcomes] == [task.name for task in tasks]
    return Verdict(twice, ids, content(scene.out) == undisturbed(scene.light), failed)


# ---- the faults -------------------------------------------------------------------------------------------------


def worker_killed(scene: Scene, engine: str) -> Verdict:
    """SIGKILL of what does documents: a process of this machine, or the cluster's worker that it stands beside."""
    faults = {"killed": 2} if engine == "local" else {"parents": 2}
    return _judge(scene, scene.tasks(), choose(engine, 2), scene.job(**faults))


def killed_while_writing(scene: Scene, engine: str) -> Verdict:
    """SIGKILL at a moment between the temporary files and their names, which the seed chooses."""
    verdict = _judge(scene, scene.tasks(), choose(engine, 2), scene.job(torn=2))
    left = [file.name for file in scene.out.rglob("*.part")]
    return replace(verdict, why=verdict.why or (f"left behind: {left}" if left else ""))


def node_removed(scene: Scene, engine: str) -> Verdict:
    """A node of a cluster of two goes, not gracefully, with a document in its hand."""
    import ray
    from ray.cluster_utils import Cluster

    ray.shutdown()
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    node = cluster.add_node(num_cpus=1)
    cluster.wait_for_nodes()
    ray.init(cluster.address, log_to_driver=False, logging_level="ERROR")
    remover = threading.Thread(target=_remove, args=(cluster, node, scene))
    try:
        remover.start()
        return _judge(scene, scene.tasks(), choose(engine), scene.job(pause=0.2))
    finally:
        remover.join()
        ray.shutdown()
        cluster.shutdown()


def _remove(cluster: Any, node: Any, scene: Scene) -> None:
    """Removes a node when it has begun so many documents, fewer than a shard has, so that one is always in its hand."""
    raylet, after = str(node.all_processes["raylet"][0].process.pid), random.Random(scene.seed).randrange(1, 6)
    _wait_for(lambda: [file.read_text() for file in scene.marks.iterdir()].count(raylet) >= after)
    cluster.remove_node(node, allow_graceful=False)


def driver_killed(scene: Scene, engine: str) -> Verdict:
    """SIGKILL of the driver when so many documents are begun; then the same command again."""
    tasks, after = scene.tasks(), random.Random(scene.seed).randrange(3, COUNT - 4)
    driver = _drive(scene, engine, "none")
    _wait_for(lambda: len(list(scene.marks.iterdir())) >= after or driver.poll() is not None)
    driver.kill()
    return _resumed(scene, tasks, driver, engine)


def driver_killed_while_writing(scene: Scene, engine: str) -> Verdict:
    """SIGKILL of the driver between the temporary file and the name of what it keeps of a shard; then the same command
    again."""
    tasks = scene.tasks()
    driver = _drive(scene, engine, random.Random(scene.seed).choice(("000000-", "000001-")))
    return _resumed(scene, tasks, driver, engine)


def _drive(scene: Scene, engine: str, torn: str) -> subprocess.Popen[bytes]:
    code = "import sys; from faults import driven; driven(*sys.argv[1:])"
    arguments = [
        str(scene.folder),
        str(scene.seed),
        "light" if scene.light else "",
        engine,
        _address(engine) or "",
        torn,
    ]
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def driven(folder: str, seed: str, light: str, engine: str, address: str, torn: str) -> None:
    """In a process of its own: a run whose driver dies before a file that is so called gets its name."""
    scene, real = Scene(Path(folder), int(seed), bool(light)), Path.replace

    def kills(self: Path, target: Path) -> Path:
        if target.name.startswith(torn):
            time.sleep(random.Random(scene.seed).random() / 20)
            os.kill(os.getpid(), signal.SIGKILL)
        return real(self, target)

    Path.replace = kills  # type: ignore[method-assign, assignment]
    run(scene.tasks(), scene.job(pause=0.05), choose(engine, 2, address or None))


def _resumed(scene: Scene, tasks: list[Task], driver: subprocess.Popen[bytes], engine: str) -> Verdict:
    if driver.wait(LONGEST) != -signal.SIGKILL:
        return Verdict(False, False, False, f"the driver ended by itself ({driver.returncode})")
    _wait_for(lambda: _still(scene))
    if State(Local(scene.out)).complete():
        return Verdict(False, False, False, "the run was told as complete")
    return _judge(scene, tasks, choose(engine, 2), scene.job(), begun=list(attempts(scene.marks)))


def _still(scene: Scene) -> bool:
    """Whether nobody begins a document any more: what a driver leaves behind ends by itself."""
    before = len(list(scene.marks.iterdir()))
    time.sleep(0.5)
    return len(list(scene.marks.iterdir())) == before


def tmpfs_full(scene: Scene, engine: str) -> Verdict:
    """A file system that fills up while records are written; then it is made larger, and the same command again."""
    with small_disk(scene.out, 56 + 4 * (scene.seed % 20)) as grow:
        tasks, job = scene.tasks(), scene.job()
        try:
            messages = [outcome.message or "" for outcome in run(tasks, job, choose(engine, 2)).failures]
        except WriteError as error:  # what the run keeps of itself had no room
            messages = [str(error)]
        if not messages or not all("No space left on device" in message for message in messages):
            return Verdict(False, False, False, f"the disk was not full: {messages}")
        grow(64_000)
        return _judge(scene, tasks, choose(engine, 2), job)


@contextmanager
def small_disk(place: Path, kibibytes: int) -> Iterator[Callable[[int], None]]:
    """A file system in memory of a size, and what resizes it. Raises ``OSError`` where one may not be mounted."""
    place.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kibibytes}k", "none", str(place)]
    told = subprocess.run(mount, capture_output=True, text=True)
    if told.returncode:
        raise OSError(f"a tmpfs needs root's rights: {told.stderr.strip()}")
    try:
        yield lambda size: _checked("mount", "-o", f"remount,size={size}k", str(place))
    finally:
        _checked("umount", "-l", str(place))


def _checked(*command: str) -> None:
    subprocess.run(command, check=True)


def harmful_documents(scene: Scene, engine: str) -> Verdict:
    """One that kills its process, one that never ends, one that eats memory: told as failed, and nobody else is."""
    places = random.Random(scene.seed).sample(range(COUNT), 3)
    special = {f"r{at:03}x": text for at, text in zip(places, (KILLS, LOOPS, EATS), strict=True)}
    kills, loops, eats = special
    tasks = scene.tasks(**special)
    outcomes = run(tasks, replace(scene.job(), limits=HARD), choose(engine, 2)).outcomes
    told = {outcome.name: outcome.message or "" for outcome in outcomes if outcome.state == "failed"}
    sound = set(told) == set(special) and "SIGKILL" in told[kills] and "8 s" in told[loops] and "MiB" in told[eats]
    ids = [outcome.name for outcome in outcomes] == [task.name for task in tasks]
    same = content(scene.out) == undisturbed(scene.light)
    return Verdict(attempts(scene.marks)[kills] == 2, ids, same, "" if sound else f"told: {told}")


# ---- the controls: a commit that is broken on purpose -----------------------------------------------------------


def an_outcome_is_lost(scene: Scene, engine: str) -> Verdict:
    """The engine never tells of one document."""
    return _noticed(scene, lambda results: results[1:])


def an_outcome_is_doubled(scene: Scene, engine: str) -> Verdict:
    """The engine tells of one document twice, and of another never."""
    return _noticed(scene, lambda results: [*results[1:], results[1]])


def _noticed(scene: Scene, broken: Callable[[list[Any]], list[Any]]) -> Verdict:
    def engine(shards: Any, work: Any, limits: Limits) -> Results:
        yield from broken(list(inline(shards, work, limits)))

    try:
        return _judge(scene, scene.tasks(), engine, scene.job())
    except RunError as error:
        return Verdict(False, False, content(scene.out) == undisturbed(scene.light), str(error))


class _TornStore(Local):
    """A store that writes in place, and whose process is as if killed half way through one record."""

    def write(self, files: Mapping[str, bytes]) -> None:
        for name, data in files.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_bytes(data[: len(data) // 2] if name == "r007.json" else data)


class _TearingJob(FaultyJob):
    @property
    def store(self) -> Store:  # type: ignore[override]
        return _TornStore(Path(self.out))


def a_record_is_torn(scene: Scene, engine: str) -> Verdict:
    """Records are written in place, and one of them half."""
    job = _TearingJob(str(scene.out), marks=scene.marks, seed=scene.seed, light=scene.light)
    return _judge(scene, scene.tasks(), inline, job)


# ---- the table --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A fault on an engine."""

    fault: Callable[[Scene, str], Verdict]
    engine: str
    control: bool = False

    @property
    def name(self) -> str:
        return self.fault.__name__.replace("_", " ")


ROWS = (
    *(Row(worker_killed, engine) for engine in ("local", "ray", "spark")),
    *(Row(killed_while_writing, engine) for engine in ("local", "ray", "spark")),
    *(Row(harmful_documents, engine) for engine in ("local", "ray", "spark")),
    *(Row(driver_killed, engine) for engine in ("local", "ray")),
    Row(driver_killed_while_writing, "local"),
    Row(tmpfs_full, "local"),
    Row(node_removed, "ray"),
    Row(an_outcome_is_lost, "local", control=True),
    Row(an_outcome_is_doubled, "local", control=True),
    Row(a_record_is_torn, "local", control=True),
)


@contextmanager
def standing(engine: str) -> Iterator[None]:
    """The engine's cluster, which stays for all seeds, and the path on which its workers find the jobs of tests. Raises
    ``ImportError`` where the engine is not installed."""
    found = [str(Path(__file__).parent), *filter(None, [os.environ.get("PYTHONPATH")])]
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
    try:
        yield
    finally:
        session.stop()


def _address(engine: str) -> str | None:
    if engine != "ray":
        return None
    import ray

    return str(ray.get_runtime_context().gcs_address)


def _wait_for(there: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST
    while not there():
        if time.monotonic() > end:
            raise TimeoutError("it did not come")
        time.sleep(0.01)


def _verdicts(row: Row, seeds: range, light: bool) -> Iterator[Verdict]:
    with standing(row.engine):
        for seed in seeds:
            with tempfile.TemporaryDirectory() as place:
                verdict = row.fault(Scene(Path(place), seed, light), row.engine)
            if verdict.green == row.control:
                print(f"  {row.name}, {row.engine}, seed {seed}: {verdict}", file=sys.stderr, flush=True)
            yield verdict


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--engines", nargs="+", default=["local", "ray", "spark"])
    parser.add_argument("--only", nargs="+", default=[], metavar="WORD", help="faults whose names have one of these")
    parser.add_argument(
        "--stand-in", action="store_true", help="a stand-in extracts: processes start in a third of the time"
    )
    chosen = parser.parse_args()
    wanted = [row for row in ROWS if row.engine in chosen.engines]
    wanted = [row for row in wanted if not chosen.only or any(word in row.name for word in chosen.only)]
    head = f"{'fault':<30}{'engine':<7}{'seeds':>6}{'green':>6}{'begun twice':>12}{'ids equal':>10}{'bytes equal':>12}"
    table, good = [head], True
    for row in wanted:
        seen = list(_verdicts(row, range(chosen.seeds), chosen.stand_in))
        good = good and all(verdict.green != row.control for verdict in seen)
        table.append(_line(row, seen))
        print(table[-1], file=sys.stderr, flush=True)
    print("\n".join(table))  # as a whole: Ray writes between the lines what it thinks of lost workers
    sys.exit(int(not good))


def _line(row: Row, seen: Sequence[Verdict]) -> str:
    green, twice, ids, same = (sum(getattr(v, what) for v in seen) for what in ("green", "twice", "ids", "same"))
    note = "  a control: none may be green" if row.control else ""
    return f"{row.name:<30}{row.engine:<7}{len(seen):>6}{green:>6}{twice:>12}{ids:>10}{same:>12}{note}"


if __name__ == "__main__":
    main()
