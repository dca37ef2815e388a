"""Characters per CPU second of the spine with its name model, and of the rules alone, by stage; the cold start with its
peak of memory; growth with length (``--growth``); what bare scans of the same texts take; peers (``--peers FOLDER``).

Growth 1.00 is linear: the exponent of CPU seconds from one length to the next (``benchmarks/scale.py``: that of the
number of documents). Each report of the corpus is extracted ``--times`` times; a stage's time is its own, without the
stages that it calls (words are cut when a finder first asks for them, and count as segmentation).
"""

from __future__ import annotations

import argparse
import math
import re
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import rjieba
from dates_amounts import PEERS, beside
from scale import document

from parkfacts import pipeline, read
from parkfacts.ner.model import NameModel, shipped
from parkfacts.segment import Segmenter
from parkfacts.text import Source
from parkfacts.write import dump

ROOT = Path(__file__).parents[1]
GOAL = 300_000
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path, nargs="*", help="reports instead of the corpus")
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--least", type=int, default=0, help="exit 1 below this many characters per CPU second")
    parser.add_argument("--growth", type=int, metavar="BYTES", help="up to so many bytes of text (10000000: minutes)")
    parser.add_argument("--peers", type=Path, metavar="FOLDER", help="run peers, each in its environment under FOLDER")
    chosen = parser.parse_args()
    reports = chosen.reports or sorted((ROOT / "corpus").rglob("report.txt"))
    rate = warm(reports, chosen.times)
    cold(reports[0])
    texts = [read.read(path).text for path in reports]
    floor(texts)
    if chosen.growth:
        growth(chosen.growth)
    if chosen.peers:
        beside(chosen.peers, texts, tuple(PEERS))
    sys.exit(int(rate < chosen.least))


def warm(reports: list[Path], times: int) -> float:
    """Prints the table, and returns characters per CPU second of the spine as a whole."""
    sources, ner = [read.read(path) for path in reports], shipped()
    for source in sources:  # tables, dictionary and tags are loaded once a process
        pipeline.extract(source, ner=ner)
    chars = times * sum(len(source.text) for source in sources)

    spine = spent(sources, times, ner)
    rules = spent(sources, times, None)

    clock = Clock()
    for stage, functions in STAGES.items():
        for owner, name in functions:
            setattr(owner, name, clock.timed(stage, getattr(owner, name)))
    reading, writing = clock.timed("read", read.read), clock.timed("write JSON", dump)
    clock.switch()
    for _ in range(times):
        for path in reports:
            writing(pipeline.extract(reading(path), ner=ner))
    clock.switch()

    print(f"{len(reports)} reports, {times} times: {chars:,} characters")
    print(f"{'stage':<18}{'µs/character':>14}{'characters/CPU s':>20}")
    for stage in ("read", *STAGES, "other", "write JSON"):
        seconds = clock.seconds[stage]
        print(f"{stage:<18}{seconds / chars * 1e6:>14.3f}{chars / max(seconds, 1e-9):>20,.0f}")
    print(f"{'rules alone':<18}{rules / chars * 1e6:>14.3f}{chars / rules:>20,.0f}")
    print(f"{'spine':<18}{spine / chars * 1e6:>14.3f}{chars / spine:>20,.0f}  (goal {GOAL:,})")
    return chars / spine


def spent(sources: list[Source], times: int, ner: NameModel | None) -> float:
    """CPU seconds of the spine, each source so many times."""
    begin = time.process_time()
    for _ in range(times):
        for source in sources:
            pipeline.extract(source, ner=ner)
    return time.process_time() - begin


def floor(texts: list[str]) -> None:
    """Prints what passes take that know nothing: no extraction in Python is faster than these."""
    data, jieba = [text.encode() for text in texts], rjieba.Jieba()
    digits = re.compile(r"\d+(?:\.\d+)?[万亿]?")
    passes: dict[str, Callable[[], Any]] = {
        "utf-8 decode": lambda: [one.decode() for one in data],
        "one regex pass": lambda: [digits.findall(text) for text in texts],
        "rjieba": lambda: [jieba.cut(text) for text in texts],
    }
    for name, call in passes.items():
        times, begin = 0, time.process_time()
        while time.process_time() - begin < 0.5:
            call()
            times += 1
        seconds = time.process_time() - begin
        print(f"floor: {name:<18}{times * sum(map(len, texts)) / seconds:>20,.0f} characters/CPU s")


def growth(most: int) -> None:
    """Prints CPU seconds of documents of 1 kB and tenfold each time, and how they grow; no paragraph stands twice."""
    text = "".join(document(number * 9973, 300) for number in range(most // 900 + 1))
    size, before, ner = 1000, 0.0, shipped()
    while size <= most:
        source = Source.from_text(text[: size // 3])  # three bytes a character
        begin = time.process_time()
        pipeline.extract(source, ner=ner)
        seconds = time.process_time() - begin
        exponent = f"growth {math.log10(seconds / before):.2f}" if before else ""
        print(f"{size:>12,} bytes{seconds:>10.2f} s CPU  {exponent}", flush=True)
        size, before = size * 10, seconds


def cold(report: Path) -> None:
    """Prints what one ``parkfacts extract`` of one report costs from start to end."""
    code = "from parkfacts.cli import main; main()"
    for arguments in (["--help"], ["extract", str(report)]):
        before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True)
        wall, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        peak = after.ru_maxrss / 1024  # KiB on Linux; of the largest child until now
        print(f"cold: parkfacts {arguments[0]:<8} {wall:.2f} s wall, {cpu:.2f} s CPU, {peak:.0f} MiB at most")


if __name__ == "__main__":
    main()
