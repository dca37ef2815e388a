"""What the numbers of a list measure: A、B分别增长8%和9%, A、B、C均增长…."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parkfacts.link import phrases
from parkfacts.link.indicators.walk import CLAUSE, EACH, LIST, Walk
from parkfacts.link.subjects.heads import words

_APPOSITION = re.compile(r"(?:[两二三四五六七八九][大个]|\d+[大个]?)[^、，。\d]{2,8}\Z")
_BEYOND = re.compile(r"分别(?:超|高于|高出|低于|快于|多于)")


class Lists(Walk):
    """The nouns of several numbers, told at once."""

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
        return self._of_so_many(index, self._listed(index), 0)

    def _of_so_many(self, index: int, size: int, at: int) -> str | None:
        """One of as many nouns before a list as it has numbers: 面积由2增到12平方公里，产值由6增到18亿元，分别…."""
        nouns: list[str] = []
        for told in range(index - 1, max(-1, index - 2 * size - 1), -1):
            noun = self.readings[told].indicator
            if self.amounts[told].start < self.sentence.start or not isinstance(noun, str):
                break
            nouns = nouns if nouns and nouns[0] == noun else [noun, *nouns]
        if len(nouns) >= size:
            return nouns[len(nouns) - size + at]
        told = index - size + at
        found = self.readings[told].indicator if index >= size else None
        same = index >= size and self.amounts[index - size].start >= self.sentence.start
        return found if same and isinstance(found, str) else None

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
            return self._of_so_many(first, size, at) or self.readings[first - size + at].indicator, change
        return self.readings[index - 1].indicator, change
