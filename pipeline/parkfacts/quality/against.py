"""What another revision of parkfacts finds: its own package, run in a process of its own."""

from __future__ import annotations

import io
import os
import re
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
        _extract(revision, code / PACKAGE_ROOT, gold_dir, only, out)
        return evaluate(gold_dir, out, only)


def _unpack(revision: str, repository: Path, target: Path) -> None:
    if revision.startswith("-"):
        raise QualityError(f"{revision!r} is no revision")
    top = _run("git rev-parse", ["git", "-C", str(repository), "rev-parse", "--show-toplevel"]).decode().strip()
    archive = _run("git archive", ["git", "-C", top, "archive", "--format=tar", revision, PACKAGE_ROOT])
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(target, filter="data")


def _extract(revision: str, package_root: Path, gold_dir: Path, only: Sequence[str], out: Path) -> None:
    reports = [f"{case.id}={case.report.resolve()}" for case in cases(gold_dir, only)]
    command = [sys.executable, str(Path(_extract_into.__file__).resolve()), str(package_root), str(out), *reports]
    _run(f"the extraction of {revision}", command, {**os.environ, "PYTHONPATH": str(package_root)})


def _run(what: str, command: list[str], env: dict[str, str] | None = None) -> bytes:
    try:
        done = subprocess.run(command, capture_output=True, env=env, check=False)
    except OSError as error:
        raise QualityError(f"{what}: {error}") from error
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise QualityError(f"{what} failed: {_kind(told[-1]) if told else f'exit status {done.returncode}'}")
    return done.stdout


_QUOTING = re.compile(r"(?!FileNotFoundError|PermissionError|OSError)[\w.]+(?:Error|Exception): ")


def _kind(line: str) -> str:
    """What a program said last; of an error of Python's the kind alone, unless it is about files: its words may quote a
    report."""
    return line.partition(":")[0] if _QUOTING.match(line) else line
