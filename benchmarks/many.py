"""Many documents: how cost grows with their number, what the processes hold, what another engine costs beside local.

``parkfacts extract`` runs as a user runs it, over documents that ``made`` makes; one of a hundred is broken. With
``kill`` the driver is killed when half of the shards are done, and the same command is given again: the second run has
to find everything of the first one's shards unchanged.
"""

from __future__ import annotations

import math
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from made import broken, write
from table import Row
from usage import MIB, Usage, parkfacts

FAILED = 3  # the exit status of a run in which some documents gave no record
SHARD = 16


@dataclass(frozen=True)
class Many:
    """A folder of so many documents of so many characters in all."""

    folder: Path
    count: int
    chars: int

    @property
    def failures(self) -> int:
        return sum(map(broken, range(self.count)))


def rows(counts: Sequence[int], engines: Sequence[str], jobs: int, kill: bool, place: Path | None) -> Iterator[Row]:
    """A row for each engine and number of documents, and for ``parkfacts status`` on the largest."""
    for engine in engines:
        before: list[tuple[int, float]] = []
        for count in counts:
            with tempfile.TemporaryDirectory(dir=place) as made:
                many = Many(Path(made) / "in", count, write(Path(made) / "in", count))
                usage = _killed(many, engine, jobs) if kill and count == max(counts) else _extract(many, engine, jobs)
                before.append((count, usage.seconds))
                yield _row(f"{engine} -j {jobs}, {count:,} documents", many, usage, before)
                if count == max(counts):
                    yield _status(many)
                shutil.rmtree(made, ignore_errors=True)
                Path(made).mkdir()


def _out(many: Many) -> Path:
    return many.folder.with_name("out")


def _run(many: Many, engine: str, jobs: int, kill: bool = False) -> Usage:
    half, shards = math.ceil(many.count / SHARD) // 2, _out(many) / ".parkfacts/shards"
    command = ["extract", many.folder, "-o", _out(many), "-j", jobs, "--engine", engine]

    def at_half(process: subprocess.Popen[bytes]) -> None:
        if kill and shards.is_dir() and len(list(os.scandir(shards))) >= half:
            process.send_signal(signal.SIGKILL)

    return parkfacts(command, many.folder.with_name("log"), at_half)


def _extract(many: Many, engine: str, jobs: int) -> Usage:
    """Raises ``SystemExit`` where another number of documents failed than are broken."""
    usage = _run(many, engine, jobs)
    told = re.search(r"^(\d+) of (\d+)", usage.log, re.MULTILINE)
    done = int(told[1]) if told else 0
    if usage.status != (FAILED if many.failures else 0) or (many.count > 1 and done != many.count - many.failures):
        raise SystemExit(f"{many.failures} of {many.count} are broken, but ({usage.status}):\n{usage.log[-2000:]}")
    return usage


def _killed(many: Many, engine: str, jobs: int) -> Usage:
    """Both runs together. Raises ``SystemExit`` where the second one did again what the first one had told as done."""
    first = _run(many, engine, jobs, kill=True)
    if first.status != -signal.SIGKILL:
        raise SystemExit(f"the driver was through before it could be killed ({first.status}): take more documents")
    kept = [line for shard in _out(many).glob(".parkfacts/shards/*.jsonl") for line in shard.read_text().splitlines()]
    held = sum('"state": "failed"' not in line for line in kept)
    second = _extract(many, engine, jobs)
    unchanged = re.search(r", (\d+) unchanged", second.log)
    if not held or unchanged is None or int(unchanged[1]) != held:
        raise SystemExit(f"{held} documents were done, but of them\n{second.log[-2000:]}")
    print(f"killed with {len(kept):,} told, {held:,} of them with a record; the second run found {held:,} unchanged")
    print(f"CPU seconds {first.seconds:.1f} + {second.seconds:.1f}", flush=True)
    first.wall += second.wall
    first.by_process |= {-pid: seconds for pid, seconds in second.by_process.items()}
    first.worker += second.worker
    first.driver = max(first.driver, second.driver)
    return first


def _row(what: str, many: Many, usage: Usage, before: Sequence[tuple[int, float]]) -> Row:
    half, most = (usage.worker[len(usage.worker) // 2] / MIB, max(usage.worker) / MIB) if usage.worker else (0, 0)
    note = f"of a worker, half way {half:.0f}; driver {usage.driver / MIB:.0f} MiB; {usage.wall:.0f} s wall"
    if len(before) > 2:
        note += f"; growth from the first {_growth(before[0], before[-1]):.2f}"
    grown = _growth(before[-2], before[-1]) if len(before) > 1 else None
    return Row(what, many.chars / usage.seconds, usage.seconds, most, grown, note)


def _growth(first: tuple[int, float], last: tuple[int, float]) -> float:
    return math.log(last[1] / first[1]) / math.log(last[0] / first[0])


def _status(many: Many) -> Row:
    usage = parkfacts(["status", _out(many)], many.folder.with_name("log"))
    done = re.search(r"done +(\d+)", usage.log)
    if done is None or int(done[1]) != many.count - many.failures:
        raise SystemExit(f"status is wrong:\n{usage.log[:500]}")
    return Row(f"status of {many.count:,}", None, usage.seconds, usage.driver / MIB, None, f"{usage.wall:.1f} s wall")
