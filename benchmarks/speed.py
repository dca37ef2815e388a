"""Reports one after the other in one process: characters a CPU second of each stage and of the whole, and what the
first report of a fresh process costs.

A stage's time is its own, without the stages that it calls (words are cut when a finder first asks for them, and count
as segmentation).
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

from table import Row
from usage import MIB

from parkfacts import pipeline, read
from parkfacts.ner.model import NameModel, shipped
from parkfacts.segment import Segmenter
from parkfacts.text import Source
from parkfacts.write import dump

ROOT = Path(__file__).parents[1]
GOALS = {"whole": 300_000, "rules alone": 1_000_000}
STAGES: dict[str, list[tuple[Any, str]]] = {
    "repair": [(pipeline, "repair")],
    "segment": [(pipeline, "segment"), (Segmenter, "cut")],
    "find dates": [(pipeline.dates, "find")],
    "find amounts": [(pipeline.amounts, "find")],
    "name model": [(NameModel, "candidates")],
    "find names": [(pipeline.names, "find")],
    "find events": [(pipeline.events, "find")],
    "link dates": [(pipeline.reference, "refer"), (pipeline.timeline, "resolve")],
    "link companies": [(pipeline.entities, "link")],
    "link amounts": [(pipeline.indicators, "link")],
    "link milestones": [(pipeline.milestones, "link")],
    "report, validated": [(pipeline.assemble, "report")],
}


class Clock:
    """CPU seconds by stage; a stage within a stage stops the outer one."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._running: list[str] = ["other"]
        self._since = time.process_time()

    def switch(self) -> None:
        """Books the time until now on the running stage."""
        now = time.process_time()
        self.seconds[self._running[-1]] += now - self._since
        self._since = now

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time booked on the stage."""

        @wraps(function)
        def run(*args: Any, **more: Any) -> Any:
            self.switch()
            self._running.append(stage)
            try:
                return function(*args, **more)
            finally:
                self.switch()
                self._running.pop()

        return run


def reports() -> list[Path]:
    """Those of the corpus."""
    return sorted((ROOT / "corpus").rglob("report.txt"))


def whole(paths: Sequence[Path], times: int) -> Iterator[Row]:
    """The spine with its model of names, and the rules alone, each report so many times."""
    sources, model = [read.read(path) for path in paths], shipped()
    chars = times * sum(len(source.text) for source in sources)
    for name, ner in (("whole", model), ("rules alone", None)):
        _spent(sources, 1, ner)  # tables, dictionary and tags are loaded once a process
        seconds = _spent(sources, times, ner)
        note = f"goal {GOALS[name]:,}; {len(paths)} reports {times} times, {chars:,} characters"
        yield Row(name, chars / seconds, seconds, note=note)


def _spent(sources: Sequence[Source], times: int, ner: NameModel | None) -> float:
    begin = time.process_time()
    for _ in range(times):
        for source in sources:
            pipeline.extract(source, ner=ner)
    return time.process_time() - begin


def stages(paths: Sequence[Path], times: int) -> Iterator[Row]:
    """A row a stage; run it last in a process, for every stage is then slowed by its clock."""
    model, clock = shipped(), Clock()
    for path in paths:
        pipeline.extract(read.read(path), ner=model)
    for stage, functions in STAGES.items():
        for owner, name in functions:
            setattr(owner, name, clock.timed(stage, getattr(owner, name)))
    reading, writing = clock.timed("read", read.read), clock.timed("write JSON", dump)
    clock.switch()
    clock.seconds.clear()
    for _ in range(times):
        for path in paths:
            writing(pipeline.extract(reading(path), ner=model))
    clock.switch()
    chars = times * sum(len(read.read(path).text) for path in paths)
    for stage in ("read", *STAGES, "other", "write JSON"):
        seconds = clock.seconds[stage]
        yield Row(stage, chars / max(seconds, 1e-9), seconds, note=f"{seconds / chars * 1e6:.3f} µs a character")


def start(report: Path) -> Iterator[Row]:
    """What one ``parkfacts`` costs from start to end."""
    for arguments in (["--help"], ["extract", str(report.resolve())]):
        begin = time.perf_counter()
        command = [sys.executable, "-c", _METERED, *arguments]
        here = Path(__file__).parent
        told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=here).stderr.split()
        wall = f"{time.perf_counter() - begin:.2f} s wall"
        yield Row(f"parkfacts {arguments[0]}", None, float(told[-2]), float(told[-1]) / MIB, note=wall)


_METERED = """
import atexit, sys, time
from usage import peak
atexit.register(lambda: print(time.process_time(), peak(), file=sys.stderr))
from parkfacts.cli import main
main()
"""


if __name__ == "__main__":
    sys.exit("python benchmarks/run.py whole stages start")
