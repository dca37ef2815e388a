"""A project's life in one row: its firms, what is invested in it, its ground, and its milestones."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from parkfacts.facts import MilestoneType
from parkfacts.find.amounts import AmountValue
from parkfacts.link.entities import Entities
from parkfacts.link.indicators import Reading
from parkfacts.link.milestones import Event
from parkfacts.segment import Document
from parkfacts.text import Mention

_INVESTED = re.compile(r"投资(?!强度|者|方)|概算")
_GROUND = re.compile(r"占地|用地|规划面积")
_BEFORE = re.compile(r"(?:的|，|建设)[^，。；的]{0,30}\Z|\Z")
_EACH = re.compile(
    r"(?:[一二两三四五六七八九十\d]+个)?(?:项目|工程)?[，,]?(?:计划|总)*(?:投资)?(?:额)?分别(?:总?投资|为)?"
)
_LIST = ("、", "和", "与", "及")
# what stands between a firm and the project that it builds, and in front of a firm that is named behind it
_BUILDS = re.compile(r"[^。；]{0,30}?(?:投资|投建|承建|建设|实施|打造|上马)[^。；，]{0,24}\Z")
_BUILT_BY = re.compile(r"(?:投资方|投资主体|建设单位|业主(?:单位)?|承建单位|实施主体)[为是：:]\s*\Z|由\Z")


@dataclass
class Project:
    """Indices of the firms, of the amounts and of the milestones of a project; ``dates`` by the type of milestone."""

    companies: list[int] = field(default_factory=list)
    investment: int | None = None
    area: int | None = None
    milestones: list[int] = field(default_factory=list)
    dates: dict[MilestoneType, int] = field(default_factory=dict)


def link(
    doc: Document,
    who: Entities,
    amounts: Sequence[Mention[AmountValue]],
    readings: Sequence[Reading],
    events: Sequence[Event],
) -> list[Project]:
    """One row a project, in the order of ``who.projects``."""
    rows = [Project() for _ in who.projects]
    for index, event in enumerate(events):
        if event.project is not None:
            row = rows[event.project]
            row.milestones.append(index)
            row.dates.setdefault(event.type, event.date)
    _Sizes(doc, amounts, readings).into(rows, sorted(_mentions(who.projects)))
    _add_firms(doc, rows, sorted(_mentions(who.projects)), sorted(_mentions(who.companies)))
    return rows


Named = tuple[int, int, int]  # start, end and index of the entity


def _mentions(entities: Sequence[object]) -> list[Named]:
    return [(m.start, m.end, i) for i, e in enumerate(entities) for m in e.mentions]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class _Sizes:
    """Gives projects the amounts that stand with them."""

    doc: Document
    amounts: Sequence[Mention[AmountValue]]
    readings: Sequence[Reading]

    def into(self, rows: Sequence[Project], projects: Sequence[Named]) -> None:
        """An amount in front (总投资50亿元的X项目), one behind it up to the next project of the paragraph, or the
        list behind a list (X项目、Y项目分别投资5亿元和3亿元)."""
        starts = [a.start for a in self.amounts]
        for at, (start, end, index) in enumerate(projects):
            last = self.doc.paragraph_at(start).end
            if at + 1 < len(projects):
                last = min(last, self._opening(projects[at + 1][0], starts))
            if self._listed(rows, projects[at:], starts):
                continue
            before = bisect_left(starts, start) - 1
            if before >= 0 and self._describes(before, start):
                self._take(rows[index], before)
            for i in range(bisect_left(starts, end), bisect_left(starts, last)):
                self._take(rows[index], i)

    def _opening(self, project: int, starts: Sequence[int]) -> int:
        """Where the words for a project begin: with the amount that describes it, if one does."""
        before = bisect_left(starts, project) - 1
        return starts[before] if before >= 0 and self._describes(before, project) else project

    def _describes(self, index: int, project: int) -> bool:
        end = self.amounts[index].end
        sentence = self.doc.sentence_at(project)
        return end >= sentence.start and _BEFORE.match(self.doc.view[end:project]) is not None

    def _listed(self, rows: Sequence[Project], projects: Sequence[Named], starts: Sequence[int]) -> bool:
        view, size = self.doc.view, 1
        while size < len(projects) and view[projects[size - 1][1] : projects[size][0]] in _LIST:
            size += 1
        each = _EACH.match(view, projects[size - 1][1]) if size > 1 else None
        if each is None:
            return False
        first = bisect_left(starts, each.end())
        for (_, _, index), amount in zip(projects[:size], range(first, min(first + size, len(starts))), strict=False):
            self._take(rows[index], amount, listed=True)
        return True

    def _take(self, row: Project, index: int, listed: bool = False) -> None:
        amount, indicator = self.amounts[index].value, self.readings[index].indicator
        name = indicator if isinstance(indicator, str) else ""
        if amount.dimension == "money" and row.investment is None and (listed or _INVESTED.search(name)):
            row.investment = index
        elif amount.dimension == "area" and row.area is None and _GROUND.search(name):
            row.area = index


def _add_firms(doc: Document, rows: Sequence[Project], projects: Sequence[Named], firms: Sequence[Named]) -> None:
    """The firms in a project's name, those that build it (X投资建设的Y项目), and those behind 投资方为."""
    starts = [f[0] for f in firms]
    for at, (start, end, index) in enumerate(projects):
        sentence = doc.sentence_at(start)
        last = doc.paragraph_at(start).end
        last = min(last, projects[at + 1][0]) if at + 1 < len(projects) else last
        for first, stop, firm in firms[bisect_left(starts, sentence.start) : bisect_left(starts, last)]:
            inside = start <= first < end
            builds = stop <= start and _BUILDS.fullmatch(doc.view, stop, start)
            built_by = first >= end and _BUILT_BY.search(doc.view, max(end, first - 8), first)
            if (inside or builds or built_by) and firm not in rows[index].companies:
                rows[index].companies.append(firm)
