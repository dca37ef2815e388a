"""A built thing without a known name that a clause is about."""

from __future__ import annotations

import re

from parkfacts.link.milestones.phrase.bounds import after_date
from parkfacts.link.milestones.phrase.wording import BUILT, NOMINAL
from parkfacts.link.milestones.scene import Scene
from parkfacts.text import Span

_BUILDING = (
    "(?:项目|基地|工程|产业园|中心|社区|大桥|大道|水厂|处理厂|变电站|电站|创谷|科创园|孵化器|公寓|小区|家园|厂房|平台|研究院"
    "|实验室|小镇|医院|学校|校区|广场|公园|物流园|铁路|公路|码头|隧道|航道|管廊|配套楼|综合楼|办公楼|研发楼|宿舍楼?|食堂|车间|展厅|[一二三]期)"
)
_WORKS = re.compile(rf"{_BUILDING}\Z")
_WORKS_IN = re.compile(_BUILDING)
_DESCRIBED = re.compile("由|与|总投资|投资|占地|位于|[^，。]{2,8}投资")
_BUILDS = re.compile("(?:规划|投资|启动|加快|推进|开工|新)?(?:建设|新建|兴建|打造|改造|建成|建)(?=[^的，,。]{3})")
_MEASURED = re.compile(
    "(?![一二三四五六七八九十0-9首]+期?)"
    + BUILT.pattern
    + r"(?=(?:项目)?(?:占地|总投资|总建筑|建筑面积|用地|规划|位于|坐落|由|建成后|是一?[座个]))"
)
_RANKED = re.compile("重大|重点|首个|最大|第一|标志|骨干|龙头")
_SIZE = re.compile(r"[0-9][0-9.]*(?:余|多)?(?:万|亿)?(?:亩|平方米|平方公里|公顷|元)的?")
_BARE = re.compile(
    "(?!全力|狠抓|聚焦|紧扣|紧盯|大抓|攻坚|加快|坚持|突出|强化|围绕)"
    "[^，,。；：:、的是为在由与将把年月]{3,26}(?:项目|基地|工程|产业园|生产线)"
)
_ITEM = re.compile(r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）).．、]|[①-⑳●■◆▪•·])\s*\Z")
_SHOWN = re.compile(
    r"(?:[是为]|(?:在|位于))[^，。的]{0,40}?(?:的)?(?P<works>(?!省|市|县|标志)[^，。的是为在]{3,24}(?:项目|基地|工程|产业园|中心))(?:现场|施工现场|工地)?\Z"
)


def topic(scene: Scene, start: int, end: int) -> Span | None:
    """A thing without a known name that a clause is about: a built thing in front of its verb (二期规划920亩), or what
    heads a list's item."""
    if not _WORKS_IN.search(scene.view, start, end):
        return None
    start = after_date(scene, start, end)
    of = scene.view.rfind("的", start, end)
    if of > start and _DESCRIBED.match(scene.view, start):
        start = of + 1
    if sized := _SIZE.match(scene.view, start, end):
        start = sized.end()  # 4000亩产业园
    if built := _BUILDS.match(scene.view, start, end):
        start = built.end()  # 建设国际会展中心
    if described := _MEASURED.match(scene.view, start, end):
        return Span(start, described.end())  # X创新中心占地38亩
    stop = start
    for word in scene.doc.words_in(start, end):
        if word.end > end or (word.tag[0] not in NOMINAL and word.tag != "vn"):
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
    ranked = _RANKED.search(view, start, end) is not None  # 是全市重大项目: what it is, and no name
    return Span(*shown.span("works")) if shown and not ranked else None


def bare(scene: Scene, clause: Span) -> Span | None:
    """A clause that is nothing but what the next ones are about: X阀门制造项目，总投资5亿元."""
    words = scene.doc.words_in(*clause)
    named = words and words[0].tag[0] not in "vdpm" and _BARE.fullmatch(scene.view, *clause)
    return clause if named else None
