"""The wheel and the sdist, built twice in ways that must make no difference, and looked into.

    python tools/dist.py [FOLDER]            dist/ without FOLDER

The second time they are built from the first sdist, in another folder, under another umask, time zone and
SOURCE_DATE_EPOCH: that the bytes are the same tells at once that the build is reproducible and that the sdist is whole.
Prints their SHA-256; status 1 where something differs.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
_ELSEWHERE = {"TZ": "Asia/Shanghai", "SOURCE_DATE_EPOCH": "1700000000", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
_MOVED = {"corpus/ner/": "parkfacts/ner/text/", "pipeline/": ""}  # from the repository into the wheel


def build(source: Path, out: Path, environment: dict[str, str] | None = None, umask: int = 0o022) -> dict[str, str]:
    """Builds both into a folder; their names and SHA-256. The time in them is hatchling's own and never the clock's."""
    env = {**os.environ, **(environment or {})}
    env.pop("SOURCE_DATE_EPOCH", None)
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(out)]
    done = subprocess.run(command, cwd=source, env=env, umask=umask, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"error: the build in {source} failed:\n{done.stderr}")
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(out.iterdir())}


def again(sdist: Path, out: Path) -> dict[str, str]:
    """As ``build``, from the sdist and elsewhere."""
    with tempfile.TemporaryDirectory(prefix="别处 ") as folder:
        with tarfile.open(sdist) as archive:
            archive.extractall(folder, filter="data")
        (source,) = Path(folder).iterdir()
        for file in source.rglob("*"):
            file.chmod(0o700 if file.is_dir() else 0o600)
        return build(source, out, _ELSEWHERE, umask=0o077)


def tracked() -> set[str]:
    """What git knows of the package, by its place in the wheel; nothing outside of a repository."""
    if not (ROOT / ".git").exists():
        return set()
    listed = subprocess.run(["git", "ls-files", *_MOVED], cwd=ROOT, capture_output=True, text=True, check=True)
    return {_place(line) for line in listed.stdout.splitlines()}


def _place(file: str) -> str:
    start = next(start for start in _MOVED if file.startswith(start))
    return _MOVED[start] + file.removeprefix(start)


def differences(wheel: Path) -> Iterator[str]:
    """Where the wheel holds more or less than git knows."""
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    known = tracked()
    if known:
        yield from (f"the wheel holds {name}, which git does not know" for name in sorted(held - known))
        yield from (f"the wheel lacks {name}" for name in sorted(known - held))


def main(out: Path) -> int:
    """The command."""
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("parkfacts-*"):
        old.unlink()
    first = build(ROOT, out)
    with tempfile.TemporaryDirectory() as folder:
        second = again(next(out.glob("*.tar.gz")), Path(folder))
    wrong = [f"{name} is not the same a second time" for name in first if first[name] != second.get(name)]
    wrong += differences(next(out.glob("*.whl")))
    for line in wrong:
        print(f"error: {line}", file=sys.stderr)
    for name, digest in first.items():
        print(f"{digest}  {name}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "dist")))
