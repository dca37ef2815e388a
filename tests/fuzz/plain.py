"""Fuzzing without a guide: the seeds and the corpus, mutated at random from a seed that is told, for some seconds."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

from fuzz.finds import Finds


def run(finds: Finds, inputs: Sequence[bytes], seconds: float, seed: int) -> None:
    """Every input as it is, then changes of them until the time is over."""
    rng = random.Random(seed)
    pool = list(inputs)
    until = time.monotonic() + seconds
    for data in pool:
        finds.run(data)
    while time.monotonic() < until:
        data = rng.choice(pool)
        for _ in range(rng.choice((1, 1, 2, 3))):
            data = finds.target.mutate(data, rng)
        finds.run(data)
