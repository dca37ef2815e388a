"""Every report of the corpus gives the record that is committed under ``outputs/corpus``.

``make run`` writes the records (so does ``pytest --force-regen``); read the difference before it is committed.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from parkfacts import read
from parkfacts.pipeline import extract
from parkfacts.read import sidecar
from parkfacts.write import dump, load_report

ROOT = Path(__file__).parents[1]
CORPUS, OUTPUTS = ROOT / "corpus", ROOT / "outputs" / "corpus"
REPORTS = {path.relative_to(CORPUS).with_suffix("").as_posix(): path for path in sorted(CORPUS.rglob("*.txt"))}


@pytest.mark.parametrize("name", REPORTS)
def test_record(name: str, file_regression: FileRegressionFixture) -> None:
    source = read.read(REPORTS[name])
    report = extract(source, reference_date=sidecar.beside(REPORTS[name]))
    assert (OUTPUTS / f"{name}.txt").read_bytes() == source.text.encode("utf-8"), "run: make run"
    expected = OUTPUTS / f"{name}.json"
    check = _changed if name.startswith("held/") else None
    file_regression.check(dump(report), encoding="utf-8", newline="", fullpath=expected, check_fn=check)
    assert load_report(OUTPUTS / f"{name}.json") == report


def _changed(obtained: Path, expected: Path) -> None:
    """A held report is never shown to those who write rules: that its record changed is all that is said."""
    if obtained.read_bytes() != expected.read_bytes():
        raise AssertionError("the record changed (it is held: look at the figures, not at the difference)")


def test_no_record_without_its_report() -> None:
    written = {path.relative_to(OUTPUTS).with_suffix("").as_posix() for path in OUTPUTS.rglob("*.*")}
    assert written == set(REPORTS)
