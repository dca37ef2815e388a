"""What an amount measures, whose it is, and when.

Amounts are read in the order of the text. What a clause leaves out is taken from the one before it in its sentence:
规上工业产值350亿元，同比增长8.1% tells twice of 规上工业产值.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from parkfacts.find.amounts import AmountValue
from parkfacts.find.amounts.cells import places
from parkfacts.link import phrases
from parkfacts.link.calendar import DateValue
from parkfacts.segment import Document
from parkfacts.text import Mention, Span

_CLAUSE = re.compile(r"[，,。；;！!？?…\n]")
_LIST = re.compile(r"[、和及与]|以及")
_JOINED = re.compile(r"[、和及与至到~—\-]{1,2}\Z")
_EACH = re.compile(r"(?:均|都|(?P<one>分别|各))(?!价|值|衡)[^、，。；\d]{0,8}\Z")
_WHOLE = re.compile(r"全[市省县区国园球]|[^业产投]{1,3}[市省县]\Z")
_RATE = re.compile(r"增[长幅速减]|同比|环比|占比|比重|比例")
_HEAD = 300  # how far in front of a row its table's head may stand
_UNTIL = re.compile(r"(?:截至|截止|至|到)\Z")
_LASTING = re.compile(
    r"总投资|占地|用地|面积|全长|总长|容积|产能|能力|年产|年供|年用|年发电|日处理|日供|注册资本|总规模|概算|投资强度"
)
_PERIOD = re.compile(r"(?:年|季度|半年|[—–-]\d+月|前\d+月|[末底])\Z")
_PLANNED = re.compile(r"预计|计划|拟|力争|有望|将")
_PARK = re.compile(r"园区|全区|开发区|高新区|经开区|全园|区内")
_COMPARED = re.compile(r"[较比]\Z|相比\Z|相较\Z")
_SHARE = re.compile(r"占(?P<whole>[^，。；：占]{2,20}?)(?:的(?:比重|比例)?)(?:为|达到?|约|近|超)*\Z")
_OWNER = re.compile(r"的(?P<owner>[^，。；：的、]{2,24}?(?:项目|基地|工厂|产业园|园区|中心|基金|小镇|平台))(?!项目)")


class Named(Protocol):
    """A mention of a name: where it stands; its text is the document's."""

    @property
    def start(self) -> int:
        """The first character."""

    @property
    def end(self) -> int:
        """Behind the last character."""


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


class _Reader:
    """Walks through the amounts and keeps what later ones may leave out."""

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
        self.readings: list[Reading] = []
        self.date_at = self.name_at = 0  # how many dates and names begin before the amount
        self.sentence = Span(0, 0)
        self.paragraph = -1
        self.dated: int | None = None  # the date that governs the clauses since it was named

    def read(self, index: int) -> Reading:
        """The reading of the next amount."""
        amount = self.amounts[index]
        self._enter(amount)
        cell = self._in_table(amount)
        base = self._pass_dates(amount, cell is not None)
        indicator, change = cell[:2] if cell else self._indicator(index)
        name = indicator if isinstance(indicator, str) else indicator[0] if indicator else ""
        subject = cell[2] if cell and cell[2] else self._subject(amount)
        reading = Reading(
            indicator, subject, self._as_of(amount, name), base, change, phrases.identify(name) if name else None
        )
        self.readings.append(reading)
        return reading

    # ---- where ------------------------------------------------------------------------------------------------

    def _enter(self, amount: Mention[AmountValue]) -> None:
        self.sentence = self.doc.sentence_at(amount.start)
        paragraph = self.doc.paragraph_at(amount.start).start
        if paragraph != self.paragraph:
            self.paragraph = paragraph
            self.dated = self.dated if amount.start in self.places else None

    def _pass_dates(self, amount: Mention[AmountValue], cell: bool) -> int | None:
        """Takes note of the dates in front of the amount; the index of the one that it is compared with."""
        base = None
        while self.date_at < len(self.dates) and self.dates[self.date_at].start < amount.start:
            date = self.dates[self.date_at]
            if date.value.kind in ("date", "range") and date.start >= self.paragraph - (_HEAD if cell else 0):
                if self._is_base(date, amount):
                    base = self.date_at
                else:
                    self.dated = self.date_at
            self.date_at += 1
        return base

    def _is_base(self, date: Mention[DateValue], amount: Mention[AmountValue]) -> bool:
        """较2017年, 比上年, 是2018年的3.2倍."""
        view = self.doc.view
        if _COMPARED.search(view, max(0, date.start - 2), date.start):
            return True
        return amount.value.dimension == "ratio" and view.startswith("的", date.end) and amount.start <= date.end + 2

    def _as_of(self, amount: Mention[AmountValue], indicator: str) -> int | None:
        """The date that governs an amount. A day governs its sentence, a period the paragraph that it opens; what a
        project is to be (总投资, 占地, 产能) has no date but that of a count (截至…), and a planned date its clause."""
        if self.dated is None or amount.start in self.places:
            return self.dated
        date, view = self.dates[self.dated], self.doc.view
        counted = _UNTIL.search(view, max(0, date.start - 3), date.start) is not None
        if _LASTING.search(indicator) and not counted:
            return None
        if date.start < self.sentence.start:
            opens = date.start - self.doc.sentence_at(date.start).start <= 3
            return self.dated if opens and (counted or _PERIOD.search(view, date.start, date.end)) else None
        planned = _PLANNED.search(view, max(0, date.start - 4), date.start)
        return None if planned and _CLAUSE.search(view, date.end, amount.start) else self.dated

    # ---- what -------------------------------------------------------------------------------------------------

    def _indicator(self, index: int) -> tuple[str | tuple[str, ...] | None, str | None]:
        amount, view = self.amounts[index], self.doc.view
        begin = self._begin(index)
        left = view[begin : amount.start]
        if _JOINED.fullmatch(left) and index and self.amounts[index - 1].value.unit == amount.value.unit:
            return self._next_of_list(index)
        grows = phrases.growth(left)
        change = grows.change if grows else phrases.grown(view, amount.end)
        end = begin + grows.start if grows else amount.start
        if amount.value.dimension == "percent" and (share := _SHARE.search(left)):
            return (self._carried(index, True) if _WHOLE.match(share["whole"]) else share["whole"]), change
        if several := self._several(index, view[begin:end]):
            return several, change
        front = phrases.before(self.doc, begin, end)
        if not grows and (not front or amount.value.dimension == "count"):  # 16家知名高校, 1800亩土地征收
            front = self._behind(index) or front
        return front or self._carried(index, grows is not None), change

    def _in_table(self, amount: Mention[AmountValue]) -> tuple[str, str | None, str | None] | None:
        """Indicator, change and subject of a cell: rows of indicators under periods and rates, or rows of owners under
        indicators (the label is no known indicator, the head is one)."""
        place = self.places.get(amount.start)
        if place is None:
            return None
        change = "down" if (amount.value.value or 0) < 0 else "up"
        rate = _RATE.search(place.head) is not None
        if phrases.identify(place.label) is None and (phrases.identify(place.head) or rate) and place.label:
            return (
                place.head,
                change if rate and "占" not in place.head and "比重" not in place.head else None,
                place.label,
            )
        return place.label or place.head, change if rate else None, None

    def _begin(self, index: int) -> int:
        """Where the clause in front of the amount begins; no further back than the amount or the name before it."""
        start, view = self.amounts[index].start, self.doc.view
        begin = max(self.sentence.start, self.amounts[index - 1].end if index else 0, start - 60)
        for mark in _CLAUSE.finditer(view, begin, start):
            begin = mark.end()
        while self.name_at < len(self.names) and self.names[self.name_at].end <= start:
            self.name_at += 1
        if self.name_at and self.names[self.name_at - 1].end < start - 1:
            begin = max(begin, self.names[self.name_at - 1].end)
        return begin

    def _behind(self, index: int) -> str:
        amount = self.amounts[index]
        if amount.value.dimension not in ("count", "area", "money", "mass", "length", "other", "power"):
            return ""
        end = self.amounts[index + 1].start if index + 1 < len(self.amounts) else len(self.doc.view)
        return phrases.behind(self.doc, amount.end, min(end, self.sentence.end))

    def _several(self, index: int, head: str) -> tuple[str, ...] | str | None:
        """A、B、C均增长…: all of them; A、B分别增长8.1%和9.3%: one each, in their order."""
        match = _EACH.search(self.doc.view, max(0, self.amounts[index].start - 16), self.amounts[index].start)
        if match is None and not (phrases.grown(self.doc.view, self.amounts[index].end) and "、" in head):
            return None
        items = [item for item in map(phrases.item, _LIST.split(head)) if item]
        if match is not None and match["one"]:
            return items[0] if len(items) > 1 else self._first_of_before(index)
        return tuple(items) if len(items) > 1 else None

    def _first_of_before(self, index: int) -> str | None:
        """实现营业收入8亿元、利润1亿元，同比分别增长7%和9%: the first of as many amounts before as are listed here."""
        size = self._listed(index)
        before = self.readings[index - size : index] if index >= size else []
        found = before[0].indicator if before and self.amounts[index - size].start >= self.sentence.start else None
        return found if isinstance(found, str) else None

    def _listed(self, index: int) -> int:
        """How many amounts are joined by 和 and 、 from here on."""
        size = 1
        while index + size < len(self.amounts):
            left = self.doc.view[self.amounts[index + size - 1].end : self.amounts[index + size].start]
            if not _JOINED.fullmatch(left):
                break
            size += 1
        return size

    def _next_of_list(self, index: int) -> tuple[str | tuple[str, ...] | None, str | None]:
        """The second and later numbers behind 分别."""
        first = index - 1
        while first and _JOINED.fullmatch(self.doc.view[self.amounts[first - 1].end : self.amounts[first].start]):
            first -= 1
        change, at = self.readings[first].change, index - first
        size = self._listed(first)
        clause = _CLAUSE.split(self.doc.view[self.sentence.start : self.amounts[first].start])[-1]
        grows = phrases.growth(clause)
        items = [item for item in map(phrases.item, _LIST.split(clause[: grows.start] if grows else clause)) if item]
        if len(items) >= size:
            return items[at], change
        if first >= size:
            return self.readings[first - size + at].indicator, change
        return self.readings[index - 1].indicator, change

    def _carried(self, index: int, grows: bool) -> str | tuple[str, ...] | None:
        """A growth rate without a noun tells of what the sentence told of before; so does the second of two levels
        (由3家增至5家), and a total of the same unit (总数达164家)."""
        if not index or self.amounts[index - 1].start < self.sentence.start:
            return None
        now, last = self.amounts[index].value, self.amounts[index - 1].value
        if grows or now.dimension in ("percentage_point", "ratio") or now.unit == last.unit:
            return self.readings[index - 1].indicator
        return None

    # ---- whose ------------------------------------------------------------------------------------------------

    def _subject(self, amount: Mention[AmountValue]) -> str | None:
        view = self.doc.view
        if owner := _OWNER.match(view, amount.end):
            return owner["owner"]
        if self.name_at:
            name = self.names[self.name_at - 1]
            here = name.start >= self.sentence.start
            if here or (name.start >= self.paragraph and not _PARK.search(view, self.sentence.start, amount.start)):
                return self.doc.text.content[name.start : name.end]
        return self.park
