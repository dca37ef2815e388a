"""Named projects, told by where their name begins.

With a firm's name (康屿科技储能项目, 康屿科技的储能项目), at the head of an item, behind the money that is put into it
(总投资8亿元的…), behind the verb that builds it (建设储能项目，总投资…), in a list, or with a core of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from parkfacts.find.names import walk
from parkfacts.find.names.atoms import Atoms
from parkfacts.find.names.lexicon import lexicon
from parkfacts.find.names.places import by_prefix, occurrences

_KINDS = r"项目|基地|产业[园城](?!区)"
_CLOSING = re.compile(r"项目(?<![本该]项目)|基地(?<!示范基地)(?!项目)|产业[园城](?![区项])")
_WORD = r"[^，。；：、！？的了在与和由对将是曾已“”（）()\s]"
# no item of a list that 等 closes
_OWN = rf"(?:(?!(?<!高)等(?!离子|温|级)){_WORD})"
_LONGEST = 24
_AFTER_FIRM = re.compile(
    rf"(?:(?!投资|建设|负责|承建|实施|签约|签订|签署|引进|落户|被|获|认定|荣获|入选|等|公司|集团的){_WORD})+"
)
# the head of an item: （一）康屿预制菜项目。  3.电子级溶剂项目：投资方为…
_ITEM = re.compile(
    rf"(?:^|\n)[^\S\n]*+(?:[（(]?[\d一二三四五六七八九十]+[）).．、]\s*)?({_WORD}{{2,{_LONGEST}}}?项目)(?P<end>[。：:，\n]|\Z)?"
)
# money, and what it builds: 总投资8亿元的储能电池项目, 将投资2亿元建设抗体生产基地
_INVESTED = re.compile(
    rf"(?:(?:元|亩|吨|米|瓦|[a-zA-Z])的|元(?:人民币)?(?:投资)?建设|投资(?:建设|兴建|打造|实施)的?)"
    rf"({_OWN}{{2,{_LONGEST}}}?(?:{_KINDS}|工程|大道|综合体|物流港)(?:项目)?)"
)
# what a firm builds somewhere: 康屿科技在石川建设储能电池生产基地
_OWNED = re.compile(rf"[在于][^，。；、的]{{2,16}}(?:建设|投建|兴建)({_WORD}{{3,{_LONGEST}}}?(?:项目|生产基地|产业园))")
_LEGAL = ("公司", "株式会社")
_MONEY = re.compile(r"投资[^。；\n]*\Z")
# a list that the word 项目 closes: 康屿二期、蓝泊机床基地等12个项目; one whose items close with it
# (a look ahead for its 等 comes first: most clauses have none)
_LIST = re.compile(
    rf"(?<!{_WORD})(?<![、和])(?=(?:{_WORD}|[、和])*等)"
    rf"((?:{_WORD}{{3,30}}[、和])*{_WORD}{{3,30}}?)等(?:一批|[^，。；、\n]{{0,8}}个)?[^，。；、！？\n（]{{0,8}}?项目"
)
_LISTED = re.compile(rf"(?:{_KINDS}|[一二三四五六]期(?:工程)?|生产线|技改|扩建|综合体)\Z")
_ROW = re.compile(rf"{_OWN}{{4,30}}项目(?:[、和]{_OWN}{{4,30}}项目)+")
_FIRST = re.compile("(?<=项目)[、和]")
# words of the sentence before the first item of a list
_OPENS = re.compile(
    r".*(?:开工|动工|竣工|投产|推进|引进|招引|签约|实施|推动|加快|包括|涵盖|落地|完成|启动|开展|支持|确保|有)(?:了|的|建设)?"
)
# what is built, and what tells behind it that it is one thing: 投入21亿元，建设储能电池项目，一期租用…
_VERB = re.compile(
    r"(?:(?<![在加])建设|启动|实施|谋划建设|签下的是|签下了?|上马|新上|投建|兴建|推进|投资)(?:的|了)?"
    rf"({_WORD}{{2,{_LONGEST}}}?(?:项目(?!建设|[部库经审])|生产基地|制造基地|配套园|智造园))(?=[，（(。；])"
)
_SIZE = re.compile(
    r"[，（(](?:项目)?(?:由|计划|预计|规划|分[一二两三四]期|[一二]期|首期|选址|年产)?[^，。；、]{0,6}?(?:投资|占地|用地|建筑面积|租用|\d)"
)
# what a firm has, behind its name: 康屿科技的储能电池项目（4.8亿元）
_OF_FIRM = re.compile(
    rf"的({_WORD}{{2,{_LONGEST}}}?(?:项目|生产基地|制造基地))"
    rf"(?=[，。；（(、]|[于在已将正式顺利全面今明去前年月日0-9]{{0,10}}(?:签约|落户|落地|开工|动工|破土|奠基|竣工|投产|点火|封顶|试产|通过))"
)
# what somebody builds, told at the head of a clause: 溪畔人才社区由甲集团投资建设
_BUILT_BY = re.compile(
    rf"(?:^|[，。；：！？\n　])({_WORD}{{2,16}}?(?:社区|家园|小区|公寓|广场|综合体|枢纽|基地|产业园|大厦))"
    r"由(?=[^，。；]{2,40}?(?:投资|建设|出资|打造))",
    re.M,
)
# what begins, behind a name with a core of its own: 康屿封测基地（于6月）正式开工
_BEGINS = re.compile(
    r"[于在\d一二三四五六七八九十年月日底初末上中下旬前将已正式顺利全面成功]{0,10}(?:开工|动工|奠基|破土|封顶|竣工|投产|试生产|开建|建成|从)"
)
_INNER = re.compile("园区|产业|配套|零部件|技改|[一二三四五]期|投资|创新")
_PHRASE = re.compile(r"(?:建设(?!地)|推进|进展|招引|负责人|经理|公司|库|清单|总投资额|数量|审批|用地)")

Range = tuple[int, int]


def find(view: str, atoms: Atoms, firms: Iterable[Range]) -> Iterator[Range]:
    """The ranges of named projects in text order, given the ranges of the firms' names."""
    firm_at = dict(sorted(firms))
    made = sorted({*_of_firms(view, firm_at), *_told(view, atoms), *_lists(view, firm_at), *_with_core(view, atoms)})
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
            legal = view.endswith(_LEGAL, starts[near], behind) and _named(view[behind : match.end()])
            yield behind if legal else starts[near], match.end()


def _owned(view: str, firm_at: dict[int, int]) -> Iterator[Range]:
    """What stands behind a firm's name as its own."""
    for end in firm_at.values():
        match = _OWNED.match(view, end)
        if match is not None and _named(match[1]) and not _PHRASE.match(view, match.end()):
            yield match.span(1)


def _described(view: str, atoms: Atoms, firm_at: dict[int, int]) -> Iterator[Range]:
    """What a firm has behind 的, and what is built and then described by its size."""
    for end in firm_at.values():
        match = _OF_FIRM.match(view, end)
        if match is not None and _named(match[1]) and not _PHRASE.match(view, match.end()):
            yield match.span(1)
    for match in _VERB.finditer(view):
        start, end = match.span(1)
        if _nominal(atoms, start, end) and _named(match[1]) and _SIZE.match(view, end):
            yield start, end
    for match in _BUILT_BY.finditer(view):
        if _nominal(atoms, *match.span(1)) and _named(match[1]):
            yield match.span(1)


def _nominal(atoms: Atoms, start: int, end: int) -> bool:
    """Whether a range holds nothing but what a name holds; 园区 and 二期 may stand inside one."""
    return all(
        a.kind not in "BR" and (a.kind != "S" or a.end == end or _INNER.fullmatch(a.text))
        for a in atoms.inside(start, end)
    )


def _told(view: str, atoms: Atoms) -> Iterator[Range]:
    """The heads of items, and what money is put into."""
    for match in _ITEM.finditer(view):
        # where the line goes on (康屿物流中心项目土地摘牌), the words must be such as names hold
        whole = match["end"] is not None or walk.left(atoms, match.end(1) - 2)[:1] == [atoms.at(match.start(1))]
        if whole and _named(match[1]) and not _PHRASE.match(view, match.end(1)):
            yield match.span(1)
    for match in _INVESTED.finditer(view):
        invested = "投资" in match[0] or _MONEY.search(view, max(0, match.start() - 40), match.start())
        if (invested or _BEGINS.match(view, match.end())) and _named(match[1]) and not _PHRASE.match(view, match.end()):
            yield match.span(1)


def _lists(view: str, firm_at: dict[int, int]) -> Iterator[Range]:
    """The items of lists of projects."""
    for match in _LIST.finditer(view):
        yield from _items(view, *match.span(1), firm_at)
    for start, end in _rows(view):
        yield from _items(view, start, end, firm_at)


def _rows(view: str) -> Iterator[Range]:
    """The matches of ``_ROW`` in text order, looked for in front of what joins their first two items: few lines do."""
    end = 0
    for joint in _FIRST.finditer(view):
        begins = range(max(end, joint.start() - 32), joint.start() - 5)
        match = next((found for at in begins if (found := _ROW.match(view, at)) is not None), None)
        if match is not None:
            yield match.span()
            end = match.end()


def _items(view: str, start: int, end: int, firm_at: dict[int, int]) -> Iterator[Range]:
    at = start
    for item in re.split("[、和]", view[start:end]):
        begin, stop = at, at + len(item)
        at = stop + 1
        firm = next((p for p in range(begin, stop) if p in firm_at), None)
        opened = _OPENS.match(view, begin, stop) if begin == start else None
        begin = firm if firm is not None else opened.end() if opened else begin
        closes = _LISTED.search(view, begin, stop)
        if closes and _named(view[begin:stop]) and stop - begin > 4 and firm_at.get(begin) != stop:
            yield begin, stop


def _with_core(view: str, atoms: Atoms) -> Iterator[Range]:
    """Names that begin with a word that the dictionary does not know, and of which the text says that they begin."""
    for match in _CLOSING.finditer(view):
        if match.group()[-1] in "园城" or not _BEGINS.match(view, match.end()):
            continue
        run = walk.left(atoms, match.start())
        if len(run) > 1 and run[0].kind == "K" and len(run[0].text) > 1 and _named(view[run[0].start : match.end()]):
            yield run[0].start, match.end()


def _again(view: str, found: list[Range]) -> Iterator[Range]:
    """The other places of names that are long enough to be no chance."""
    known = by_prefix(view[s:e] for s, e in found if e - s > 5)
    yield from ((at, at + len(text)) for at, text in occurrences(view, known))


def _named(text: str) -> bool:
    """Whether it is more than a kind of project: 储能电池项目, and not 一期项目, 重点产业项目."""
    return len(text) > 3 and not lexicon().plain_project.fullmatch(text)
