"""What a command and all that it starts take of a machine, daemons of a cluster included (Linux: from /proc)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

MIB = 2**20
EVERY = 0.5  # seconds between two looks; what a process used after the last look before its end is not seen
_MARK = "PARKFACTS_BENCHMARK"
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_PARKFACTS = "from parkfacts.cli import main; main()"


def peak() -> int:
    """The most bytes that were resident in this process (``getrusage`` tells its parent's too)."""
    told = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(told[1]) * 1024 if told else 0


@dataclass
class Usage:
    """``by_process`` are CPU seconds; ``worker`` the resident bytes of the largest process that does documents, at each
    look; ``driver`` the most that the command itself held; ``status`` and ``log`` what it ended with and said."""

    wall: float = 0.0
    by_process: dict[int, float] = field(default_factory=dict)
    command: dict[int, bytes] = field(default_factory=dict)
    worker: list[int] = field(default_factory=list)
    driver: int = 0
    status: int = 0
    log: str = ""

    @property
    def seconds(self) -> float:
        """CPU seconds of all processes."""
        return sum(self.by_process.values())

    def look(self, mark: bytes, driver: int) -> None:
        """Adds what the processes of the command have used until now."""
        largest = 0
        for pid in _marked(mark):
            try:
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                command = Path(f"/proc/{pid}/cmdline").read_bytes()
            except OSError:
                continue  # it ended meanwhile; what it used by the last look counts
            self.command[pid] = command
            self.by_process[pid] = (int(fields[11]) + int(fields[12])) / _TICKS
            held = int(fields[21]) * _PAGE
            if pid == driver:
                self.driver = max(self.driver, held)
            elif b"multiprocessing.spawn" in command:
                largest = max(largest, held)
        if largest:
            self.worker.append(largest)


def _marked(mark: bytes) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if mark in (entry / "environ").read_bytes():
                    yield int(entry.name)
            except OSError:
                continue  # it ended meanwhile, or is not ours


def parkfacts(
    arguments: Sequence[object], log: Path, now: Callable[[subprocess.Popen[bytes]], None] = lambda process: None
) -> Usage:
    """Runs ``parkfacts`` as a user runs it; ``now`` is called at each look with its process, which it may kill."""
    usage, token = Usage(), f"{os.getpid()}-{time.monotonic_ns()}"
    command = [sys.executable, "-c", _PARKFACTS, *map(str, arguments)]
    begin = time.perf_counter()
    with log.open("wb") as told:
        process = subprocess.Popen(command, stdout=told, stderr=told, env={**os.environ, _MARK: token})
        while process.poll() is None:
            usage.look(f"{_MARK}={token}".encode(), process.pid)
            now(process)
            time.sleep(EVERY)
    usage.wall = time.perf_counter() - begin
    usage.status, usage.log = process.returncode, log.read_text("utf-8", "replace")
    return usage
