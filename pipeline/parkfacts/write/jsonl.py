"""One record a line, in a file that appears when the last of them is written."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType

from parkfacts.errors import WriteError
from parkfacts.facts import Report
from parkfacts.write.record import dump_line


class Lines:
    """A context: ``add`` writes to a file beside ``path``, which takes its place unless an error ends the context."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part = path.with_name(f".{path.name}.{os.getpid()}.part")

    def __enter__(self) -> Lines:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._part.open("wb")
        except OSError as error:
            problem = f"cannot be written ({error.strerror or error})"
            raise WriteError(self._path.as_posix(), problem, "choose another -o") from error
        return self

    def add(self, report: Report) -> None:
        """Writes one record."""
        self._file.write(dump_line(report).encode("utf-8"))

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()
        if kind is None:
            self._part.replace(self._path)
        self._part.unlink(missing_ok=True)
