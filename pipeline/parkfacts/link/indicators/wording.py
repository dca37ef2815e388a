"""What an amount measures, in the words of its clause."""

from __future__ import annotations

import re

from parkfacts.find.amounts import AmountValue
from parkfacts.link import phrases
from parkfacts.link.indicators.told import Told
from parkfacts.link.indicators.walk import CLAUSE, JOINED, REACH, joins
from parkfacts.text import Mention

_NOTE = re.compile(r"[（(][^（）()\n]{1,30}[）)](?:由|从|为|达到?|共|有|合计|超过|约)*\Z")
_WHOLE = re.compile(r"全[市省县区国园球]|(?:园区|开发区|高新区|经开区|集团|公司)\Z|[^业产投]{1,3}[市省县]\Z")
_MAKES = re.compile("[年日月](?:产|处理|加工)\\Z")
_PLANT = re.compile("(?<=..)(?:[一二三四五六]期)?(?:项目|工程|(?:生)?产线|(?:生产)?基地|工厂|车间)\\Z")
_WEAK_ENDS = ("片区", "区块", "地块", "一期", "二期", "三期", "四期", "首批", "剩余")
_WEAK = frozenset(("另", "单笔", "全市", "全县", "全省", "全国", "全球"))
_EMPTY = frozenset(
    ("一期", "二期", "三期", "四期", "另", "其余", "剩余", "首批", "单笔", "还", "在建", "在谈", "待征", "待建")
)
_FUND = re.compile(r"[^，。；、的]{0,6}(?:资金|奖励|补助|补贴|授信|贷款|订单|基金|股权|股份)")
_SPENT = re.compile(r"(投入|投资|出资|增资|融资|续贷|持股)(?:了|约|近|超|达|逾|不[少低]于|不超过|超过)*\Z")
_GOAL = re.compile(r"计划|目标|任务|总长|总量|进度|预算")
_WHOLES = frozenset(("总数", "总额", "总体", "总人数", "总产值", "全部"))
_TIMES_OF = re.compile(r"(?:是|为|相当于|等于|达到?)[^，。；、]{0,12}的?\Z|(?:等于|相当于)\Z")
# 租金为市场价的六成, 价格只有进口产品的一半: what is compared stands in front of the verb
_LEVEL_OF = re.compile(r"(?:只有|仅有?|为|是|相当于|不到|不足|低于)(?!主)[^，。；、占]{2,10}的\Z")
_SHARE = re.compile(
    r"占(?!比|有|用|股|地(?!区))(?P<whole>[^，。；：占]{2,20}?)的?(?P<share>的?(?:比重|比例|份额))?(?:[由从][^，。；]{0,8})?(?:(?:提升|提高|上升|增加|下降|降低)[至到])?(?:为|达到?|约|近|超)*\Z"
)


class Wording(Told):
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
        front = self._noun(index, begin, end, grows is not None)
        return front or self._left_out(index, begin, end, grows is not None), change

    def _noun(self, index: int, begin: int, end: int, grows: bool) -> str:
        """The noun in front of a number, or behind it where none stands there that says enough."""
        amount, view = self.amounts[index], self.doc.view
        of = view.endswith("的", begin, amount.start) and self._behind(index, of=True)
        front = "" if of else self._before(begin, end)
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
        return front

    def _left_out(self, index: int, begin: int, end: int, grows: bool) -> str | tuple[str, ...] | None:
        """What was told before, for a number without a noun."""
        amount, view = self.amounts[index], self.doc.view
        left, dimension = view[begin : amount.start], amount.value.dimension
        if grows and self._listed(index) > 1 and (first := self._first_of_before(index)):
            return first  # 内资15亿元、外资4亿元，同比增长18%、17%
        if index and dimension == "percent" and left.endswith("占"):
            return self.readings[index - 1].indicator  # 规上企业89家，占27.3%
        if index and (JOINED.fullmatch(left) or (not grows and view[begin - 2 : begin - 1] == "中")):
            return self.readings[index - 1].indicator  # 拆迁房屋412户、7.3万平方米
        sized = dimension in ("area", "length", "mass", "volume")
        if index and sized and not left and view[self.amounts[index - 1].end : amount.start] in ("，", ","):
            return self.readings[index - 1].indicator  # 硬化道路4条，2000米
        if dimension == "money" and (spent := _SPENT.search(left)):
            return spent[1]
        if dimension == "money" and not left:
            return self._counted_before(index)  # 甲园区税收5亿元，全省第二；乙园区3亿元
        if head := self._of_clause_before(index, begin, left) or self._of_label(begin, left):
            return head
        told: str | tuple[str, ...] | None = None
        if index and self._at_a_date(begin, end):
            told = self._grows_on(index) if grows else self._counted_before(index)
        return told or self._carried(index, grows)

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
        if not part and self.doc.view.startswith("的", self.amounts[index].end):
            return self._behind(index, of=True) or self._carried(index, True)  # 用占全县3%的土地
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
        counted = amount.value.dimension == "count" and name.value.kind == "organization"
        kind = view.startswith("企业", name.end, amount.start)
        return name.start if kind or (counted and name.end == amount.start) else name.end

    def _behind(self, index: int, of: bool = False) -> str:
        """The noun behind an amount; ``of``: over a 的 (30亿元的授信, 49%的股权)."""
        amount = self.amounts[index]
        if not of and amount.value.dimension in ("percent", "percentage_point", "ratio"):
            return ""
        end = self.amounts[index + 1].start if index + 1 < len(self.amounts) else len(self.doc.view)
        start = amount.end + (of and self.doc.view.startswith("的", amount.end))
        if of and start == amount.end:
            return ""
        noun = phrases.behind(self.doc, start, min(end, self.sentence.end), owned=of)
        if not of and _MAKES.search(self.doc.view, max(0, amount.start - 4), amount.start):
            return _PLANT.sub("", noun)  # 年产5万套减速器二期项目: 减速器
        return noun
