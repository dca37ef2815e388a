"""Where in its clause an event has its subject: in front of the verb that it belongs to."""

from __future__ import annotations

import re

from parkfacts.facts import MilestoneType
from parkfacts.link.calendar import DateValue
from parkfacts.link.milestones.circumstances import companion
from parkfacts.link.milestones.phrase import subject_range
from parkfacts.link.milestones.scene import Scene
from parkfacts.text import Mention, Span

_HOLDS = re.compile(r"(?<=.)(?:隆重|成功|正式|顺利|集中)*(?:举行|举办|召开)(?:了)?(?=.{2})")
_SHARES = re.compile("(?<=.{2})(?:的)?(?:股票|新股|A股)")
_PAPER = re.compile(
    "(?:战略|框架|合作|投资|入园|入驻|意向|共建|购销|采购)*(?:协议书?|合同)(?:的)?(?:正式|顺利|成功)?\\Z"
)
_ROLLED = re.compile("(?:首|第一).+?(?=(?:正式|成功|顺利|批量)?下线)")


def where(scene: Scene, clause: Span, trigger: Mention[MilestoneType], date: Mention[DateValue]) -> tuple[int, int]:
    """The range in which the subject of an event's clause stands; it may be empty."""
    verb = trigger.start
    if scene.view.endswith("的", 0, trigger.start) and (
        brings := _ROLLED.match(scene.view, trigger.start, trigger.end)
    ):
        verb = brings.end()  # 某公司研发的首台机器人下线: a trigger with its subject
    start, end = subject_range(scene.view, clause, verb, date)
    if held_by := _HOLDS.search(scene.view, start, end):
        end = held_by.start()  # 园区举行X项目开工仪式: the park
    if trigger.value == "signing" and (signed := _PAPER.search(scene.view, start, end)):
        end = signed.start()  # X项目框架协议签署: X项目
    if trigger.value == "listing" and (shares := _SHARES.search(scene.view, start, end)):
        end = shares.start()  # 公司股票在深交所上市: the firm
    if trigger.value == "signing" and (beside := companion(scene, start, trigger.end)):
        listed = "、" in scene.view[start : beside.mark]  # 甲、乙与丙签约: all three
        end = end if listed else min(end, beside.mark)  # 园区与X签约: the park
    return start, end
