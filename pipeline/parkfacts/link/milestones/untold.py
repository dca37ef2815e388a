"""Clauses with a trigger that tell no event: denied, hoped for, done every year, or told of nobody in particular."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parkfacts.facts import MilestoneType
from parkfacts.link.milestones.governing import Governed
from parkfacts.link.milestones.scene import Scene
from parkfacts.link.modality import denied
from parkfacts.text import Mention, Span

_IF = re.compile(r"如果|若(?!干)|一旦|只要|假如|倘若|要是")
_LATER = re.compile(
    r"(?:[一二两三四五六七八九十]|\d{1,2})(?:年|个[多半]?月|天|周)(?:之)?后|(?:数|几)(?:年|个月|天)后|不久后"
)
_TOOK = re.compile(r"(?:[仅只]用|用时|历时|用了)[^，,。；]{0,6}(?:年|月|天|日)")
_OFTEN = re.compile(r"先后|累计|多次|曾")
_HABIT = re.compile(r"连续[^，,。；]{1,3}年(?:在|都)|每逢|历年|往年")
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
    if date.end < clause.start and _TOOK.search(view, clause.start, trigger.start):
        return True  # 2月开工，仅用10个月就投产
    if number and _TOOK.match(view, clauses[number - 1].start) and date.end < clauses[number - 1].start:
        return True  # 9月奠基，仅用14个月，厂房就交付: 14 months later
    if date.end < trigger.start and _LATER.search(view, date.end, trigger.start):
        return True  # 2014年开工；三年后…投产: at a time that the date does not tell
    if date.end < clause.start and _loose(view, clause, trigger):
        return True
    return not governed.own and _in_general(view, clause, trigger)


def _loose(view: str, clause: Span, trigger: Mention[MilestoneType]) -> bool:
    """Whether a clause behind its date may be of another time: 先后荣获…, 支持…组建…."""
    often = trigger.value == "recognition" and _OFTEN.search(view, clause.start, trigger.start)
    return bool(often) or _POLICY.match(view, clause.start) is not None


def _in_general(view: str, clause: Span, trigger: Mention[MilestoneType]) -> bool:
    """Whether a clause without a date in its sentence tells what ought to be, or of anyone."""
    ought = _OUGHT.search(view, clause.start, trigger.start)
    return ought is not None or _ANYONE.match(view, clause.start) is not None
