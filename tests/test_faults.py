"""Whatever breaks while documents are extracted, nothing is lost and nothing doubled; and the checks can fail.

``PARKFACTS_FAULT_SEEDS=20`` runs the long form, ``python tests/faults.py --seeds 20`` prints it as a table.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from breaks.clusters import standing
from breaks.machines import small_disk, tmpfs_full
from breaks.scene import Scene
from faults import ROWS, Row
from faulty import SEEDS


@pytest.fixture(scope="module", params=ROWS, ids=lambda row: f"{row.name}-{row.engine}".replace(" ", "-"))
def row(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Row]:
    """A fault on an engine that is installed."""
    row: Row = request.param
    if sys.platform == "win32":
        pytest.skip("SIGKILL is a signal of POSIX systems")
    if row.engine != "local":
        pytest.importorskip({"ray": "ray", "spark": "pyspark"}[row.engine], reason=f"needs parkfacts[{row.engine}]")
    if row.fault is tmpfs_full:
        _can_mount(tmp_path_factory.mktemp("disk"))
    with standing(row.engine):
        yield row


def _can_mount(place: Path) -> None:
    try:
        with small_disk(place / "disk", 64):
            pass
    except OSError as error:
        pytest.skip(f"no tmpfs can be mounted here: {error}")


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_lost_and_nothing_doubled(row: Row, seed: int, tmp_path: Path) -> None:
    """And each control is noticed. The first seed is with the pipeline itself, the others with a stand-in."""
    verdict = row.fault(Scene(tmp_path, seed, light=seed > 0), row.engine)
    assert verdict.green != row.control, verdict
