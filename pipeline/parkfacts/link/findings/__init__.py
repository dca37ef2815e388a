"""Facts of one document that contradict each other. A finding is for a reader to judge: nothing is corrected, and what
may well be right is not told."""

from __future__ import annotations

from collections.abc import Sequence

from parkfacts.find.amounts import AmountValue
from parkfacts.link.calendar import DateValue
from parkfacts.link.findings import figures, times
from parkfacts.link.findings.finding import Finding
from parkfacts.link.indicators import Reading
from parkfacts.link.milestones import Event
from parkfacts.link.reference import Reference
from parkfacts.segment import Document
from parkfacts.text import Mention

__all__ = ["Finding", "check"]


def check(
    doc: Document,
    amounts: Sequence[Mention[AmountValue]],
    readings: Sequence[Reading],
    dates: Sequence[Mention[DateValue]],
    events: Sequence[Event],
    reference: Reference | None,
) -> list[Finding]:
    """What contradicts itself, in the order of the checks, each in the order of the text."""
    sheet = figures.Sheet(doc, amounts, readings, dates)
    return [
        *figures.two_values(sheet),
        *figures.wrong_scale(sheet),
        *figures.parts(sheet),
        *figures.sums(sheet),
        *times.reversed_ranges(doc),
        *times.wrong_order(doc, events, dates),
        *times.told_too_early(doc, events, dates, reference),
    ]
