"""``parkfacts export``: the facts of many records in another form."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from parkfacts.commands.records import records
from parkfacts.errors import ReportError
from parkfacts.write import load_with_text
from parkfacts.write.forms import Style, export
from parkfacts.write.tables import Told


def run(paths: Sequence[str], form: str, out: Path, language: str) -> int:
    """Writes the records to ``out``, one by one, and returns 0; what does not load is told, and gives 3. Raises
    ``ReportError`` where none loads, ``WriteError`` where nothing can be written."""
    loading = _Loading(paths)
    told = iter(loading)
    first = next(told, None)
    if first is None:
        raise ReportError(", ".join(paths), "no record that loads", "extract documents first, or check the path")
    export(chain((first,), told), form, out, Style(language))
    count = len(loading.names)
    print(f"{count} record{'s' * (count != 1)} to {out.as_posix()}", file=sys.stderr)
    return 3 if loading.wrong else 0


class _Loading:
    """Loads one record after the other, and tells of those that do not load."""

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
                print(f"error: {error}", file=sys.stderr)
            else:
                yield Told(self._free(name), report, text)

    def _free(self, name: str) -> str:
        """The name, numbered where two folders hold the same: it is the key of all tables."""
        free, count = name, 2
        while free in self.names:
            free, count = f"{name}-{count}", count + 1
        self.names.add(free)
        return free
