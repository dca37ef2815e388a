"""Named projects: a firm's name with what it builds (康屿科技储能项目), or the title of a listed item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from parkfacts.find.names import walk
from parkfacts.find.names.atoms import Atoms
from parkfacts.find.names.lexicon import lexicon

_CLOSING = re.compile(r"(?<!本)(?<!该)项目|(?:生产|制造|研发|产业)基地(?!项目)|产业园(?!区|项目)|(?:智能|超级|未来)?工厂(?!项目)")
_ITEM = re.compile(r"(?:^|\n)\s*(?:[（(]?[\d一二三四五六七八九十]+[）).．、]\s*)?", re.M)


def find(view: str, atoms: Atoms, firms: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The ranges of named projects, given the ranges of the firms' names."""
    firm_at = dict(sorted(firms))
    items = {m.end() for m in _ITEM.finditer(view)}
    end = 0
    for match in _CLOSING.finditer(view):
        run = walk.left(atoms, match.start())
        for i, atom in enumerate(run):
            firm_end = firm_at.get(atom.start, 0)
            if atom.start < end or not (firm_end or (i == 0 and atom.start in items)):
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


def generic(text: str) -> bool:
    """Whether a text is made of general terms alone."""
    return text in lexicon().generic
