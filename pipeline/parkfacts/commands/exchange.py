"""``parkfacts review --export`` and ``--import``: records to other annotation tools, and their changes back."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from getpass import getuser
from pathlib import Path
from typing import Any

from parkfacts.commands.export import sent
from parkfacts.commands.reviewed import Reviewed, desk
from parkfacts.commands.terminal import console
from parkfacts.errors import ReportError
from parkfacts.logs import tell
from parkfacts.review.conflicts import Conflict
from parkfacts.review.desk import Desk, Rejected
from parkfacts.review.exchange import FORMS, Act, ExchangeError, changes, export

log = logging.getLogger(__name__)


def send(outputs: str, form: str, out: Path) -> int:
    """Writes the records of a folder, as they are reviewed, to ``out``, and returns 0; what does not load is told, and
    gives 3. Raises ``RunError`` and ``ReportError`` where none loads, ``WriteError`` where nothing can be written."""
    loading = Reviewed([outputs])
    told = list(loading)
    if not told:
        raise ReportError(outputs, "no record that loads", "extract documents first, or check the path")
    export(told, form, out)
    sent(len(told), form, out)
    return 3 if loading.wrong else 0


def take(outputs: str, form: str, file: Path, dry_run: bool = False) -> int:
    """Does what was changed in another tool's file as acts of the review, and prints them, a line of JSON a document.
    Returns 0; acts that cannot be done are told, and give 3. Raises ``ExchangeError`` before anything is done."""
    if form not in FORMS or not FORMS[form].back:
        back = ", ".join(name for name, row in FORMS.items() if row.back)
        raise ExchangeError(form, "does not come back", f"--import takes {back}")
    done = wrong = 0
    with closing(desk(outputs)) as open_:
        for told, acts in list(changes(Reviewed([outputs]).of(open_), form, file)):
            problems = [] if dry_run else list(_do(open_, told.name, acts))
            refused = [act for act, _ in problems]
            acts = [act for act in acts if act not in refused]
            done, wrong = done + len(acts), wrong + len(problems)
            _print(told.name, acts, problems)
    message = f"{done} change{'s' * (done != 1)}"
    console(stderr=True).print(message)
    tell(log, logging.INFO, "import.ended", message, changes=done, refused=wrong)
    return 3 if wrong else 0


def _do(open_: Desk, name: str, acts: Iterable[Act]) -> Iterator[tuple[Act, list[dict[str, Any]]]]:
    """Does the acts one by one; gives those that cannot be done, each with why."""
    for act in acts:
        try:
            open_.act(name, getuser(), open_.open(name).review.version, [act])
        except (Rejected, Conflict) as error:
            yield act, error.rows


def _print(name: str, acts: list[Act], problems: list[tuple[Act, list[dict[str, Any]]]]) -> None:
    if acts:
        line = json.dumps({"document": name, "acts": acts}, ensure_ascii=False)
        sys.stdout.buffer.write(f"{line}\n".encode())
    for act, rows in problems:
        why = "; ".join(row["message"]["en"] for row in rows if "message" in row) or "someone changed it meanwhile"
        on = act.get("fact") or act.get("into") or act.get("spans")
        message = f"{name}: {act['act']} {on}: {why}"
        tell(log, logging.ERROR, "import.refused", message, document=name, act=act["act"], on=on)
