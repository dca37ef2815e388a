"""What was found: an input that breaks the contract, kept by what it breaks."""

from __future__ import annotations

import hashlib
import resource
import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fuzz.target import Target

SECONDS = 20  # of CPU for one input
MEMORY = 6 * 2**30  # bytes of address space, of which libraries take two
SHRINKING = 10  # seconds that a find is made smaller for


def bound_memory() -> None:
    """From now on what asks for too much memory gets a ``MemoryError``, which is a find."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


class TooSlow(Exception):
    """An input that takes longer than any may."""


@contextmanager
def _watched() -> Iterator[None]:
    """Raises ``TooSlow`` in what takes too long, as soon as Python gets to know."""

    def stop(*_: Any) -> None:
        raise TooSlow(f"more than {SECONDS} s")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


class Finds:
    """Runs inputs of one target; the smallest input of each kind of failure lies in ``folder``."""

    def __init__(self, target: Target, folder: Path) -> None:
        self.target, self.folder, self.runs = target, folder, 0
        self._kept: dict[str, tuple[int, Path]] = {}

    def run(self, data: bytes) -> bool:
        """Whether the input keeps the contract."""
        self.runs += 1
        try:
            with _watched():
                self.target.one(data)
        except Exception as error:
            self._keep(data, error)
            return False
        return True

    def __len__(self) -> int:
        return len(self._kept)

    def _keep(self, data: bytes, error: Exception) -> None:
        kind = _kind(error)
        known = self._kept.get(kind)
        if known is not None and known[0] <= len(data):
            return
        if known is None:
            data = self._shrunk(data, kind)
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{self.target.name}-{hashlib.sha256(kind.encode()).hexdigest()[:10]}"
        path.write_bytes(data)
        path.with_suffix(".txt").write_text("".join(traceback.format_exception(error)), "utf-8", "backslashreplace")
        self._kept[kind] = len(data), path
        if known is None:
            print(f"FOUND {path}: {type(error).__name__}: {str(error)[:200]!r}", flush=True)

    def _shrunk(self, data: bytes, kind: str) -> bytes:
        """Without the parts that the failure does not need, as far as some seconds of trying go."""
        until, size = time.monotonic() + SHRINKING, max(1, len(data) // 2)
        while size and time.monotonic() < until and not kind.startswith("TooSlow"):
            for start in range(0, len(data), size):
                less = data[:start] + data[start + size :]
                if time.monotonic() < until and self._fails(less) == kind:
                    data = less
                    break
            else:
                size //= 2
        return data

    def _fails(self, data: bytes) -> str | None:
        try:
            with _watched():
                self.target.one(data)
        except Exception as error:
            return _kind(error)
        return None


def _kind(error: BaseException) -> str:
    """The error's class and where it was raised: what one find is told from another by."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "parkfacts" in frame.filename and "/fuzz/" not in frame.filename] or frames[
        -1:
    ]
    return f"{type(error).__name__} {ours[-1].filename}:{ours[-1].lineno} {frames[-1].lineno}"
