"""What the tests of many documents share: short reports, what a run wrote of them, and a job that harms its process
where the document's text says so."""

from __future__ import annotations

import hashlib
import logging
import os
import random
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import fake_pipeline
from parkfacts.batch import Outcome, Task, work
from parkfacts.batch.work import Job, load
from parkfacts.facts import Report

NODE = "RAY_RAYLET_PID"  # the process that stands for a node of Ray, where there is one
SEEDS = range(int(os.environ.get("PARKFACTS_FAULT_SEEDS", "2")))
FIRST = 20  # of the documents one does harm
KILLS, LOOPS, EATS = "此文致命。", "此文无终。", "此文无底。"


def corpus(folder: Path, count: int = 40, **special: str) -> list[Task]:
    """Short reports, and special ones by name."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {f"r{i:03}": f"2023年{i % 12 + 1}月，园区新引进企业{i + 2}家，总投资{i}.5亿元。\n" for i in range(count)}
    for name, text in (texts | special).items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return [Task(file.stem, str(file), file.name) for file in sorted(folder.glob("*.txt"))]


def content(out: Path) -> dict[str, str]:
    """What a run wrote, by name, without what it keeps of itself."""
    files = [file for file in out.rglob("*") if file.is_file() and ".parkfacts" not in file.parts]
    return {file.relative_to(out).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@dataclass(frozen=True)
class FaultyJob(Job):
    """``marks`` is a folder in which each attempt leaves a file. The seed chooses documents that do harm at their first
    attempt: ``killed`` die, as if the system had killed the process for another's sake; ``parents`` kill the process
    that started theirs (a cluster's worker); ``torn`` die at a moment between their temporary files and their names.
    Each document takes ``pause`` seconds more. ``light`` puts the stand-in in the place of the pipeline: a process then
    starts in a third of the time, and all else is as it is."""

    marks: Path = field(default=Path())
    killed: int = 0
    parents: int = 0
    torn: int = 0
    seed: int = 0
    pause: float = 0.0
    light: bool = False

    def prepare(self) -> None:
        if not self.light:
            super().prepare()

    def _extract(self, task: Task) -> Outcome:
        if not self.light:
            return super()._extract(task)
        with patch.object(work, "extract", lambda source, **_: fake_pipeline.extract(source)):
            return super()._extract(task)

    def __call__(self, task: Task) -> Outcome:
        text = load(task, self.options.reading)[0].decode()
        first = self._mark(task)
        if KILLS in text or (first and task.name in self._chosen(self.killed)):
            os.kill(os.getpid(), signal.SIGKILL)
        if first and task.name in self._chosen(self.parents):
            os.kill(os.getppid(), signal.SIGKILL)
        if first and task.name in self._chosen(self.torn):
            self._die_while_writing(task)
        time.sleep(self.pause)
        while LOOPS in text:
            time.sleep(0.01)
        if EATS in text:
            try:
                assert len([bytes(2**29) for _ in range(2**20)])
            except MemoryError:
                return self._out_of_memory(task)
        return super().__call__(task)

    def _chosen(self, count: int) -> list[str]:
        """So many of the first documents."""
        return random.Random(self.seed).sample([f"r{number:03}" for number in range(FIRST)], count)

    def _die_while_writing(self, task: Task) -> None:
        """Lets this process be killed before the text or the record gets its name, some milliseconds later."""
        chance, real = random.Random(f"{self.seed} {task.name}"), Path.replace
        before = f"{task.name}{chance.choice(('.txt', '.json'))}"

        def replace(self: Path, target: Path) -> Path:
            if target.name == before:
                time.sleep(chance.random() / 100)
                os.kill(os.getpid(), signal.SIGKILL)
            return real(self, target)

        Path.replace = replace  # type: ignore[method-assign, assignment]

    def _out_of_memory(self, task: Task) -> Outcome:
        def eat(task: Task) -> Outcome:
            raise MemoryError

        return work.attempt(task, eat, self.limits)

    def _mark(self, task: Task) -> bool:
        """Leaves a mark of this attempt, and tells whether it is the first."""
        name = task.name.replace("/", "_")
        before = len(list(self.marks.glob(f"{name}.*")))
        (self.marks / f"{name}.{before}").write_text(os.environ.get(NODE, ""))
        return before == 0


@dataclass(frozen=True)
class BuggyJob(FaultyJob):
    """Its errors quote the document (``quotes``), as those of libraries do, unless that is named fine."""

    quotes: str = ""

    def prepare(self) -> None:
        """Nothing: one text is extracted at most."""

    def __call__(self, task: Task) -> Outcome:
        outcome = super().__call__(task)
        return outcome if task.name == "fine" else work.attempt(task, self._fail, self.limits)

    def _fail(self, task: Task) -> Outcome:
        logging.getLogger("a.library").error("cannot take %s", self.quotes)
        if task.name == "invalid":
            Report.model_validate({"schema_version": self.quotes, self.quotes: self.quotes})
        raise ValueError(f"invalid literal: {self.quotes}")


def attempts(marks: Path) -> dict[str, int]:
    """How often each document was begun."""
    names = [file.name.rpartition(".")[0] for file in marks.iterdir()]
    return {name: names.count(name) for name in names}


class DiesOnArrival:
    """A job that ends the process which unpickles it."""

    def __call__(self, task: Task) -> Outcome:
        raise AssertionError("it never arrives")

    def prepare(self) -> None:
        raise AssertionError("it never arrives")

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (7,)
