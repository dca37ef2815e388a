"""The gate: the corpus scores at least what the committed baseline says.

The floor moves only by a commit that says why: `parkfacts evaluate corpus --write-gate tests/baseline.json --why "…"`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from parkfacts.quality import evaluate
from parkfacts.quality.gate import below_baseline

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
BASELINE = Path(__file__).parent / "baseline.json"


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not here (it is no part of the package)")
def test_quality_has_not_fallen() -> None:
    assert BASELINE.exists(), "there is no floor: parkfacts evaluate corpus --write-gate tests/baseline.json --why …"
    fallen = below_baseline(evaluate(CORPUS), BASELINE)
    assert not fallen, "\n".join(["extraction got worse:", *fallen])
