"""What an amount measures that the text told before: it goes on about it with another number."""

from __future__ import annotations

import re

from parkfacts.link import phrases
from parkfacts.link.indicators.lists import Lists
from parkfacts.link.indicators.walk import CLAUSE, REACH
from parkfacts.link.subjects.heads import head, words

_MERELY = re.compile(r"[，,]?(?:又|再|已|将|有望|预计|力争|约|近|超|为|达到?|完成|实现|突破|至|到|增至|降至|冲刺|了)*")
_GOAL_ONLY = re.compile(r"(?:年度|全年|年)?(?:目标|任务|计划)(?:任务)?数?")
_INDUSTRY = re.compile(r"..(?<!企)(?<!就)(?<!创)(?<!毕)业\Z")
_NEAR = 6  # how many amounts back what an industry grows in may have been told
_DONE = frozenset(("完成", "实现", "达", "达到", "为", "累计完成", "预计完成"))
_ITEM = re.compile(r"(?:[（(]?[一二三四五六七八九十\d]+[)）、.．])\s*(?P<noun>[^，。；：\s]{2,14})[。：]")
_IS = frozenset(("为", "达", "达到", "达到了", "约为", "高达"))


class Told(Lists):
    """The nouns that a number takes over from those before it."""

    def _carried(self, index: int, grows: bool) -> str | tuple[str, ...] | None:
        """A growth rate without a noun tells of what the sentence told of before; so does the second of two levels
        (由3家增至5家), and a total of the same unit (总数达164家)."""
        if not index or self.amounts[index - 1].start < self.paragraph <= self.amounts[index].start >= self.caption:
            return None
        now, last = self.amounts[index].value, self.amounts[index - 1].value
        if now.dimension == "count" and now.unit != last.unit and (told := self._counted_before(index)):
            return told
        if now.dimension != last.dimension and self.amounts[index].start < self.caption:
            return self.readings[index - 1].indicator
        if self.amounts[index - 1].start < self.sentence.start:  # 另有4个
            return self.readings[index - 1].indicator if now.dimension == "count" and now.unit == last.unit else None
        if grows or now.dimension in ("percentage_point", "ratio") or now.unit == last.unit:
            told = self.readings[index - 1].indicator
            goal = index > 1 and isinstance(told, str) and _GOAL_ONLY.fullmatch(told)
            return self.readings[index - 2].indicator if goal else told  # 完成年度目标任务的85%，同比增长56%
        return None

    def _counted_before(self, index: int) -> str | tuple[str, ...] | None:
        """重点项目36个，开工率86%；竣工投产7个: what was last counted in this unit, in the same paragraph."""
        unit = self.amounts[index].value.unit
        for at in range(index - 1, max(-1, index - 8), -1):
            if self.amounts[at].start < self.paragraph:
                return None
            if self.amounts[at].value.unit == unit:
                return self.readings[at].indicator
        return None

    def _grows_on(self, index: int) -> str | tuple[str, ...] | None:
        """去年产值71亿元；今年一季度，又增长14%: in what was told before, within the paragraph."""
        return self.readings[index - 1].indicator if self.amounts[index - 1].start >= self.paragraph else None

    def _at_a_date(self, begin: int, end: int) -> bool:
        """2023年产值6亿元；2024年前三季度为4亿元: nothing but a time stands in front of a number."""
        date = self.dates[self.date_at - 1] if self.date_at else None
        if date is None or not begin <= date.end + 1 <= end + 1 or date.start < self.sentence.start:
            return False
        opens = date.start == self.sentence.start or self.doc.view[date.start - 1] in "，；,;中而"
        return opens and _MERELY.fullmatch(self.doc.view, date.end, end) is not None

    def _of_clause_before(self, index: int, begin: int, left: str) -> str:
        """财政收入显著提升，为4亿元: the head of the clause before, where the verb stands alone before the number."""
        if left not in _IS or not begin or self.doc.view[begin - 1] not in "，,":
            return ""
        marks = [mark.end() for mark in CLAUSE.finditer(self.doc.view, max(0, begin - REACH), begin - 1)]
        first = max([self.sentence.start, *marks[-1:]])
        found = head(self.doc, first, begin - 1, ()) if index == 0 or self.amounts[index - 1].end <= first else None
        if found is None:
            return ""
        end = found.end + 2 * self.doc.view.startswith(("占比", "比重"), found.end)
        return self.doc.text.content[found.start : end]

    def _of_label(self, begin: int, left: str) -> str:
        """（二）固定资产投资。完成96亿元: the item that a sentence is the first of, where it names an indicator."""
        if begin != self.sentence.start or left not in _DONE or not begin:
            return ""
        item = self.doc.sentence_at(begin - 1)
        label = _ITEM.fullmatch(self.doc.view, item.start, item.end)
        named = label is not None and phrases.identify(label["noun"]) is not None
        return self.doc.text.content[label.start("noun") : label.end("noun")] if label and named else ""

    def _of_industry(self, index: int, begin: int, end: int) -> str | None:
        """产值合计增长27%，其中装备产业增长40%、纺织业增长8%: an industry grows in what was measured before it."""
        if self.doc.view[end - 1 : end] != "业" or index == 0:
            return None
        owner = phrases.before(self.doc, begin, end)
        measured = (self._measured(at) for at in range(index - 1, max(-1, index - _NEAR), -1))
        measure = next(filter(None, measured), None)
        if measure is None or not _INDUSTRY.search(owner):
            return None
        self.owners[index] = owner
        return measure

    def _measured(self, at: int) -> str | None:
        """The bare measure of an amount read before, in the same paragraph (四大支柱产业产值: 产值)."""
        told = self.readings[at].indicator
        found = words("measure").search(told) if isinstance(told, str) else None
        return found[0] if found and self.amounts[at].start >= self.paragraph else None

    def _goes_on(self, index: int) -> bool:
        """投资20亿元的汽车产业园、12亿元的智能通信产业园: the second leaves out what the first measured."""
        if not index or self.doc.view[self.amounts[index].start - 1] not in "、和及与":
            return False
        now, last = self.amounts[index], self.amounts[index - 1]
        of = self.doc.view.startswith("的", now.end) and self.doc.view.startswith("的", last.end)
        return (
            of
            and now.value.dimension != "percent"
            and now.value.unit == last.value.unit
            and last.start >= self.sentence.start
        )
