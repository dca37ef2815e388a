"""Named projects: a firm's name with what it builds (康屿科技储能项目), or the title of a listed item."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from parkfacts.find.names import walk
from parkfacts.find.names.atoms import Atom, Atoms

_CLOSING = re.compile(
    r"(?<!本)(?<!该)项目|(?:生产|制造|研发|产业)基地(?!项目)|产业园(?!区|项目)|(?:智能|超级|未来)?工厂(?!项目)"
)
# the words of a project that no firm names: the start of a list's item, or what money is put into
_TITLED = re.compile(r"\n[^\n]*\Z|\A[^\n]*\Z|元的|建设|投资|实施")
_INVESTED = re.compile(r"(?:元的|投资建设的?|将建设|实施的?|签约的)\Z")
_LONGEST = 24
_SAME_NAME = re.compile(
    r"(?:(?!投资|建设|负责|承建|实施|签约|引进|落户|被|获|认定|荣获|入选|等|曾|已|公司|集团的)[^，。；：、的了在与和由对将是“”（）()\s])+"
)
_ITEM = re.compile(r"(?:^|\n)\s*(?:[（(]?[\d一二三四五六七八九十]+[）).．、]\s*)?", re.M)


def find(view: str, atoms: Atoms, firms: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The ranges of named projects, given the ranges of the firms' names."""
    firm_at = dict(sorted(firms))
    firm_starts = sorted(firm_at)
    items = {m.end() for m in _ITEM.finditer(view)}
    end = 0
    for match in _CLOSING.finditer(view):
        near = bisect_left(firm_starts, match.start()) - 1
        start = _after_firm(view, firm_starts[near], firm_at, match.start()) if near >= 0 else None
        if (
            start is None
            and match.group() == "项目"
            and _TITLED.search(view, max(0, match.start() - 40), match.start())
        ):
            start = _titled(view, items, walk.left(atoms, match.start()), match.start())
        if start is not None and start >= end and not _listed(view, match.end()):
            yield start, match.end()
            end = match.end()


def _after_firm(view: str, start: int, firm_at: dict[int, int], closing: int) -> int | None:
    """The start of a firm's name whose words go on to the closing one."""
    goes_on = 2 <= closing - firm_at[start] <= _LONGEST and _SAME_NAME.fullmatch(view, firm_at[start], closing)
    return start if goes_on else None


def _titled(view: str, items: set[int], run: list[Atom], closing: int) -> int | None:
    """The start of a project's title that begins an item, or that money is put into."""
    if not run or closing - run[0].start < 4:
        return None
    start = run[0].start
    return start if start in items or _INVESTED.search(view, max(0, start - 8), start) else None


def _listed(view: str, end: int) -> bool:
    """项目 that only opens a phrase: 项目建设, 项目负责人 …"""
    return bool(_PHRASE.match(view, end))


_PHRASE = re.compile(r"建设|推进|进展|招引|负责人|经理|公司|库|清单|总投资额|数量|审批|用地")
