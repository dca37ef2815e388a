"""``parkfacts review --export`` and ``--import``: records to other annotation tools, and their changes back."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from parkfacts.commands.records import Loading
from parkfacts.errors import ReportError
from parkfacts.facts import Report
from parkfacts.review.desk import Conflict, Desk, NoDocument, Rejected
from parkfacts.review.exchange import FORMS, Act, ExchangeError, changes, export
from parkfacts.write.tables import Told


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
    """Prints what was changed in another tool's file, a line of JSON a document: its name and the acts of a review;
    and does these acts in the folder's review. Returns 0, or 3 where some could not be done. Raises
    ``ExchangeError``."""
    if form not in FORMS or not FORMS[form].back:
        back = ", ".join(name for name, row in FORMS.items() if row.back)
        raise ExchangeError(form, "does not come back", f"--import takes {back}")
    desk = Desk(Path(outputs))
    try:
        count = wrong = 0
        for told, acts in changes(_reviewed(desk), form, file):
            count += len(acts)
            wrong += sum(not _done(desk, told.name, form, act) for act in _in_order(acts))
            if acts:
                line = json.dumps({"document": told.name, "acts": acts}, ensure_ascii=False)
                sys.stdout.buffer.write(f"{line}\n".encode())
    finally:
        desk.close()
    print(f"{count} change{'s' * (count != 1)}, {count - wrong} done in the review", file=sys.stderr)
    return 3 if wrong else 0


def _reviewed(desk: Desk) -> Iterator[Told]:
    """The records as they are reviewed; what does not load is told."""
    for entry in desk.records.entries():
        try:
            review = desk.open(entry.id).review
        except NoDocument as error:
            print(f"error: {error}", file=sys.stderr)
        else:
            text = review.extraction.text
            yield Told(entry.name, Report.model_validate(review.record(), context={"text": text}), text)


def _in_order(acts: Sequence[Act]) -> list[Act]:
    """Other bounds from the last mention to the first, since one that is taken away counts no more."""
    bounds = [act for act in acts if act["act"] == "resize"]
    return [*reversed(bounds), *(act for act in acts if act["act"] != "resize")]


def _done(desk: Desk, document: str, who: str, act: Act) -> bool:
    """Whether an act could be done; what is wrong with it is told."""
    try:
        desk.act(document, who, desk.open(document).review.version, [act])
    except (Rejected, Conflict) as error:
        why = "; ".join(row["message"]["en"] for row in error.rows) if isinstance(error, Rejected) else str(error)
        print(f"error: {document}: {json.dumps(act, ensure_ascii=False)}: {why}", file=sys.stderr)
        return False
    return True
