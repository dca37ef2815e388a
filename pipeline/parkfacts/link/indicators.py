"""What an amount measures, whose it is, and when.

Amounts are read in the order of the text. What a clause leaves out is taken from the one before it in its sentence:
规上工业产值350亿元，同比增长8.1% tells twice of 规上工业产值.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from parkfacts.find.amounts import AmountValue
from parkfacts.find.amounts.cells import places
from parkfacts.link import phrases
from parkfacts.link.calendar import DateValue
from parkfacts.link.subjects import Topics
from parkfacts.link.subjects.heads import Named
from parkfacts.segment import Document
from parkfacts.text import Mention, Span

_CLAUSE = re.compile(r"[，,。；;！!？?…\n]")
_LIST = re.compile(r"[、和及与]|以及")
_JOINED = re.compile(r"[、和及与至到~—\-]{1,2}\Z")
_EACH = re.compile(r"(?:均|都|(?P<one>分别|各))(?!价|值|衡)[^、，。；\d]{0,8}\Z")
_OWNED = frozenset(("money", "area", "length", "count", "volume", "mass"))
_DOES = re.compile(r"(?:合计|共|累计|分别|全年)?(?:实现|完成|达到|营业|利润|产值|研发|投入|平均|获得|纳税|用工|亩均)")
_WHOLE = re.compile(r"全[市省县区国园球]|[^业产投]{1,3}[市省县]\Z")
_RATE = re.compile(r"增[长幅速减]|同比|环比|占比|比重|比例")
_HEAD = 300  # how far in front of a row its table's head may stand
_ATTRIBUTE = re.compile(r"[^，,。；;、\d]{0,12}的(?![的确])")
_HELD = re.compile(r"举行|举办|召开|开幕")
_SINCE = re.compile(r"(?:[^，。；\d]{0,6}至今|起(?![步点])|以前|之前投)")
_LATER = re.compile(r"(?:达产|满产|投产|建成|完工|竣工|全部建成|投用|投运)后|届时|每年|年均|可(?:年|实现|新增|带动)")
_BULLETIN = re.compile(r"数[字据]|成绩单|年报|答卷|运行|公报|统计|简况|快报|经济形势")
_UNTIL = re.compile(r"(?:截至|截止|至|到)\Z")
_LASTING = re.compile(
    r"总投资|占地|用地|面积|全长|总长|容积|产能|能力|年产|年供|年用|年发电|日处理|日供|注册资本|总规模|概算|投资强度"
)
_PERIOD = re.compile(r"(?:年|季度|半年|[—–-]\d+月|前\d+月)\Z")
_INVESTED = re.compile(r"(?:计划)?(?:总|年度计划|完成|协议总)?投资额?")
_THRESHOLD = re.compile(r"(?:的)?(?:工业|制造业|重大)?(?:项目|企业)(?:有|共|达)?(?:\d|[一二两三四五六七八九十])")
_COMPARED = re.compile(r"[较比]\Z|相比\Z|相较\Z")
_WEAK = re.compile(r"(?:片区|区块|地块|[一二三四]期|首批|剩余|^另|^单笔|^全[市县省国球])\Z")
_EMPTY = frozenset(("另", "其余", "剩余", "首批", "单笔", "还"))
_FUND = re.compile(r"[^，。；、的]{0,6}(?:资金|奖励|补助|补贴|授信|贷款|订单|基金|股权|股份)")
_SPENT = re.compile(r"(投入|投资|出资|增资|融资|续贷|持股)(?:了|约|近|超|达|逾|不[少低]于|不超过|超过)*\Z")
_REACH = 200  # characters that a look back goes at most: a line without an end must not cost its square
_GOAL = re.compile(r"计划|目标|任务|总长|总量|进度|预算")
_TIMES_OF = re.compile(r"(?:是|为|相当于|等于|达到?)[^，。；、]{0,12}的?\Z|(?:等于|相当于)\Z")
_SHARE = re.compile(
    r"占(?!比|有|用|股|地(?!区))(?P<whole>[^，。；：占]{2,20}?)的?(?P<share>的?(?:比重|比例|份额))?(?:[由从][^，。；]{0,8})?(?:为|达到?|约|近|超)*\Z"
)


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


def _start(mention: Mention[Any]) -> int:
    return mention.start


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
        self.topics = Topics(doc, names, park)
        self.readings: list[Reading] = []
        self.date_at = self.name_at = 0  # how many dates and names begin before the amount
        self.sentence = Span(0, 0)
        self.paragraph = -1
        self.caption = 0  # how far the line below a number that stands alone goes
        self.own: int | None = None  # the date of one amount alone
        self.period = self._reported()  # what a bulletin reports of
        self.dated: int | None = None  # the date that governs the clauses since it was named

    def read(self, index: int) -> Reading:
        """The reading of the next amount."""
        amount = self.amounts[index]
        self._enter(amount)
        cell = self._in_table(amount)
        base = self._pass_dates(amount, cell is not None)
        indicator, change = cell[:2] if cell else self._indicator(index)
        name = indicator if isinstance(indicator, str) else indicator[0] if indicator else ""
        subject = cell[2] if cell and cell[2] else self._subject(amount, name)
        if (
            subject
            and isinstance(indicator, str)
            and indicator.startswith(subject)
            and len(indicator) > len(subject) + 1
        ):
            indicator = name = indicator.removeprefix(subject).removeprefix("的")
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
        base, self.own = None, None
        while self.date_at < len(self.dates) and self.dates[self.date_at].start < amount.start:
            date = self.dates[self.date_at]
            if date.value.kind in ("date", "range") and date.start >= self.paragraph - (_HEAD if cell else 0):
                if self._is_base(date, amount):
                    base = self.date_at
                elif self._is_own(date, amount):
                    self.own = self.date_at
                elif not self._is_past(date):
                    self.dated = self.date_at
            self.date_at += 1
        return base

    def _is_base(self, date: Mention[DateValue], amount: Mention[AmountValue]) -> bool:
        """较2017年, 比上年, 是2018年的3.2倍."""
        view = self.doc.view
        if _COMPARED.search(view, max(0, date.start - 2), date.start):
            return True
        return amount.value.dimension == "ratio" and view.startswith("的", date.end) and amount.start <= date.end + 2

    def _is_own(self, date: Mention[DateValue], amount: Mention[AmountValue]) -> bool:
        """由2018年的46人增至312人, 去年签约的22个项目中已有19个: dates the one amount behind it."""
        view = self.doc.view
        match = _ATTRIBUTE.match(view, date.end)
        return match is not None and amount.start <= match.end() + 1

    def _is_past(self, date: Mention[DateValue]) -> bool:
        """2009年4月破土至今, 2018年起: where a time begins that the figure stands at the end of."""
        view = self.doc.view
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
        counted = _UNTIL.search(view, max(0, date.start - 3), date.start) is not None
        if not counted and (
            _LASTING.search(indicator)
            or _LATER.search(view, max(date.end, self.sentence.start, amount.start - _REACH), amount.start)
        ):
            return None
        if date.start < self.sentence.start:
            opens = date.start - self.doc.sentence_at(date.start).start <= 3
            return self.dated if opens and (counted or _PERIOD.search(view, date.start, date.end)) else self.period
        return None if self._is_event(date, amount) else self.dated

    def _is_event(self, date: Mention[DateValue], amount: Mention[AmountValue]) -> bool:
        """澄川机电2003年入园，员工120人: a date within its clause, which tells an event and no figure."""
        view = self.doc.view
        if date.rule.startswith("recent"):
            return _CLAUSE.search(view, date.end + 1, amount.start) is not None
        if date.start - self.sentence.start <= 3:
            return False
        mark = _CLAUSE.search(view, date.end, amount.start)
        if _HELD.search(view, max(date.end, amount.start - _REACH), amount.start):
            return False
        if mark is None or mark.start() <= date.end + 1:
            return False
        return all(
            other.start > mark.start() or other.start < date.start
            for other in self.amounts[self._first_near(date) : self._first_near(date) + 3]
        )

    def _first_near(self, date: Mention[DateValue]) -> int:
        return bisect_left(self.amounts, date.start, key=_start)

    def _of_cell(self, amount: Mention[AmountValue]) -> int | None:
        """The date in the head of the cell's column, or of the nearest one to its left, else that of the caption."""
        place = self.places[amount.start]
        for first, end in (place.above, (place.caption, place.above[0] or amount.start)):
            at = bisect_left(self.dates, end, key=_start) - 1
            if at >= 0 and self.dates[at].start >= first:
                return at
        return None

    def _reported(self) -> int | None:
        """The period in the title of a bulletin."""
        title = next((line for line in self.doc.paragraphs if line.kind == "title"), None)
        if title is None or not _BULLETIN.search(self.doc.view, title.start, title.end):
            return None
        inside = (i for i, date in enumerate(self.dates) if title.start <= date.start < title.end)
        return next((i for i in inside if self.dates[i].value.kind in ("date", "range")), None)

    # ---- what -------------------------------------------------------------------------------------------------

    def _indicator(self, index: int) -> tuple[str | tuple[str, ...] | None, str | None]:
        amount, view = self.amounts[index], self.doc.view
        if (captioned := self._captioned(amount)) is not None:
            return captioned, None
        begin = self._begin(index)
        left = view[begin : amount.start]
        if _JOINED.fullmatch(left) and index and self.amounts[index - 1].value.unit == amount.value.unit:
            return self._next_of_list(index)
        grows = phrases.growth(left)
        change = grows.change if grows else phrases.grown(view, amount.end)
        end = begin + grows.start if grows else amount.start
        if amount.value.dimension == "percent" and (share := _SHARE.search(left)):
            return self._share(index, begin, share), change
        if amount.value.dimension == "ratio" and _TIMES_OF.search(left):
            return self._carried(index, True), change
        if several := self._several(index, view[begin:end]):
            return several, change
        front = self._before(begin, end)
        weak = _WEAK.search(front) is not None
        if not grows and (not front or weak or amount.value.dimension == "count"):  # 16家知名高校, 1800亩土地征收
            front = self._behind(index) or front
        if not grows and (not front or weak) and amount.value.dimension in ("percent", "money", "area", "mass"):
            front = self._behind(index, of=True) or front
        if amount.value.dimension == "money" and _FUND.match(view, amount.end):
            front = phrases.behind(self.doc, amount.end, self.sentence.end) or front
        front = "" if front in _EMPTY else front
        if not front and index and (_JOINED.fullmatch(left) or (not grows and view[begin - 2 : begin - 1] == "中")):
            return self.readings[index - 1].indicator, change  # 拆迁房屋412户、7.3万平方米
        if not front and amount.value.dimension == "money" and (spent := _SPENT.search(left)):
            front = spent[1]
        return front or self._carried(index, grows is not None), change

    def _captioned(self, amount: Mention[AmountValue]) -> str | None:
        """A number alone on its line: the line below says what it is."""
        line = self.doc.paragraph_at(amount.start)
        if line.end - line.start > amount.end - amount.start + 1 or line.end >= len(self.doc.view):
            return None
        below = self.doc.paragraph_at(min(len(self.doc.view) - 1, line.end + 2))
        if below.start <= line.start:
            return None
        self.caption = below.end
        return phrases.headed(self.doc, below.start, below.end) or None

    def _before(self, begin: int, end: int) -> str:
        """The noun in front, behind the last date (去年营业收入) unless nothing stands there (能耗比2020年下降)."""
        date = self.dates[self.date_at - 1].end if self.date_at else 0
        return (phrases.before(self.doc, date, end) if begin < date < end else "") or phrases.before(
            self.doc, begin, end
        )

    def _share(self, index: int, begin: int, share: re.Match[str]) -> str | tuple[str, ...] | None:
        """税收占全县的比重 is whole; 研发投入占营收的3% tells of 研发投入; ，占用电量的一成 of what it is a part of."""
        part = phrases.before(self.doc, begin, begin + share.start())
        if share["share"]:
            return part + self.doc.view[begin + share.start() : begin + share.end("share")]
        if part or _WHOLE.match(share["whole"]) or _GOAL.search(share["whole"]):
            return part or self._carried(index, True)
        return share["whole"]

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
        if self.name_at:
            begin = max(begin, self.names[self.name_at - 1].end)
        return begin

    def _behind(self, index: int, of: bool = False) -> str:
        """The noun behind an amount; ``of``: over a 的 (30亿元的授信, 49%的股权)."""
        amount = self.amounts[index]
        if not of and amount.value.dimension in ("percent", "percentage_point", "ratio"):
            return ""
        end = self.amounts[index + 1].start if index + 1 < len(self.amounts) else len(self.doc.view)
        start = amount.end + (of and self.doc.view.startswith("的", amount.end))
        return (
            "" if of and start == amount.end else phrases.behind(self.doc, start, min(end, self.sentence.end), owned=of)
        )

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
        if len(items) == 1 and self.readings[first].indicator == items[0]:
            return items[0], change
        if first >= size:
            return self.readings[first - size + at].indicator, change
        return self.readings[index - 1].indicator, change

    def _carried(self, index: int, grows: bool) -> str | tuple[str, ...] | None:
        """A growth rate without a noun tells of what the sentence told of before; so does the second of two levels
        (由3家增至5家), and a total of the same unit (总数达164家)."""
        if not index or self.amounts[index - 1].start < self.paragraph <= self.amounts[index].start >= self.caption:
            return None
        now, last = self.amounts[index].value, self.amounts[index - 1].value
        if now.dimension != last.dimension and self.amounts[index].start < self.caption:
            return self.readings[index - 1].indicator
        if self.amounts[index - 1].start < self.sentence.start:  # 另有4个
            return self.readings[index - 1].indicator if now.dimension == "count" and now.unit == last.unit else None
        if grows or now.dimension in ("percentage_point", "ratio") or now.unit == last.unit:
            return self.readings[index - 1].indicator
        return None

    # ---- whose ------------------------------------------------------------------------------------------------

    def _subject(self, amount: Mention[AmountValue], indicator: str) -> str | None:
        topic = self.topics.of(amount.start, indicator)
        if amount.value.dimension in _OWNED and (owner := self.topics.owner(amount.end)):
            return owner
        if counted := self._counted_class(amount):
            return counted
        if self.readings and _INVESTED.fullmatch(indicator):
            last = self.amounts[len(self.readings) - 1]
            counted = self.readings[-1].indicator  # 重点项目36个，总投资214亿元: theirs
            if last.value.dimension == "count" and last.start >= self.sentence.start and isinstance(counted, str):
                return counted if counted.endswith("项目") else topic
        if amount.value.dimension == "count" and not self.topics.named_here and self._unowned(amount):
            return None
        return None if _THRESHOLD.match(self.doc.view, amount.end) and amount.value.dimension == "money" else topic

    def _counted_class(self, amount: Mention[AmountValue]) -> str | None:
        """134家工业企业实现产值: those that are counted are told of in their clause."""
        if not self.readings:
            return None
        last, noun = self.amounts[len(self.readings) - 1], self.readings[-1].indicator
        view = self.doc.view
        if last.value.dimension != "count" or not isinstance(noun, str) or not view.startswith(noun, last.end):
            return None
        between = view[last.end + len(noun) : amount.start]
        return noun if _DOES.match(between) and not _CLAUSE.search(between) else None

    def _unowned(self, amount: Mention[AmountValue]) -> bool:
        """16家高校到场, 与16家高校合作, 为110家企业服务: those that are counted are told of, and nobody's."""
        view = self.doc.view
        first = amount.start == self.sentence.start or view[amount.start - 1] in "，,；;：: 与为对和由"
        return first and view[amount.end : amount.end + 1] not in "，。；、,;\n"
