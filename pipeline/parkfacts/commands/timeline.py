"""``parkfacts timeline``: one history out of many records."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import starmap
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from parkfacts.commands.records import records
from parkfacts.commands.terminal import console
from parkfacts.errors import ReportError
from parkfacts.facts import Milestone, plain
from parkfacts.history import Choice, Happening, Read, Series, happenings, series, svg
from parkfacts.history.series import shown
from parkfacts.write import load_report, write_together


def run(paths: Sequence[str], park: str | None, company: str | None, chart: Path | None, as_json: bool) -> int:
    """Prints the history that the records tell, and draws it to ``chart``. Raises ``ReportError``."""
    choice = Choice(park, company)
    reads = [read for read in starmap(_read, records(paths).items()) if choice.report(read)]
    if not reads:
        wanted = f"about {park}" if park else "in these folders"
        raise ReportError(", ".join(paths), f"no record {wanted}", "extract documents first, or check the name")
    events, lines = happenings(reads, choice), series(reads, choice)
    if chart is not None:
        title = " · ".join(filter(None, (park, company))) or f"{len(reads)} report{'s' * (len(reads) != 1)}"
        write_together({chart: svg(title, events, lines).encode("utf-8")})
    if as_json:
        data = {"milestones": list(map(_event, events)), "series": list(map(_series, lines))}
        sys.stdout.buffer.write((json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))
        return 0
    show = console()
    show.print(_events_table(events))
    for one in lines:
        if len(one.points) > 1 or any(point.others for point in one.points):
            show.print(_series_table(one))
    return 0


def _read(path: Path, name: str) -> Read:
    return Read(name, load_report(path))


def _events_table(events: Sequence[Happening]) -> Table:
    table = Table("when", "type", "status", "what", "told in", "but", box=None, pad_edge=False, header_style="bold")
    for event in events:
        reports = ", ".join(dict.fromkeys(quote.report for quote in event.quotes))
        best = event.best
        cells = (str(best.date.edtf), event.type, event.status, best.milestone.description, reports)
        table.add_row(*map(escape, cells), escape("; ".join(event.conflicts)))
    return table


def _series_table(one: Series) -> Table:
    table = Table("year", escape(one.indicator), "told in", "but", box=None, pad_edge=False, header_style="bold")
    for point in one.points:
        reports = ", ".join(dict.fromkeys(quote.report for quote in point.quotes))
        others = "; ".join(f"{shown(value, one.unit)} ({quote.report})" for value, quote in point.others)
        table.add_row(point.when, escape(shown(point.value, one.unit)), escape(reports), escape(others))
    return table


def _event(event: Happening) -> dict[str, Any]:
    best = event.best
    return {
        "date": best.date.edtf,
        "start": best.start.isoformat(),
        "end": best.end.isoformat(),
        "type": event.type,
        "status": event.status,
        "actor": best.milestone.actor,
        **_circumstances(best.milestone),
        "description": best.milestone.description,
        "conflicts": list(event.conflicts),
        "evidence": [quote._asdict() for quote in event.quotes],
    }


def _circumstances(milestone: Milestone) -> dict[str, Any]:
    place, board = (one.name if one else None for one in (milestone.place, milestone.board))
    return {"place": place, "counterpart": [one.name for one in milestone.counterpart], "board": board}


def _series(one: Series) -> dict[str, Any]:
    return {"indicator": one.indicator, "unit": one.unit, "points": list(_points(one))}


def _points(one: Series) -> Iterator[dict[str, Any]]:
    for point in one.points:
        yield {
            "date": point.when,
            "value": plain(point.value),
            "evidence": [quote._asdict() for quote in point.quotes],
            "conflicts": [{"value": plain(value), **quote._asdict()} for value, quote in point.others],
        }
