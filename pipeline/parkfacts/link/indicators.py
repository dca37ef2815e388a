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
from parkfacts.link.subjects.heads import Named, words
from parkfacts.segment import Document
from parkfacts.text import Mention, Span

_CLAUSE = re.compile(r"[，,。；;！!？?…\n]")
_LIST = re.compile(r"[、和及与]|以及")
_JOINED = re.compile(r"[、和及与至到~—\-]{1,2}\Z")
_APPOSITION = re.compile(r"[两二三四五六七八九][大个][^、，。]{2,8}\Z")
_NOTE = re.compile(r"[（(][^（）()\n]{1,30}[）)](?:由|从|为|达到?|共|合计|超过|约)*\Z")
_JOINED_CHANGE = re.compile(r"[、和及与](?:增长|下降|增加|减少|提高|降低)")
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
_BULLETIN = re.compile(r"数[字据]|数[说读看]|成绩单|年报|答卷|运行|公报|统计|简况|快报|经济形势")
_UNTIL = re.compile(r"(?:截至|截止|至|到)\Z")
_LASTING = re.compile(
    r"总投资|占地|用地|面积|全长|总长|容积|产能|能力|年产|年供|年用|年发电|日处理|日供|注册资本|总规模|概算|投资强度"
)
_WORKS = re.compile(r"动工|开工|奠基|开建|破土|竣工|封顶|投产|投运|启用|通[水车气]|投料|点火|建成|扩建|增资")
_AT_HEAD = re.compile(r"(?:[^\u4e00-\u9fff]|[在自到至从于]|截[至止]|其中|其?后|预计|力争){0,3}")
_SINCE_THEN = re.compile(r"[由从](?:19|20)\d\d年[^，。；]{0,4}的\Z")
_WAS = re.compile(r"[由从]\Z")
_OPENS = re.compile(
    r"(?:[^，。；]{0,3}|(?:[^，。；]{0,4}(?:核算|统计|测算|快报)(?:数据)?(?:显示)?|预计|据悉|据了解|总的看)[，,]?)"
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
# 租金为市场价的六成, 价格只有进口产品的一半: what is compared stands in front of the verb
_LEVEL_OF = re.compile(r"(?:只有|仅有?|为|是|相当于|不到|不足|低于)(?!主)[^，。；、占]{2,10}的\Z")
_SHARE = re.compile(
    r"占(?!比|有|用|股|地(?!区))(?P<whole>[^，。；：占]{2,20}?)的?(?P<share>的?(?:比重|比例|份额))?(?:[由从][^，。；]{0,8})?(?:(?:提升|提高|上升|增加|下降|降低)[至到])?(?:为|达到?|约|近|超)*\Z"
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


def _joins(left: str) -> bool:
    """Whether the text between two amounts makes a list of them: 8.3%和3.2%, 增长8.3%和下降3.2%."""
    return _JOINED.fullmatch(left) is not None or _JOINED_CHANGE.fullmatch(left) is not None


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

    def read(self, index: int) -> Reading:
        """The reading of the next amount."""
        amount = self.amounts[index]
        self._enter(amount)
        cell = self._in_table(amount)
        base = self._pass_dates(amount, cell is not None)
        indicator, change = cell[:2] if cell else self._indicator(index)
        if amount.rule == "doubling":
            change = "up"
        base = self._base_before(index, change) if base is None and cell is None else base
        name = indicator if isinstance(indicator, str) else indicator[0] if indicator else ""
        subject = cell[2] if cell and cell[2] else self._subject(amount, name)
        subject = self.owners.get(index) or self._owner_of_before(index) or subject
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

    def _base_before(self, index: int, change: str | None) -> int | None:
        """由2020年的5.1%升至7.4%，提高2.3个百分点: since 2020; 是2015年的4.1倍和2.7倍: both of 2015."""
        amount = self.amounts[index]
        if not index or self.amounts[index - 1].start < self.sentence.start:
            return None
        last = self.amounts[index - 1]
        if _joins(self.doc.view[last.end : amount.start]) and last.value.unit == amount.value.unit:
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
        if _WAS.search(view, max(date.end, amount.start - 2), amount.start):
            return None  # 由3亿元增至5亿元: the first is of a time before
        counted = _UNTIL.search(view, max(0, date.start - 3), date.start) is not None
        if not counted and (
            (_LASTING.search(indicator) and self._is_work(date, amount))
            or _LATER.search(view, max(date.end, self.sentence.start, amount.start - _REACH), amount.start)
        ):
            return None
        if date.start < self.sentence.start:
            opens = _OPENS.fullmatch(view, self.doc.sentence_at(date.start).start, date.start) is not None
            return self.dated if opens and (counted or _PERIOD.search(view, date.start, date.end)) else self.period
        return None if self._is_event(date, amount) else self.dated

    def _is_work(self, date: Mention[DateValue], amount: Mention[AmountValue]) -> bool:
        """10月15日二期厂房开工，建筑面积6万平方米: what a thing measures isn't dated by the day that its works began; what
        is agreed or approved is (签约, 批复), and so is what comes to be in a period."""
        view = self.doc.view
        if date.start < self.sentence.start or _PERIOD.search(view, date.start, date.end):
            return date.start < self.sentence.start
        mark = _CLAUSE.search(view, amount.end, self.sentence.end)
        close = mark.start() if mark else self.sentence.end
        return _WORKS.search(view, max(date.end, amount.start - _REACH), min(close, amount.end + _REACH)) is not None

    def _is_event(self, date: Mention[DateValue], amount: Mention[AmountValue]) -> bool:
        """澄川机电2003年入园，员工120人: a date within its clause, which tells an event and no figure."""
        view = self.doc.view
        if date.rule.startswith("recent"):
            return _CLAUSE.search(view, date.end + 1, amount.start) is not None
        if _AT_HEAD.fullmatch(view, self.sentence.start, date.start):
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
        if _joins(left) and index and self.amounts[index - 1].value.unit == amount.value.unit:
            own = phrases.growth(left)
            indicator, change = self._next_of_list(index)
            return indicator, own.change if own else change
        grows = phrases.growth(left)
        change = grows.change if grows else phrases.grown(view, amount.end) or phrases.direction(left)
        end = begin + grows.start if grows else amount.start
        if amount.value.dimension == "percent" and (share := _SHARE.search(left)):
            return self._share(index, begin, share), change
        if amount.value.dimension == "ratio" and _TIMES_OF.search(left):
            return self._carried(index, True), change
        if amount.value.dimension in ("percent", "ratio") and (level := _LEVEL_OF.search(left)):
            return phrases.before(self.doc, begin, begin + level.start()) or self._carried(index, True), change
        if several := self._several(index, view[begin:end]):
            return several, change
        if self._goes_on(index):
            return self.readings[index - 1].indicator, change
        front = "" if left.endswith("的") and self._behind(index, of=True) else self._before(begin, end)
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

    def _goes_on(self, index: int) -> bool:
        """投资20亿元的汽车产业园、12亿元的智能通信产业园: the second leaves out what the first measured."""
        if not index or self.doc.view[self.amounts[index].start - 1] not in "、和及与":
            return False
        now, last = self.amounts[index], self.amounts[index - 1]
        of = self.doc.view.startswith("的", now.end) and self.doc.view.startswith("的", last.end)
        return of and now.value.unit == last.value.unit and last.start >= self.sentence.start

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
        """The noun in front, behind the last date (去年营业收入) unless nothing stands there (能耗比2020年下降); a note in
        brackets between is passed over (税收（含出口退税）由3亿元)."""
        if note := _NOTE.search(self.doc.view, max(self.sentence.start, end - _REACH), end):
            marks = [m.end() for m in _CLAUSE.finditer(self.doc.view, self.sentence.start, note.start())]
            begin, end = (marks[-1] if marks else max(self.sentence.start, note.start() - 60)), note.start()
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
        of_owner = phrases.identify(place.label) is None and place.caption not in self.tables_of_indicators
        if of_owner and (phrases.identify(place.head) or rate) and place.label:
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
        if match is not None and match["one"] and (measure := self._each_does(index, head)):
            return measure
        items = [item for item in map(phrases.item, _LIST.split(head)) if item]
        if match is not None and match["one"] and (shared := self._shared_out(index, items)):
            return shared
        if match is not None and match["one"]:
            return items[0] if len(items) > 1 else self._first_of_before(index)
        return tuple(items) if len(items) > 1 else None

    def _shared_out(self, index: int, items: Sequence[str]) -> str | None:
        """新能源、新材料产业产值分别为98亿元和67亿元: one measure of several owners, in their order."""
        measure = words("measure").search(items[-1]) if len(items) > 1 else None
        if measure is None or len(items) != self._listed(index) or any(map(phrases.identify, items[:-1])):
            return None
        owner = items[-1][: measure.start()]
        if owner.endswith("产业") and not items[0].endswith("产业") and len(owner) > 3:
            owner = owner.removesuffix("产业")
        for at, one in enumerate((*items[:-1], owner)):
            self.owners[index + at] = one
        return measure[0] if owner else None

    def _each_does(self, index: int, head: str) -> str | None:
        """汽车和家电两大产业分别实现产值90亿元和16亿元: the measure behind 分别, of the owners in front of it."""
        front, found, behind = head.partition("分别")
        measure = words("measure").search(behind) if found else None
        owners = [phrases.item(one) for one in _LIST.split(_APPOSITION.sub("", front))]
        if measure is None or len(owners) < 2 or len(owners) != self._listed(index) or not all(owners):
            return None
        self.owners.update({index + at: one for at, one in enumerate(owners)})
        return measure[0]

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
            if not _joins(left):
                break
            size += 1
        return size

    def _next_of_list(self, index: int) -> tuple[str | tuple[str, ...] | None, str | None]:
        """The second and later numbers behind 分别."""
        first = index - 1
        while first and _joins(self.doc.view[self.amounts[first - 1].end : self.amounts[first].start]):
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

    def _owner_of_before(self, index: int) -> str | None:
        """…分别为98亿元和67亿元，增长14.8%和4.5%: the owners of as many amounts before; 甲、乙产值均…，增幅分别为17%和13%."""
        size = self._listed(index)
        if index >= size and all(index - size + at in self.owners for at in range(size)):
            if self.amounts[index - size].start >= self.sentence.start:
                self.owners.update({index + at: self.owners[index - size + at] for at in range(size)})
        elif size > 1 and _EACH.search(
            self.doc.view, max(0, self.amounts[index].start - 16), self.amounts[index].start
        ):
            several = _LIST.split(self.topics.topic or "")
            if len(several) == size:
                self.owners.update({index + at: one for at, one in enumerate(several)})
        return self.owners.get(index)

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
