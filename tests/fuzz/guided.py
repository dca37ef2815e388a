"""Fuzzing that coverage guides, by atheris (libFuzzer): what reaches new code is kept in the corpus and changed on."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import atheris

LONGEST = 40_000  # bytes of an input


def main(name: str, corpus: Path, found: Path, seconds: int, seed: int) -> None:
    """Fuzzes one target, until libFuzzer ends the process."""
    with atheris.instrument_imports(include=["parkfacts"]):
        from fuzz.targets import load

        target = load(name)
        for data in target.seeds()[:20]:  # what is imported when it is first needed is watched too
            target.one(data)
    from fuzz.finds import Finds, bound_memory

    bound_memory()
    finds = Finds(target, found)

    def one(data: bytes) -> None:
        finds.run(data)

    def mutate(data: bytes, longest: int, number: int) -> bytes:
        rng = random.Random(number)
        if rng.randrange(4) == 0:
            return bytes(atheris.Mutate(data, longest))
        made = target.mutate(data, rng)
        return made if len(made) <= longest else data

    options = [f"-max_total_time={seconds}", f"-seed={seed}", f"-max_len={LONGEST}", "-timeout=120", "-rss_limit_mb=0",
               f"-artifact_prefix={found}/{name}-"]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus)], one, custom_mutator=mutate)
    sys.stdout.flush()
    atheris.Fuzz()


if __name__ == "__main__":
    name, corpus, found, seconds, seed = sys.argv[1:]
    main(name, Path(corpus), Path(found), int(float(seconds)), int(seed))
