"""What an amount measures, whose it is, and when.

Amounts are read in the order of the text. What a clause leaves out is taken from the one before it in its sentence:
规上工业产值350亿元，同比增长8.1% tells twice of 规上工业产值.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parkfacts.find.amounts import AmountValue
from parkfacts.link import phrases
from parkfacts.link.calendar import DateValue
from parkfacts.link.indicators.dating import Dating
from parkfacts.link.indicators.owners import Owners
from parkfacts.link.indicators.walk import Reading
from parkfacts.link.indicators.wording import Wording
from parkfacts.link.subjects.heads import Named
from parkfacts.segment import Document
from parkfacts.text import Mention

_RATE = re.compile(r"增[长幅速减]|同比|环比|占比|比重|比例")

__all__ = ["Reading", "link"]


def link(
    doc: Document,
    amounts: Sequence[Mention[AmountValue]],
    dates: Sequence[Mention[DateValue]],
    names: Sequence[Named],
    park: str | None = None,
) -> list[Reading]:
    """One reading an amount, in the order of the amounts; all mentions are sorted by their start."""
    reader = _Reader(doc, amounts, dates, names, park)
    return [reader.read(index) for index in range(len(amounts))]


def _shared(indicator: str, owner: str) -> int:
    """How many characters the owner ends in that the indicator begins with, three at least."""
    sizes = range(min(len(indicator) - 2, len(owner)), 2, -1)
    return next((size for size in sizes if owner.endswith(indicator[:size])), 0)


def _without_owner(indicator: str, owner: str) -> str:
    """甲产业园项目总投资, of 甲产业园项目: 总投资; also where only the end of the owner stands before the noun."""
    shared = _shared(indicator, owner) if owner[-1] in indicator[2:-2] else 0
    shared = shared or (len(owner) if indicator.startswith(owner) and len(indicator) > len(owner) + 1 else 0)
    return indicator[shared:].removeprefix("的") if shared else indicator


class _Reader(Dating, Wording, Owners):
    """Walks through the amounts and keeps what later ones may leave out."""

    def read(self, index: int) -> Reading:
        """The reading of the next amount."""
        amount = self.amounts[index]
        self._enter(amount)
        cell = self._in_table(amount)
        base = self._pass_dates(amount, cell is not None)
        indicator, change = cell[:2] if cell else self._indicator(index)
        if amount.rule == "doubling":
            change = "up"
        if change == "up" and (amount.value.value or 0) < 0:
            change = "down"  # 增长-8.92%
        base = self._base_before(index, change) if base is None and cell is None else base
        name = indicator if isinstance(indicator, str) else indicator[0] if indicator else ""
        subject = self._subject(amount, name)
        if cell:
            subject = cell[2] or self.topics.section or self.topics.hero
        subject = self.owners.get(index) or self._owner_of_before(index) or subject
        if subject and isinstance(indicator, str):
            indicator = name = _without_owner(indicator, subject)
        reading = Reading(
            indicator, subject, self._as_of(amount, name), base, change, phrases.identify(name) if name else None
        )
        self.readings.append(reading)
        return reading

    def _in_table(self, amount: Mention[AmountValue]) -> tuple[str, str | None, str | None] | None:
        """Indicator, change and subject of a cell: rows of indicators under periods and rates, or rows of owners under
        indicators (the label is no known indicator, the head is one)."""
        place = self.places.get(amount.start)
        if place is None:
            return None
        change = "down" if (amount.value.value or 0) < 0 else "up"
        rate = _RATE.search(place.head) is not None
        if place.whole and phrases.identify(place.label) is None and phrases.identify(place.whole):
            return place.whole, change if rate else None, place.label
        of_owner = phrases.identify(place.label) is None and place.caption not in self.tables_of_indicators
        if of_owner and (phrases.identify(place.head) or rate) and place.label:
            return (
                place.head,
                change if rate and "占" not in place.head and "比重" not in place.head else None,
                place.label,
            )
        return place.label or place.head, change if rate else None, None
