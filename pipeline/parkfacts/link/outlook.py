"""Which figures are of something to come: targets, plans and expectations.

The last sign in front of a figure, within its sentence, decides: a word for what is to come (力争, 预计) or for what is
done (已, 实际), or a date that is past or to come. Without a sign a figure is told as a fact, unless the section tells
of plans.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from parkfacts.find.amounts import AmountValue
from parkfacts.link.calendar import DateValue
from parkfacts.link.indicators import Reading
from parkfacts.link.milestones import Event
from parkfacts.link.modality import heads_plans, last_sign, opens_plans
from parkfacts.link.reference import Reference
from parkfacts.segment import Document
from parkfacts.text import Mention

_REACH = 200
_AIMED_BEHIND = re.compile(r"(?:以上|左右)?的?[^，,。；;、\d]{0,6}(?:目标|任务|计划数)(?!责任)")
_STOPS = re.compile(r"[。！？!?\n]")
_COMPARED = ("比", "较", "自", "从")


def planned(
    doc: Document,
    amounts: Sequence[Mention[AmountValue]],
    readings: Sequence[Reading],
    dates: Sequence[Mention[DateValue]],
    told: Sequence[Event],
    reference: Reference | None,
) -> frozenset[int]:
    """Indices of the amounts that the document tells as something to come; all mentions are sorted by their start."""
    look = _Outlook(doc, dates, reference)
    aimed = {index for event in told if event.type == "target" for index in event.amounts}
    return frozenset(
        index
        for index, amount in enumerate(amounts)
        if index in aimed or look.to_come(readings[index].as_of) or look.hoped(amount)
    )


class _Outlook:
    def __init__(self, doc: Document, dates: Sequence[Mention[DateValue]], reference: Reference | None) -> None:
        self.doc, self.dates = doc, dates
        self.starts = [date.start for date in dates]
        self.now = None if reference is None else reference.period
        self.sections = list(_sections(doc))
        self.stops = [0, *(stop.end() for stop in _STOPS.finditer(doc.view))]

    def to_come(self, date: int | None) -> bool:
        """Whether a date lies wholly behind the reference date."""
        start = None if date is None else self.dates[date].value.start
        return bool(self.now and start and start > self.now.end)

    def hoped(self, amount: Mention[AmountValue]) -> bool:
        """Whether words or dates in front of an amount, or words behind it, say that it is to come."""
        view = self.doc.view
        if _AIMED_BEHIND.match(view, amount.end, amount.end + _REACH):
            return True
        begin = self._begin(amount.start)
        signs = [sign for sign in (last_sign(view, begin, amount.start), self._last_date(begin, amount.start)) if sign]
        if signs:
            return max(signs)[1]
        at = bisect_left(self.sections, (amount.start, True)) - 1
        return at >= 0 and self.sections[at][1]

    def _begin(self, end: int) -> int:
        """Where the sentence begins; one that goes on behind a semicolon still lists what was announced."""
        return max(end - _REACH, self.stops[bisect_right(self.stops, end) - 1])

    def _last_date(self, begin: int, end: int) -> tuple[int, bool] | None:
        """The last date there that is wholly past or wholly to come, and is not compared with."""
        for index in range(bisect_left(self.starts, end) - 1, -1, -1):
            date = self.dates[index]
            if date.start < begin:
                return None
            if self.doc.view.endswith(_COMPARED, 0, date.start):
                continue
            if self.to_come(index):
                return date.start, True
            if self.now and date.value.end and date.value.end < self.now.end:
                return date.start, False
        return None


def _sections(doc: Document) -> list[tuple[int, bool]]:
    """Where sections begin, and whether they tell of plans."""
    heads = [line for line in doc.paragraphs if line.kind in ("heading", "title")]
    found = [(line.start, heads_plans(doc.view, line.start, line.end)) for line in heads]
    opened = [(s.start, True) for s in doc.sentences if opens_plans(doc.view, s.start, s.end)]
    return sorted((*found, *opened))
