"""``parkfacts review --export`` and ``--import``: records to other annotation tools, and their changes back."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from parkfacts.commands.records import Loading
from parkfacts.errors import ReportError
from parkfacts.review.exchange import FORMS, ExchangeError, changes, export


def send(outputs: str, form: str, out: Path) -> int:
    """Writes the records of a folder to ``out``, and returns 0; what does not load is told, and gives 3. Raises
    ``ReportError`` where none loads, ``WriteError`` where nothing can be written."""
    loading = Loading([outputs])
    told = list(loading)
    if not told:
        raise ReportError(outputs, "no record that loads", "extract documents first, or check the path")
    export(told, form, out)
    print(f"{len(told)} record{'s' * (len(told) != 1)} to {out.as_posix()}", file=sys.stderr)
    return 3 if loading.wrong else 0


def take(outputs: str, form: str, file: Path) -> int:
    """Prints what was changed in another tool's file, a line of JSON a document: its name and the acts of a review.
    Raises ``ExchangeError``."""
    if form not in FORMS or not FORMS[form].back:
        back = ", ".join(name for name, row in FORMS.items() if row.back)
        raise ExchangeError(form, "does not come back", f"--import takes {back}")
    count = 0
    for told, acts in changes(Loading([outputs]), form, file):
        count += len(acts)
        if acts:
            line = json.dumps({"document": told.name, "acts": acts}, ensure_ascii=False)
            sys.stdout.buffer.write(f"{line}\n".encode())
    print(f"{count} change{'s' * (count != 1)}", file=sys.stderr)
    return 0
