"""Every report of the corpus gives the record that is committed under ``outputs/corpus``.

``make run`` writes the records (so does ``pytest --force-regen``); read the difference before it is committed.
"""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

import corpus_table
from parkfacts import extract, read
from parkfacts.read import sidecar
from parkfacts.write import dump, load_report

ROOT = Path(__file__).parents[1]
CHECKER = ROOT.parent / "shared" / "check_gold.py"
CORPUS, OUTPUTS = ROOT / "corpus", ROOT / "outputs" / "corpus"
REPORTS = {path.relative_to(CORPUS).with_suffix("").as_posix(): path for path in sorted(CORPUS.glob("*/*/report.txt"))}


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


def test_the_table_of_the_corpus_is_up_to_date() -> None:
    assert corpus_table.table() in corpus_table.README.read_text("utf-8"), "run: python tests/corpus_table.py"


def test_the_held_reports_are_frozen() -> None:
    """They were written and annotated blind; a correction changes ``corpus/held.sha256`` in a commit that tells it."""
    sums = dict(line.split("  ")[::-1] for line in (CORPUS / "held.sha256").read_text("utf-8").splitlines())
    files = [path for path in sorted((CORPUS / "held").rglob("*")) if path.is_file()]
    assert sums == {path.relative_to(CORPUS).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.skipif(not CHECKER.exists(), reason="../shared, with the checker of gold files, is not here")
@pytest.mark.parametrize("gold", sorted(CORPUS.glob("*/*/gold.json")), ids=lambda path: path.parent.name)
def test_the_gold_is_sound(gold: Path) -> None:
    command = [sys.executable, str(CHECKER), str(gold), str(gold.with_name("report.txt"))]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_no_record_without_its_report() -> None:
    files = (path.relative_to(OUTPUTS) for path in OUTPUTS.rglob("*.*") if path.is_file())
    written = {file.with_suffix("").as_posix() for file in files if ".parkfacts" not in file.parts}
    assert written == set(REPORTS)
