"""Firms that stand in a list: what stands between two separators is a whole name (海桐精工、蓝泊光学等12家企业)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parkfacts import rules
from parkfacts.find.names import walk
from parkfacts.find.names.atoms import Atom, Atoms
from parkfacts.find.names.lexicon import lexicon

# a list of those whom a firm works with, or who lead: 客户涵盖海桐、蓝泊等主流品牌, 以海桐、蓝泊为龙头
_OPENED = re.compile(
    r"(?:客户|供应商|合作伙伴|合作方|用户|股东|配套对象|服务对象)(?:主要)?(?:包括|涵盖|覆盖|遍及|有|为|包含)(?:了)?"
    r"((?:[^，。；、等\n]{2,10}[、和]){1,15}[^，。；、等\n]{2,10})(?=等|[，。；\n])"
    r"|以((?:[^，。；、为等\n]{2,10}[、和]){1,15}[^，。；、为等\n]{2,10})(?=为(?:龙头|代表))"
)
_SEPARATOR = re.compile(r"[、]|和|与|以及|及")


def find(view: str, atoms: Atoms, places: frozenset[str]) -> Iterator[tuple[int, int, bool]]:
    """The ranges of items that are names of firms, and whether each ends with a trade."""
    yield from _closed(view, atoms, places)
    yield from _opened(view, atoms, places)


def _closed(view: str, atoms: Atoms, places: frozenset[str]) -> Iterator[tuple[int, int, bool]]:
    """Lists that a word behind them tells: …等12家企业."""
    produce = {kind: (lambda match, kind=kind: kind) for kind in ("list_end", "project_end")}
    for tail in rules.load("names_lists").scan(view, produce):
        end = tail.start
        begin = max(view.rfind(mark, max(0, end - 120), end) for mark in "，。；：\n！？") + 1
        items: list[tuple[int, int]] = []
        stop = end
        for separator in reversed(list(_SEPARATOR.finditer(view, begin, end))):
            if separator.group() == "、" or _at_border(atoms, separator.start(), separator.end()):
                items.append((separator.end(), stop))
                stop = separator.start()
        run = _tight(walk.left(atoms, stop))
        if run and (items or tail.rule != "counted"):  # 第4家上市企业 counts no list
            items.append((walk.with_zhong(atoms, atoms.index(run[0].start), run[0].start), stop))
        yield from _likely(view, atoms, items, places, strict=tail.value == "project_end")


def _opened(view: str, atoms: Atoms, places: frozenset[str]) -> Iterator[tuple[int, int, bool]]:
    """Lists that a word before them tells."""
    for opened in _OPENED.finditer(view):
        begin, end = opened.span(opened.lastindex or 0)
        marks = [m.span() for m in _SEPARATOR.finditer(view, begin, end)]
        bounds = zip([begin, *(stop for _, stop in marks)], [*(start for start, _ in marks), end], strict=True)
        yield from _likely(view, atoms, list(bounds), places, strict=False)


def _tight(run: list[Atom]) -> list[Atom]:
    """The first item of a list without the words of the sentence before it, where a core shows where it begins."""
    for i in range(len(run) - 1, 0, -1):
        if run[i].kind in "KC" and run[i - 1].kind in "VN":
            return run[i:]
    return run


def _at_border(atoms: Atoms, start: int, end: int) -> bool:
    i = atoms.index(start)
    return atoms.starts[i] == start and atoms[i].end == end


def _likely(
    view: str, atoms: Atoms, items: list[tuple[int, int]], places: frozenset[str], strict: bool
) -> Iterator[tuple[int, int, bool]]:
    made = [(start, end, atoms.inside(start, end)) for start, end in items if 2 <= end - start <= 12]
    if not any(a.kind in "KCE" for _, _, inner in made for a in inner):
        return
    for start, end, inner in made:
        # a project is called by its product as often as by its firm: 己二酸、水性涂料、海桐光电等项目
        sure = inner[-1].kind == "C" or inner[-1].text in lexicon().sure
        firm = sure and inner[0].kind in "KCE" and all(a.kind in "KCET" for a in inner)
        if (firm or not strict) and _whole(inner) and view[start:end] not in places:
            yield start, end, inner[-1].kind == "T"


def _whole(inner: list[Atom]) -> bool:
    """Whether an item can be a name: no word that no name holds, and something that is no general term."""
    generic, kinds = lexicon().generic, lexicon().kinds
    return (
        all(a.kind in "KTNPMVsCE" or (a.kind == "S" and len(a.text) < 3 and a.text not in kinds) for a in inner)
        and (
            any(a.kind in "KCE" or (a.kind in "NVM" and a.text not in generic) for a in inner)
            or (inner[0].kind == "P" and inner[-1].text in lexicon().closing)
        )
        and not (inner[-1].kind in "N" and inner[-1].text in generic)
    )
