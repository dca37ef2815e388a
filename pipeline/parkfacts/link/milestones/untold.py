"""Clauses with a trigger that tell no event: denied, hoped for, done every year, or told of nobody in particular."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parkfacts.facts import MilestoneType
from parkfacts.link.milestones.governing import Governed
from parkfacts.link.milestones.scene import Scene
from parkfacts.link.milestones.wording import LEAVE
from parkfacts.link.modality import denied
from parkfacts.text import Mention, Span

_IF = re.compile(r"如果|若(?!干)|一旦|只要|假如|倘若|要是")
_LATER = re.compile(
    r"(?:[一二两三四五六七八九十]|\d{1,2})(?:年|个[多半]?月|天|周)(?:之)?后|(?:数|几)(?:年|个月|天)后|不久后"
)
_TOOK = re.compile(r"(?:[仅只]用|用时|历时|用了)[^，,。；]{0,6}(?:年|月|天|日)")
_OFTEN = re.compile(r"先后|累计|多次|曾")
_HABIT = re.compile(r"连续[^，,。；]{1,3}年(?:在|都)|每逢|历年|往年|每[年月季周日][一都有]")
# what is only the occasion, the setting or the purpose of what a sentence tells
_ASIDE = re.compile(
    r"(?:借助?|利用|趁着?|抓住|抢抓|抢占|把握|以)[^，,。；]{2,60}?(?:契机|机遇|之机|东风|机会|窗口期)"
    r"|“当年[^，,。；、”]{1,6}、[^”]{2,40}”"
    r"|随着[^，,。；]{2,60}(?=[，,])"
    r"|对[^，,。；]{2,40}表示"
    r"|[^，,。；]{2,20}(?:仪式|大会|活动)(?:结束|开始)(?:之)?[前后]"
    r"|为(?!期)[^，,。；]{2,24}?(?:打下|奠定|夯实|创造|积累|铺平|赢得|注入|增添|保驾)"
    r"|在[^，,。；]{2,40}(?:仪式|大会|会议|论坛|峰会|推介会|洽谈会|活动|现场会)(?:上|中|期间)(?=[，,]|说|表示|介绍|致[辞词]|讲话|指出|强调|透露|发言)"
)
# 加快项目引进: a noun behind what is done about it
_FURTHERED = re.compile(
    "(?:加快|加速|推进|推动|抓好|抓实|做好|加强|强化|加大|狠抓|统筹|聚焦|促进|深化)[^，,。；]{0,20}\\Z"
)
_NOUNS = (
    "引进",
    "招引",
    "引入",
    "入驻",
    "落地",
    "签约",
    "开工",
    "竣工",
    "投产",
    "征收",
    "征迁",
    "拆迁",
    "搬迁",
    "启用",
)
_FINALLY = re.compile(
    r"(?:可|提供)[^，,。；]{0,8}拎包\Z|(?:最终|逐步|努力|着力|全力)(?:形成)?\Z|(?:努力|着力|全力)(?:促成|推动|推进|争取|实现)"
)
_THEN = re.compile("届时[^，,。；]{0,12}[可能]|后(?:就|即|便)?可以")
_DRAWS = re.compile("(?:吸引|集聚|带动|已有|现有|可供)[^，,。；]{0,20}\\Z")
_PRESENT = re.compile("(?:宣布[^，,。；]{0,6}|(?:主持|参加|出席|见证|莅临|现场观摩)(?:了)?[^，,。；]{0,40})\\Z")
_AS = re.compile(r"作为(?![^，,。；]{0,20}(?:被|获))")
_FIELDS = re.compile(
    r"[^，,。；]{0,16}?(?:等方面|等环节|全过程|各环节)|表示(?:充分|高度|衷心|热烈)?(?:肯定|感谢|祝贺|赞赏)"
)
_OUGHT = re.compile(r"(?<![需主重纪])要(?![素求点闻塞])|应当|必须|不得|怎么|如何|能否")
_POLICY = re.compile(r"支持|鼓励|引导|促进")
_ANYONE = re.compile(r"“?(?:企业|客商|商户|群众|项目)(?:落户|入驻|签约|进场|落地)")


def untold(
    scene: Scene, clauses: Sequence[Span], number: int, trigger: Mention[MilestoneType], governed: Governed
) -> bool:
    """Whether a clause with a trigger and a date tells no event."""
    view, clause, date = scene.view, clauses[number], scene.dates[governed.date]
    begin = clause.start
    if number and _IF.match(view, clauses[number - 1].start):
        return True  # 若资金到位，明年3月可开工
    if number and view[begin - 1] == "、":
        begin = clauses[number - 1].start
    if denied(view, begin, trigger.start) or _HABIT.search(view, clause.start, trigger.start):
        return True
    if _beside(view, clause, trigger) or _by_leave(scene, clauses, number):
        return True
    begun = date.end < clause.start and scene.triggers_in(date.end, clause.start)
    if begun and _TOOK.search(view, clause.start, trigger.start):
        return True  # 2月开工，仅用10个月就投产: not in February; a date alone is that of the deed
    if number and _TOOK.match(view, clauses[number - 1].start) and date.end < clauses[number - 1].start:
        return True  # 9月奠基，仅用14个月，厂房就交付: 14 months later
    if date.end < trigger.start and _LATER.search(view, date.end, trigger.start):
        return True  # 2014年开工；三年后…投产: at a time that the date does not tell
    if date.end < clause.start and _THEN.search(view, clause.start, trigger.start):
        return True  # 下水后，装修完就可以使用
    since = view.startswith("以来", date.end)
    if (since or not governed.own) and _FINALLY.search(view, clause.start, trigger.start):
        return True  # 规划建设三个小区，最终建成…的开发区
    if (
        trigger.value == "establishment"
        and date.end < clause.start
        and _DRAWS.search(view, clause.start, trigger.start)
    ):
        return True  # 成立于1992年，吸引800多家企业入驻
    if not governed.own and _PRESENT.search(view, begin, trigger.start):
        return True  # 县委书记宣布开工, 区长主持开工仪式, of what the sentence before told
    if date.end < clause.start and _loose(view, clause, trigger):
        return True
    return not governed.own and _in_general(view, clause, trigger)


def _beside(view: str, clause: Span, trigger: Mention[MilestoneType]) -> bool:
    """Whether a trigger stands in what goes beside the predicate: 借X开业之机, 为X签约打下基础, 在签约仪式上, 作为X."""
    end = max(clause.end, view.find("，", trigger.end) + 1)
    noun = trigger.end >= clause.end and view.endswith(_NOUNS, trigger.start, trigger.end)
    if noun and _FURTHERED.search(view, clause.start, trigger.start):
        return True
    asides = _ASIDE.finditer(view, view.rfind("，", 0, trigger.start) + 1, end)
    if any(aside.start() <= trigger.start < aside.end() for aside in asides):
        return True
    return bool(_AS.match(view, clause.start) or _FIELDS.match(view, trigger.end))


def _by_leave(scene: Scene, clauses: Sequence[Span], number: int) -> bool:
    """Whether a clause only tells by whose leave the next one's event came: 经省科技厅认定，X获评…."""
    clause = clauses[number]
    if not LEAVE.fullmatch(scene.view, clause.start, clause.end) or number + 1 >= len(clauses):
        return False
    follows = clauses[number + 1]
    return bool(scene.triggers_in(follows.start, follows.end))


def _loose(view: str, clause: Span, trigger: Mention[MilestoneType]) -> bool:
    """Whether a clause behind its date may be of another time: 先后荣获…, 支持…组建…."""
    often = trigger.value == "recognition" and _OFTEN.search(view, clause.start, trigger.start)
    return bool(often) or _POLICY.match(view, clause.start) is not None


def _in_general(view: str, clause: Span, trigger: Mention[MilestoneType]) -> bool:
    """Whether a clause without a date in its sentence tells what ought to be, or of anyone."""
    ought = _OUGHT.search(view, clause.start, trigger.start)
    return ought is not None or _ANYONE.match(view, clause.start) is not None
