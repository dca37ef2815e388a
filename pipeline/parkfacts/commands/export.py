"""``parkfacts export``: the facts of many records in another form."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from parkfacts.commands.records import Loading
from parkfacts.errors import ReportError
from parkfacts.write.forms import Style, export


def run(paths: Sequence[str], form: str, out: Path, language: str, reviewed: bool = False) -> int:
    """Writes the records to ``out``, one by one, and returns 0; what does not load is told, and gives 3. Raises
    ``ReportError`` where none loads, ``WriteError`` where nothing can be written."""
    loading = _reviewed(paths) if reviewed else Loading(paths)
    told = iter(loading)
    first = next(told, None)
    if first is None:
        raise ReportError(", ".join(paths), "no record that loads", "extract documents first, or check the path")
    export(chain((first,), told), form, out, Style(language))
    count = len(loading.names)
    print(f"{count} record{'s' * (count != 1)} to {out.as_posix()}", file=sys.stderr)
    return 3 if loading.wrong else 0


def _reviewed(paths: Sequence[str]) -> Loading:
    from parkfacts.commands.reviewed import Reviewed

    return Reviewed(paths)
