"""Whose a figure is."""

from __future__ import annotations

import re

from parkfacts.find.amounts import AmountValue
from parkfacts.link.indicators.walk import CLAUSE, EACH, LIST, Walk
from parkfacts.text import Mention

_OWNED = frozenset(("money", "area", "length", "count", "volume", "mass"))
_DOES = re.compile(r"(?:合计|共|累计|分别|全年)?(?:实现|完成|达到|营业|利润|产值|研发|投入|平均|获得|纳税|用工|亩均)")
_INVESTED = re.compile(r"(?:计划)?(?:总|年度计划|完成|协议总)?投资(?:总?额)?")
_WILL_MAKE = re.compile(r"(?:达产|满产|投产|建成|投用|全部完成)后?")
_AND_THEY = re.compile(r"，(?:共|合计|累计|全年)*(?:实现|完成)")
_EVERYWHERE = ("全国", "全省", "全球")  # 在全国217家国家级开发区中
_AMONG = re.compile(r"[^，。；、\d]{1,10}[中里][，,有]")  # 143家规上企业中，亏损面为12%
_OF_A_TIME = re.compile(r"[，。；](?:全年|今年|[上下]半年|\d+月|累计)")
_BUILDS = re.compile(r"(?:人民币)?(?:投资)?(?:建设|建成|兴建|新建|打造|修建)(?:了)?")
_THRESHOLD = re.compile(
    r"(?:的)?[^，。；、的\d]{0,10}(?:项目|企业)(?:有|共|达)*(?:[\d—–~～至到-]+|[一二两三四五六七八九十]+)[余多]*[个家户项]"
)


class Owners(Walk):
    """The owner of an amount: shared out, described, or the topic of its clause."""

    def _subject(self, amount: Mention[AmountValue], indicator: str) -> str | None:
        topic = self.topics.of(amount.start, indicator)
        threshold = amount.value.dimension == "money" and _THRESHOLD.match(self.doc.view, amount.end)
        if amount.value.dimension in _OWNED and not threshold and (owner := self.topics.owner(amount.end)):
            return owner
        if amount.value.dimension == "money" and (built := self._built_with(amount)):
            return built
        if counting := self._counted_class(amount):
            return counting
        if "投资" in indicator and self.readings and _INVESTED.fullmatch(indicator):
            last = self.amounts[len(self.readings) - 1]
            counted = self.readings[-1].indicator  # 重点项目36个，总投资214亿元: theirs
            if last.value.dimension == "count" and last.start >= self.sentence.start and isinstance(counted, str):
                if not self._theirs(last, counted, amount):
                    return topic
                self.told_of = amount.end, self._counted(last, counted)
                return self.told_of[1]
        if self._will_be(amount):
            return self.told_of[1]
        if amount.value.dimension == "count":
            if self.doc.view.endswith(_EVERYWHERE, 0, amount.start):
                return None
            if not self.topics.named_here and self._unowned(amount):
                return None
        return None if threshold else topic

    told_of = (0, "")  # where money goes into projects that are counted, and what these are called

    def _will_be(self, amount: Mention[AmountValue]) -> bool:
        """项目6个，总投资44亿元，预计达产后年产值50亿元，税收2亿元: what they will make is theirs, too."""
        begin = self.told_of[0]
        return begin > self.sentence.start and _WILL_MAKE.search(self.doc.view, begin, amount.start) is not None

    def _built_with(self, amount: Mention[AmountValue]) -> str | None:
        """投资1.7亿元建成桥头变电站: what is built with the money, where it has a name."""
        built = _BUILDS.match(self.doc.view, amount.end)
        near = self.names[self.name_at : self.name_at + 3] if built else ()
        name = next((n for n in near if built and n.start == built.end() and n.value.kind != "company"), None)
        return self.doc.text.content[name.start : name.end] if name else None

    def _theirs(self, last: Mention[AmountValue], counted: str, amount: Mention[AmountValue]) -> bool:
        """Whether money goes into the projects that are counted before it, and not into all of a time."""
        return counted.endswith("项目") and not _OF_A_TIME.search(self.doc.view, last.end, amount.start)

    def _counted(self, last: Mention[AmountValue], noun: str) -> str:
        """12个重大项目集中开工，总投资86亿元: those that are told of bear their number."""
        told = self.doc.view.startswith(noun, last.end)
        return self.doc.text.content[last.start : last.end + len(noun)] if told else noun

    def _owner_of_before(self, index: int) -> str | None:
        """…分别为98亿元和67亿元，增长14%和4%: the owners of as many amounts before; 甲、乙增幅分别为17%和13%."""
        size = self._listed(index)
        if self.owners and index >= size and all(index - size + at in self.owners for at in range(size)):
            if self.amounts[index - size].start >= self.sentence.start:
                self.owners.update({index + at: self.owners[index - size + at] for at in range(size)})
        elif size > 1 and EACH.search(self.doc.view, max(0, self.amounts[index].start - 16), self.amounts[index].start):
            several = LIST.split(self.topics.topic or "")
            if len(several) == size:
                self.owners.update({index + at: one for at, one in enumerate(several)})
        return self.owners.get(index)

    def _counted_class(self, amount: Mention[AmountValue]) -> str | None:
        """134家工业企业实现产值; 建材企业66家，完成产值9亿元: those that are counted are told of in their clause, and
        in the next one where nothing else is its head."""
        if not self.readings:
            return None
        last, noun = self.amounts[len(self.readings) - 1], self.readings[-1].indicator
        view = self.doc.view
        if last.value.dimension != "count" or not isinstance(noun, str):
            return None
        if noun.endswith("企业") and _AND_THEY.match(view, last.end, amount.start):
            alone = view.endswith(noun, 0, last.start) and view[last.start - len(noun) - 1] in "，。；：中\n"
            return noun if alone else None
        if not view.startswith(noun, last.end):
            return None
        between = view[last.end + len(noun) : amount.start]
        return noun if _DOES.match(between) and not CLAUSE.search(between) else None

    def _unowned(self, amount: Mention[AmountValue]) -> bool:
        """16家高校到场, 与16家高校合作, 为110家企业服务: those that are counted are told of, and nobody's."""
        view = self.doc.view
        if _AMONG.match(view, amount.end):
            return False
        first = amount.start == self.sentence.start or view[amount.start - 1] in "，,；;：: 与为对和由"
        return first and view[amount.end : amount.end + 1] not in "，。；、,;\n"
