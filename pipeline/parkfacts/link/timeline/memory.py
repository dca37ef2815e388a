"""The dates that later ones are counted from."""

from __future__ import annotations

import re

from parkfacts.find.dates import Expression, Point, Range
from parkfacts.link.reference import Reference, is_future
from parkfacts.segment import Document, Paragraph
from parkfacts.text import Mention

_COMPARED = ("比", "较", "比\n", "较\n")
_PAUSE = "，,、 　"
_ATTRIBUTE = re.compile(r"[^，,。；;、\n]{0,12}的(?!时候|时期|那|一年)")
_WHEN = re.compile(r"[^，,。；;、\n]{0,10}(?:的?时候|时期|的那[^，,。；;、\n]{0,4})[，,]")


class Memory:
    """What has been named so far; ``alone``: the text is nothing but dates."""

    def __init__(self, doc: Document, reference: Reference | None, alone: bool) -> None:
        self.doc = doc
        self.reference = reference
        self.alone = alone
        self.last: Point | None = None  # the last date named, its fields filled in
        self.day: Point | None = None  # the last one with a day, for 当天
        self.period: Point | Range | None = None  # the last part of a year, for 去年同期
        self.month_alone: tuple[int, Point] | None = None  # 10月当月 within a report of 1—10月: to the sentence's end
        self.paragraph_year: int | None = None
        self.future_year: int | None = None  # the paragraph's, told as to come
        self.section_year: int | None = None
        self.leading_year: int | None = None
        self.title_year: int | None = None
        self.title_quarter: Point | None = None
        self._paragraph = -1
        self._futures: dict[int, bool] = {}

    def enter(self, line: Paragraph) -> None:
        """Goes to a paragraph; a new one has named no year."""
        if line.start != self._paragraph:
            self._paragraph, self.paragraph_year, self.future_year = line.start, None, None

    def future(self, mention: Mention[Expression]) -> bool:
        """Whether a date's clause speaks of something to come; asked several times of a date, answered once."""
        if mention.start not in self._futures:
            self._futures[mention.start] = is_future(self.doc, mention)
        return self._futures[mention.start]

    def remember(self, mention: Mention[Expression], point: Point) -> None:
        """Keeps a date that was named, and what it says of its paragraph and section."""
        if self.doc.view.endswith(_COMPARED, 0, mention.start) or point.year is None:
            return
        self.last = point
        self.day = point if point.day is not None else self.day
        line = self.doc.paragraph_at(mention.start)
        self._head(line, mention, point)
        leads = mention.start - line.start <= 1 and self.section_year is None
        if self.future(mention):
            self.future_year = point.year
            if isinstance(mention.value, Point) and mention.value.word == "今年":
                self.paragraph_year = None  # 去年下半年落户，…今年11月投产: what follows is of no last year
            if leads and isinstance(mention.value, Point) and mention.value.word == "今年":
                self.leading_year = point.year  # 今年，园区要…: what follows is told of this year
        elif not self._beside(mention, point):
            self.paragraph_year = point.year
            if self.doc.view.endswith("当月", mention.start, mention.end) and isinstance(self.period, Range):
                self.month_alone = self.doc.sentence_at(mention.start).end, point
            elif point.month is not None or (point.part or "").startswith(("q", "h")):
                self.period = point
            if leads:
                self.leading_year = point.year

    def remember_range(self, mention: Mention[Expression], told: Range) -> None:
        """Keeps a part of a year that was told from month to month, unless something is only compared with it."""
        if not self.doc.view.endswith(_COMPARED, 0, mention.start):
            self.period = told

    def spoken_of(self, start: int) -> Point | Range | None:
        """The part of a year that 去年同期 at ``start`` stands for a year on."""
        return self.month_alone[1] if self.month_alone and start < self.month_alone[0] else self.period

    def _head(self, line: Paragraph, mention: Mention[Expression], point: Point) -> None:
        """A date that stands over a section (in its heading, or alone on its line), or in the title. A byline's says
        when it was written: what is told below 2025年1月8日 may be of the year before."""
        alone = line.end - line.start <= mention.end - mention.start + 2
        if line.kind == "heading" or (line.kind not in ("title", "byline", "boilerplate") and alone):
            self.section_year, self.leading_year = point.year, None
        elif line.kind == "title":
            self.title_year = point.year
            self.title_quarter = point if (point.part or "").startswith("q") else None

    def _beside(self, mention: Mention[Expression], point: Point) -> bool:
        """Whether a date says nothing of when its sentence plays: 2023年投产的企业, 去年营业收入."""
        view = self.doc.view
        when = _WHEN.match(view, mention.end) is not None  # 去年最难的时候，…: the sentence plays then
        alone = point.month is None and point.part is None
        aside = not when and alone and view[mention.end : mention.end + 1] not in _PAUSE
        return _ATTRIBUTE.match(view, mention.end) is not None or (aside and self.paragraph_year is not None)
