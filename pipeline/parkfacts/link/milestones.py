"""Milestones: dated events with their type, status, actor and level.

In order: the triggers of a sentence are gathered by clause and one is chosen; each takes the date that governs its
clause; a sentence that sets aims becomes one target; a dated past clause without trigger or figures is ``other``; an
event told again is folded into its first telling.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from parkfacts.facts import Level, MilestoneType, Status
from parkfacts.link.calendar import DateValue
from parkfacts.link.modality import denied, ongoing, planned
from parkfacts.link.reference import Reference
from parkfacts.segment import Document
from parkfacts.text import Mention, Span


@dataclass(frozen=True, slots=True)
class Event:
    """A milestone before its references are ids: ``date`` is an index into the dates; ``restated`` are other places."""

    start: int
    end: int
    date: int
    type: MilestoneType
    status: Status
    rule: str
    actor: str | None = None
    level: Level | None = None
    implied: tuple[str, ...] = ()
    restated: tuple[Span, ...] = field(default=())


# Of several triggers in one clause the weightier tells what happened: 签约仪式举行 is a signing.
_WEIGHT: dict[MilestoneType, int] = {
    "listing": 9, "production": 8, "completion": 7, "groundbreaking": 6, "signing": 6, "approval": 5, "recognition": 5,
    "unveiling": 5, "land": 5, "establishment": 4, "other": 3, "target": 2, "launch": 1,
}  # fmt: skip
_AIM = re.compile(r"力争|争取|瞄准|冲刺(?!期)|力求|目标(?:是|为|[^，,。；]{0,6}[：:])|确保到|奋力|要在|实现.{0,12}目标")
_COMPARED = re.compile(r"[比较]$|相比$|对比$|[于与和同]$(?<=高于|低于|好于)")
_ATTRIBUTE = re.compile(
    r"(?!的(?:主要|预期|总体|工作|奋斗|发展)*(?:目标|任务))(?:[^，,。；;、\d\n]{0,10}的|[^，,。；;、]{0,6}(?:相比|比较|同期))"
)
_AFTER = re.compile(r"[于在：:]?$")
_PLAN_HEADING = re.compile(r"计划|打算|安排|思路|目标|重点工作|任务|展望|规划|下一步|举措")
_TITLE = re.compile(r"[^《。\n]{0,40}》")
_PAUSE = re.compile(r"[，,、\s起]|上午|下午")
_SINCE = re.compile(r"[^，,。；;\n]*?(?:以来|至今)")
_COUNTED = re.compile(r"[0-9]+[余多]?[个家](?:重大|重点|优质)?(?:项目|企业)")
_FROM_TO = re.compile(r"从[^，,。；;]{1,12}到(?:正式|全面|最终)?")
_FINE = ("day", "ten-days", "month", "quarter", "half", "year", "plan", "decade")
_DONE = re.compile(r"已|完成了|实现了|成功|圆满")
_SKIPPED = ("byline", "boilerplate", "title", "heading", "caption", "table row")
_LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("国家级", re.compile(r"国家级|国家[^，。]{0,12}(?:示范|基地|高新|园区|称号|名单|奖)")),
    (
        "省级",
        re.compile(r"省级|自治区级|(?<!外)省[^，。]{0,14}(?:示范|基地|名单|奖|称号|荣誉|团队|平台|认定|中心)|全省"),
    ),
    ("市级", re.compile(r"市级|全市[^，。]{0,8}(?:示范|名单|奖)")),
    ("县级", re.compile(r"县级|区级")),
)
_OPENS = re.compile(r"(?:到|至|在|于|力争|争取|瞄准|确保|[\s，,])*")
_QUOTES = ("“", "「")
_LEAD = re.compile(
    r"^(?:并|也|还|又|再|同时|此外|其中|目前|随后|之后|此后|为此|[一二三四五六七八九十]是|上午|下午|晚|前|起|[\s，,、：:]|，)+"
)
_ADVERBS = re.compile(
    r"(?:于|在|正式|全面|顺利|成功|已经|已|将|计划|预计|拟|有望|力争|争取|再度|再次|先后|陆续|集中|共同|联合|全部|主体|同步|如期|批量|现场"
    r"|整体|率先|又|还|也|被|获|要|可|就|由此|随即|立即|立刻|最迟|原定|承诺|带电|进行|完成|实现|举行)+$"
)
_GENERIC = re.compile(r"^(?:园区|开发区|高新区|经开区|新区|产业园|全区|我区|集聚区|工业园|港区)$")


def link(
    doc: Document,
    triggers: Sequence[Mention[MilestoneType]],
    dates: Sequence[Mention[DateValue]],
    figures: Sequence[Span],
    reference: Reference | None,
    park: str | None = None,
) -> list[Event]:
    """The milestones of a document in the order of its text. ``figures`` are the spans of its amounts."""
    teller = _Teller(doc, triggers, dates, figures, reference, park)
    return _fold(doc, [event for index in range(len(doc.sentences)) for event in teller.tell(index)], dates)


@dataclass(frozen=True, slots=True)
class _Governed:
    """A date that governs clauses, and whether it stands in their own sentence."""

    index: int
    own: bool


class _Teller:
    """Goes through the sentences and carries the date and the actor from one to the next."""

    def __init__(
        self,
        doc: Document,
        triggers: Sequence[Mention[MilestoneType]],
        dates: Sequence[Mention[DateValue]],
        figures: Sequence[Span],
        reference: Reference | None,
        park: str | None,
    ) -> None:
        self.doc, self.triggers, self.dates, self.figures = doc, triggers, dates, figures
        self.reference, self.park = reference, park
        self.trigger_starts = [t.start for t in triggers]
        self.date_starts = [d.start for d in dates]
        self.figure_starts = [f.start for f in figures]
        self.paragraph = -1
        self.carried: int | None = None
        self.actor: str | None = None
        self.plan_section = False

    # ---- a sentence -------------------------------------------------------------------------------------------

    def tell(self, index: int) -> Iterator[Event]:
        doc = self.doc
        sentence = doc.sentences[index]
        line = doc.paragraph_at(sentence.start)
        if line.start != self.paragraph:
            self.paragraph, self.carried, self.actor = line.start, None, None
        if line.kind == "heading":
            self.plan_section = bool(_PLAN_HEADING.search(doc.view, line.start, line.end))
        if line.kind in _SKIPPED:
            return
        dates = self._dates_in(sentence)
        if not dates and self.carried is None:
            return
        clauses = [part for clause in doc.clauses(sentence) for part in self._parts(clause, dates)]
        target = self._target(sentence, clauses, dates)
        told = clauses if target is None else [c for c in clauses if c.end <= target.start]
        if told:
            yield from self._events(sentence, told, [d for d in dates if self.dates[d].start < told[-1].end])
        if target is not None:
            yield target
        if dates:
            leads = self.dates[dates[0]].start - sentence.start <= 2
            self.carried = dates[0] if leads else dates[-1]

    def _parts(self, clause: Span, dates: Sequence[int]) -> Iterator[Span]:
        """A clause that lists events, each with its date (去年底签约、今年3月开工), is cut at its list marks."""
        begin = clause.start
        for d in dates:
            cut = self.dates[d].start - 1
            if begin < cut < clause.end and self.doc.view[cut] == "、":
                yield Span(begin, cut)
                begin = cut + 1
        yield Span(begin, clause.end)

    def _dates_in(self, span: Span) -> list[int]:
        """Indexes of the dates that can govern an event: no durations, no bases of a comparison, no attributes."""
        found: list[int] = []
        for index in range(bisect_left(self.date_starts, span.start), bisect_left(self.date_starts, span.end)):
            date, view = self.dates[index], self.doc.view
            if date.value.start is None or date.rule in ("now", "same-period", "decade"):
                continue
            if _COMPARED.search(view, max(0, date.start - 2), date.start) or self._attributive(date):
                continue
            if view.endswith("年度", date.start, date.end) or (found and self._within(date, self.dates[found[-1]])):
                continue  # 2024年度绿色制造名单; 9月16日，三季度招商项目签约
            found.append(index)
        return found

    def _attributive(self, date: Mention[DateValue]) -> bool:
        """Whether a date describes a noun (2017年的产值), or stands in a title; 1998年创办于…的工厂 tells an event."""
        view = self.doc.view
        if (_TITLE.match(view, date.end)) and view.rfind("《", max(0, date.start - 40), date.start) >= 0:
            return True
        if not _ATTRIBUTE.match(view, date.end) or _AIM.search(view, max(0, date.start - 3), date.start):
            return False
        after = bisect_left(self.trigger_starts, date.end)
        return after == len(self.triggers) or self.trigger_starts[after] - date.end > 1

    def _within(self, coarse: Mention[DateValue], fine: Mention[DateValue]) -> bool:
        """Whether a date only names the period, as an attribute, in which the finer date before it lies."""
        a, b = coarse.value, fine.value
        if a.start is None or a.end is None or b.start is None or b.end is None or a.precision is None:
            return False
        if b.precision is None or _FINE.index(a.precision) <= _FINE.index(b.precision):
            return False
        return a.start <= b.start and b.end <= a.end and self.doc.view[coarse.end : coarse.end + 1] not in "，,"

    def _events(self, sentence: Span, clauses: Sequence[Span], dates: Sequence[int]) -> Iterator[Event]:
        told: set[int] = set()
        last: Event | None = None
        for number, clause in enumerate(clauses):
            trigger = self._trigger(clause)
            if trigger is None:
                continue
            governed = self._govern(trigger, clause, dates)
            if governed is None or denied(self.doc.view, clause.start, trigger.start):
                continue
            told.add(governed.index)
            event = self._event(trigger, clauses, number, governed)
            if last is not None and last.end >= clauses[number - 1].end and _goes_on(last, event):
                event = replace(last, end=event.end, level=last.level or event.level)
            elif last is not None:
                yield last
            last = event
        if last is not None:
            yield last
        yield from self._others(sentence, clauses, [d for d in dates if d not in told])

    def _trigger(self, clause: Span) -> Mention[MilestoneType] | None:
        """The weightiest trigger of a clause that stands in no attribute of another one."""
        first = bisect_left(self.trigger_starts, clause.start)
        found = self.triggers[first : bisect_left(self.trigger_starts, clause.end)]
        view = self.doc.view
        if found and (way := _FROM_TO.search(view, clause.start, clause.end)):
            found = [t for t in found if not way.start() < t.start <= way.end()]  # 从签约到开工只用了…
        if len(found) > 1:
            main = [t for t, after in pairwise(found) if "的" not in view[t.end : after.start]]
            found = [*main, found[-1]]
        return max(found, key=lambda t: (_WEIGHT[t.value], t.start), default=None)

    def _govern(self, trigger: Mention[MilestoneType], clause: Span, dates: Sequence[int]) -> _Governed | None:
        before = [d for d in dates if self.dates[d].start < trigger.start]
        if before and self.dates[before[-1]].start >= clause.start:
            return _Governed(before[-1], True)
        for d in dates:
            if trigger.end <= self.dates[d].start < clause.end and self.dates[d].start - trigger.end <= 2:
                return _Governed(d, True)
        if before:
            return _Governed(before[-1], True)
        quoted = self.doc.view[clause.start - 1 : clause.start] in _QUOTES if clause.start else False
        return None if self.carried is None or dates or quoted else _Governed(self.carried, False)

    # ---- an event ---------------------------------------------------------------------------------------------

    def _event(
        self, trigger: Mention[MilestoneType], clauses: Sequence[Span], number: int, governed: _Governed
    ) -> Event:
        clause = clauses[number]
        date = self.dates[governed.index]
        start = self._begin(trigger, clauses, number, date)
        actor = self._actor(clause, trigger, date)
        status = self._status(clause, trigger, date)
        level = _level(self.doc.view[clause.start : clause.end], trigger.value)
        implied = () if governed.own else ("date",)
        return Event(start, clause.end, governed.index, trigger.value, status, trigger.rule, actor, level, implied)

    def _begin(
        self, trigger: Mention[MilestoneType], clauses: Sequence[Span], number: int, date: Mention[DateValue]
    ) -> int:
        """A clause without a subject of its own takes the clause before it; a date right before is taken with it."""
        view = self.doc.view
        first = number
        spoken = view[clauses[number].start : trigger.start].replace(view[date.start : date.end], "")
        subject = _ADVERBS.sub("", _LEAD.sub("", spoken))
        if number and not subject and self._subject_of(clauses, number, date):
            first -= 1
        start = clauses[first].start
        if first and clauses[first - 1].start <= date.start < clauses[first - 1].end <= date.end + 3:
            start = date.start
        lead = _LEAD.match(view, start, trigger.start)
        return lead.end() if lead and start != date.start else start

    def _subject_of(self, clauses: Sequence[Span], number: int, date: Mention[DateValue]) -> bool:
        """Whether the clause before gives a verb its subject: it stands alone behind the date, or is a bare noun phrase
        (首期厂房12栋，当年9月开工); and it tells no event of its own."""
        clause = clauses[number - 1]
        if self._trigger(clause) is not None or any(clause.start <= d.start < clause.end for d in self._dated(clause)):
            return False
        if number > 1 and clauses[number - 2].start <= date.start and clauses[number - 2].end <= date.end + 3:
            return True
        words = self.doc.words_in(clause.start, clause.end)
        return clause.start > 0 and not any(word.tag[0] in "vdc" for word in words)

    def _dated(self, clause: Span) -> Sequence[Mention[DateValue]]:
        return self.dates[bisect_left(self.date_starts, clause.start) : bisect_left(self.date_starts, clause.end)]

    def _status(self, clause: Span, trigger: Mention[MilestoneType], date: Mention[DateValue]) -> Status:
        view, value = self.doc.view, date.value
        now = self.reference.period if self.reference else None
        if now and value.start and value.start > now.end:
            return "planned"
        begin = min(date.start, clause.start) if clause.start - date.end < 30 else clause.start
        if planned(view, begin, trigger.start):
            return "planned"
        unfinished = now and value.end and value.end > now.end and (self.plan_section or value.precision != "year")
        if unfinished and not _DONE.search(view, begin, clause.end):
            return "planned"
        return "ongoing" if ongoing(view, clause.start, clause.end) else "achieved"

    def _actor(self, clause: Span, trigger: Mention[MilestoneType], date: Mention[DateValue]) -> str | None:
        """The noun phrase before the verb; a general word for the park, or none, is resolved by what came before."""
        view = self.doc.view
        begin = date.end if clause.start <= date.start < trigger.start else clause.start
        if begin == date.end and date.start - clause.start >= 2:
            begin, stop = clause.start, date.start
        else:
            stop = trigger.start
        phrase = _LEAD.sub("", view[begin:stop]).strip("，,、 　“”\"'")
        phrase = _ADVERBS.sub("", re.split(r"被|由|与|在(?!线)|向|获", phrase)[0]).strip("，,、 　“”\"'")
        if "的" in phrase:
            phrase = phrase.rpartition("的")[2]
        if _GENERIC.match(phrase):
            phrase = self.park or phrase
        if 2 <= len(phrase) <= 30 and not re.search(r"\d", phrase[:1]):
            self.actor = phrase
        return self.actor or self.park

    # ---- targets and other dated facts ------------------------------------------------------------------------

    def _target(self, sentence: Span, clauses: Sequence[Span], dates: Sequence[int]) -> Event | None:
        """One milestone for all that a sentence aims at from some clause on; an event planned with 计划, 预计 or
        将 is no aim, unless the sentence only gives figures for a time to come."""
        aim = _AIM.search(self.doc.view, sentence.start, sentence.end)
        if aim:
            index = self._aimed(aim.start(), clauses, dates)
        else:
            due = self._due(dates)
            index = self._foreseen(clauses, dates) if due is None else due
        if index is None:
            return None
        date = self.dates[index]
        start = aim.start() if aim else date.start
        own = sentence.start <= date.start < sentence.end
        begin = min(date.start, start) if own else start
        holder = next((c for c in clauses if c.start <= begin < c.end), clauses[0])
        if not _OPENS.fullmatch(self.doc.view, holder.start, begin) and (begin != date.start or holder.start < begin):
            begin = holder.start
        end = sentence.end
        while end > begin and self.doc.view[end - 1] in "。！？!?；;”":
            end -= 1
        if begin >= end:
            return None
        level = _level(self.doc.view[begin:end], "approval")
        implied = () if own else ("date",)
        return Event(begin, end, index, "target", "planned", "target", self.actor or self.park, level, implied)

    def _ends_later(self, index: int) -> bool:
        end, now = self.dates[index].value.end, self.reference
        if now is None or end is None:
            return False
        return end > now.period.end or (end == now.period.end and not now.exact)

    def _aimed(self, aim: int, clauses: Sequence[Span], dates: Sequence[int]) -> int | None:
        """The date of an aim: the one right behind the word, else the last one before it, else any in the sentence."""
        future = [d for d in dates if self._ends_later(d)]
        close = [d for d in future if 0 <= self.dates[d].start - aim <= 4]
        before = [d for d in future if self.dates[d].start < aim]
        if close or before or future:
            return (close or before[-1:] or future)[0]
        return None if dates else self.carried

    def _due(self, dates: Sequence[int]) -> int | None:
        """到2030年，建成…: a year to come by which something is to be reached."""
        view = self.doc.view
        for d in dates:
            date = self.dates[d]
            if view[date.start - 1 : date.start] == "到" and date.value.precision in ("year", "plan", "month"):
                rest = view[date.end : self.doc.sentence_at(date.start).end]
                if self._ends_later(d) and not planned(rest, 0, len(rest)):
                    return d
        return None

    def _foreseen(self, clauses: Sequence[Span], dates: Sequence[int]) -> int | None:
        """A sentence without an aim that gives figures, and no event, for a time to come."""
        for d in dates:
            date = self.dates[d]
            rest = [c for c in clauses if c.end > date.start]
            figures = bisect_left(self.figure_starts, rest[-1].end) - bisect_left(self.figure_starts, date.start)
            begins, now = date.value.start, self.reference
            ahead = begins is not None and now is not None and begins > now.period.end
            ahead = ahead or (self._ends_later(d) and planned(self.doc.view, date.end, rest[0].end + 30))
            leads = bool(_PAUSE.match(self.doc.view, date.end))
            if ahead and leads and figures and not any(self._trigger(c) for c in rest):
                return d
        return None

    def _others(self, sentence: Span, clauses: Sequence[Span], dates: Sequence[int]) -> Iterator[Event]:
        """A past date whose clauses hold neither trigger nor figure, but a verb: something that the text tells."""
        now = self.reference.period if self.reference else None
        for d in dates:
            date = self.dates[d]
            if date.value.kind != "date" or (now and date.value.start and date.value.start > now.end):
                continue
            first = next((i for i, c in enumerate(clauses) if c.start <= date.start < c.end), None)
            if first is None or date.start > clauses[first].start + 2 or _SINCE.match(self.doc.view, date.end):
                continue
            if not _PAUSE.match(self.doc.view, date.end) and self.doc.view[date.start - 1 : date.start] not in (
                "在",
                "于",
            ):
                continue
            follows = [self.date_starts[n] for n in dates if n > d]
            scope = [c for c in clauses[first:] if not follows or c.start < follows[0]]
            end = scope[-1].end
            counted = bisect_left(self.figure_starts, end) - bisect_left(self.figure_starts, date.end)
            if counted or any(self._trigger(c) for c in scope) or not self._tells(date.end, end):
                continue
            status: Status = "ongoing" if ongoing(self.doc.view, date.end, end) else "achieved"
            yield Event(date.start, end, d, "other", status, "dated-clause", self.actor or self.park)

    def _tells(self, start: int, end: int) -> bool:
        return end - start >= 8 and any(word.tag.startswith("v") for word in self.doc.words_in(start, end))


def _goes_on(one: Event, other: Event) -> bool:
    """Whether the next clause tells the same event on: 完成股份制改造，更名为…; 批复…，…整体纳入…."""
    return one.type == other.type and one.date == other.date and one.type in ("signing", "approval", "other", "launch")


def _level(clause: str, kind: MilestoneType) -> Level | None:
    if kind not in ("approval", "recognition", "unveiling", "target"):
        return None
    return next((level for level, pattern in _LEVELS if pattern.search(clause)), None)


# ---- told again -------------------------------------------------------------------------------------------------


def _fold(doc: Document, events: Sequence[Event], dates: Sequence[Mention[DateValue]]) -> list[Event]:
    """The same type at the same time in much the same words, or told of a count (18个项目现场签约), is one event; the
    later telling goes into ``restated``."""
    kept: list[Event] = []
    first: dict[tuple[object, ...], list[int]] = {}
    for event in events:
        value = dates[event.date].value
        same = first.setdefault((event.type, value.start, value.end), [])
        again = next((i for i in same if _alike(doc, kept[i], event)), None)
        if again is None:
            same.append(len(kept))
            kept.append(event)
        else:
            kept[again] = replace(kept[again], restated=(*kept[again].restated, Span(event.start, event.end)))
    return kept


def _alike(doc: Document, one: Event, other: Event) -> bool:
    a, b = (_pairs(doc.view[e.start : e.end]) for e in (one, other))
    return len(a & b) >= 0.6 * min(len(a), len(b)) or _COUNTED.match(doc.view, other.start) is not None


def _pairs(text: str) -> set[str]:
    plain = re.sub(r"[\W\d年月日]+", "", text)
    return {plain[i : i + 2] for i in range(len(plain) - 1)} or {plain}
