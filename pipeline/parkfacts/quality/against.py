"""What another revision of parkfacts finds: its own package, run in a process of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

from parkfacts.quality import _extract_into
from parkfacts.quality.evaluation import Evaluation
from parkfacts.quality.gold import QualityError, cases
from parkfacts.quality.scoring import evaluate

PACKAGE_ROOT = "pipeline"


def evaluate_revision(
    revision: str, gold_dir: Path, only: Sequence[str] = (), repository: Path | None = None
) -> Evaluation:
    """Scores what a git revision extracts, with today's scorer and today's gold.

    The revision is unpacked into a temporary folder; the repository (that of the working directory unless told) is only
    read. Raises ``QualityError`` where any of it fails.
    """
    with tempfile.TemporaryDirectory(prefix="parkfacts-against-") as folder:
        code, out = Path(folder, "code"), Path(folder, "out")
        out.mkdir()
        _unpack(revision, repository or Path.cwd(), code)
        _extract(code / PACKAGE_ROOT, gold_dir, only, out)
        return evaluate(gold_dir, out, only)


def _unpack(revision: str, repository: Path, target: Path) -> None:
    if revision.startswith("-"):
        raise QualityError(f"{revision!r} is no revision")
    top = _run(["git", "-C", str(repository), "rev-parse", "--show-toplevel"]).decode().strip()
    archive = _run(["git", "-C", top, "archive", "--format=tar", revision, PACKAGE_ROOT])
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(target, filter="data")


def _extract(package_root: Path, gold_dir: Path, only: Sequence[str], out: Path) -> None:
    reports = [f"{case.id}={case.report.resolve()}" for case in cases(gold_dir, only)]
    script = str(Path(_extract_into.__file__).resolve())
    _run(
        [sys.executable, script, str(package_root), str(out), *reports], {**os.environ, "PYTHONPATH": str(package_root)}
    )


def _run(command: list[str], env: dict[str, str] | None = None) -> bytes:
    try:
        done = subprocess.run(command, capture_output=True, env=env, check=False)
    except OSError as error:
        raise QualityError(f"{command[0]}: {error}") from error
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise QualityError(f"{' '.join(command[:5])} failed: {told[-1] if told else done.returncode}")
    return done.stdout
