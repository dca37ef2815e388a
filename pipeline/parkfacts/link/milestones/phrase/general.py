"""General words for who is spoken of: 园区, 该公司, 项目."""

from __future__ import annotations

import re

from parkfacts.link.milestones.wording import LEAD

_PARK = "园区|开发区|高新区|经开区|新区|产业园|全区|我区|我园|该区|该园区?|全园|集聚区|工业园|港区|示范区"
_THAT = "(?:该|这家(?:[^，。；：“”]{0,14}的|老牌|本土|民营|外资|国有|龙头)?|上述)(?:公司|企业|集团|厂)"
_COMPANY = "(?:本|母|两家)?(?:公司|企业|集团|厂|工厂|厂家)|它|其"
_PROJECT = (
    "(?:该|本|这个|这一|整个)?(?:项目|工程)(?:[一二三四首]期)?(?:主体|主?厂房|主体结构|主体工程|首条产线|首台设备)?"
    "|(?:其中)?[一二三四首]期(?:工程|项目|厂房|主厂房|厂房主体|产线|主体)?|(?:项目)?主厂房|主体厂房|厂房主体|首条产线|首批产品|(?:首批|首台|主要|大型|成套)?设备|主体(?:工程|结构)?|厂房"
)
_THING = "(?:该|这一|这个|这座|新)?(?P<thing>中心|平台|实验室|研究院|小镇|基地|孵化器|变电站|污水处理厂|大桥|医院|学校)"
_WHOLE = re.compile(
    f"(?:(?P<park>{_PARK})|(?P<that>{_THAT})|(?P<company>{_COMPANY})|(?P<project>{_PROJECT})|(?P<both>双方)|(?P<we>我们)|{_THING})"
)
_HOPED = re.compile("(?:预计|预期|有望|力争|争取|努力|确保|计划)(?=.)")
_OPENS = re.compile(
    f"(?:(?P<park>{_PARK})(?![的最首第里内外])|(?P<we>我们)(?![的最首第里内外])|(?P<that>{_THAT})|(?P<company>公司(?!股|法)|集团(?!化)|它|其(?=[0-9于]))"
    f"|(?P<project>(?:该|本|这个)?项目(?![0-9清建推]))|(?:该|这一|这个|这座)(?P<thing>中心|平台|实验室|研究院|小镇|基地|孵化器))"
)


def whole(text: str) -> str | None:
    """What kind of general word a phrase is: park, company, project or thing:…"""
    return _kind(_WHOLE.fullmatch(text))


def generic(view: str, start: int, end: int) -> str | None:
    """The same for the word that opens a clause."""
    return _kind(_OPENS.match(view, skip(view, start, end), end))


def _kind(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    return f"thing:{match['thing']}" if match["thing"] else match.lastgroup


def skip(view: str, start: int, end: int) -> int:
    """Behind what only introduces a clause."""
    lead = LEAD.match(view[start:end])
    start += lead.end() if lead else 0
    start += view.startswith("“", start) and view.find("”", start, end) < 0  # somebody speaks
    hoped = _HOPED.match(view, start, end)
    return hoped.end() if hoped else start
