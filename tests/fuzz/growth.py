"""How the cost of a call grows with its text: the exponent of CPU time by length, 1 for linear, 2 for quadratic."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

from fuzz.pumping import Pump

SIZES = tuple(2**n * 1000 for n in range(7))  # 1k to 64k characters
FLOOR = 0.0005  # seconds: what takes less is not told from noise
ENOUGH = 0.2  # seconds: longer texts are not needed to see the growth
MOST = 1.1
SURE = 1.5  # an exponent that no disturbance makes
LOOK = 2000  # characters of a first look
SUSPECT = 0.0008, 6  # seconds of the look, and times those of a quarter of it


class Grown(NamedTuple):
    """The exponent that was found, and the text that it was found with."""

    exponent: float
    pump: Pump


def seconds(call: Callable[[], object], tries: int = 1) -> float:
    """CPU time of a call, the least of a few tries; what takes long is tried once."""
    best = math.inf
    for _ in range(tries):
        began = time.thread_time()
        call()
        best = min(best, time.thread_time() - began)
        if best > ENOUGH:
            break
    return best


def exponent(points: Sequence[tuple[int, float]]) -> float:
    """The slope of log time over log length, over the points above the floor; 0 where these are too few to tell."""
    above = [(size, took) for size, took in points if took >= FLOOR]
    if len(above) < (2 if above and above[-1][1] > ENOUGH else 3):
        return 0.0
    logs = [(math.log(size), math.log(took)) for size, took in above]
    x, y = (sum(column) / len(logs) for column in zip(*logs, strict=True))
    return sum((a - x) * (b - y) for a, b in logs) / sum((a - x) ** 2 for a, _ in logs)


def growth(call: Callable[[int], Callable[[], object]], sizes: Sequence[int] = SIZES) -> float:
    """The exponent of what ``call(size)`` makes. What seems to grow too fast is measured anew, since other processes
    disturb a measurement upwards only."""
    best: dict[int, float] = {}
    found = 0.0
    for _ in range(4):
        for size in sizes:
            best[size] = min(best.get(size, math.inf), seconds(call(size), 3))
            if best[size] > ENOUGH:
                break
        found = exponent(sorted(best.items()))
        if found <= MOST or found > SURE:
            break
    return found


def worst(
    call: Callable[[str], object], pumps: Iterable[Pump], sizes: Sequence[int] = SIZES, look: int = LOOK
) -> Grown | None:
    """The text on which a call grows faster than it may. A look sorts out nearly all; what is left is measured."""
    suspects = []
    for pump in pumps:
        short = _took(call, pump, look // 4)
        took = short * 16 if short > ENOUGH else _took(call, pump, look)
        if took > SUSPECT[0] and took > SUSPECT[1] * short:
            suspects.append((took, pump))
        if took > ENOUGH * 4 and suspects:
            break
    for _, pump in sorted(suspects, reverse=True)[:3]:
        found = growth(_on(call, pump), sizes)
        if found > MOST:
            return Grown(found, pump)
    return None


def _on(call: Callable[[str], object], pump: Pump) -> Callable[[int], Callable[[], object]]:
    return lambda size: partial(call, pump.text(size))


def _took(call: Callable[[str], object], pump: Pump, size: int) -> float:
    text = pump.text(size)
    return seconds(lambda: call(text))


def calling(pattern: re.Pattern[Any], method: str) -> Callable[[str], object]:
    """The method of a pattern, over all of a text."""
    encoded = isinstance(pattern.pattern, bytes)

    def call(text: str) -> object:
        over: Any = text.encode("utf-8", "surrogatepass") if encoded else text
        if method == "finditer":
            return sum(1 for _ in pattern.finditer(over))
        if method in ("sub", "subn"):
            return pattern.sub(b"" if encoded else "", over)
        return getattr(pattern, method)(over)

    return call
