"""What the walk through the amounts knows at each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from parkfacts.find.amounts import AmountValue
from parkfacts.find.amounts.cells import places
from parkfacts.link import phrases
from parkfacts.link.calendar import DateValue
from parkfacts.link.subjects import Topics
from parkfacts.link.subjects.heads import Named
from parkfacts.segment import Document
from parkfacts.text import Mention, Span

CLAUSE = re.compile(r"[，,。；;！!？?…\n]")
LIST = re.compile(r"[、和及与]|以及")
_JOINS = frozenset("、和及与至到~—-")
JOINED = re.compile(r"[、和及与至到~—\-]{1,2}\Z")
_JOINED_CHANGE = re.compile(r"[、和及与](?:增长|下降|增加|减少|提高|降低)")
EACH = re.compile(r"(?:均|都|(?P<one>分别|各(?![类级领项种地行界方区市县国有型层业])))(?!价|值|衡)[^、，。；\d]{0,8}\Z")
REACH = 200  # characters that a look back goes at most: a line without an end must not cost its square

_BULLETIN = re.compile(r"数[字据]|数[说读看]|成绩单|年报|答卷|运行|公报|统计|简况|快报|经济形势")


@dataclass(frozen=True, slots=True)
class Reading:
    """``indicator`` is the noun as written (several where they share the number), ``subject`` whose it is; ``as_of``
    and ``base`` are indices into the dates, ``base`` the one compared with."""

    indicator: str | tuple[str, ...] | None = None
    subject: str | None = None
    as_of: int | None = None
    base: int | None = None
    change: str | None = None
    indicator_id: str | None = None


def start_of(mention: Mention[Any]) -> int:
    """Where a mention begins, as a sorting key."""
    return mention.start


def joins(left: str) -> bool:
    """Whether the text between two amounts makes a list of them: 8.3%和3.2%, 增长8.3%和下降3.2%."""
    if left[:1] not in _JOINS:
        return False
    return JOINED.fullmatch(left) is not None or _JOINED_CHANGE.fullmatch(left) is not None


class Walk:
    """The state of a reader that goes through the amounts in the order of the text."""

    def __init__(
        self,
        doc: Document,
        amounts: Sequence[Mention[AmountValue]],
        dates: Sequence[Mention[DateValue]],
        names: Sequence[Named],
        park: str | None,
    ) -> None:
        self.doc, self.amounts, self.dates, self.names, self.park = doc, amounts, dates, names, park
        self.places = places(doc) if any(amount.rule == "cell" for amount in amounts) else {}
        # tables whose rows are indicators: one label that is known to be one tells for all
        known = (place.caption for place in self.places.values() if phrases.identify(place.label))
        self.tables_of_indicators = frozenset(known)
        self.topics = Topics(doc, names, park)
        self.readings: list[Reading] = []
        self.owners: dict[int, str] = {}  # of the amounts that are shared out among several
        self.date_at = self.name_at = 0  # how many dates and names begin before the amount
        self.sentence = Span(0, 0)
        self.paragraph = -1
        self.caption = 0  # how far the line below a number that stands alone goes
        self.own: int | None = None  # the date of one amount alone
        self.period = self._reported()  # what a bulletin reports of
        self.dated: int | None = None  # the date that governs the clauses since it was named

    def _enter(self, amount: Mention[AmountValue]) -> None:
        self.sentence = self.doc.sentence_at(amount.start)
        paragraph = self.doc.paragraph_at(amount.start).start
        if paragraph != self.paragraph:
            self.paragraph = paragraph
            self.dated = self.dated if amount.start in self.places else None

    def _listed(self, index: int) -> int:
        """How many amounts are joined by 和 and 、 from here on."""
        return self._lists[1][index] - index + 1

    def _first_of_list(self, index: int) -> int:
        """The first of the amounts that are joined by 和 and 、 up to here."""
        return self._lists[0][index]

    @cached_property
    def _lists(self) -> tuple[list[int], list[int]]:
        """By amount, the first and the last of the list that it stands in: told once, for a list may be long."""
        first, last = ([*range(len(self.amounts))] for _ in range(2))
        joined = [at for at, (one, other) in enumerate(pairwise(self.amounts), 1)
                  if joins(self.doc.view[one.end : other.start])]  # fmt: skip
        for at in joined:
            first[at] = first[at - 1]
        for at in reversed(joined):
            last[at - 1] = last[at]
        return first, last

    def _reported(self) -> int | None:
        """The period in the title of a bulletin."""
        title = next((line for line in self.doc.paragraphs if line.kind == "title"), None)
        if title is None or not _BULLETIN.search(self.doc.view, title.start, title.end):
            return None
        inside = (i for i, date in enumerate(self.dates) if title.start <= date.start < title.end)
        return next((i for i in inside if self.dates[i].value.kind in ("date", "range")), None)
