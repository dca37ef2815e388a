"""Targets: one milestone for all that a sentence aims at."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from parkfacts.facts import MilestoneType
from parkfacts.link.milestones.event import Event
from parkfacts.link.milestones.governing import AIM
from parkfacts.link.milestones.scene import Scene
from parkfacts.link.milestones.status import level
from parkfacts.link.modality import planned
from parkfacts.text import Mention, Span

Trigger = Callable[[Span], Mention[MilestoneType] | None]
_OPENS = re.compile(r"(?:到|至|在|于|力争|争取|瞄准|确保|[\s，,])*")
_PAUSE = re.compile(r"[，,、\s起]|上午|下午|期间|(?:之?前|以前)[，,]")
_ASSURED = re.compile("确保|保证|推动|促成")
_LONG = ("year", "plan")
_SPEECH = 15
_NEAR = 8  # characters behind an aim


def target(
    scene: Scene,
    sentence: Span,
    clauses: Sequence[Span],
    dates: Sequence[int],
    carried: int | None,
    trigger_of: Trigger,
    plans: bool,
) -> Event | None:
    """What a sentence aims at from some clause on; an event planned with 计划, 预计 or 将 is no aim, unless the
    sentence only gives figures for a time to come. Its actor is not yet known."""
    aim = AIM.search(scene.view, sentence.start, sentence.end)
    if aim:
        index = _aimed(scene, aim.start(), dates, carried)
    else:
        due = _due(scene, dates)
        index = _foreseen(scene, clauses, dates, trigger_of, plans) if due is None else due
    if index is None:
        return None
    date = scene.dates[index]
    own = sentence.start <= date.start < sentence.end
    anchor = aim.start() if aim else date.start
    begin = _begin(scene, clauses, min(date.start, anchor) if own else anchor, date.start)
    end = _end(scene, sentence, clauses, anchor, trigger_of)
    speech = _speech(scene.view, sentence, anchor)
    if speech is not None and (not own or speech.start <= date.start < speech.end):
        first = min(date.start, anchor) if own else anchor  # who says it is no part of the aim
        begin = max(begin, speech.start, scene.view.rfind("，", speech.start, first) + 1)
        begin = date.start if own and _OPENS.fullmatch(scene.view, begin, date.start) else begin
        end = min(end, speech.end)
    while end > begin and scene.view[end - 1] in "。！？!?；;”":
        end -= 1
    if begin >= end:
        return None
    implied = () if own else ("date",)
    return Event(
        begin, end, index, "target", "planned", "target", level=level(scene.view[begin:end], "target"), implied=implied
    )


def _end(scene: Scene, sentence: Span, clauses: Sequence[Span], anchor: int, trigger_of: Trigger) -> int:
    """The end of the sentence, or of the clause before one that assures an event of its own (确保X项目12月底投产)."""
    for before, clause in pairwise(clauses):
        assured = clause.start > anchor and _ASSURED.match(scene.view, clause.start)
        if assured and scene.dates_in(clause.start, clause.end) and trigger_of(clause):
            return before.end
    return sentence.end


def _speech(view: str, sentence: Span, at: int) -> Span | None:
    """What stands between the quotation marks around a position; a short quotation is a word, no speech."""
    start = view.rfind("“", sentence.start, at) + 1
    end = view.find("”", at, sentence.end)
    closed = view.find("”", start, at) >= 0
    return None if not start or closed or end - start < _SPEECH else Span(start, end)


def _begin(scene: Scene, clauses: Sequence[Span], begin: int, date: int) -> int:
    holder = next((c for c in clauses if c.start <= begin < c.end), clauses[0])
    opens = _OPENS.fullmatch(scene.view, holder.start, begin)
    return holder.start if not opens and (begin != date or holder.start < begin) else begin


def _ends_later(scene: Scene, index: int) -> bool:
    date, now = scene.dates[index], scene.reference
    end = None if scene.view.startswith(("以来", "至今"), date.end) else date.value.end
    if now is None or end is None:
        return False
    return end > now.period.end or (end == now.period.end and not now.exact)


def _aimed(scene: Scene, aim: int, dates: Sequence[int], carried: int | None) -> int | None:
    """The date of an aim: the one right behind the word, else the last one before it, else any in the sentence."""
    future = [d for d in dates if _ends_later(scene, d)]
    close = [d for d in future if 0 <= scene.date_starts[d] - aim <= 4]
    before = [d for d in future if scene.date_starts[d] < aim]
    if close or before or future:
        return (close or before[-1:] or future)[0]
    lasting = (scene.dates[d].value.kind == "duration" for d in scene.dates_in(aim, aim + _NEAR))
    return None if dates or any(lasting) else carried  # 要在60个工作日内完成: not when the sentence before says


def _due(scene: Scene, dates: Sequence[int]) -> int | None:
    """到2030年，建成…: a year to come by which something is to be reached."""
    view = scene.view
    for d in dates:
        date = scene.dates[d]
        if view[date.start - 1 : date.start] == "到" and date.value.precision in ("year", "plan", "month"):
            rest = view[date.end : scene.doc.sentence_at(date.start).end]
            if _ends_later(scene, d) and not planned(rest, 0, len(rest)):
                return d
    return None


def _foreseen(
    scene: Scene, clauses: Sequence[Span], dates: Sequence[int], trigger_of: Trigger, plans: bool
) -> int | None:
    """A sentence without an aim that gives figures, and no event, for a time to come; or that strings together what a
    year or a five-year plan is to bring."""
    for d in dates:
        date = scene.dates[d]
        rest = [c for c in clauses if c.end > date.start]
        figures = scene.figures_in(date.start, rest[-1].end)
        begins, now = date.value.start, scene.reference
        promised = planned(scene.view, date.end, min(rest[0].end + 30, rest[-1].end))
        ahead = begins is not None and now is not None and begins > now.period.end
        ahead = ahead or (_ends_later(scene, d) and (promised or (plans and date.value.precision == "plan")))
        if (
            not ahead
            or not (figures or (promised and date.value.precision == "plan"))
            or not _PAUSE.match(scene.view, date.end)
        ):
            continue
        strung = len(dates) == 1 and promised and date.value.precision in _LONG and _spread(scene, rest) > 1
        if strung or not any(trigger_of(c) for c in rest):
            return d
    return None


def _spread(scene: Scene, clauses: Sequence[Span]) -> int:
    """How many clauses hold a figure."""
    return sum(bool(scene.figures_in(c.start, c.end)) for c in clauses)
