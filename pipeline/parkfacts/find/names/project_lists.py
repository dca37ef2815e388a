"""Projects that stand in a list: 康屿二期、蓝泊年产5万套减速器等12个项目."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from parkfacts.find.names.atoms import Atoms
from parkfacts.find.names.project_words import KINDS, LEGAL, OWN, WORD, named, nominal

_SOME = r"(?:[两三四五六七八九十]|\d{1,6})[余多]?个"
# what closes a list of projects: the word behind 等, or behind a number
_TAIL = re.compile(
    r"等(?:一批|[^，。；、\n]{0,8}个)?[^，。；、！？\n（]{0,14}?(?:项目|工程)"
    rf"|(?P<numbered>(?<!等){_SOME}[^，。；、！？\n（和]{{0,6}}?项目)"
)
_LONGEST_LIST = 400
_LIST_BEFORE = re.compile(rf"(?:{WORD}|[、和])*")  # read backwards
_LIST = re.compile(rf"(?:{WORD}{{3,30}}?[、和])*{WORD}{{3,30}}")
_ROW = re.compile(rf"{OWN}{{4,30}}项目(?:[、和]{OWN}{{4,30}}项目)+")
_SEPARATOR = re.compile(r"、|和(?!\d)")
_CLOSED = re.compile(
    rf"(?:{KINDS}|[一二三四五六]期(?:工程)?|生产线|技改|扩建|综合体|总部港|发电场|电站|创业谷|商城|厂房|产业城"
    r"|中心|工厂|乐园|公园|酒店|广场|大厦|街区)\Z"
)
# words of the sentence before the first item of a list
_OPENS = re.compile(
    r".*(?:开工|动工|竣工|投产|推进|引进|招引|签约|实施|推动|加快|包括|涵盖|包含|落地|完成|启动|开展|支持|确保|促成|力促|抓好|有(?![限色机]))"
    r"(?:了|的|建设)?"
)
_COUNT = re.compile(rf"{_SOME}|(?<!高)等(?!离子|温|级)")  # 10个重点项目 is no name, and no item goes on behind 等
_MADE = re.compile(r"年产\d[^\n]{4,}")  # 年产5万套减速器

Range = tuple[int, int]


def find(view: str, atoms: Atoms, firm_at: Mapping[int, int]) -> Iterator[Range]:
    """The ranges of the items that are names of projects, given where each firm's name begins and ends."""
    for tail in _TAIL.finditer(view):
        start, end = _before(view, tail.start()), tail.start()
        several = "、" in view[start:end] or "和" in view[start:end]
        if (several or not tail["numbered"]) and _LIST.fullmatch(view, start, end):
            yield from _items(view, atoms, start, end, firm_at)
    for match in _ROW.finditer(view):
        yield from _items(view, atoms, *match.span(), firm_at)


def _before(view: str, end: int) -> int:
    """Where the list begins that ends at a place."""
    behind = _LIST_BEFORE.match(view[max(0, end - _LONGEST_LIST) : end][::-1])
    return end - (behind.end() if behind else 0)


def _items(view: str, atoms: Atoms, start: int, end: int, firm_at: Mapping[int, int]) -> Iterator[Range]:
    at, starts = start, sorted(firm_at)
    for item in _SEPARATOR.split(view[start:end]):
        begin, stop = at, at + len(item)
        at = stop + 1
        firm = next((p for p in range(begin, stop) if p in firm_at), None)
        opened = _OPENS.match(view, begin, stop) if begin == start else None
        begin = _own_words(view, firm, firm_at) if firm is not None else opened.end() if opened else begin
        begin = _behind(begin, starts, firm_at)
        if _COUNT.search(view, begin, stop):
            continue
        if stop - begin > 4 and firm_at.get(begin) != stop and named(view[begin:stop]):
            closed = _CLOSED.search(view, begin, stop) or _MADE.search(view, begin, stop)
            if closed or _cored(atoms, begin, stop):
                yield begin, stop


def _own_words(view: str, firm: int, firm_at: Mapping[int, int]) -> int:
    """Where a project's name begins that a firm's stands before: a short name is its beginning, a legal one is not."""
    return firm_at[firm] if view.endswith(LEGAL, firm, firm_at[firm]) else firm


def _behind(begin: int, starts: Sequence[int], firm_at: Mapping[int, int]) -> int:
    """The end of the firm's name that a place lies within (蓝泊（石川）有限公司项目), or the place."""
    before = bisect_left(starts, begin) - 1
    return max(begin, firm_at[starts[before]]) if before >= 0 else begin


def _cored(atoms: Atoms, start: int, end: int) -> bool:
    """Whether an item begins with a core and goes on to a product: 康屿高端密封件."""
    inner = atoms.inside(start, end)
    core = inner[0].kind == "K" and (len(inner[0].text) > 1 or inner[1:2] == [a for a in inner[1:2] if a.kind == "K"])
    goods = any(a.kind in "NKV" for a in inner[1:]) or sum(a.kind == "T" for a in inner) > 1
    return core and goods and nominal(atoms, start, end)
