"""Named projects: a firm's name with what it builds (康屿科技储能项目), or the title of a listed item."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from parkfacts.find.names import walk
from parkfacts.find.names.atoms import Atoms

_CLOSING = re.compile(r"(?<!本)(?<!该)项目|(?:生产|制造|研发|产业)基地(?!项目)|产业园(?!区|项目)|(?:智能|超级|未来)?工厂(?!项目)")
# the words of a project that no firm names: the start of a list's item, or what money is put into
_TITLED = re.compile(r"\n[^\n]*\Z|\A[^\n]*\Z|元的|建设|投资|实施")
_INVESTED = re.compile(r"(?:元的|投资建设的?|将建设|实施的?|签约的)\Z")
_ITEM = re.compile(r"(?:^|\n)\s*(?:[（(]?[\d一二三四五六七八九十]+[）).．、]\s*)?", re.M)


def find(view: str, atoms: Atoms, firms: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The ranges of named projects, given the ranges of the firms' names."""
    firm_at = dict(sorted(firms))
    firm_starts = sorted(firm_at)
    items = {m.end() for m in _ITEM.finditer(view)}
    end = 0
    for match in _CLOSING.finditer(view):
        near = bisect_left(firm_starts, match.start()) - 1
        firm_near = near >= 0 and match.start() - firm_starts[near] <= walk.LONGEST
        if not firm_near and not _TITLED.search(view, max(0, match.start() - 40), match.start()):
            continue
        run = walk.left(atoms, match.start())
        for i, atom in enumerate(run):
            firm_end = firm_at.get(atom.start, 0)
            opens = i == 0 and (atom.start in items or _INVESTED.search(view, max(0, atom.start - 8), atom.start))
            if atom.start < end or not (firm_end or opens):
                continue
            between = match.start() - max(firm_end, atom.start)
            if between >= (2 if firm_end else 4) and not _listed(view, match.end()):
                yield atom.start, match.end()
                end = match.end()
                break


def _listed(view: str, end: int) -> bool:
    """项目 that only opens a phrase: 项目建设, 项目负责人 …"""
    return bool(_PHRASE.match(view, end))


_PHRASE = re.compile(r"建设|推进|进展|招引|负责人|经理|公司|库|清单|总投资额|数量|审批|用地")

