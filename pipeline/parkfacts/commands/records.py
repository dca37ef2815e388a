"""Which records the arguments of a command mean."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from parkfacts.errors import ReportError
from parkfacts.logs import tell
from parkfacts.write import load_with_text
from parkfacts.write.tables import Told

log = logging.getLogger(__name__)


def records(paths: Sequence[str]) -> dict[Path, str]:
    """The records in files and folders, in the order of their paths, each with what it is called."""
    found: dict[Path, str] = {}
    for path in map(Path, paths):
        if path.is_dir():
            files = sorted(file for file in path.rglob("*.json") if file.with_suffix(".txt").exists())
            found.update((file, _spelled(file.relative_to(path).with_suffix("").as_posix())) for file in files)
        else:
            found[path] = _spelled(path.stem)
    return found


def _spelled(name: str) -> str:
    """A file's name as text: it need not be Unicode, nor what this locale can spell."""
    return os.fsencode(name).decode("utf-8", "replace")


class Loading:
    """Loads one record after the other; tells of those that do not load on stderr, and counts them as ``wrong``."""

    def __init__(self, paths: Sequence[str]) -> None:
        self.paths = paths
        self.names: set[str] = set()
        self.wrong = 0

    def __iter__(self) -> Iterator[Told]:
        for path, name in records(self.paths).items():
            try:
                report, text = load_with_text(path)
            except ReportError as error:
                self.wrong += 1
                tell(log, logging.ERROR, "record.unreadable", str(error), document=name, code=error.code)
            else:
                yield Told(self._free(name), report, text)

    def _free(self, name: str) -> str:
        """The name, numbered where two folders hold the same: it is the key of all tables."""
        free, count = name, 2
        while free in self.names:
            free, count = f"{name}-{count}", count + 1
        self.names.add(free)
        return free
