"""Bodies that are no firms, told by the word that closes their name (…管委会, …大学, …高新区, …孵化器)."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from parkfacts.find.names import walk
from parkfacts.find.names.atoms import Atom, Atoms
from parkfacts.find.names.lexicon import lexicon

_PARK_BEFORE = re.compile(r"(?:高新|经开|开发|工业|园|示范|新|度假|保税|综保)区(?:[一二三四五六七八九十\d]号)?$")
_ZONE = ("新区", "高新区", "经开区", "开发区")
_BOARD = re.compile("上市(?:企业|公司)")
_PLAIN_WORD = re.compile("[^年月日时期今昨明前后内外的此该其]{2,4}")
_TIMES = frozenset(
    (
        "今年",
        "去年",
        "目前",
        "全国",
        "国内",
        "如今",
        "现在",
        "将来",
        "未来",
        "近年",
        "其他",
        "其它",
        "我们",
        "这个",
        "整个",
        "各个",
        "所有",
        "一流",
        "多个",
        "首个",
        "之一",
        "以下",
        "以上",
    )
)
_NO_TOWN = frozenset("所在 属地 上级 上一级 主管 邻近 周边 相邻 时任 现任 原任 前任 领导 干部 代表 本级 原料".split())
_REGION = re.compile("(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)$")
_STREET = ("大道", "路", "街", "一路", "东路", "西路", "南路", "北路")
_BUILT = ("建设", "投资建设", "打造", "新建", "兴建")
_AND_ITS = re.compile("[、和]")
_OF_PARKS = frozenset(("platform", "facility", "institute", "association"))
_DEPARTMENT_OF = frozenset("亚太 亚洲 欧洲 北美 全球 中国 大中华 华东 华南 华北 华中 西南 西北 东北".split())
_LEVEL = re.compile("(?:[省市县区]级|国家级|世界级|全[国省市]|首[批个家]|一流)(?:的)?$")
_EACH = ("各", "每", "该")  # 各乡镇产业集中区
_FORMER = ("级", "成", "原")  # 省级…; 合并成X; 原X机场
_CALLED = re.compile("(?:誉|称|评)(?:为|作)[“「]?$")
_DISTRICT = re.compile("(?:[省市县]|自治州|(?<![新发园业湾片港化])区)$")  # 自治州, and not 苏州; 石川区, and not 新区
_CLASSES = re.compile("[两三四五六七八九十]大$")
_PLACED = re.compile(r"位于|坐落|地处|(?:总?规划|总|建筑)?面积|(?:已|现)?(?:签约)?(?:入驻|落户)企业\d|(?:已|现)签约")
_MANY = tuple("个座家批类大级型化的式等为成多处")
_SORTS = frozenset(
    "特色 专业 现代 重点 新型 高端 大型 传统 示范 标准 主题 主导 配套 优势 一流 国家 民营 外资 新 老 大 小".split()
)
_CLASS = re.compile("模式|类型|体系|集群")
# how many there are of a class: 上海外资研发中心累计达600家
_COUNTED = re.compile(r"(?:数量|总数|总量|累计)|(?:已经?)?(?:达到?|超过?|共有?|增[至加长])[^，。；]{0,3}?\d")
_DASH = re.compile("[—–－-]{1,2}$")
_BRACKET = re.compile(r"(?<=检测中心)[（(][\u4e00-\u9fff]{2,4}[)）]|[（(][A-Z]型[)）]|浙?[东南西北中]{0,2}基地")
# closing words that are a full name by themselves
_ALONE = re.compile(
    r"国务院|[省市县区](?:委|政府|人民政府)|(?:全国)?股转系统|[北上深港联]交所|新华社|[\u4e00-\u9fff]{2,6}部|(?:行政|政务)服务中心|管委会"
)


class Body(NamedTuple):
    """A named body: its range and type, and where the closing word begins."""

    start: int
    end: int
    type: str
    closing: int


def find(view: str, atoms: Atoms) -> list[Body]:
    """Named bodies in text order, without overlap."""
    found: list[Body] = []
    types = lexicon().closings
    for match in _closings().finditer(view):
        if _in_word(atoms, match):
            continue
        body = _body(view, atoms, match, types[match.group()], found[-1] if found else None)
        if body is None:
            continue
        while found and body.start <= found[-1].start:
            found.pop()
        if not found or body.start >= found[-1].end:
            found.append(body)
    return found


def _body(view: str, atoms: Atoms, match: re.Match[str], kind: str, last: Body | None) -> Body | None:
    """The body that a closing word ends, or none; one that goes on from the last body takes its words in."""
    start, stop = match.start(), _with_tail(view, match.end())
    if last is not None and last.end <= start:
        between = view[last.end : start]
        runs_on = last.type in ("park", "university") and kind in _OF_PARKS and _runs_on(atoms, last.end, start)
        runs_on = runs_on or (kind == last.type == "park" and _in_zone(view, atoms, last, start, match.group()))
        runs_on = runs_on or _branch(view, atoms, last, start, match.group())
        if not between or runs_on or (kind == last.type == "government" and _AND_ITS.fullmatch(between)):
            return Body(last.start, stop, kind, start)
    run = _trimmed(view, atoms, start, kind)
    if last is not None and run and last.start < run[0].start < last.end:
        return Body(last.start, stop, kind, start)
    begin = _begin(view, atoms, start, match.group(), kind, run)
    return None if begin is None else Body(begin, stop, kind, start)


def _in_zone(view: str, atoms: Atoms, zone: Body, start: int, closing: str) -> bool:
    """A park of a kind within a zone is called by the zone's name: 海桐新区汽车产业园."""
    within = view.endswith(_ZONE, zone.start, zone.end) and closing.endswith("园")
    return within and _runs_on(atoms, zone.end, start)


def _branch(view: str, atoms: Atoms, head: Body, start: int, closing: str) -> bool:
    """Whether a place stands between a body and a branch of it: 国家税务总局石川市税务局, 岭南科学院石川研究院."""
    tax = closing == "税务局" and view.endswith("税务总局", head.start, head.end)
    institutes = closing.endswith(("研究院", "研究所", "研究中心")) and head.type in ("institute", "university")
    between = atoms.inside(head.end, start) if (tax or institutes) and 1 < start - head.end < 10 else []
    placed = bool(between) and (between[0].kind == "P" or (tax and between[0].kind in "KE"))
    return placed and all(a.kind in "PKENT" for a in between)


def _runs_on(atoms: Atoms, start: int, end: int) -> bool:
    """Whether nothing but nouns stands between a park and what is its own (高新区企业综合服务中心)."""
    return end - start <= 8 and all(a.kind in "NTH" for a in atoms.inside(start, end))


@cache
def _closings() -> re.Pattern[str]:
    """The closing words as one pattern, the longest first; its first two characters are looked at before all."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(lexicon().closings, key=len, reverse=True):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]) + ("(?![学道])" if word[1] == "大" else ""))
    firsts = "".join(sorted(by_first))
    seconds = "".join(sorted({word[1] for word in lexicon().closings}))
    groups = (f"{first}(?:{'|'.join(rest)})" for first, rest in sorted(by_first.items()))
    return re.compile(f"(?=[{firsts}][{seconds}])(?:{'|'.join(groups)})")


def _in_word(atoms: Atoms, match: re.Match[str]) -> bool:
    """Whether a closing word ends within a word of the dictionary (工大 in 重工大型, 环保部 in 环保部门); somebody's
    office is no such word (海桐 县委书记)."""
    end = match.end()
    if atoms.view.endswith("招", 0, match.start()):
        return True  # 招商会
    i = atoms.index(end - 1)
    if atoms.ends[i] <= end or atoms.kinds[i] in "KP":
        return False
    office = lexicon().kinds.get(atoms.view[end : atoms.ends[i]]) == "R"
    return not (office and i > 0 and (atoms.kinds[i - 1] in "PKE" or _may_be_town(atoms[i - 1])))


def _with_tail(view: str, stop: int) -> int:
    tail = _BRACKET.match(view, stop)
    return tail.end() if tail else stop


def _trimmed(view: str, atoms: Atoms, start: int, kind: str) -> list[Atom]:
    """The words before a closing word, without those that only look like a part of the name."""
    run = walk.left(atoms, start)
    while run and (run[0].text in lexicon().not_names or run[0].text in _FORMER or run[0].kind == "s"):
        run = run[1:]
    while run and run[0].text[0] in _EACH:
        run = run[1:]
    while run and kind != "government" and run[0].text in _BUILT:
        run = run[1:]  # 合作建设轻合金创新中心
    built = max((i for i, a in enumerate(run) if a.text in _BUILT and a is not run[-1]), default=-1)
    if kind != "government" and built > 0 and run[0].kind in "KPCE":  # 海桐食品建设刺梨深加工中心
        run = run[built + 1 :]
    if not run and kind == "park" and not view.startswith("园区", start):
        run = _word_before(atoms, start)
    if kind == "park" and run and "合作" in view[run[0].start : start + 4]:
        run = _bridged(view, atoms, run)
    if kind == "park":  # 岭南省石川市海桐高新区: the park is called by its own name
        for i in range(len(run) - 1, 0, -1):
            above = _DISTRICT.search(view, run[0].start, run[i - 1].end) and run[i - 1].kind in "PK"
            # 石川市经济技术开发区 and 石川市循环经济产业园 have no name of their own but the city's
            if above and run[i].kind in "PKN" and _named(run[i:], kind):
                return run[i:]
        run = _of_level(atoms, start, run)
    return run


def _of_level(atoms: Atoms, start: int, run: list[Atom]) -> list[Atom]:
    """The run with the place that the level of a park stands behind: 石川国家级经济技术开发区."""
    first = atoms.index(run[0].start if run else start)
    if first < 2 or atoms[first - 1].text not in ("国家级", "省级") or atoms.kinds[first - 2] != "P":
        return run
    return [atoms[first - 2], atoms[first - 1], *run]


def _bridged(view: str, atoms: Atoms, run: list[Atom]) -> list[Atom]:
    """The run with the other place that a dash joins to it: 石川—岭南合作产业园."""
    dash = _DASH.search(view, 0, run[0].start)
    before = atoms.at(dash.start() - 1) if dash and dash.start() else None
    return [before, *run] if before is not None and before.kind in "PK" and len(before.text) > 1 else run


def _word_before(atoms: Atoms, start: int) -> list[Atom]:
    """The word before a park's closing one, where only its tag spoke against it (北郊经开区)."""
    atom = atoms[atoms.index(start - 1)] if start else None
    fits = (
        atom is not None and atom.kind == "S" and _PLAIN_WORD.fullmatch(atom.text) and atom.text not in lexicon().kinds
    )
    return (
        [atom._replace(kind="K")] if atom is not None and fits and atom.end == start and atom.text not in _TIMES else []
    )


def _begin(view: str, atoms: Atoms, start: int, closing: str, kind: str, run: list[Atom]) -> int | None:
    stop = start + len(closing)
    if kind == "government":
        return _government(view, atoms, start, closing, run)
    if kind == "exchange" and _BOARD.match(view, start + len(closing)):
        return None  # 北交所上市企业: the board, not the body
    if _ALONE.fullmatch(closing):
        return run[0].start if run and run[0].kind in "PK" else start
    if kind in _OF_PARKS and not run and (park := _PARK_BEFORE.search(view, max(0, start - 6), start)):
        return park.start()  # 开发区再生水厂
    if closing == "园区":  # 海桐园区, but not what merely stands before the word
        inner = "PKENT" if run and run[0].kind == "P" else "PKEN"
        own = 0 < len(run) < 3 and run[0].kind in "PKE" and all(a.kind in inner and len(a.text) > 1 for a in run)
        run = [] if not own or view.startswith(_STREET, start + 2) else run
    if (
        not run
        or not (_named(run, kind) or (kind == "park" and _stands(view, run, stop)))
        or _only_called(view, run, kind, start + len(closing))
    ):
        return None
    return run[0].start


def _stands(view: str, run: list[Atom], stop: int) -> bool:
    """Whether a park that is called by its trades alone is told of as one place: 新材料产业园位于…, 面积…."""
    alone = not view.endswith(_MANY, 0, run[0].start) and run[0].kind in "TN" and run[0].text not in _SORTS
    alone = alone and not _CLASSES.search(run[0].text)
    return alone and _PLACED.match(view, stop) is not None


def _only_called(view: str, run: list[Atom], kind: str, stop: int) -> bool:
    """Whether the words are a title or a class, and no body: “十佳开发区”, 省级特色产业园, 三大功能综合体."""
    start, placed = run[0].start, any(a.kind == "P" for a in run)
    if kind == "platform":
        return bool(_CLASSES.search(view, 0, start) or _CLASSES.fullmatch(run[0].text) or _COUNTED.match(view, stop))
    if kind != "park":
        return False
    if _CLASS.match(view, stop) or _CLASSES.fullmatch(run[0].text):
        return True
    honour = len(run) > 1 and not placed and _LEVEL.search(view, 0, start)
    quoted = view.endswith("“", 0, start) and not any(a.kind in "PK" for a in run)
    return bool(honour or quoted or _CALLED.search(view, 0, start))


def _government(view: str, atoms: Atoms, start: int, closing: str, run: list[Atom]) -> int | None:
    if closing == "国务院":
        return start  # 1984年经国务院
    if run and run[0].kind in "PK" and (len(run) > 1 or len(run[0].text) > 1):
        return run[0].start
    if run and run[0].text == "国家":
        return run[0].start
    if run and run[-1].kind == "P" and atoms.at(start).start < start:
        return run[-1].start  # 经岭南省人民政府认定: the province alone
    if (town := _town_before(view, atoms, start, closing)) is not None:
        return town
    if closing.startswith("自治区"):
        region = _REGION.search(view, max(0, start - 5), start)
        return region.start() if region else start
    park = _PARK_BEFORE.search(view, max(0, start - 4), start)
    if park:  # 高新区管委会
        return park.start()
    if start and view[start - 1] in "省市县区州" and (start < 2 or view[start - 2] not in "全各外本我园"):
        return start - 1
    return start if _ALONE.fullmatch(closing) else None


def _town_before(view: str, atoms: Atoms, start: int, closing: str) -> int | None:
    """Where the name of a county or a town begins that the dictionary holds as another word (全州 县政府)."""
    level = start if closing[0] in "市县区" else start - 1
    if level < 2 or view[level] not in "市县区":
        return None
    word = atoms.at(level - 1)
    named = word.kind == "E" or _may_be_town(word)
    whole = word.end == level or (word.end == level + 1 and level < start)
    return word.start if named and whole and 2 <= len(word.text) <= 4 else None


def _may_be_town(word: Atom) -> bool:
    """Whether a word of the dictionary may be a county's name: no general term, and not who or which one."""
    return word.kind == "N" and word.text not in lexicon().generic and word.text not in _NO_TOWN and len(word.text) > 1


def _named(run: list[Atom], kind: str) -> bool:
    """Whether the words before the closing one name a body of that kind."""
    generic = lexicon().generic
    own = [a for a in run if a.kind == "P" or (a.kind in "KNCE" and a.text not in generic)]
    if run[0].text == "国家" and kind == "platform":  # 国家轴承产品质量检验检测中心, and not 国家工程研究中心
        return any(a.text in ("质量", "检验") for a in run)
    if run[0].text in ("国家", "全国", "省级", "国家级", "备案"):
        return False
    if kind == "platform" and run[0].text in _DEPARTMENT_OF:
        return False
    if any(a.kind in "PK" and (len(a.text) > 1 or len(run) > 1) for a in own):
        return True
    if kind == "park":
        return run[0] in own and (len(run) > 1 or len(run[0].text) > 1)
    if kind in ("platform", "town"):
        return len(run) > 1 or bool(own)
    return kind in ("association", "university", "media", "institute", "exchange", "hospital") and bool(own)
