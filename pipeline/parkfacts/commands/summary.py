"""What a run found, as one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.markup import escape
from rich.table import Table

from parkfacts.commands.documents import Document
from parkfacts.facts import Report


@dataclass(frozen=True)
class Failure:
    """A document that gave no record, and the one line that says why."""

    message: str


class Counts(NamedTuple):
    """What stands in one record."""

    dates: int
    amounts: int
    companies: int
    milestones: int
    duplicates: int
    joins: int
    warnings: int


def count(report: Report) -> Counts:
    """The numbers of the summary's row."""
    layout = report.layout
    return Counts(
        dates=len(report.dates),
        amounts=len(report.amounts),
        companies=len(report.companies),
        milestones=len(report.milestones),
        duplicates=sum(block.status == "duplicate" for block in layout.blocks),
        joins=len(layout.joins),
        warnings=len(report.warnings),
    )


def table(documents: Sequence[Document], outcomes: Sequence[Counts | Failure]) -> Table:
    """One row a document, and a sum where there are several."""
    summary = Table("document", box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    summary.columns[0].overflow = "fold"
    for column in Counts._fields:
        summary.add_column(column, justify="right", no_wrap=True)
    done = [outcome for outcome in outcomes if isinstance(outcome, Counts)]
    for document, outcome in zip(documents, outcomes, strict=True):
        cells = map(str, outcome) if isinstance(outcome, Counts) else ["failed"]
        summary.add_row(escape(document.shown), *cells)
    if len(outcomes) > 1:
        summary.add_section()
        summary.add_row(f"{len(done)} of {len(outcomes)}", *(str(sum(column)) for column in zip(*done, strict=True)))
    return summary
