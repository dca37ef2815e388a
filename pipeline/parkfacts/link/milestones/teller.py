"""Goes through the sentences and carries the date and the subject from one to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from parkfacts.facts import MilestoneType
from parkfacts.link.milestones import aims, asides, bounds, governing, status
from parkfacts.link.milestones.belonging import belonging
from parkfacts.link.milestones.cast import Cast
from parkfacts.link.milestones.event import Event
from parkfacts.link.milestones.governing import Governed
from parkfacts.link.milestones.scene import Scene
from parkfacts.link.milestones.untold import untold
from parkfacts.link.modality import heads_plans, opens_plans
from parkfacts.text import Mention, Span

# Of several triggers in one clause the weightier tells what happened: 签约仪式举行 is a signing.
_WEIGHT: dict[MilestoneType, int] = {
    "listing": 9, "production": 8, "completion": 7, "groundbreaking": 6, "signing": 6, "approval": 5, "recognition": 5,
    "unveiling": 5, "land": 5, "establishment": 4, "other": 3, "target": 2, "launch": 1,
}  # fmt: skip
_FROM_TO = re.compile(r"从[^，,。；;]{1,12}到[^，,。；;]{0,4}?(?:正式|全面|最终)?")
_MEETING = re.compile(
    r"召开[^，,。；]{0,40}?(?:推进|调度|协调|座谈|专题|督[查办]|部署|工作|现场|办公|专班|分析)(?:例)?会"
)
_MARKS = re.compile("、|[并且][于在将]?[当次今去明同0-9“二]")
_AND_THEN = re.compile("(?:并且?|且)(?:已|将|计划|预计)?[于在]?\\Z")
_AT_IT = re.compile("(?:宣布|出席|莅临|参加|见证)[^，,。；]*$")
# 2030年，建成全国一流的产业基地: what a year is to bring in rank, and no building
_AIMED = re.compile(r"建成[^，,。；]{0,8}(?:国家级|全国|世界|国内|一流|领先|知名|示范|标杆|千亿|百亿|高地)")
_DECIDES = ("决定在", "决定于", "研究决定", "决定创", "决定兴")
_SKIPPED = ("byline", "boilerplate", "title", "heading", "caption", "table row")


class Teller:
    """Tells the events of one sentence after the other."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.cast = Cast(scene)
        self.paragraph = -1
        self.carried: int | None = None
        self.plans = False
        self._chosen: dict[Span, Mention[MilestoneType] | None] = {}

    def tell(self, index: int) -> Iterator[Event]:
        """The events of the sentence with that index; sentences are told in their order."""
        doc = self.scene.doc
        sentence = doc.sentences[index]
        line = doc.paragraph_at(sentence.start)
        if line.start != self.paragraph:
            self.paragraph, self.carried = line.start, None
            self.cast.enter(line)
        if line.kind in ("heading", "title"):
            self.plans = heads_plans(doc.view, line.start, line.end)
        if line.kind in _SKIPPED:
            return
        if opens_plans(doc.view, sentence.start, sentence.end):
            self.plans = True
        dates = governing.candidates(self.scene, sentence)
        if not dates and self.carried is None:
            self.cast.listen(sentence)
            return
        yield from self._tell(sentence, dates)
        if dates:
            leads = self.scene.date_starts[dates[0]] - sentence.start <= 2
            self.carried = dates[0] if leads else dates[-1]

    def _tell(self, sentence: Span, dates: Sequence[int]) -> Iterator[Event]:
        clauses: Sequence[Span] = self.scene.doc.clauses(sentence)
        if dates and _MARKS.search(self.scene.view, sentence.start, sentence.end):
            clauses = [part for clause in clauses for part in self._parts(clause, dates)]
        self._chosen.clear()
        self.cast.turn()
        target = aims.target(self.scene, sentence, clauses, dates, self.carried, self._trigger, self.plans)
        told = clauses if target is None else [c for c in clauses if c.end <= target.start]
        if told:
            own = [d for d in dates if self.scene.date_starts[d] < told[-1].end]
            yield from self._events(told, own)
        if target is not None:
            target = target._replace(actor=self.cast.aimer(target))
            yield belonging(self.scene, target, self.cast.actor)
            if later := [c for c in clauses if c.start >= target.end]:
                yield from self._events(later, [d for d in dates if self.scene.date_starts[d] >= target.end])

    def _parts(self, clause: Span, dates: Sequence[int]) -> Iterator[Span]:
        """A clause that lists events, each with its date (去年底签约、今年3月开工), is cut at its list marks."""
        begin = clause.start
        for d in dates:
            at = self.scene.date_starts[d]
            if not begin < at - 1 < clause.end:
                continue
            cut = at - 1 if self.scene.view[at - 1] == "、" else self._mark(begin, at)
            if cut > begin:
                yield Span(begin, cut)
                begin = cut + (self.scene.view[cut] == "、")
        yield Span(begin, clause.end)

    def _mark(self, begin: int, date: int) -> int:
        """The list mark behind an event with its own date, in front of the next one's subject (A6月开工、B8月投产)."""
        told = self.scene.triggers_in(begin, date)
        if told and (also := _AND_THEN.search(self.scene.view, told[-1].end, date)):
            return also.start()  # 成功落户并于当年12月动工
        dated = told and any(self.scene.date_starts[d] < told[0].start for d in self.scene.dates_in(begin, date))
        return self.scene.view.find("、", told[-1].end, date) if dated else -1

    def _events(self, clauses: Sequence[Span], dates: Sequence[int]) -> Iterator[Event]:
        told: set[int] = set()
        last: Event | None = None
        for number, clause in enumerate(clauses):
            trigger = self._trigger(clause)
            governed = trigger and governing.govern(self.scene, trigger, clause, dates, self.carried)
            if trigger is None or not governed or untold(self.scene, clauses, number, trigger, governed):
                self.cast.hear(clause)
                continue
            told.add(governed.date)
            event = self._event(trigger, clauses, number, governed)
            if last is not None and last.date == event.date and self._sums_up(clause, event, last):
                continue  # …上市，成为园区首家上市公司
            if last is not None and last.date == event.date and last.type == event.type and self._declared(trigger):
                continue  # 开工仪式举行，县委书记宣布开工
            if last is not None and last.end >= clauses[number - 1].end and _goes_on(last, event):
                event = belonging(self.scene, last._replace(end=event.end, level=last.level or event.level))
            elif last is not None:
                yield last
            last = event
        if last is not None:
            yield last
        yield from asides.others(self.scene, clauses, [d for d in dates if d not in told], self._trigger, self.cast)

    def _sums_up(self, clause: Span, event: Event, last: Event) -> bool:
        return self.scene.view.startswith("成为", clause.start) and event.rule in ("recognition", last.rule)

    def _declared(self, trigger: Mention[MilestoneType]) -> bool:
        """Whether somebody only declares it, or is there (宣布项目开工, 出席开工仪式)."""
        return _AT_IT.search(self.scene.view, max(0, trigger.start - 12), trigger.start) is not None

    def _trigger(self, clause: Span) -> Mention[MilestoneType] | None:
        """The weightiest trigger of a clause; looked up once a sentence."""
        if clause not in self._chosen:
            self._chosen[clause] = self._choose(clause)
        return self._chosen[clause]

    def _choose(self, clause: Span) -> Mention[MilestoneType] | None:
        """The weightiest of the triggers that stand in no attribute of another one."""
        found = self.scene.triggers_in(clause.start, clause.end)
        if not found:
            return None
        view = self.scene.view
        if way := _FROM_TO.search(view, clause.start, clause.end):
            found = [t for t in found if not way.start() < t.start <= way.end()]  # 从签约到开工只用了…
        if meeting := _MEETING.search(view, clause.start, clause.end):
            found = [t for t in found if not meeting.start() < t.start < meeting.end()]  # 召开签约项目调度会
        if decided := next((t for t in found[:-1] if view.startswith(_DECIDES, t.start)), None):
            return decided  # 县委决定在园区创办…: so far it is only decided
        if len(found) > 1 and (plain := [t for t in found if not self._quoted(t, clause)]):
            found = plain
        if len(found) > 1:
            main = [t for t, after in pairwise(found) if "的" not in view[t.end : after.start]]
            found = [*main, found[-1]]
        return max(found, key=lambda t: (_WEIGHT[t.value], t.start), default=None)

    def _quoted(self, trigger: Mention[MilestoneType], clause: Span) -> bool:
        """Whether a trigger is a word of a name in quotes: 启动“退城入园”."""
        view = self.scene.view
        return view.rfind("“", clause.start, trigger.start) > view.rfind("”", clause.start, trigger.start)

    def _event(
        self, trigger: Mention[MilestoneType], clauses: Sequence[Span], number: int, governed: Governed
    ) -> Event:
        clause, scene = clauses[number], self.scene
        date = scene.dates[governed.date]
        start = bounds.begin(scene, trigger, clauses, number, date, self._trigger)
        subject = self.cast.subject(clause, trigger, date)
        told = status.status(scene, clause, trigger, date, self.plans)
        level = status.level(scene.view[clause.start : clause.end], trigger.value)
        if level is None and number and trigger.end >= clause.end - 1:  # …公布国家级名单，X入列
            before = clauses[number - 1]
            level = status.level(scene.view[before.start : before.end], trigger.value)
        implied = () if governed.own else ("date",)
        end = bounds.end(scene, clause, trigger)
        year = date.value.precision in ("year", "plan") and told == "planned"
        aimed = year and trigger.value == "completion" and _AIMED.match(scene.view, trigger.start)
        kind: MilestoneType = "target" if aimed else trigger.value
        event = Event(start, end, governed.date, kind, told, trigger.rule, subject, level, implied)
        return belonging(scene, event, self.cast.actor)


def _goes_on(one: Event, other: Event) -> bool:
    """Whether the next clause tells the same event on: 完成股份制改造，更名为…; 批复…，…整体纳入…."""
    return (
        one.type == other.type
        and one.date == other.date
        and one.type in ("signing", "approval", "other", "launch", "land", "listing")
    )
