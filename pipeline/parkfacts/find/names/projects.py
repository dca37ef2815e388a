"""Named projects, told by where their name begins.

With a firm's name (康屿科技储能项目, 康屿科技的储能项目), at the head of an item, behind the money that is put into it
(总投资8亿元的…), behind the verb that builds it (建设储能项目，总投资…), in a list, or with a core of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from parkfacts.find.names import project_lists, walk
from parkfacts.find.names.atoms import Atoms
from parkfacts.find.names.places import by_prefix, occurrences
from parkfacts.find.names.project_words import KINDS, LEGAL, OWN, WORD, named, nominal

_CLOSING = re.compile(r"项目(?<![本该]项目)|基地(?<!示范基地)(?!项目)|产业[园城](?![区项])")
_LONGEST = 24
_AFTER_FIRM = re.compile(
    rf"(?:(?!就(?!业)|围绕|针对|投资|建设|负责|承建|实施|签约|签订|签署|引进|落户|被|获|认定|荣获|入选|等|公司|集团的){WORD})+"
)
# the head of an item: （一）康屿预制菜项目。  3.电子级溶剂项目：投资方为…
_ITEM = re.compile(
    rf"(?:^|\n)[^\S\n]*+(?:[（(]?[\d一二三四五六七八九十]+[）).．、]\s*)?({WORD}{{2,{_LONGEST}}}?项目)(?P<end>[。：:，\n]|\Z)?"
)
# money, and what it builds: 总投资8亿元的储能电池项目, 将投资2亿元建设抗体生产基地
_INVESTED = re.compile(
    rf"(?:(?:元|亩|吨|米|瓦|[a-zA-Z])的|元(?:人民币)?(?:投资)?建设|投资(?:建设|兴建|打造|实施)的?)"
    rf"({OWN}{{2,{_LONGEST}}}?(?:{KINDS}|工程|大道|综合体|物流港)(?:项目)?)"
)
# what a firm builds somewhere: 康屿科技在石川建设储能电池生产基地
_OWNED = re.compile(rf"[在于][^，。；、的]{{2,16}}(?:建设|投建|兴建)({WORD}{{3,{_LONGEST}}}?(?:项目|生产基地|产业园))")
_MONEY = re.compile(r"投资[^。；\n]*\Z")
# what is built, and what tells behind it that it is one thing: 投入21亿元，建设储能电池项目，一期租用…
_VERB = re.compile(
    r"(?:(?<![在加])建设|启动|实施|谋划建设|签下的是|签下了?|上马|新上|投建|兴建|推进|投资)(?:的|了)?"
    rf"(?!\d)({WORD}{{2,{_LONGEST}}}?(?:项目(?!建设|[部库经审])|生产基地|制造基地|配套园|智造园))(?=[，（(。；])"
)
_SIZE = re.compile(
    r"[，（(](?:项目)?(?:由|计划|预计|规划|分[一二两三四]期|[一二]期|首期|选址|年产)?[^，。；、]{0,6}?(?:投资|占地|用地|建筑面积|租用|\d)"
)
# what a firm has, behind its name: 康屿科技的储能电池项目（4.8亿元）
_OF_FIRM = re.compile(
    rf"的({WORD}{{2,{_LONGEST}}}?(?:项目|生产基地|制造基地))"
    rf"(?=[，。；（(、]|(?:计划|预计)?(?:总|均|合计)?投资|占地|[于在已将正式顺利全面今明去前年月日0-9]{{0,10}}(?:签约|落户|落地|开工|动工|破土|奠基|竣工|投产|点火|封顶|试产|通过))"
)
# what somebody builds, told at the head of a clause: 溪畔人才社区由甲集团投资建设
_BUILT_BY = re.compile(
    rf"(?:^|[，。；：！？\n　])({WORD}{{2,16}}?(?:社区|家园|小区|公寓|广场|综合体|枢纽|基地|产业园|大厦))"
    r"由(?=[^，。；]{2,40}?(?:投资|建设|出资|打造))",
    re.M,
)
# what is agreed upon: 就氢能装备产业园项目达成合作
_ABOUT = re.compile(rf"(?:就|围绕)({WORD}{{3,{_LONGEST}}}?项目)(?=(?:正式|成功)?(?:达成|签订|签署|签约))")
# the subject of a clause: 其中康屿三期技改项目7月完成设备安装; a core, or what begins, tells that it is one
_SUBJECT = re.compile(
    rf"(?:^|[，。；：\n　])(?:其中|目前|同时|此外|当前|如今)?，?({WORD}{{4,{_LONGEST}}}?(?:项目|生产基地|制造基地))",
    re.M,
)
_MADE = re.compile(r"年产\d")
# what begins, behind a name with a core of its own: 康屿封测基地（于6月）正式开工
_BEGINS = re.compile(
    r"[于在\d一二三四五六七八九十年月日底初末上中下旬前将已正式顺利全面成功]{0,10}(?:开工|动工|奠基|破土|封顶|竣工|投产|试生产|开建|建成|从)"
)
_PHRASE = re.compile(r"(?:建设(?!地)|推进|进展|招引|负责人|经理|公司|库|清单|总投资额|数量|审批|用地)")

Range = tuple[int, int]


def find(view: str, atoms: Atoms, firms: Iterable[Range]) -> Iterator[Range]:
    """The ranges of named projects in text order, given the ranges of the firms' names."""
    firm_at = dict(sorted(firms))
    listed = project_lists.find(view, atoms, firm_at)
    made = {*_of_firms(view, firm_at), *_told(view, atoms), *listed, *_with_core(view, atoms), *_subjects(view, atoms)}
    found = _apart([*made, *_owned(view, firm_at)])
    found = _apart([*found, *_described(view, atoms, firm_at)])
    yield from _apart(sorted([*found, *_again(view, found)]))


def _apart(made: Iterable[Range]) -> list[Range]:
    """Without overlap: the one that begins first, of those the longest."""
    kept: list[Range] = []
    for start, end in sorted(made, key=lambda r: (r[0], -r[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _of_firms(view: str, firm_at: dict[int, int]) -> Iterator[Range]:
    """A firm's name whose words go on to a closing one."""
    starts = sorted(firm_at)
    for match in _CLOSING.finditer(view):
        near = bisect_left(starts, match.start()) - 1
        if near < 0 or _PHRASE.match(view, match.end()):
            continue
        behind = firm_at[starts[near]]
        if 2 <= match.start() - behind <= _LONGEST and _AFTER_FIRM.fullmatch(view, behind, match.start()):
            # a short name is the beginning of the project's; a legal one tells whose it is
            legal = view.endswith(LEGAL, starts[near], behind) and named(view[behind : match.end()])
            yield behind if legal else starts[near], match.end()


def _owned(view: str, firm_at: dict[int, int]) -> Iterator[Range]:
    """What stands behind a firm's name as its own."""
    for end in firm_at.values():
        match = _OWNED.match(view, end)
        if match is not None and named(match[1]) and not _PHRASE.match(view, match.end()):
            yield match.span(1)


def _described(view: str, atoms: Atoms, firm_at: dict[int, int]) -> Iterator[Range]:
    """What a firm has behind 的, and what is built and then described by its size."""
    for end in firm_at.values():
        match = _OF_FIRM.match(view, end)
        if match is not None and named(match[1]) and not _PHRASE.match(view, match.end()):
            yield match.span(1)
    for match in _VERB.finditer(view):
        start, end = match.span(1)
        if nominal(atoms, start, end) and named(match[1]) and _SIZE.match(view, end):
            yield start, end
    for match in _BUILT_BY.finditer(view):
        if nominal(atoms, *match.span(1)) and named(match[1]):
            yield match.span(1)


def _told(view: str, atoms: Atoms) -> Iterator[Range]:
    """The heads of items, and what money is put into."""
    for match in _ITEM.finditer(view):
        # where the line goes on (康屿物流中心项目土地摘牌), the words must be such as names hold
        whole = match["end"] is not None or walk.left(atoms, match.end(1) - 2)[:1] == [atoms.at(match.start(1))]
        if whole and named(match[1]) and not _PHRASE.match(view, match.end(1)):
            yield match.span(1)
    for match in _INVESTED.finditer(view):
        invested = "投资" in match[0] or _MONEY.search(view, max(0, match.start() - 40), match.start())
        if (invested or _BEGINS.match(view, match.end())) and named(match[1]) and not _PHRASE.match(view, match.end()):
            yield match.span(1)


def _with_core(view: str, atoms: Atoms) -> Iterator[Range]:
    """Names that begin with a word that the dictionary does not know, and of which the text says that they begin."""
    for match in _CLOSING.finditer(view):
        if match.group()[-1] in "园城" or not _BEGINS.match(view, match.end()):
            continue
        run = walk.left(atoms, match.start())
        if len(run) > 1 and run[0].kind == "K" and len(run[0].text) > 1 and named(view[run[0].start : match.end()]):
            yield run[0].start, match.end()


def _subjects(view: str, atoms: Atoms) -> Iterator[Range]:
    """Projects that a clause begins with, or that parties agree upon."""
    for match in _ABOUT.finditer(view):
        if nominal(atoms, *match.span(1)) and named(match[1]):
            yield match.span(1)
    for match in _SUBJECT.finditer(view):
        start, end = match.span(1)
        first = atoms.at(start)
        cored = first.start == start and first.kind == "K" and len(first.text) > 1
        cored = cored or _MADE.search(view, start + 2, end) is not None
        if cored and nominal(atoms, start, end) and named(match[1]) and not _PHRASE.match(view, end):
            yield start, end


def _again(view: str, found: list[Range]) -> Iterator[Range]:
    """The other places of names that are long enough to be no chance."""
    known = by_prefix(view[s:e] for s, e in found if e - s > 5)
    yield from ((at, at + len(text)) for at, text in occurrences(view, known))
