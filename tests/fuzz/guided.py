"""Fuzzing that coverage guides, by atheris (libFuzzer): what reaches new code is kept in the corpus and changed on."""

from __future__ import annotations

import random
import resource
import sys
from pathlib import Path

import atheris

MEMORY = 6 * 2**30  # bytes of address space
LONGEST = 40_000  # bytes of an input


def main(name: str, corpus: Path, found: Path, seconds: int, seed: int) -> None:
    """Fuzzes one target, until libFuzzer ends the process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    with atheris.instrument_imports(include=["parkfacts"]):
        from fuzz.targets import load

        target = load(name)
    from fuzz.finds import Finds

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
               f"-artifact_prefix={found}/{name}-", "-print_final_stats=0", "-verbosity=0"]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus)], one, custom_mutator=mutate)
    sys.stdout.flush()
    atheris.Fuzz()


if __name__ == "__main__":
    name, corpus, found, seconds, seed = sys.argv[1:]
    main(name, Path(corpus), Path(found), int(float(seconds)), int(seed))
