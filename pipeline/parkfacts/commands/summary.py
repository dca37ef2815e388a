"""What a run found, as one table."""

from __future__ import annotations

from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table

from parkfacts.batch import Counts, Outcome

ROWS = 100
"""Of more documents than these only the sum is shown."""


def table(outcomes: Sequence[Outcome]) -> Table:
    """One row a document, and a sum where there are several."""
    summary = Table("document", box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    summary.columns[0].overflow = "fold"
    for column in Counts._fields:
        summary.add_column(column, justify="right", no_wrap=True)
    for outcome in outcomes if len(outcomes) <= ROWS else ():
        summary.add_row(escape(outcome.shown), *(map(str, outcome.counts) if outcome.counts else ["failed"]))
    if len(outcomes) > 1:
        summary.add_section()
        summary.add_row(_sum_name(outcomes), *map(str, _sums(outcomes)))
    return summary


def _sum_name(outcomes: Sequence[Outcome]) -> str:
    done = sum(outcome.state != "failed" for outcome in outcomes)
    unchanged = sum(outcome.state == "unchanged" for outcome in outcomes)
    return f"{done} of {len(outcomes)}" + (f", {unchanged} unchanged" if unchanged else "")


def _sums(outcomes: Sequence[Outcome]) -> list[int]:
    return [sum(column) for column in zip(*(o.counts for o in outcomes if o.counts), strict=True)]
