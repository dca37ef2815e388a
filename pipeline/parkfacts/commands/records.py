"""Which records the arguments of a command mean."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def records(paths: Sequence[str]) -> dict[Path, str]:
    """The records in files and folders, in the order of their paths, each with what it is called."""
    found: dict[Path, str] = {}
    for path in map(Path, paths):
        if path.is_dir():
            files = sorted(file for file in path.rglob("*.json") if file.with_suffix(".txt").exists())
            found.update((file, file.relative_to(path).with_suffix("").as_posix()) for file in files)
        else:
            found[path] = path.stem
    return found
