"""``parkfacts export``: the facts of many records in another form."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from parkfacts.commands.records import records
from parkfacts.errors import ReportError
from parkfacts.write import load_report
from parkfacts.write.forms import export
from parkfacts.write.tables import Told


def run(paths: Sequence[str], form: str, out: Path, language: str) -> int:
    """Writes the records to ``out``, and returns 0; what does not load is told, and gives 3. Raises
    ``ReportError`` where none loads, ``WriteError`` where nothing can be written."""
    loaded: list[Told] = []
    wrong: list[ReportError] = []
    for path, name in records(paths).items():
        try:
            loaded.append(Told(_free(name, loaded), load_report(path)))
        except ReportError as error:
            wrong.append(error)
            print(f"error: {error}", file=sys.stderr)
    if not loaded:
        raise ReportError(", ".join(paths), "no record that loads", "extract documents first, or check the path")
    export(loaded, form, out, language)
    print(f"{len(loaded)} records to {out.as_posix()}", file=sys.stderr)
    return 3 if wrong else 0


def _free(name: str, loaded: Sequence[Told]) -> str:
    """The name, numbered where two folders hold the same: it is the key of all tables."""
    taken = {told.name for told in loaded}
    count = 2
    free = name
    while free in taken:
        free, count = f"{name}-{count}", count + 1
    return free
