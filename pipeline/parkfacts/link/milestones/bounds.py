"""Where the description of an event begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from parkfacts.facts import MilestoneType
from parkfacts.link.calendar import DateValue
from parkfacts.link.milestones.scene import Scene
from parkfacts.link.milestones.wording import ADVERBS, LEAD, LEAVE
from parkfacts.text import Mention, Span

# figures that describe what stood before them, and works that a whole clause describes (由A投资5亿元的X项目)
_SIZE = re.compile(
    r"(?:该|本|整个|其中)?(?:项目|工程|基地)?[其一-龥]{0,2}(?:总投资|投资|占地|用地|年产|日产|建筑面积|总建筑|规划|设计|产能|注册资本|合同|协议|设备|预计|达产"
    r"|全长|选址|总长|面积)"
)
_BUILT = re.compile(r"的[^的，,]{2,20}(?:项目|基地|工程|产业园|工厂|中心|生产线|产线)\Z")

_HOW = re.compile(
    r"在[^，,]{2,40}(?:会|仪式|论坛|活动|签约|开工)上\Z|在[^，,]{2,30}(?:关心|支持|指导|领导|帮助|推动|努力|带动|见证|部署)之?下\Z|(?:经|在|随着|作为|凭借|受|根据|按照|历经|围绕|针对|为|继)[^的]{2,}?(?:同意|批准|研究|审核|推荐|影响|下|后|时|中|上|之际|支持|努力|要求|[一-龥]{2})\Z"
)

Trigger = Callable[[Span], Mention[MilestoneType] | None]


def begin(
    scene: Scene,
    trigger: Mention[MilestoneType],
    clauses: Sequence[Span],
    number: int,
    date: Mention[DateValue],
    trigger_of: Trigger,
) -> int:
    """A clause without a subject of its own takes the clause before it; a date right before is taken with it."""
    view = scene.view
    first = number
    spoken = view[clauses[number].start : trigger.start].replace(view[date.start : date.end], "")
    subject = ADVERBS.sub("", LEAD.sub("", spoken))
    if number and not subject and _gives_subject(scene, clauses, number, date, trigger_of):
        first -= 1
    start = clauses[first].start
    if view[date.start - 1 : date.start] == "继" and clauses[number].start < date.start:
        return date.start
    while first and _adverbial(scene, clauses[first - 1], date, trigger_of):
        first -= 1
    if first and clauses[first - 1].start <= date.start < clauses[first - 1].end <= date.end + 3:
        start = date.start
    lead = LEAD.match(view[start : trigger.start])
    return start + lead.end() if lead and start != date.start else start


def end(scene: Scene, clause: Span, trigger: Mention[MilestoneType]) -> int:
    """The end of the clause; a decision runs on behind its colon."""
    if trigger.rule != "other" or scene.view[clause.end : clause.end + 1] not in ("：", ":"):
        return clause.end
    stop = scene.doc.sentence_at(clause.start).end
    return stop - 1 if scene.view[stop - 1] in "。；！" else stop


def _adverbial(scene: Scene, clause: Span, date: Mention[DateValue], trigger_of: Trigger) -> bool:
    """Whether a clause only says how or by whose leave (经省政府同意), and stands between the date and the event."""
    how = date.end <= clause.start and _HOW.match(scene.view, clause.start, clause.end) is not None
    leave = date.end <= clause.start and LEAVE.fullmatch(scene.view, clause.start, clause.end) is not None
    return leave or (how and trigger_of(clause) is None)


def _gives_subject(
    scene: Scene, clauses: Sequence[Span], number: int, date: Mention[DateValue], trigger_of: Trigger
) -> bool:
    """Whether the clause before gives a verb its subject: it stands alone behind the date, or is a bare noun phrase
    (首期厂房12栋，当年9月开工); and it tells no event of its own."""
    clause = clauses[number - 1]
    if trigger_of(clause) is not None or scene.dates_in(clause.start, clause.end):
        return False
    if number > 1 and clauses[number - 2].start <= date.start < clauses[number - 2].end <= date.end + 3:
        return True
    if clause.start == 0 or _SIZE.match(scene.view, clause.start):
        return False
    words = scene.doc.words_in(clause.start, clause.end)
    return _BUILT.search(scene.view, clause.start, clause.end) is not None or not any(w.tag[0] in "vdc" for w in words)
