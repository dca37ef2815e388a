"""What an amount measures, in the words of its clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parkfacts.find.amounts import AmountValue
from parkfacts.link import phrases
from parkfacts.link.indicators.walk import CLAUSE, EACH, JOINED, LIST, REACH, Walk, joins
from parkfacts.link.subjects.heads import head, words
from parkfacts.text import Mention

_APPOSITION = re.compile(r"(?:[两二三四五六七八九][大个]|\d+[大个]?)[^、，。\d]{2,8}\Z")
_BEYOND = re.compile(r"分别(?:超|高于|高出|低于|快于|多于)")
_MERELY = re.compile(r"[，,]?(?:又|再|已|将|有望|预计|力争|约|近|超|为|达到?|完成|实现|突破|至|到|增至|降至|冲刺|了)*")
_GOAL_ONLY = re.compile(r"(?:年度|全年|年)?(?:目标|任务|计划)(?:任务)?数?")
_NOTE = re.compile(r"[（(][^（）()\n]{1,30}[）)](?:由|从|为|达到?|共|有|合计|超过|约)*\Z")
_WHOLE = re.compile(r"全[市省县区国园球]|[^业产投]{1,3}[市省县]\Z")
_WEAK_ENDS = ("片区", "区块", "地块", "一期", "二期", "三期", "四期", "首批", "剩余")
_INDUSTRY = re.compile(r"..(?<!企)(?<!就)(?<!创)(?<!毕)业\Z")
_NEAR = 6  # how many amounts back what an industry grows in may have been told
_WEAK = frozenset(("另", "单笔", "全市", "全县", "全省", "全国", "全球"))
_EMPTY = frozenset(("一期", "二期", "三期", "四期", "另", "其余", "剩余", "首批", "单笔", "还"))
_FUND = re.compile(r"[^，。；、的]{0,6}(?:资金|奖励|补助|补贴|授信|贷款|订单|基金|股权|股份)")
_SPENT = re.compile(r"(投入|投资|出资|增资|融资|续贷|持股)(?:了|约|近|超|达|逾|不[少低]于|不超过|超过)*\Z")
_IS = frozenset(("为", "达", "达到", "达到了", "约为", "高达"))
_GOAL = re.compile(r"计划|目标|任务|总长|总量|进度|预算")
_WHOLES = frozenset(("总数", "总额", "总体", "总人数", "总产值", "全部"))
_TIMES_OF = re.compile(r"(?:是|为|相当于|等于|达到?)[^，。；、]{0,12}的?\Z|(?:等于|相当于)\Z")
# 租金为市场价的六成, 价格只有进口产品的一半: what is compared stands in front of the verb
_LEVEL_OF = re.compile(r"(?:只有|仅有?|为|是|相当于|不到|不足|低于)(?!主)[^，。；、占]{2,10}的\Z")
_SHARE = re.compile(
    r"占(?!比|有|用|股|地(?!区))(?P<whole>[^，。；：占]{2,20}?)的?(?P<share>的?(?:比重|比例|份额))?(?:[由从][^，。；]{0,8})?(?:(?:提升|提高|上升|增加|下降|降低)[至到])?(?:为|达到?|约|近|超)*\Z"
)


class Wording(Walk):
    """The nouns in front of a number, behind it, or told before."""

    def _indicator(self, index: int) -> tuple[str | tuple[str, ...] | None, str | None]:
        amount, view = self.amounts[index], self.doc.view
        if (captioned := self._captioned(amount)) is not None:
            return captioned, None
        begin = self._begin(index)
        left = view[begin : amount.start]
        if joins(left) and index and self.amounts[index - 1].value.unit == amount.value.unit:
            own = phrases.growth(left)
            indicator, change = self._next_of_list(index)
            return indicator, own.change if own else change
        grows = phrases.growth(left)
        change = grows.change if grows else phrases.grown(view, amount.end) or phrases.direction(left)
        end = begin + grows.start if grows else amount.start
        if amount.value.dimension == "percent" and (share := _SHARE.search(left)):
            return self._share(index, begin, share), change
        if amount.value.dimension == "ratio" and _TIMES_OF.search(left):
            told = self._several(index, begin, view.index("分别", begin)) if "分别" in left else None
            return told or self._carried(index, True), change
        if amount.value.dimension in ("percent", "ratio") and (level := _LEVEL_OF.search(left)):
            return phrases.before(self.doc, begin, begin + level.start()) or self._carried(index, True), change
        if several := self._several(index, begin, end):
            return several, change
        if grows and (measure := self._of_industry(index, begin, end)):
            return measure, change
        if left == "的" and amount.value.dimension == "percent" and index > 1:
            return self.readings[index - 2].indicator, change  # 产值17亿元，完成年任务75亿元的23%
        if self._goes_on(index):
            return self.readings[index - 1].indicator, change
        front = "" if left.endswith("的") and self._behind(index, of=True) else self._before(begin, end)
        weak = front in _WEAK or front.endswith(_WEAK_ENDS)
        if not grows and (not front or weak or amount.value.dimension == "count"):  # 16家知名高校, 1800亩土地征收
            front = self._behind(index) or front
        if not grows and (not front or weak) and amount.value.dimension in ("percent", "money", "area", "mass"):
            front = self._behind(index, of=True) or front
        if amount.value.dimension == "money" and _FUND.match(view, amount.end):
            front = phrases.behind(self.doc, amount.end, self.sentence.end) or front
        front = "" if front in _EMPTY else front
        if index and view.startswith(counted := str(self.readings[index - 1].indicator), self.amounts[index - 1].end):
            front = front.removeprefix(counted) or front  # 帮287家企业续贷19亿元
        if not front and grows and self._listed(index) > 1:
            front = self._first_of_before(index) or front  # 内资15亿元、外资4亿元，同比增长18%、17%
        if not front and index and amount.value.dimension == "percent" and left.endswith("占"):
            return self.readings[index - 1].indicator, change  # 规上企业89家，占27.3%
        if not front and index and (JOINED.fullmatch(left) or (not grows and view[begin - 2 : begin - 1] == "中")):
            return self.readings[index - 1].indicator, change  # 拆迁房屋412户、7.3万平方米
        if not front and amount.value.dimension == "money" and (spent := _SPENT.search(left)):
            front = spent[1]
        if not front and not left and amount.value.dimension == "money":
            return self._counted_before(index), change  # 甲园区税收5亿元，全省第二；乙园区3亿元
        front = front or self._of_clause_before(index, begin, left)
        if not front and index and self._at_a_date(begin, end):
            told = self._counted_before(index) if grows is None else self._grows_on(index)
            return told or self._carried(index, grows is not None), change
        return front or self._carried(index, grows is not None), change

    def _at_a_date(self, begin: int, end: int) -> bool:
        """2023年产值6亿元；2024年前三季度为4亿元: nothing but a time stands in front of a number."""
        date = self.dates[self.date_at - 1] if self.date_at else None
        if date is None or not begin <= date.end + 1 <= end + 1 or date.start < self.sentence.start:
            return False
        opens = date.start == self.sentence.start or self.doc.view[date.start - 1] in "，；,;中而"
        return opens and _MERELY.fullmatch(self.doc.view, date.end, end) is not None

    def _grows_on(self, index: int) -> str | tuple[str, ...] | None:
        """去年产值71亿元；今年一季度，又增长14%: in what was told before, within the paragraph."""
        return self.readings[index - 1].indicator if self.amounts[index - 1].start >= self.paragraph else None

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

    def _counted_before(self, index: int) -> str | tuple[str, ...] | None:
        """重点项目36个，开工率86%；竣工投产7个: what was last counted in this unit, in the same paragraph."""
        unit = self.amounts[index].value.unit
        for at in range(index - 1, max(-1, index - 8), -1):
            if self.amounts[at].start < self.paragraph:
                return None
            if self.amounts[at].value.unit == unit:
                return self.readings[at].indicator
        return None

    def _before(self, begin: int, end: int) -> str:
        """The noun in front, behind the last date (去年营业收入) unless nothing stands there (能耗比2020年下降); a note
        in brackets between is passed over (税收（含出口退税）由3亿元)."""
        if note := _NOTE.search(self.doc.view, max(self.sentence.start, end - REACH), end):
            marks = [m.end() for m in CLAUSE.finditer(self.doc.view, self.sentence.start, note.start())]
            begin, end = (marks[-1] if marks else max(self.sentence.start, note.start() - 60)), note.start()
            if self.doc.view.endswith(("同比", "环比"), begin, end):
                return ""  # 768亿元，同比（下同）增长8%
        date = self.dates[self.date_at - 1] if self.date_at else None
        if date is None or not begin < date.end < end:
            return phrases.before(self.doc, begin, end)
        return phrases.before(self.doc, date.end, end) or phrases.before(self.doc, begin, max(begin, date.start))

    def _share(self, index: int, begin: int, share: re.Match[str]) -> str | tuple[str, ...] | None:
        """税收占全县的比重 is whole; 研发投入占营收的3% tells of 研发投入; ，占用电量的一成 of what it is a part of."""
        part = phrases.before(self.doc, begin, begin + share.start())
        if share["share"]:
            return part + self.doc.view[begin + share.start() : begin + share.end("share")]
        if part or _WHOLE.match(share["whole"]) or _GOAL.search(share["whole"]) or share["whole"] in _WHOLES:
            return part or self._carried(index, True)
        return share["whole"]

    def _begin(self, index: int) -> int:
        """Where the clause in front of the amount begins; no further back than the amount or the name before it."""
        start, view = self.amounts[index].start, self.doc.view
        begin = max(self.sentence.start, self.amounts[index - 1].end if index else 0, start - 60)
        for mark in CLAUSE.finditer(view, begin, start):
            begin = mark.end()
        while self.name_at < len(self.names) and self.names[self.name_at].end <= start:
            self.name_at += 1
        return max(begin, self._behind_name(self.amounts[index])) if self.name_at else begin

    def _behind_name(self, amount: Mention[AmountValue]) -> int:
        """The end of the last name; its start where the name is what is counted (自来水厂1座), or is none but the
        kind of firms that are (限上商贸企业15家)."""
        name, view = self.names[self.name_at - 1], self.doc.view
        counted = amount.value.dimension == "count" and name.value.type in ("facility", "park")
        kind = view.startswith("企业", name.end, amount.start)
        return name.start if kind or (counted and name.end == amount.start) else name.end

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

    def _several(self, index: int, begin: int, end: int) -> tuple[str, ...] | str | None:
        """A、B、C均增长…: all of them; A、B分别增长8.1%和9.3%: one each, in their order."""
        head = self.doc.view[begin:end]
        front, of, noun = head.rpartition("的")
        head = noun if of and "、" in front and "、" not in noun else head  # 甲、乙等市的项目落地率均达到30%
        match = EACH.search(self.doc.view, max(0, self.amounts[index].start - 16), self.amounts[index].start)
        if match is None and "、" not in head:
            return None
        if match is not None and match["one"] and (measure := self._each_does(index, head)):
            return measure
        items = [item for item in map(phrases.item, LIST.split(head)) if item]
        if match is None and len(items) == self._listed(index) > 1:
            return items[0]  # 完成投资、产值、税收1、2、3亿元
        if match is None and not phrases.grown(self.doc.view, self.amounts[index].end):
            return None
        if match is not None and match["one"] and (shared := self._shared_out(index, items)):
            return shared
        if match is not None and match["one"]:
            beyond = _BEYOND.match(self.doc.view, match.start()) is not None  # 分别超过未入园项目24个、7个百分点
            noun = "" if beyond else phrases.before(self.doc, begin, end)
            return items[0] if len(items) > 1 and not beyond else noun or self._first_of_before(index)
        return tuple(items) if len(items) > 1 else None

    def _each_does(self, index: int, head: str) -> str | None:
        """汽车和家电两大产业分别实现产值90亿元和16亿元: the measure behind 分别, of the owners in front of it."""
        front, found, behind = head.partition("分别")
        measure = words("measure").search(behind) if found else None
        owners = [phrases.item(one) for one in LIST.split(_APPOSITION.sub("", front))]
        if measure is None or len(owners) < 2 or len(owners) != self._listed(index) or not all(owners):
            return None
        self.owners.update({index + at: one for at, one in enumerate(owners)})
        return measure[0]

    def _shared_out(self, index: int, items: Sequence[str]) -> str | None:
        """新能源、新材料产业产值分别为98亿元和67亿元: one measure of several owners, in their order."""
        measure = words("measure").search(items[-1]) if len(items) > 1 else None
        if measure is None or len(items) != self._listed(index) or any(map(phrases.identify, items[:-1])):
            return None
        if any(phrases.identify(one + measure[0]) for one in items[:-1]):
            return None  # 固定资产、技改投资分别增长23%、29%
        owner = items[-1][: measure.start()]
        if owner.endswith("产业") and not items[0].endswith("产业") and len(owner) > 3:
            owner = owner.removesuffix("产业")
        for at, one in enumerate((*items[:-1], owner)):
            self.owners[index + at] = one
        return measure[0] if owner else None

    def _first_of_before(self, index: int) -> str | None:
        """实现营业收入8亿元、利润1亿元，同比分别增长7%和9%: the first of as many amounts before as are listed here."""
        size = self._listed(index)
        before = self.readings[index - size : index] if index >= size else []
        found = before[0].indicator if before and self.amounts[index - size].start >= self.sentence.start else None
        return found if isinstance(found, str) else None

    def _next_of_list(self, index: int) -> tuple[str | tuple[str, ...] | None, str | None]:
        """The second and later numbers behind 分别."""
        first = self._first_of_list(index - 1)
        change, at = self.readings[first].change, index - first
        if index in self.owners:
            return self.readings[first].indicator, change
        size = self._listed(first)
        clause = CLAUSE.split(self.doc.view[self.sentence.start : self.amounts[first].start])[-1]
        grows = phrases.growth(clause)
        items = [item for item in map(phrases.item, LIST.split(clause[: grows.start] if grows else clause)) if item]
        if len(items) > at and len(items) >= size:
            return items[at], change
        if len(items) == 1 and items[0].endswith(str(self.readings[first].indicator)):
            return self.readings[first].indicator, change
        if first >= size:
            return self.readings[first - size + at].indicator, change
        return self.readings[index - 1].indicator, change

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
