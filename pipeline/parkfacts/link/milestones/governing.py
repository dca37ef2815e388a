"""Which dates can govern an event, and which one does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from parkfacts.facts import MilestoneType
from parkfacts.link.calendar import DateValue
from parkfacts.link.milestones.scene import Scene
from parkfacts.text import Mention, Span

AIM = re.compile(
    r"力争|争取(?!到(?!20|十)|[^，。；\d]{0,6}(?:资金|贷款|补助|债券|政策))|瞄准|冲刺(?!期|阶段|“|全年|年度|全面|双过半)|争创|力求|目标(?:是|为|[^，,。；]{0,6}[：:])|确保到|奋力(?=[^，,。；“]{0,14}(?:实现|完成|达到|突破|建成|创成|翻番|迈上|进入))|要在|(?:今年|明年|全年)[^。；]{0,8}(?<![需主重])要(?=完成|实现|达到)|实现.{0,12}目标"
)
_COMPARED = re.compile(r"[比较]$|相比$|对比$|[于与和同]$(?<=高于|低于|好于)")
_ATTRIBUTE = re.compile(
    r"(?!前?[把将被由对在已就])(?!的(?:主要|预期|总体|工作|奋斗|发展)*(?:目标|任务))"
    r"(?:[^，,。；;、\d\n]{0,10}的|[^，,。；;、]{0,6}(?:相比|比较|同期))"
)
# 在3月8日举行的签约仪式上，…: the meeting's day is that of what was done at it
_AT_MEETING = re.compile(
    r"[^，,。；]{0,16}(?:举行|召开|举办|开幕)的[^，,。；]{2,40}?(?:仪式|会议?|论坛|活动)(?:上|中|期间|现场)[，,]"
)
_COUNTED = re.compile(r"[0-9一二三四五六七八九十][余多]?[个项家批座条]\Z")
_TITLE = re.compile(r"[^《。\n]{0,40}》")
_FINE = ("day", "ten-days", "month", "quarter", "half", "year", "plan", "decade", "century")
_UNTOLD = ("now", "same-period", "decade")
_HELD = ("举行", "召开", "举办", "组织", "发布", "印发", "公布", "下达")
_NOW = re.compile("[0-9一二三四五六七八九十多]年来|目前|现在|现已|如今|眼下|近日|近期|(?<![0-9])日前|当前")
_ALREADY = re.compile("已(?![经]?(?:成为|是))|[成产工成立用]了")
_HOPED = ("力争", "争取", "确保")
_QUOTES = (("“", "”"), ("「", "」"))


class Governed(NamedTuple):
    """The index of a date that governs a clause, and whether it stands in the clause's own sentence."""

    date: int
    own: bool


def candidates(scene: Scene, span: Span) -> list[int]:
    """Indices of the dates that can govern an event: no durations, no bases of a comparison, no attributes."""
    found: list[int] = []
    for index in scene.dates_in(span.start, span.end):
        date, view = scene.dates[index], scene.view
        if date.value.start is None or date.rule in _UNTOLD or view.startswith("近", date.start):
            continue
        if _COMPARED.search(view, max(0, date.start - 2), date.start) or _attributive(scene, date):
            continue
        if found and view.endswith(_HELD, 0, date.start):
            continue  # 10月8日，举行2022年第四季度项目集中开工活动
        hoped = view.endswith(_HOPED, 0, date.start)  # 年底前建成…，力争全年签约…: a time of its own
        within = found and not hoped and _within(scene, date, scene.dates[found[-1]])
        if view.endswith("年度", date.start, date.end) or within:
            continue  # 2024年度绿色制造名单; 9月16日，三季度招商项目签约
        found.append(index)
    return found


def govern(
    scene: Scene, trigger: Mention[MilestoneType], clause: Span, dates: Sequence[int], carried: int | None
) -> Governed | None:
    """The date of a clause: the last one before the trigger, else one right behind it, else that of the sentence
    before (``carried``), unless the clause is spoken by somebody else."""
    before = [d for d in dates if scene.date_starts[d] < trigger.start]
    if before and scene.date_starts[before[-1]] >= clause.start:
        return Governed(before[-1], True)
    for d in dates:
        if trigger.end <= scene.date_starts[d] < clause.end and scene.date_starts[d] - trigger.end <= 2:
            return Governed(d, True)
    begin = clause.start if before else scene.doc.sentence_at(clause.start).start
    now = _NOW.search(scene.view, begin, trigger.start) is not None
    if before and not (now and scene.triggers_in(scene.dates[before[-1]].end, clause.start)):
        return Governed(before[-1], True)
    if now:
        return None  # 9月投产，目前还在试生产…: not at the time that stands before
    if carried is not None and _done_since(scene, clause, carried):
        return None
    return None if carried is None or dates or _spoken(scene, clause) else Governed(carried, False)


def _spoken(scene: Scene, clause: Span) -> bool:
    """Whether a clause stands in a quotation, or opens one."""
    line, at = scene.doc.paragraph_at(clause.start).start, clause.start + 1
    return any(scene.view.rfind(a, line, at) > scene.view.rfind(b, line, at) for a, b in _QUOTES)


def _done_since(scene: Scene, clause: Span, carried: int) -> bool:
    """Whether a clause tells of what is done already, behind a sentence that tells of what is still to come."""
    end, now = scene.dates[carried].value.end, scene.reference
    to_come = now is not None and end is not None and end > now.period.end
    return to_come and _ALREADY.search(scene.view, clause.start, clause.end) is not None


def _attributive(scene: Scene, date: Mention[DateValue]) -> bool:
    """Whether a date describes a noun (2017年的产值), or stands in a title; 1998年创办于…的工厂 tells an event."""
    view = scene.view
    if view.rfind("《", max(0, date.start - 40), date.start) >= 0 and _TITLE.match(view, date.end):
        return True
    if _AT_MEETING.match(view, date.end):
        return False
    if _COUNTED.search(view, max(0, date.start - 6), date.start) and view[date.end : date.end + 1] not in "，,、。；":
        return True  # 15个2024年重大产业项目
    if view[date.end : date.end + 1].isspace() and date.start - scene.doc.paragraph_at(date.start).start <= 1:
        return False  # 6月28日 甲集团承建的厂房竣工: an entry of a chronicle
    if not _ATTRIBUTE.match(view, date.end) or AIM.search(view, max(0, date.start - 3), date.start):
        return False
    return not scene.triggers_in(date.end, date.end + 2)


def _within(scene: Scene, coarse: Mention[DateValue], fine: Mention[DateValue]) -> bool:
    """Whether a date only names the period, as an attribute, in which the finer date before it lies."""
    a, b = coarse.value, fine.value
    if a.start is None or a.end is None or b.start is None or b.end is None or a.precision is None:
        return False
    if b.precision is None or _FINE.index(a.precision) <= _FINE.index(b.precision):
        return False
    return a.start <= b.start and b.end <= a.end and scene.view[coarse.end : coarse.end + 1] not in "，,"
