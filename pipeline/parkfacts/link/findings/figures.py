"""Figures that contradict each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise
from typing import NamedTuple

from parkfacts.facts import plain
from parkfacts.find.amounts import AmountValue
from parkfacts.link.calendar import DateValue
from parkfacts.link.findings.finding import Finding, Kind
from parkfacts.link.indicators import Reading
from parkfacts.segment import Document
from parkfacts.text import Mention, Span

# indicators of a whole park, of which there is one value a year
_TOTALS = frozenset((
    "gdp", "industrial_output_above_scale", "industrial_value_added_above_scale", "fixed_asset_investment",
    "budget_revenue", "tax", "revenue", "exports", "foreign_trade", "foreign_investment", "enterprises_above_scale",
    "high_tech_enterprises", "rnd_intensity",
))  # fmt: skip
_ROUNDING = Decimal("0.01")
_SCALES = frozenset(Decimal(10) ** power for power in (4, 8, -4, -8))
_WHOLE_PARK = re.compile(
    r"(?:截至|到|年末|末|底|全年|共|已|园区|开发区|高新区|经开区|全区|全园|我区|实现|完成|现有|拥有|达到?|突破|为|有|年|月|[0-9]|[，、\s])*\Z"
)
_VERB = re.compile(r"(?:实现|完成|达到?|为|共|有|是)*\Z")
_OF_WHICH = re.compile(r"[^。；;0-9]{0,12}?[，,（(]其中[，,：:]?[^，,。；;0-9、]{0,14}\Z")
_AND = re.compile(r"[、和及与]\Z|[，,][^，,。；;0-9]{1,8}\Z|、[^，,。；;0-9]{1,8}\Z")
_TOTAL = re.compile(r"[，,、]?(?:合计|共计|总计)[^，,。；;0-9]{0,8}\Z")
# figures that are not of one making: a first count and the last, with something and without it
_OTHERWISE = re.compile(r"快报|初步|预计|核定|修订|调整|口径|剔除|扣除|不含|未计|前税|税前|还原")
_NUMBERED = re.compile(r"(?<![A-Z一二三四五六七八九十0-9])[A-Z一二三四五六七八九十0-9]+[区栋号期线]")
_HALVES = (("省内", "省外"), ("内资", "外资"), ("境内", "境外"), ("新建", "续建"), ("国内", "国外"), ("男", "女"))


class Sheet(NamedTuple):
    """The figures of a document; ``readings`` stand beside ``amounts``."""

    doc: Document
    amounts: Sequence[Mention[AmountValue]]
    readings: Sequence[Reading]
    dates: Sequence[Mention[DateValue]]

    def plain(self, index: int) -> bool:
        """Whether a figure is one exact number of something, no growth and no cell of a table."""
        amount, reading = self.amounts[index], self.readings[index]
        exact = amount.value.bound == "exact" and amount.value.value is not None and amount.rule != "cell"
        return exact and reading.change is None and reading.base is None and amount.value.per is None

    def value(self, index: int) -> Decimal:
        """The number of a plain figure."""
        value = self.amounts[index].value.value
        assert value is not None
        return value

    def shown(self, index: int) -> str:
        """A figure as the document writes it."""
        amount = self.amounts[index]
        return self.doc.text.content[amount.start : amount.end]

    def clause(self, index: int) -> Span:
        """The clause that a figure stands in."""
        at = self.amounts[index].start
        sentence = self.doc.sentence_at(at)
        return next((c for c in self.doc.clauses(sentence) if c.start <= at < c.end), sentence)

    def found(self, kind: Kind, message: str, *indices: int) -> Finding:
        """A finding about some figures."""
        spans = tuple(self.clause(i) for i in indices)
        return Finding(kind, message, tuple(("a", i) for i in indices), tuple(dict.fromkeys(spans)))


def two_values(sheet: Sheet) -> Iterator[Finding]:
    """One indicator of the whole park with two values for one time."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for index, reading in enumerate(sheet.readings):
        if reading.indicator_id not in _TOTALS or reading.as_of is None or not sheet.plain(index):
            continue
        if _of_the_park(sheet, index):
            when = sheet.dates[reading.as_of].value
            groups[reading.indicator, when.start, when.end, sheet.amounts[index].value.unit].append(index)
    for same in groups.values():
        for one, other in pairwise(i for i in same if not _made_otherwise(sheet, i)):
            a, b = sheet.value(one), sheet.value(other)
            if abs(a - b) > _ROUNDING * max(abs(a), abs(b)):
                yield sheet.found("two values", f"{sheet.shown(one)} and {sheet.shown(other)} at one time", one, other)


def _made_otherwise(sheet: Sheet, index: int) -> bool:
    """Whether a figure's clause says that it is a first count, or leaves something out."""
    return _OTHERWISE.search(sheet.doc.view, *sheet.clause(index)) is not None


def _of_the_park(sheet: Sheet, index: int) -> bool:
    """Whether nothing narrows an indicator down: 园区实现规上工业产值350亿元 is of the park, 医药产业产值 is not."""
    indicator = sheet.readings[index].indicator
    clause, start = sheet.clause(index), sheet.amounts[index].start
    if not isinstance(indicator, str):
        return False
    at = sheet.doc.view.rfind(indicator, clause.start, start)
    if at < 0 or not _VERB.fullmatch(sheet.doc.view, at + len(indicator), start):
        return False
    return _WHOLE_PARK.match(sheet.doc.view[clause.start : at]) is not None


def wrong_scale(sheet: Sheet) -> Iterator[Finding]:
    """The same digits for the same thing, ten thousand times apart: 万 and 亿 confused."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for index, reading in enumerate(sheet.readings):
        amount = sheet.amounts[index].value
        if isinstance(reading.indicator, str) and amount.dimension in ("money", "area") and sheet.plain(index):
            digits = plain(sheet.value(index)).replace(".", "").strip("0")
            groups[reading.indicator, reading.subject, amount.unit, digits].append(index)
    for same in groups.values():
        for one, other in combinations(same[:8], 2):
            if _heads(sheet, one) != _heads(sheet, other):
                continue
            if sheet.value(other) and sheet.value(one) / sheet.value(other) in _SCALES and _one_time(sheet, one, other):
                message = f"{sheet.shown(one)} and {sheet.shown(other)} of the same thing"
                yield sheet.found("wrong scale", message, one, other)


def _heads(sheet: Sheet, index: int) -> str:
    """The letter that tells one of several from the next, in front of a figure: A区, B栋, 二期."""
    match = _NUMBERED.search(sheet.doc.view, sheet.clause(index).start, sheet.amounts[index].start)
    return match.group() if match else ""


def _one_time(sheet: Sheet, one: int, other: int) -> bool:
    times = [sheet.readings[i].as_of for i in (one, other)]
    values = [sheet.dates[t].value for t in times if t is not None]
    return len(values) < 2 or values[0].start == values[1].start


def parts(sheet: Sheet) -> Iterator[Finding]:
    """A part (其中) that is larger than its whole, or two halves that are not the whole."""
    for whole, part in _pairs(sheet):
        between = sheet.doc.view[sheet.amounts[whole].end : sheet.amounts[part].start]
        if not _OF_WHICH.match(between):
            continue
        if sheet.value(part) > sheet.value(whole) and not _made_otherwise(sheet, part):
            message = f"{sheet.shown(part)} of {sheet.shown(whole)}"
            yield sheet.found("part exceeds whole", message, whole, part)
        elif part + 1 < len(sheet.amounts) and sheet.plain(part + 1) and _halves(sheet, whole, part):
            sum_of = sheet.value(part) + sheet.value(part + 1)
            if sum_of != sheet.value(whole):
                message = f"{sheet.shown(part)} and {sheet.shown(part + 1)} are not {sheet.shown(whole)}"
                yield sheet.found("parts do not add up", message, whole, part, part + 1)


def _pairs(sheet: Sheet) -> Iterator[tuple[int, int]]:
    for index in range(len(sheet.amounts) - 1):
        one, other = sheet.amounts[index], sheet.amounts[index + 1]
        near = other.start - one.end < 40 and one.value.unit == other.value.unit
        if near and sheet.plain(index) and sheet.plain(index + 1):
            yield index, index + 1


def _halves(sheet: Sheet, whole: int, part: int) -> bool:
    view, (a, b) = sheet.doc.view, (sheet.amounts[part], sheet.amounts[part + 1])
    first = view[sheet.amounts[whole].end : a.start] + view[a.end : a.end + 6]
    second = view[a.end : b.start] + view[b.end : b.end + 6]
    same = a.value.unit == b.value.unit and b.start - a.end < 12
    return (
        same
        and not _goes_on(sheet, part + 1)
        and any((x in first and y in second) or (y in first and x in second) for x, y in _HALVES)
    )


def _goes_on(sheet: Sheet, index: int) -> bool:
    """Whether a list has another member behind a figure."""
    if index + 1 >= len(sheet.amounts):
        return False
    one, other = sheet.amounts[index], sheet.amounts[index + 1]
    return one.value.unit == other.value.unit and _AND.fullmatch(sheet.doc.view[one.end : other.start]) is not None


def sums(sheet: Sheet) -> Iterator[Finding]:
    """A list whose sum (合计, 共计) is another one: 12个、15个和9个，共计40个."""
    run: list[int] = []
    for index, amount in enumerate(sheet.amounts):
        between = sheet.doc.view[sheet.amounts[run[-1]].end : amount.start] if run else ""
        same = bool(run) and amount.value.unit == sheet.amounts[run[-1]].value.unit and sheet.plain(index)
        if same and len(run) > 1 and _TOTAL.fullmatch(between):
            if sum(map(sheet.value, run)) != sheet.value(index):
                message = f"{'、'.join(map(sheet.shown, run))} are not {sheet.shown(index)}"
                yield sheet.found("parts do not add up", message, *run, index)
            run = []
        elif same and _AND.fullmatch(between):
            run.append(index)
        else:
            run = [index] if sheet.plain(index) else []
