"""Names with a form of law (X有限公司, X集团, X厂): closed by the form, begun where the words before it say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from parkfacts.find.names import walk
from parkfacts.find.names.atoms import Atom, Atoms
from parkfacts.find.names.lexicon import lexicon

_START = re.compile("[有集控股公株厂合总（(]")
_FORM = re.compile(
    r"(?:(?:集团|控股|股份)*(?:有限责任公司|有限公司|股份公司)|集团公司|总公司|株式会社)(?:(?!分公司)[\u4e00-\u9fff]{2,6}分公司|[\u4e00-\u9fff]{2,6}[分支]行)?"
    r"|[（(]集团[）)](?:股份)?(?:有限责任公司|有限公司|公司)"
    r"|合伙企业(?:[（(]有限合伙[）)])?"
    r"|(?:控股)?集团(?![\u4e00-\u9fff]?公司)|(?<![分子母])公司|(?<!工)厂(?![房区家商长矿址界内])"
)
_SURE = re.compile(r"有限|株式会社|股份公司|合伙")
_TRADED = re.compile(r"有限|股份公司|合伙|集团|总公司")
# plants of a town, and other works that are no firms
_FACILITY = re.compile(
    r"(?:处理|发电|热电|焚烧|净水|自来水|污水|垃圾|变电|加工|代工|整车|主机|总装|标准|智能|未来|灯塔|黑灯|数字化?)厂$"
)


# the builders of the state, called by their number: 中铁四局, 中交四航局
_BUREAU = re.compile(
    r"中(?:铁|交|建|冶|水电|国水电|国电建)第?[一二三四五六七八九十]{1,3}(?:航?局|冶)(?:集团)?(?![长面势部限])"
)


def find(view: str, atoms: Atoms) -> Iterator[tuple[int, int]]:
    """The ranges of legal names."""
    yield from (match.span() for match in _BUREAU.finditer(view) if not view.startswith(("公司", "有限"), match.end()))
    last: tuple[int, int] | None = None
    for at in _START.finditer(view):
        form = _FORM.match(view, at.start())
        if form is None or (last is not None and form.start() < last[1]):
            continue
        run = walk.left(atoms, form.start(), legal=_TRADED.search(form.group()) is not None)
        while run and (run[0].text in lexicon().not_names or run[0].kind == "s"):
            run = run[1:]
        if run and _names(run, form.group()) and not _FACILITY.search(view, run[0].start, form.end()):
            start = walk.with_zhong(atoms, atoms.index(run[0].start), run[0].start)
            if last is not None and start > last[0]:
                yield last
            last = start, form.end()  # X集团石川有限公司 goes on from X集团
    if last is not None:
        yield last


def _names(run: list[Atom], form: str) -> bool:
    """Whether the words before a form make a name: something that is no general term must be among them."""
    generic = lexicon().generic
    if run[-1].text == "总" and all(a.kind == "P" for a in run[:-1]):
        return False  # 发往深圳总公司
    size = run[-1].end - run[0].start
    own = [a for a in run if a.kind in "KCE" or (a.kind in "NV" and a.text not in generic)]
    if _SURE.search(form):
        return size >= 2 and (bool(own) or (run[0].kind == "P" and len(run) > 1))
    core = (
        any(a.kind in "KCE" and len(a.text) > 1 for a in own)
        or sum(a.kind in "Ks" for a in run) > 1
        or any(a.kind == "s" and b.kind == "P" for b, a in pairwise(run))
    )
    if run[0].text == "中国" and form.startswith(("集团", "总公司")):
        return len(run) > 1  # 中国化工集团公司
    if form == "厂":  # 海桐机电厂: a core and a trade, or a place before the core
        core = core or (run[0].kind == "P" and (bool(own) or run[-1].kind == "T"))
        return core and len(run) > 1 and run[-1].kind in "TN" and len(run[-1].text) > 1
    if form == "公司" and run[-1].text in lexicon().sure:
        core = core or any(a.kind in "NE" and len(a.text) > 1 for a in own)  # 前进科技公司
    if form == "公司" and run[-1].text in lexicon().closing:
        core = core or (run[0].kind == "P" and 1 < len(run) < 4)  # 石川新材料公司
    # 江北电缆集团, 石川经济开发区控股集团
    placed = len(run) > 1 and run[0].kind == "P" and (run[-1].kind == "T" or any(a.kind == "S" for a in run))
    return size >= 2 and (core or (form.endswith("集团") and (bool(own) or placed)))
