"""Where a fault happens, and the verdict: it counts only where something was begun twice, each document came back once,
and every byte that was written is that of a run in which nothing broke."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from faulty import FaultyJob, attempts, content, corpus
from parkfacts.batch import Limits, Outcome, Task, run
from parkfacts.batch.engines import Engine
from parkfacts.batch.work import Job

COUNT = 24  # documents: a shard and a half
SOFT = Limits(seconds=60.0, mebibytes=4096, attempts=3)
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


def judge(scene: Scene, tasks: Sequence[Task], engine: Engine, job: Job, begun: Sequence[str] = ()) -> Verdict:
    """Runs, and compares; ``begun`` were begun by a run that was stopped."""
    outcomes = run(tasks, job, engine).outcomes
    redone = {outcome.name for outcome in outcomes if outcome.state == "done"}.intersection(begun)
    twice = bool(redone) or (not begun and max(attempts(scene.marks).values()) > 1)
    failed = "; ".join(outcome.message or "" for outcome in outcomes if outcome.state == "failed")
    return Verdict(twice, told_once(outcomes, tasks), content(scene.out) == undisturbed(scene.light), failed)


def told_once(outcomes: Sequence[Outcome], tasks: Sequence[Task]) -> bool:
    """Whether the outcomes are those of the tasks, each once, in their order."""
    return [outcome.name for outcome in outcomes] == [task.name for task in tasks]


def wait_for(there: Callable[[], bool]) -> None:
    """Raises ``TimeoutError`` for what does not come."""
    end = time.monotonic() + LONGEST
    while not there():
        if time.monotonic() > end:
            raise TimeoutError("it did not come")
        time.sleep(0.01)
