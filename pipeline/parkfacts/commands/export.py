"""``parkfacts export``: the facts of many records in another form."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from parkfacts.commands.records import Loading
from parkfacts.commands.terminal import console
from parkfacts.errors import ReportError
from parkfacts.logs import tell
from parkfacts.write.forms import Style, export

log = logging.getLogger(__name__)


def run(paths: Sequence[str], form: str, out: Path, language: str, reviewed: bool = False) -> int:
    """Writes the records to ``out``, one by one, and returns 0; what does not load is told, and gives 3. Raises
    ``ReportError`` where none loads, ``WriteError`` where nothing can be written."""
    loading = _reviewed(paths) if reviewed else Loading(paths)
    told = iter(loading)
    first = next(told, None)
    if first is None:
        raise ReportError(", ".join(paths), "no record that loads", "extract documents first, or check the path")
    export(chain((first,), told), form, out, Style(language))
    sent(len(loading.names), form, out)
    return 3 if loading.wrong else 0


def sent(count: int, form: str, out: Path) -> None:
    """Tells that so many records were written."""
    message = f"{count} record{'s' * (count != 1)} to {out.as_posix()}"
    console(stderr=True).print(message, markup=False, soft_wrap=True)
    tell(log, logging.INFO, "export.ended", message, records=count, form=form, out=out.as_posix())


def _reviewed(paths: Sequence[str]) -> Loading:
    from parkfacts.commands.reviewed import Reviewed

    return Reviewed(paths)
