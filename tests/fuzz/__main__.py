"""``python -m fuzz [target …] --seconds 60``: fuzzes the package; see docs/fuzzing.md.

The time is shared by the targets, one process at a time. With atheris the search is guided by coverage; without it, in
a short time, or with ``--plain``, inputs are changed at random. Exit status 1: something was found; it lies in
``--found``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from fuzz import plain, targets
from fuzz.finds import Finds, bound_memory

KEPT = Path(__file__).parent / "corpus"
SHORT = 20  # seconds a target, for less of which the start of atheris does not pay
MANY = 80  # inputs that guided fuzzing begins with
LATE = 15  # seconds that it may take longer than it was told
SMALL = 20_000  # bytes of an input that the corpus keeps


def inputs(name: str) -> list[bytes]:
    """The seeds of a target, and what the corpus keeps for it."""
    kept = [path.read_bytes() for path in sorted((KEPT / name).glob("*"))]
    return [*targets.load(name).seeds(), *kept]


def main() -> int:
    """Fuzzes; returns the exit status."""
    asked = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__.split("\n")[0])
    asked.add_argument("targets", nargs="*", metavar="target", help=f"any of {', '.join(targets.NAMES)}; all without")
    asked.add_argument("--seconds", type=float, default=60, help="for all targets together (60)")
    asked.add_argument("--found", type=Path, default=Path(".fuzz"), help="where finds and what was learnt lie (.fuzz)")
    asked.add_argument("--plain", action="store_true", help="without atheris")
    asked.add_argument("--seed", type=int, default=1, help="of the random changes (1)")
    told = asked.parse_args()
    names = told.targets or targets.NAMES
    if unknown := sorted({*names} - {*targets.NAMES}):
        asked.error(f"no target {', '.join(unknown)}: there are {', '.join(targets.NAMES)}")
    share = told.seconds / len(names)
    guided = not told.plain and share >= SHORT and find_spec("atheris") is not None
    print(
        f"{len(names)} targets, {told.seconds:g} s, {'guided by atheris' if guided else 'without atheris'}", flush=True
    )
    names = [name for name in names if _there(name)]
    failed = [name for name in names if not _fuzz(name, guided, share, told.found, told.seed)]
    print(f"found something: {', '.join(failed)}; see {told.found}" if failed else "nothing was found")
    return bool(failed)


def _there(name: str) -> bool:
    """Whether the libraries of a target are installed; in CI all of them must be."""
    try:
        targets.load(name)
    except ImportError as error:
        if os.environ.get("PARKFACTS_NO_SKIPS"):
            raise
        print(f"{name}: left out, {error}; pip install 'parkfacts[fuzz]'", flush=True)
        return False
    return True


def _fuzz(name: str, guided: bool, seconds: float, found: Path, seed: int) -> bool:
    """Whether nothing was found."""
    before = {path.name for path in found.glob(f"{name}-*")}
    if guided:
        told = _guided(name, seconds, found, seed)
        return told == 0 and {path.name for path in found.glob(f"{name}-*")} <= before
    bound_memory()
    finds = Finds(targets.load(name), found)
    plain.run(finds, inputs(name), seconds, seed)
    print(f"{name}: {finds.runs} inputs, {len(finds)} finds", flush=True)
    return not len(finds)


def _some(known: list[bytes]) -> list[bytes]:
    """As many as are read in a short time, from all parts of the list."""
    return known[:: max(1, len(known) // MANY)]


def _guided(name: str, seconds: float, found: Path, seed: int) -> int:
    """Runs atheris in a process of its own: its corpus goes on growing in ``found``, from our seeds at first."""
    found.mkdir(parents=True, exist_ok=True)
    learnt = found / "corpus" / name
    learnt.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(_some(inputs(name))):
        (learnt / f"seed-{number:03}").write_bytes(data)
    call = [sys.executable, "-m", "fuzz.guided", name, str(learnt), str(found), str(max(1, seconds)), str(seed)]
    with tempfile.TemporaryFile() as log:
        try:
            status = subprocess.run(call, stderr=log, check=False, timeout=seconds + LATE).returncode
        except subprocess.TimeoutExpired:
            status = 0  # it looks at its own clock between inputs only, and not while it reads the corpus
        log.seek(0)
        lines = log.read().decode("utf-8", "replace").splitlines()
    last = next(
        (line.split("exec/s")[0] for line in reversed(lines) if line.startswith("#") and line[1:2].isdigit()), ""
    )
    print(f"{name}: {' '.join(last.split())}", flush=True)
    if status:
        print("\n".join(lines[-30:]), flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
