"""Dated facts that no trigger tells: a past date whose clauses hold neither trigger nor figure, but a verb."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from parkfacts.facts import MilestoneType, Status
from parkfacts.link.milestones.belonging import belonging
from parkfacts.link.milestones.cast import Cast
from parkfacts.link.milestones.event import Event
from parkfacts.link.milestones.scene import Scene
from parkfacts.link.modality import denied, ongoing, planned
from parkfacts.text import Mention, Span

_PAUSE = re.compile(r"[，,、\s起]|上午|下午")
# honours paid in front of a sentence, and what only announces what follows
_EMPTY = re.compile(
    r"在[^，,。；]{2,24}(?:领导|指导|关心|支持|帮助|努力|部署)下|以下|如下|重点抓好|迈上新|稳中|取得[^，,。；]{0,8}成[效绩就]"
)
_OPEN = re.compile(r"(?:受[^，,]*影响|后|时|之际|因|由于[^，,]*|为了[^，,]*|：)\Z")
# deeds that change something, or bring somebody: what a clause without any of them tells is a state or a mood
_DEED = re.compile(
    r"研究确定|(?:明确|商定|议定|约定|确定)[把将由]|(?:研究|会议)?决定|下决心|划[作归出入拨]|开进|拿[到下]|喜迁|乔迁|拜访|视察|考察|[到赴来][^，,。；]{2,20}(?:调研|座谈)|深入[^，,。；]{2,20}(?:调研|走访)|到访|来访|恢复|停[产工运办]|找上门|退休"
    r"|撤销|撤并|裁定|宣布|接管|托管|移交|改[为由成]|转[为让由]|[迁搬]"
)
_SINCE = re.compile(r"[^，,。；;\n]*?(?:以来|至今)")


def others(
    scene: Scene,
    clauses: Sequence[Span],
    dates: Sequence[int],
    trigger_of: Callable[[Span], Mention[MilestoneType] | None],
    cast: Cast,
) -> Iterator[Event]:
    """One event a date that no other event took."""
    for d in dates:
        scope = _scope(scene, clauses, dates, d)
        if not scope or any(trigger_of(c) for c in scope):
            continue
        date, end = scene.dates[d], _end(scene, scope, scene.dates[d].end)
        if scene.figures_in(date.end, end) or not _tells(scene, date.end, end):
            continue
        if _to_come(scene, scope, date.end, end) or _EMPTY.search(scene.view, date.end, end):
            continue
        told: Status = "ongoing" if ongoing(scene.view, date.end, end) else "achieved"
        actor = cast.teller(scope, date)
        event = Event(date.start, end, d, "other", told, "dated-clause", actor)
        yield belonging(scene, event, cast.actor)


def _to_come(scene: Scene, scope: Sequence[Span], start: int, end: int) -> bool:
    """Whether a clause speaks of a plan, or of what did not happen; one that only tells the occasion (得知X拟建厂后，…)
    does not count."""
    view = scene.view
    said = (Span(max(c.start, start), min(c.end, end)) for c in scope if c.end > start and c.start < end)
    return any(planned(view, *c) or denied(view, *c) for c in said if not _OPEN.search(view, *c))


def _scope(scene: Scene, clauses: Sequence[Span], dates: Sequence[int], index: int) -> Sequence[Span]:
    """The clauses from a past date that opens one, to the next date."""
    date, view = scene.dates[index], scene.view
    if view[date.start : date.end] in ("今天", "今日", "昨天"):
        return ()
    now = scene.reference.period if scene.reference else None
    if date.value.kind != "date" or (now and date.value.start and date.value.start > now.end):
        return ()
    first = next((i for i, c in enumerate(clauses) if c.start <= date.start < c.end), None)
    if first is None or date.start > clauses[first].start + 2 or _SINCE.match(view, date.end):
        return ()
    if not _PAUSE.match(view, date.end) and view[date.start - 1 : date.start] not in ("在", "于"):
        return ()
    follows = next((scene.date_starts[n] for n in dates if n > index), None)
    return [c for c in clauses[first:] if follows is None or c.start < follows]


def _end(scene: Scene, scope: Sequence[Span], start: int) -> int:
    """The first clause that says something, with those that go on without a subject of their own."""
    end = start
    for clause in scope:
        if end > start + 1 and not _OPEN.search(scene.view, start, end):
            words = scene.doc.words_in(clause.start, clause.end)
            if not words or words[0].tag[0] not in "vpdc":
                break
        end = max(end, clause.end)
    return end


def _tells(scene: Scene, start: int, end: int) -> bool:
    if not _DEED.search(scene.view, start, end):
        return False
    return end - start >= 8 and any(word.tag.startswith("v") for word in scene.doc.words_in(start, end))
