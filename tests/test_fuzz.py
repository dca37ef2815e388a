"""What fuzzing found once stays mended, and each target's contract holds for some inputs that hypothesis makes.

``make fuzz`` goes on from here (docs/fuzzing.md).
"""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz import targets
from fuzz.__main__ import SMALL, inputs
from fuzz.finds import Finds
from fuzz.target import Target

NAMES = [name for name in targets.NAMES if name != "api"]  # which needs the extra fuzz
EXAMPLES = {"pipeline": 8, "review": 8, "repair": 8}


@pytest.mark.parametrize("name", NAMES)
def test_every_kept_input_keeps_the_contract(name: str) -> None:
    target = targets.load(name)
    for data in inputs(name):
        target.one(data)


@pytest.mark.parametrize("name", NAMES)
def test_changed_inputs_keep_the_contract(name: str) -> None:
    target, known = targets.load(name), inputs(name)

    @settings(max_examples=EXAMPLES.get(name, 25), deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(known), st.integers(0, 2**32), st.integers(1, 3))
    def holds(data: bytes, seed: int, times: int) -> None:
        rng = random.Random(seed)
        for _ in range(times):
            data = target.mutate(data, rng)
        target.one(data)

    holds()


def test_the_api_is_without_faults() -> None:
    pytest.importorskip("schemathesis", reason="schemathesis is not installed: pip install 'parkfacts[fuzz]'")
    from fuzz.targets.api import holds

    holds()


def test_a_broken_contract_is_found_kept_and_made_small(tmp_path: object) -> None:
    from pathlib import Path

    def one(data: bytes) -> None:
        if b"\xff" in data:
            raise KeyError("planted")

    finds = Finds(Target("planted", one, list), Path(str(tmp_path)))
    assert finds.run(b"abc") and not finds.run(b"some \xff where") and not finds.run(b"else \xff where")
    (kept,) = [path for path in Path(str(tmp_path)).iterdir() if path.suffix != ".txt"]
    assert kept.read_bytes() == b"\xff" and "planted" in kept.with_suffix(".txt").read_text() and len(finds) == 1


def test_the_corpus_is_small() -> None:
    from fuzz.__main__ import KEPT

    sizes = [path.stat().st_size for path in KEPT.rglob("*") if path.is_file()]
    assert sizes and max(sizes) <= SMALL and sum(sizes) < 400_000
    assert {path.name for path in KEPT.iterdir()} <= set(targets.NAMES)
