"""When a figure is of, and what it is compared with."""

from __future__ import annotations

import re
from bisect import bisect_left

from parkfacts.find.amounts import AmountValue
from parkfacts.link.calendar import DateValue
from parkfacts.link.indicators.walk import CLAUSE, REACH, Walk, joins, start_of
from parkfacts.text import Mention

_HEAD = 300  # how far in front of a row its table's head may stand
_ATTRIBUTE = re.compile(r"[^，,。；;、\d]{0,12}的(?![的确])")
_HELD = re.compile(r"举行|举办|召开|开幕")
_SINCE = re.compile(r"(?:[^，。；\d]{0,6}至今|起(?![步点])|以前|之前投)")
_LATER = re.compile(
    r"(?:达产|满产|投产|建成|完工|竣工|全部建成|投用|投运)后|届时|每年|年均(?!增|递|复合)|可(?:年|实现|新增|带动)"
)
_UNTIL = ("至", "截止", "到")
_LASTING = re.compile(
    r"总投资|占地|用地|(?<!销售)(?<!施工)(?<!竣工)(?<!成交)面积|全长|总长|容积|产能|能力|年产|年供|年用|年发电|日处理|日供|注册资本|总规模|概算|投资强度"
)
_WORKS = re.compile(r"动工|开工|奠基|开建|破土|竣工|封顶|投产|投运|启用|通[水车气]|投料|点火|建成|扩建|增资")
_AT_HEAD = re.compile(r"(?:[^\u4e00-\u9fff]|[在自到至从于]|截[至止]|其中|其?后|预计|力争){0,3}")
# …，特别是今年以来，…: a clause that is nothing but its time governs what follows
_SINCE_NOW = re.compile(r"(?:以来|期间)?[，,]")
_AT_CLAUSE = re.compile(r"[，,；;](?:特别是|尤其是|其中|截[至止])?\Z")
_YEAR_OF = re.compile(
    r"的?[^，。；]{0,4}(?:收官|开局|起步|攻坚|关键|启动)[^，。；]{0,3}年|(?:预算|计划数?|目标|任务)的"
)
_SINCE_THEN = re.compile(r"[由从](?:(?:19|20)\d\d年|“?十[一二三四五]五”?)[^，。；]{0,4}的\Z")
_SAYS = ("显示", "表明", "获悉")  # 据2016年1—7月统计数据显示
_WAS = ("由", "从")
_OPENS = re.compile(
    r"(?:[^，。；]{0,3}|(?:[^，。；]{0,4}(?:核算|统计|测算|快报)(?:数据)?(?:显示)?|预计|据悉|据了解|总的看)[，,]?)"
)
_PERIOD = re.compile(
    r"(?:年度?|五”?(?:末期?|期间|时期)|季度|半年|[—–~～至到-]\d+月份?|前[\d一二三四五六七八九十]+个?月)\Z"
)
_COMPARED = ("较", "比")
_SET_BESIDE = re.compile("年?(?:同期)?相比|(?:同期)?比较")


class Dating(Walk):
    """The dates that govern an amount."""

    def _pass_dates(self, amount: Mention[AmountValue], cell: bool) -> int | None:
        """Takes note of the dates in front of the amount; the index of the one that it is compared with."""
        base, self.own = None, None
        while self.date_at < len(self.dates) and self.dates[self.date_at].start < amount.start:
            date = self.dates[self.date_at]
            if date.value.kind in ("date", "range") and date.start >= self.paragraph - (_HEAD if cell else 0):
                if self._is_base(date, amount):
                    base = self.date_at
                elif self._is_own(date, amount):
                    self.own = self.date_at
                elif not self._is_past(date) and not self._is_same_year(date):
                    self.dated = self.date_at
            self.date_at += 1
        return base

    def _is_same_year(self, date: Mention[DateValue]) -> bool:
        """2023年，税收3亿元，全年签约20个项目；新增企业9家: 全年 ends no sooner than the year that governs already."""
        if self.dated is None or not self.doc.view.startswith("全年", date.start):
            return False
        ruling = self.dates[self.dated]
        same = (ruling.value.start, ruling.value.end) == (date.value.start, date.value.end)
        return same and _AT_HEAD.fullmatch(self.doc.view, self.sentence.start, ruling.start) is not None

    def _base_before(self, index: int, change: str | None) -> int | None:
        """由2020年的5.1%升至7.4%，提高2.3个百分点: since 2020; 是2015年的4.1倍和2.7倍: both of 2015."""
        amount = self.amounts[index]
        if not index or self.amounts[index - 1].start < self.sentence.start:
            return None
        last = self.amounts[index - 1]
        if joins(self.doc.view[last.end : amount.start]) and last.value.unit == amount.value.unit:
            return self.readings[index - 1].base
        begin = self.readings[index - 2].as_of if index > 1 and change and last.value.dimension != "count" else None
        if begin is None or self.dates[begin].start < self.sentence.start:
            return None
        pair = self.amounts[index - 2]
        if "年均" in self.doc.view[last.end : amount.start]:
            return None
        return begin if _SINCE_THEN.search(self.doc.view, self.dates[begin].start - 1, pair.start) else None

    def _is_base(self, date: Mention[DateValue], amount: Mention[AmountValue]) -> bool:
        """较2017年, 比上年, 是2018年的3.2倍."""
        view = self.doc.view
        if view.endswith(_COMPARED, 0, date.start) or _SET_BESIDE.match(view, date.end):
            return True
        return amount.value.dimension == "ratio" and view.startswith("的", date.end) and amount.start <= date.end + 2

    def _is_own(self, date: Mention[DateValue], amount: Mention[AmountValue]) -> bool:
        """由2018年的46人增至312人, 去年签约的22个项目中已有19个: dates the one amount behind it."""
        view = self.doc.view
        if _YEAR_OF.match(view, date.end):
            return False
        match = _ATTRIBUTE.match(view, date.end)
        return match is not None and amount.start <= match.end() + 1

    def _is_past(self, date: Mention[DateValue]) -> bool:
        """2009年4月破土至今, 2018年起: where a time begins that the figure stands at the end of; “十四五”收官之年: what
        a year is to it."""
        view = self.doc.view
        if _YEAR_OF.match(view, date.end):
            return True
        return _SINCE.match(view, date.end) is not None or _ATTRIBUTE.match(view, date.end) is not None

    def _as_of(self, amount: Mention[AmountValue], indicator: str) -> int | None:
        """The date that governs an amount. A day governs its sentence, a period the paragraph that it opens; what a
        project is to be (总投资, 占地) has no date but that of a count (截至…), and an event's date its clause."""
        if self.own is not None:
            return self.own
        if amount.start in self.places:
            return self._of_cell(amount)
        if self.dated is None:
            return None if _LASTING.search(indicator) else self.period
        date, view = self.dates[self.dated], self.doc.view
        if view.endswith(_WAS, date.end, amount.start):
            return None  # 由3亿元增至5亿元: the first is of a time before
        counted = view.endswith(_UNTIL, 0, date.start)
        if not counted and (
            (_LASTING.search(indicator) and self._is_work(date, amount))
            or _LATER.search(view, max(date.end, self.sentence.start, amount.start - REACH), amount.start)
        ):
            return None
        if date.start < self.sentence.start:
            governs = counted or _PERIOD.search(view, date.start, date.end) is not None
            return self.dated if governs and self._goes_beyond(date) else self.period
        return None if self._is_event(date, amount) else self.dated

    def _goes_beyond(self, date: Mention[DateValue]) -> bool:
        """Whether a date governs what follows its sentence: one that opens it does, but for 到2030年, which tells of
        what is to come; one that stands alone in a later clause (…，2016年至2018年，…；…) does to the full stop."""
        view, first = self.doc.view, self.doc.sentence_at(date.start).start
        opens = _OPENS.fullmatch(view, first, date.start) is not None
        if opens and (view[date.start - 1] != "到" or view[date.start - 2] in "止至"):
            return True
        alone = _SINCE_NOW.match(view, date.end) and (opens or _AT_CLAUSE.search(view, first, date.start))
        return bool(alone) and view.find("。", date.end, self.sentence.start) < 0

    def _is_work(self, date: Mention[DateValue], amount: Mention[AmountValue]) -> bool:
        """10月15日厂房开工，建筑面积6万平米: what a thing measures isn't dated by the day that its works began; what
        is agreed or approved is (签约, 批复), and so is what comes to be in a period."""
        view = self.doc.view
        if date.start < self.sentence.start or _PERIOD.search(view, date.start, date.end):
            return date.start < self.sentence.start
        mark = CLAUSE.search(view, amount.end, self.sentence.end)
        close = mark.start() if mark else self.sentence.end
        return _WORKS.search(view, max(date.end, amount.start - REACH), min(close, amount.end + REACH)) is not None

    def _is_event(self, date: Mention[DateValue], amount: Mention[AmountValue]) -> bool:
        """澄川机电2003年入园，员工120人: a date within its clause, which tells an event and no figure."""
        view = self.doc.view
        if date.rule.startswith("recent"):
            return CLAUSE.search(view, date.end + 1, amount.start) is not None
        if _AT_HEAD.fullmatch(view, self.sentence.start, date.start):
            return False
        if _SINCE_NOW.match(view, date.end) and _AT_CLAUSE.search(view, self.sentence.start, date.start):
            return False
        mark = CLAUSE.search(view, date.end, amount.start)
        if mark and view.endswith(_SAYS, date.end, mark.start()):
            return False
        if _HELD.search(view, max(date.end, amount.start - REACH), amount.start):
            return False
        if mark is None or mark.start() <= date.end + 1:
            return False
        return all(
            other.start > mark.start() or other.start < date.start
            for other in self.amounts[self._first_near(date) : self._first_near(date) + 3]
        )

    def _first_near(self, date: Mention[DateValue]) -> int:
        return bisect_left(self.amounts, date.start, key=start_of)

    def _of_cell(self, amount: Mention[AmountValue]) -> int | None:
        """The date in the head of the cell's column, or of the nearest one to its left, else that of the caption; a
        column 本月 has none of a longer time."""
        place = self.places[amount.start]
        for first, end in (place.above, (place.caption, place.above[0] or amount.start)):
            at = bisect_left(self.dates, end, key=start_of) - 1
            if at >= 0 and self.dates[at].start >= first:
                monthly = place.head.startswith(("本月", "当月")) and self.dates[at].value.precision != "month"
                return None if monthly else at
        return None
