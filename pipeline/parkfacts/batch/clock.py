"""How long the stages of a document take, and in which of them an error came up."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

STAGES = ("read", "extract", "write")


@dataclass
class Clock:
    """Seconds by stage, and the stage at work (None between two of them)."""

    seconds: dict[str, float] = field(default_factory=dict)
    stage: str | None = None


_clock: ContextVar[Clock | None] = ContextVar("clock", default=None)


@contextmanager
def clock() -> Iterator[Clock]:
    """A clock for all stages within."""
    new = Clock()
    before = _clock.set(new)
    try:
        yield new
    finally:
        _clock.reset(before)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """A stage of ``STAGES``; where it raises, the clock keeps its name."""
    running = _clock.get() or Clock()
    begun, running.stage = time.perf_counter(), name
    try:
        yield
        running.stage = None
    finally:
        running.seconds[name] = round(running.seconds.get(name, 0.0) + time.perf_counter() - begun, 4)
