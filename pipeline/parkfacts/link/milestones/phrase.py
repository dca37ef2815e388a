"""Noun phrases that are subjects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from parkfacts.link.calendar import DateValue
from parkfacts.link.milestones.scene import Named, Scene
from parkfacts.link.milestones.wording import ADVERBS, EDGE, LEAD
from parkfacts.rules.engine import data
from parkfacts.segment import Word
from parkfacts.text import LETTER, Mention, Span

_PARK = "园区|开发区|高新区|经开区|新区|产业园|全区|我区|我园|该区|该园区?|全园|集聚区|工业园|港区|示范区|我们"
_THAT = "(?:该|这家(?:[^，。；：“”]{0,14}的|老牌|本土|民营|外资|国有|龙头)?|上述)(?:公司|企业|集团|厂)"
_COMPANY = "(?:本|母|两家)?(?:公司|企业|集团|厂|工厂|厂家)|它|其"
_PROJECT = (
    "(?:该|本|这个|这一|整个)?(?:项目|工程)(?:[一二三四首]期)?(?:主体|主?厂房|主体结构|主体工程|首条产线|首台设备)?"
    "|(?:其中)?[一二三四首]期(?:工程|项目|厂房|主厂房|厂房主体|产线|主体)?|(?:项目)?主厂房|主体厂房|厂房主体|首条产线|首批产品|主体(?:工程|结构)?|厂房"
)
_THING = "(?:该|这一|这个|这座|新)?(?P<thing>中心|平台|实验室|研究院|小镇|基地|孵化器|变电站|污水处理厂|大桥|医院|学校)"
_WHOLE = re.compile(f"(?:(?P<park>{_PARK})|(?P<that>{_THAT})|(?P<company>{_COMPANY})|(?P<project>{_PROJECT})|{_THING})")
_OPENS = re.compile(
    f"(?:(?P<park>{_PARK})(?![的最首第里内外])|(?P<that>{_THAT})|(?P<company>公司(?!股|法)|集团(?!化)|它|其(?=[0-9于]))"
    f"|(?P<project>(?:该|本|这个)?项目(?![0-9清建推]))|(?:该|这一|这个|这座)(?P<thing>中心|平台|实验室|研究院|小镇|基地|孵化器))"
)
_ENDED = re.compile("(?<=.{2})(?:建成|竣工|完工)$")  # 水厂建成通水
_HANDLED = re.compile(r"^(?:先(?=[把将])|把|将|让|使|对|支持|推动|推进|确保|促成|帮助|依托|推动|加快|抓好|力促|再)+")
_LIST = ("、", "和", "与", "及", "以及", "跟", "同", "联合", "携手")
_PARENT = re.compile(r"(?:的)?(?:全资|控股)?(?:子公司|分公司)|旗下(?:的)?(?:子公司|企业)?|全资设立的")
_FOLLOWED = re.compile(r"(?:(?:的)?(?:入园|龙头|重点|骨干|本地|上市|链主|规上|代表性?)?企业|入驻企业|项目)")
_OF = re.compile(r"[将把以在于从为是系就被获对向按因经](?!的)")
_QUOTED = re.compile(r"(?:园区|公司|企业|全区)?[“「](?P<inner>[^“”「」]+)[”」]")
_BUILT_BY = re.compile(
    r"(?![在于由从与向对])(?:(?!的)[一-龥A-Za-z0-9]){0,12}?(?:规划|方案|驿站|基地|研发中心|服务中心|总部|研究院|产业园|工厂|实验室|学校|校区|二期工程|扩建工程|改造工程|提升工程)(?=(?:于|在|正式|全面|主体|[0-9今去明前同次]|全部)|\Z)"
)
_THING_OF = re.compile(
    r"的?(?:[首]?[一二三四五]期|[首][条台座款个批])?(?:\d[\d.]*(?:万|亿)?(?:台|套|座|条|兆瓦|平方米|吨|个))?(?!公司|企业|集团)[一-龥]{0,10}"
    r"(?:厂房|产线|生产线|锅炉|光伏|车间|大楼|设备|机组|电站|研发楼|办公楼|主体)"
    r"|的[一-龥A-Z0-9]{1,12}(?:项目|基地|工厂)(?:[一二三四]期)?"
)
_PLACE_OF = re.compile(
    r"的?(?:[首][条座个批]|第[一二三][条座个批])?(?:\d+千伏)?(?!公司|企业|集团)[一-龥]{0,14}?"
    r"(?:专用线|铁路|公路|道路|大道|大桥|隧道|高架|码头|航道|管网|管廊|变电站|水厂|处理厂|泵站)"
)
# tags of what a noun phrase goes on with behind a name
_TAILS = frozenset("nabmqsjx")
_ORDINAL = re.compile(r"(?:第[一二三四五六七八九十百零0-9]+|首|本)届\Z")
_COUNT = re.compile(r"[0-9一二两三四五六七八九十]+[余多]?[个家名]")
_ENDS_NO_NOUN = re.compile(r"(?:元|亩|平方米|[年月日次]|[0-9]|[一二三四五六七八九十])\Z")
_PUNCTUATION = re.compile(f"[^“”{LETTER}]|_")
_ROLE = re.compile(
    r"(?:党[组工]?委|管委会)?(?:副?书记|副?主任|董事长|总经理|副?总裁|负责人|创始人|代表|员工|职工|全体)[^，]*"
)
_APPOSED = re.compile(r"(?:园区|全区)?(?:[首第][^，]{1,3}?)?(?:道路|主干道|主干路|干道|安置小区)(?=.{2})")
_BUILDING = (
    "(?:项目|基地|工程|产业园|中心|社区|大桥|大道|水厂|处理厂|变电站|电站|创谷|科创园|孵化器|公寓|小区|家园|厂房|平台|研究院"
    "|实验室|小镇|医院|学校|校区|广场|公园|物流园|[一二三]期)"
)
_WORKS = re.compile(rf"{_BUILDING}\Z")
_WORKS_IN = re.compile(_BUILDING)
_DESCRIBED = re.compile("由|与|总投资|投资|占地|位于|[^，。]{2,8}投资")
_ITEM = re.compile(r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）).．、]|[①-⑳●■◆▪•·])\s*\Z")
_SHOWN = re.compile(
    r"(?:[是为]|(?:在|位于))[^，。的]{0,40}?(?:的)?(?P<works>(?!省|市|县|重大|重点|首个|标志)[^，。的是为在]{3,24}(?:项目|基地|工程|产业园|中心))(?:现场|施工现场|工地)?\Z"
)
_CUT_TAGS = frozenset("pdrcyeo")
_NUMBERED = re.compile(r"[0-9]+号")
_GLUED = "在于至由从向被经"
_NOMINAL = frozenset("nabmqfshjltizgx")
_NOT_BEFORE = tuple("由被与在对向从于至为和同把将给让使经按据")


@cache
def _words(name: str) -> frozenset[str]:
    """A list of ``rules/actors.toml``."""
    return frozenset(data("actors")[name].split())


class Actor(NamedTuple):
    """A subject as written, with the indices of the companies that it names and of its project; ``works`` says that it
    is something built."""

    text: str
    companies: tuple[int, ...] = ()
    project: int | None = None
    works: bool = False

    @classmethod
    def of(cls, scene: Scene, names: Sequence[Named]) -> Actor:
        """A name, or a list of names."""
        text = scene.doc.text.content[names[0].start : names[-1].end]
        if len(names) == 1 and names[0].kind == "project":
            text = scene.project_text(names[0])
        companies = [n.place for n in names if n.kind == "company"]
        project = next((n.place for n in names if n.kind == "project"), None)
        if project is not None:
            companies += [n.place for n in scene.names_in(names[0].start, names[-1].end) if n.kind == "company"]
        return cls(text, tuple(dict.fromkeys(companies)), project, project is not None)


def whole(text: str) -> str | None:
    """What kind of general word a phrase is: park, company, project or thing:…"""
    return _kind(_WHOLE.fullmatch(text))


def generic(view: str, start: int, end: int) -> str | None:
    """The same for the word that opens a clause."""
    return _kind(_OPENS.match(view, _skip(view, start, end), end))


def _kind(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    return f"thing:{match['thing']}" if match["thing"] else match.lastgroup


def _skip(view: str, start: int, end: int) -> int:
    lead = LEAD.match(view[start:end])
    return start + lead.end() if lead else start


def subject_range(view: str, clause: Span, verb: int, date: Mention[DateValue]) -> tuple[int, int]:
    """Where the subject stands: behind a date that opens the clause, before one that stands within it."""
    start, end = clause.start, verb
    if clause.start <= date.start < verb:
        start, end = (clause.start, date.start) if date.start - clause.start >= 2 else (date.end, verb)
        if end == date.start and not ADVERBS.sub("", LEAD.sub("", view[start:end])).strip(EDGE):
            start, end = date.end, verb
    return start, end


def opening(scene: Scene, start: int, end: int) -> Actor | None:
    """The name (or list of names) that is the subject of a clause: it opens it, behind attributes at most."""
    view = scene.view
    names = [n for n in scene.names_in(start, end) if n.end <= end]
    if not names:
        return None
    start = after_date(scene, start, end)
    names = [n for n in names if n.start >= start]
    at = next((i for i, n in enumerate(names[:4]) if _introduces(scene, start, n.start)), None)
    if at is None:
        return None
    listed = _listed(view, names[at:])
    last = listed[-1].end
    if "的" in view[last:end] and not _OF.match(view, last) and _relative(scene, last, end):
        return None  # X与Y共建的Z揭牌: Z
    built = _BUILT_BY.match(view, last, end)
    if built and len(listed) == 1 and not scene.triggers_in(last, built.end()):
        text = scene.doc.text.content[listed[0].start : built.end()]
        return Actor.of(scene, listed)._replace(text=text, works=True)  # X研发中心启用
    tail = _tail(scene, last, end) if len(listed) == 1 else last
    project = next((n for n in scene.names_in(last, tail) if n.kind == "project" and n.end == tail), None)
    if project is not None:  # 甲公司的Y项目: the project by its name
        return Actor.of(scene, [project])
    ordinal = _ORDINAL.search(view, start, listed[0].start) if tail > last else None  # 第十二届X展览会
    text = scene.doc.text.content[ordinal.start() if ordinal else listed[0].start : tail]
    return Actor.of(scene, listed)._replace(text=text) if tail > last else Actor.of(scene, listed)


def _tail(scene: Scene, start: int, end: int) -> int:
    """Where the noun phrase ends that a name begins, when it is the whole subject: X二期厂房封顶; ``start`` where
    something else than nouns follows the name."""
    stop = start + len(ADVERBS.sub("", scene.view[start:end].rstrip(EDGE)))
    if scene.view[start:stop].count("“") != scene.view[start:stop].count("”"):
        return start
    if scene.view.startswith("的", start) and not _THING_OF.fullmatch(scene.view, start, stop):
        return start
    if _ROLE.fullmatch(scene.view, start, stop):
        return start
    stop = next((w.start for w in scene.doc.words_in(start, stop) if w.start > start and _leads_on(scene, w)), stop)
    things = _THING_OF.fullmatch(scene.view, start, stop) or _PLACE_OF.fullmatch(scene.view, start, stop)
    return stop if things or _nouns(scene, start, stop) else start


def _leads_on(scene: Scene, word: Word) -> bool:
    """Whether a preposition or a date ends the subject: X展览会在园区举行."""
    return scene.view[word.start] in "在于被由" or bool(scene.dates_in(word.start, word.start + 1))


def _nouns(scene: Scene, start: int, stop: int) -> bool:
    """Whether a range holds nouns and what describes them alone: no date, no count of what a name has (12个项目)."""
    words = [w for w in scene.doc.words_in(start, stop) if w.start >= start]
    if not words or words[0].start != start or words[-1].end != stop:
        return False
    if scene.dates_in(start, stop) or scene.triggers_in(start, stop):
        return False
    text = scene.view[start:stop]
    if _COUNT.match(text) or _ENDS_NO_NOUN.search(text):
        return False
    return all(_in_tail(scene, word) for word in words)


def _in_tail(scene: Scene, word: Word) -> bool:
    text = scene.view[word.start : word.end]
    if (
        text in _words("verbal")
        or text[0] in _GLUED
        or text in _words("not_in_tail")
        or (word.tag == "x" and _PUNCTUATION.search(text))
    ):
        return False
    return word.tag[0] in _TAILS or word.tag in ("vn", "eng")


def after_date(scene: Scene, start: int, end: int) -> int:
    """Behind what introduces a clause, and behind a date in front."""
    start = _skip(scene.view, start, end)
    for date in scene.dates_in(start, min(end, start + 1)):
        start = _skip(scene.view, min(end, scene.dates[date].end), end)
    return start


def _introduces(scene: Scene, start: int, name: int) -> bool:
    """Whether only attributes stand between the clause's start and a name."""
    before = scene.view[start:name].strip(EDGE)
    if scene.view.startswith(tuple(_words("no_name")), name):
        return False
    if not before:
        return True
    if before.endswith(_NOT_BEFORE) or len(before) > 40:
        return False
    if before.endswith("的"):
        return not _OF.match(before)
    return len(before) <= 14 and all(
        w.tag[0] in _NOMINAL or w.tag == "vn" or scene.view[w.start : w.end] in ("入园", "入驻", "落户", "前身")
        for w in scene.doc.words_in(start, name)
    )


def _listed(view: str, names: Sequence[Named]) -> list[Named]:
    """The first name, with those that a list adds; a body before its firm (X园区企业Y) is no subject."""
    listed = [names[0]]
    for name in names[1:]:
        last = listed[-1]
        if name.start < last.end:
            continue
        between = view[last.end : name.start]
        if between in _LIST:
            listed.append(name)
        elif last.kind == "organization" and name.kind != "organization" and _FOLLOWED.fullmatch(between):
            listed[-1] = name
        elif name.kind == "company" and _PARENT.fullmatch(between):
            listed[-1] = name  # 甲集团全资子公司乙公司: the one that the clause is about
        else:
            break
    return listed


def _relative(scene: Scene, start: int, end: int) -> bool:
    """Whether what follows a name is a clause that describes another noun (投资建设的…), and no possession."""
    of = scene.view.find("的", start, end)
    if of + 1 >= end or not ADVERBS.sub("", scene.view[of + 1 : end]).strip(EDGE):
        return False
    return any(w.tag[0] == "v" for w in scene.doc.words_in(start, of))


def plain(scene: Scene, start: int, end: int) -> tuple[Span, str | None]:
    """A subject without a name at its head (empty where there is none), and the general word that it is."""
    view = scene.view
    start = after_date(scene, start, end)
    end = start + len(_ENDED.sub("", ADVERBS.sub("", view[start:end].rstrip(EDGE + "“「"))))
    of = view.rfind("的", start, end)
    if of >= 0 and of + 1 < end and not _OF.match(view, start):
        start = of + 1
    handled = _HANDLED.match(view[start:end])
    start += handled.end() if handled else 0
    if view[start : start + 1] in _NOT_BEFORE:
        return Span(start, start), None
    return _trimmed(scene, start, end)


def _trimmed(scene: Scene, start: int, end: int) -> tuple[Span, str | None]:
    """The noun phrase that a range begins with, or the name that it ends with."""
    view = scene.view
    quoted = _QUOTED.fullmatch(view, start, end)
    if quoted:
        return Span(*quoted.span("inner")), None
    name = next((n for n in scene.names_in(start, end) if n.end == end), None)
    if name and not view.endswith(_NOT_BEFORE, start, name.start):
        return Span(name.start, name.end), None
    if word := whole(view[start:end]):
        return Span(start, end), word
    if apposed := _APPOSED.match(view, start, end):
        start = apposed.end()
    start += len(view[start:end]) - len(view[start:end].lstrip("”’」"))
    if _opens_with_verb(scene, start, end):
        return Span(start, start), None  # 举行“云上签约”: who does it is left out
    stop = start + len(ADVERBS.sub("", view[start : _nominal_end(scene, start, end)].rstrip(EDGE)))
    start += len(view[start:stop]) - len(view[start:stop].lstrip(EDGE))
    if word := whole(view[start:stop]):
        return Span(start, stop), word
    return Span(start, stop if 2 <= stop - start <= 30 else start), None


def topic(scene: Scene, start: int, end: int) -> Span | None:
    """A thing without a known name that a clause is about: a built thing in front of its verb (二期规划920亩), or what
    heads a list's item."""
    if not _WORKS_IN.search(scene.view, start, end):
        return None
    start = after_date(scene, start, end)
    of = scene.view.rfind("的", start, end)
    if of > start and _DESCRIBED.match(scene.view, start):
        start = of + 1
    stop = start
    for word in scene.doc.words_in(start, end):
        if word.end > end or (word.tag[0] not in _NOMINAL and word.tag != "vn"):
            break
        stop = word.end
        if _WORKS.search(scene.view, start, stop) and scene.view[stop : stop + 1] not in "的区":
            break
    held = Span(start, stop)
    if 2 <= stop - start <= 24 and _WORKS.search(scene.view, *held):
        return held
    return _presented(scene.view, start, end)


def _presented(view: str, start: int, end: int) -> Span | None:
    """The head of a list's item (1.X项目：…), or what a clause introduces at its end (是A投资的X项目)."""
    if view[end : end + 1] in "：。:" and start - 1 >= 0 and _ITEM.search(view, max(0, start - 6), start):
        return Span(start, end) if 2 <= end - start <= 24 and _WORKS.search(view, start, end) else None
    shown = _SHOWN.search(view, start, end)
    return Span(*shown.span("works")) if shown else None


def agent(scene: Scene, start: int, end: int) -> Span | None:
    """The noun phrase in front of the first verb of a clause."""
    start = stop = after_date(scene, start, end)
    for word in scene.doc.words_in(start, end):
        if word.end > end or word.tag[0] not in _NOMINAL:
            break
        stop = word.end
    return Span(start, stop) if 2 <= stop - start <= 20 and stop < end else None


def _opens_with_verb(scene: Scene, start: int, end: int) -> bool:
    """Whether a verb with its object stands where the subject would: 完成合同(签订), 建设国际会展中心."""
    words = [w for w in scene.doc.words_in(start, end) if w.start >= start]
    return bool(words) and words[0].start == start and scene.view[start : words[0].end] in _words("acts")


def _nominal_end(scene: Scene, start: int, end: int) -> int:
    """Where the noun phrase ends: before the first word that no noun phrase holds."""
    words = [w for w in scene.doc.words_in(start, end) if w.end <= end]
    known = scene.names_in(start, end)
    for i, word in enumerate(words):
        if any(n.start <= word.start and word.end <= n.end for n in known):
            continue
        text, tag = scene.view[word.start : word.end], word.tag
        after = words[i + 1].tag if i + 1 < len(words) else "n"
        counted = tag[0] in "mq" and i > 0 and not after.startswith(("n", "q")) and text[0] not in "首第"
        counted = counted and not _NUMBERED.match(scene.view, word.start)
        verb = tag == "v" and (after[0] in "mrpuc" or (i > 0 and text in _words("says")))
        cut = text in _words("verbal") or (tag[0] in _CUT_TAGS and text not in _words("kept"))
        cut = cut or (tag == "x" and len(text) > 1 and i > 0 and text[0] in _GLUED)  # 在岚谷, for 在 and a name
        cut = cut or (i > 0 and text in _words("how"))  # 土地全部清表
        if cut or counted or verb:
            return word.start
    return end
