"""The reference date: given with the document, else its dateline, else inferred from the years told as past."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from parkfacts.find.dates import Expression, Point, Range
from parkfacts.link.calendar import YEARS, Period, of_day, of_month, parse_reference
from parkfacts.link.modality import planned
from parkfacts.segment import Document
from parkfacts.text import Mention, Span

_POSTED = re.compile(r"发布|来源|编辑|浏览|点击|责编|上传|字体|阅读")
_TARGET = re.compile(r"^\s*(?:[年月]?[底末]?\s*(?:之前|前))|^度?(?:工作)?(?:计划|目标|安排|打算|思路|展望)")
# 到2025年营业收入突破300亿元: a clause that opens so says what is to be reached, unless it says that it was
_BY_THEN = re.compile(r"[^，,。；;\n]{0,30}?(?:突破|达到|实现|建成|形成|成为|翻番|翻一番|创成|进入|力争|确保)")
_DONE = re.compile(r"已|同比|环比|较上年|比上年|累计")
_WILL = re.compile(r"(?<![主重需必首次纪概摘索只还就简不紧险切])要(?![求素点闻害塞道件职么是不领务义价紧强目地旨])")
_DISPATCH = ("讯", "电")


@dataclass(frozen=True, slots=True)
class Reference:
    """A period with the reason for it; ``evidence`` are ranges of the text with the reason in words."""

    period: Period
    basis: Literal["given", "dateline", "inferred"]
    evidence: tuple[tuple[Span, str], ...] = ()
    not_before: date | None = None

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.period.precision == "day"


def refer(doc: Document, mentions: Sequence[Mention[Expression]], given: str | None = None) -> Reference | None:
    """The reference date, or None where nothing tells it. Raises ``ValueError`` for a malformed ``given``."""
    if given is not None:
        return Reference(parse_reference(given), "given")
    return _dateline(doc, mentions) or _with_dispatch(doc, mentions, _inferred(doc, mentions))


def _dateline(doc: Document, mentions: Sequence[Mention[Expression]]) -> Reference | None:
    """The date of a byline, with its day if one has it; a speech's own date comes before that of its posting."""
    best: tuple[tuple[bool, bool, int], Mention[Expression], Period] | None = None
    for mention in mentions:
        value = mention.value
        line = doc.paragraph_at(mention.start)
        if not isinstance(value, Point) or line.kind not in ("byline", "boilerplate"):
            continue
        if value.year is None or value.month is None or value.part is not None:
            continue
        month = of_month(value.year, value.month, None)
        period = month if value.day is None else of_day(value.year, value.month, value.day)
        rank = (value.day is None, bool(_POSTED.search(doc.view, line.start, line.end)), mention.start)
        if period and (best is None or rank < best[0]):
            best = (rank, mention, period)
    if best is None:
        return None
    line = doc.paragraph_at(best[1].start)
    why = "the date in the document's dateline"
    return Reference(best[2], "dateline", ((Span(line.start, line.end), why),), best[2].start)


def is_dispatch(doc: Document, mention: Mention[Expression]) -> bool:
    """Whether a day is that of a dispatch (10月12日讯, 10月12日电): it dates the report, not a fact."""
    return isinstance(mention.value, Point) and doc.view[mention.end : mention.end + 1] in _DISPATCH


def _with_dispatch(
    doc: Document, mentions: Sequence[Mention[Expression]], inferred: Reference | None
) -> Reference | None:
    """An inferred year becomes a day where a dispatch gives month and day."""
    for mention in mentions:
        value = mention.value
        if not is_dispatch(doc, mention) or not isinstance(value, Point) or value.month is None or value.day is None:
            continue
        year = value.year or (inferred.period.start.year if inferred else None)
        period = of_day(year, value.month, value.day) if year else None
        if period:
            why = "the day of the dispatch" + ("" if value.year else f"; {year} is the latest year told as past")
            spot = Span(mention.start, mention.end)
            return Reference(period, "dateline", ((spot, why), *(inferred.evidence if inferred else ())), period.start)
    return inferred


def _years(value: Expression) -> int | None:
    if isinstance(value, Range):
        if value.right is None:
            return value.left.year
        return value.right.year or value.left.year
    return value.year if isinstance(value, Point) else None


def _inferred(doc: Document, mentions: Sequence[Mention[Expression]]) -> Reference | None:
    """The latest year that the text speaks of as past."""
    best: tuple[int, int, Mention[Expression]] | None = None
    begun = _begun(doc, mentions)
    for mention in mentions:
        year = _years(mention.value)
        if year is None or year not in YEARS or (mention.start not in begun and is_future(doc, mention)):
            continue
        month = _reached(doc, mention)
        if best is None or (year, month or 0) > best[:2]:
            best = (year, month or 0, mention)
    if best is None:
        return None
    year, month, mention = best
    evidence = [(_clause(doc, mention), f"{year} is the latest year that the text speaks of as past")]
    turned = _turned(doc, mentions, year, month)
    if turned is not None:
        evidence.append(turned)
        year, month = year + 1, 0
    return Reference(parse_reference(f"{year}"), "inferred", tuple(evidence), date(year, month or 1, 1))


def _reached(doc: Document, mention: Mention[Expression]) -> int | None:
    """The month that a date had come to: 2023年底 and 2023年全年 are told when the year is over."""
    value = mention.value
    if not isinstance(value, Point):
        return None
    over = value.month is None and (value.part == "end" or doc.view.startswith("全年", mention.end))
    return 12 if over else value.month


def _begun(doc: Document, mentions: Sequence[Mention[Expression]]) -> set[int]:
    """Where whole years are named whose months the same paragraph tells as past: 2025年，全力冲刺！1—2月，已完成…."""
    begun: set[int] = set()
    year: tuple[int, int] | None = None  # the start of its line, and its own
    for mention in mentions:
        value, line = mention.value, doc.paragraph_at(mention.start).start
        if isinstance(value, Point) and value.year is not None:
            year = (line, mention.start) if value == Point(value.year) else None
        elif year is not None and year[0] == line and _told_month(value) and _told_done(doc, mention):
            begun.add(year[1])
    return begun


def _told_done(doc: Document, mention: Mention[Expression]) -> bool:
    return not is_future(doc, mention) and bool(_DONE.search(doc.view, mention.end, _clause(doc, mention).end))


def _told_month(value: Expression) -> bool:
    """Whether a date is a month, or months, without a year of its own."""
    point = value.right if isinstance(value, Range) else value
    return isinstance(point, Point) and point.year is None and point.word is None and point.month is not None


def _turned(doc: Document, mentions: Sequence[Mention[Expression]], year: int, month: int) -> tuple[Span, str] | None:
    """今年 is the year after the latest one written out, if that one had already come to a later month than any that
    今年 is told to have had (2023年11月 … 今年1—5月)."""
    told = [(last, m) for m in mentions if (last := _month_of_this_year(m.value)) and not is_future(doc, m)]
    if told and month == 0:
        return _told_behind(doc, mentions, year, told[0][1])
    if month == 0 and (hoped := _planned_behind(doc, mentions, year)):
        return hoped
    if not told or max(told, key=lambda one: one[0])[0] >= month:
        return None
    latest = max(told, key=lambda one: one[0])[1]
    return _clause(doc, latest), f"the text knows {year}-{month:02d}, but of 今年 no month so late: 今年 is {year + 1}"


def _told_behind(
    doc: Document, mentions: Sequence[Mention[Expression]], year: int, this_year: Mention[Expression]
) -> tuple[Span, str] | None:
    """2023年产值71亿元。今年一季度，又增长14%: who writes out a year does not call it 今年 in the next breath."""
    line = doc.paragraph_at(this_year.start).start
    for mention in mentions:
        value = mention.value
        whole = isinstance(value, Point) and value == Point(year)
        if whole and line <= mention.start < this_year.start and not is_future(doc, mention):
            return _clause(doc, this_year), f"今年 is told behind {year}: it is {year + 1}"
    return None


def _planned_behind(doc: Document, mentions: Sequence[Mention[Expression]], year: int) -> tuple[Span, str] | None:
    """2023年，完成产值138亿元。…今年，园区要完成155亿元: a report that accounts for a year plans the next."""
    whole = next((m for m in mentions if m.value == Point(year) and not is_future(doc, m)), None)
    now = [m for m in mentions if isinstance(m.value, Point) and m.value.word in ("今年", "本年")]
    if whole is None or not now or not all(m.start > whole.start and is_future(doc, m) for m in now):
        return None
    return _clause(doc, now[0]), f"今年 is planned behind the account of {year}: it is {year + 1}"


def _month_of_this_year(value: Expression) -> int | None:
    if isinstance(value, Range):
        right = value.right
        return right.month if value.left.word == "今年" and right is not None else None
    if not isinstance(value, Point) or value.word != "今年":
        return None
    return value.month or {"h1": 6, "h2": 12, "q1": 3, "q2": 6, "q3": 9, "q4": 12}.get(value.part or "")


def _clause(doc: Document, mention: Mention[Expression]) -> Span:
    """The clause that holds a date; a date standing alone (2025年，…) takes the next clause with it."""
    clauses = doc.clauses(doc.sentence_at(mention.start))
    for index, clause in enumerate(clauses):
        if clause.start <= mention.start < clause.end:
            alone = clause.end - clause.start <= mention.end - mention.start + 3
            follows = clauses[index + 1].end if alone and index + 1 < len(clauses) else clause.end
            return Span(clause.start, follows)
    return Span(mention.start, mention.end)


def is_future(doc: Document, mention: Mention[Expression]) -> bool:
    """Whether the clause of a date speaks of something to come (力争2025年, 2025年前, 到2025年将)."""
    clause = Span(doc.sentence_at(mention.start).start, _clause(doc, mention).end)
    if _TARGET.match(doc.view[mention.end : clause.end]) or planned(doc.view, clause.start, clause.end):
        return True
    if _WILL.search(doc.view, mention.end, clause.end):
        return True
    if doc.view[max(0, mention.start - 1) : mention.start] != "到":
        return False
    opens = mention.start - 1 <= clause.start or doc.view[mention.start - 2] in "，,。；;：:“ "
    reached = opens and _BY_THEN.match(doc.view, mention.end, clause.end) is not None
    return doc.view[mention.end :][:1] in "，," or (reached and not _DONE.search(doc.view, mention.end, clause.end))
