"""Who an event is about: the subject of its clause, or, where that is left out, who was spoken of before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parkfacts.facts import MilestoneType
from parkfacts.link.calendar import DateValue
from parkfacts.link.milestones.event import Event
from parkfacts.link.milestones.hearing import hear, in_heading, opener
from parkfacts.link.milestones.memory import Memory
from parkfacts.link.milestones.phrase import Actor, agent, generic, opening, plain
from parkfacts.link.milestones.scene import Scene
from parkfacts.link.milestones.where import where
from parkfacts.segment import Paragraph
from parkfacts.text import Mention, Span

_OF_WORKS = ("groundbreaking", "completion", "production")
_BUILDING = re.compile(r"(?:建设|兴建|打造|新建|上马|投建)(?:了|的)?\Z")
_ACTS_ON = re.compile("(?:[区县市镇乡园州]|公司|集团|协会|联盟|企业)\\Z")
_PROPER = ("x", "nz", "nt", "ns", "nr")
_GRANTED = ("approval", "recognition")
_AUTHORITY = re.compile("(?:国务院|[部委厅局办]|政府|办公[厅室]|委员会|联席会议)\\Z(?<!管委会)(?<!管理委员会)")
_RULES = re.compile("出台|印发|推行|全面实行")
_WILL = re.compile("将|拟|计划|力争|争取|要(?![求素点])")


class Cast:
    """Remembers who was spoken of. ``actor`` is the last one that an event was told of."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.memory = Memory(scene)
        self.actor: Actor | None = None
        self._heading: Actor | None = None
        self._pending: list[tuple[Span | None, bool]] = []

    def enter(self, line: Paragraph) -> None:
        """Begins a paragraph, or a section with its heading."""
        if line.kind == "heading":
            self._heading = in_heading(self.memory, line.start, line.end)
            if self._heading is not None:
                self.memory.note(self._heading)
        self.memory.enter(self._heading)
        self._pending.clear()

    def listen(self, sentence: Span) -> None:
        """A sentence that tells no event may still bring somebody up; it is looked at when an event asks who."""
        self._pending.append((sentence, True))

    def hear(self, clause: Span) -> None:
        """A clause that tells no event, likewise."""
        self._pending.append((clause, False))

    def turn(self) -> None:
        """A new sentence begins: an aim without a subject takes one that it has brought up, else the park."""
        self._pending.append((None, True))

    def _recall(self) -> None:
        """Goes through what was only heard: who opens a clause is spoken of from there on."""
        for span, sentence in self._pending:
            if span is None:
                self.memory.fresh = False
            elif sentence:
                named = self.scene.names_in(span.start, span.end)
                for clause in self.scene.doc.clauses(span)[: None if named else 1]:
                    hear(self.memory, clause)
            else:
                hear(self.memory, span)
        self._pending.clear()

    def subject(self, clause: Span, trigger: Mention[MilestoneType], date: Mention[DateValue]) -> str | None:
        """The subject of an event's clause."""
        self._recall()
        start, end = where(self.scene, clause, trigger, date)
        found, written = self._spoken(start, end)
        if found is None:
            found = self._left_out(clause, trigger)
        if found is not None and trigger.value in _GRANTED and _AUTHORITY.search(found.text):
            self.actor = found  # 省政府批复: what goes on is told of who was granted it
            return found.text
        if self._told(found) is None and written is None:
            self.actor = self.memory.built_last
        return self.actor.text if self.actor else self._text_of(written) if written else None

    def _spoken(self, start: int, end: int) -> tuple[Actor | None, Span | None]:
        """The subject that a range holds, and the general word for it that stays where nothing resolves it."""
        if found := opening(self.scene, start, end):
            return found, None
        held, word = plain(self.scene, start, end)
        if any(t.end == held.end for t in self.scene.triggers_in(held.start, held.start + 1)):
            return None, None  # 年底竣工、开园: another verb
        found = self.memory.resolve(word, held.start) if word else self.memory.thing(held)
        if found is None and (opens := generic(self.scene.view, start, end)):
            found = self.memory.resolve(opens, start)
        return found, held if word else None

    def _left_out(self, clause: Span, trigger: Mention[MilestoneType]) -> Actor | None:
        """Who it is where the sentence does not say so; None leaves it to who was spoken of."""
        if trigger.value in _OF_WORKS and (built := self._built_before(clause)):
            return built
        return self.memory.park if trigger.value == "launch" and self._of_the_park(trigger) else None

    def _of_the_park(self, trigger: Mention[MilestoneType]) -> bool:
        """Whether what nobody is said to do is done by the park: it makes the rules, and holds what is held behind a
        project's news."""
        rules = _RULES.match(self.scene.view, trigger.start, trigger.end) is not None
        return rules or (self.memory.topic is not None and self.memory.topic.text.endswith("项目"))

    def _built_before(self, clause: Span) -> Actor | None:
        """投资9800万美元建设甲基地，用地86亩，预计明年9月投产: the project that its sentence builds."""
        sentence = self.scene.doc.sentence_at(clause.start)
        if self.memory.topic is not None and self.memory.topic.works:
            return None
        names = [n for n in self.scene.names_in(sentence.start, clause.start) if n.kind == "project"]
        built = [n for n in names if _BUILDING.search(self.scene.view, sentence.start, n.start)]
        return Actor.of(self.scene, built[-1:]) if built else None

    def _text_of(self, held: Span) -> str:
        """A general word that nothing resolves stays as it is written."""
        return self.scene.doc.text.content[held.start : held.end]

    def teller(self, clauses: Sequence[Span], date: Mention[DateValue]) -> str | None:
        """The subject of a dated fact without a trigger."""
        self._recall()
        for clause in clauses[:2]:
            start = max(clause.start, date.end)
            if start < clause.end and (found := opener(self.memory, start, clause.end)):
                return self._told(found)
        held = next((h for c in clauses[:2] if (h := agent(self.scene, max(c.start, date.end), c.end))), None)
        return self._told(self.memory.thing(held) if held else None)

    def aimer(self, target: Event) -> str | None:
        """Whose aim it is: who opens one of its clauses, else the park."""
        self._recall()
        for clause in self.scene.doc.clauses(Span(target.start, target.end))[:3]:
            if found := opener(self.memory, clause.start, clause.end):
                return self._told(found)
        if (held := self._wants(target)) is not None:
            return self._told(self.memory.thing(held))
        self.actor = self.memory.topic if self.memory.fresh else self.memory.park or self.memory.topic
        return self.actor.text if self.actor else None

    def _wants(self, target: Event) -> Span | None:
        """岚州将建成…: a place, a body or a firm right in front of the word that tells of its aim."""
        for clause in self.scene.doc.clauses(Span(target.start, target.end))[:2]:
            held = agent(self.scene, clause.start, clause.end)
            if held is None or not _WILL.match(self.scene.view, held.end):
                continue
            proper = self.scene.doc.words_in(*held)[0].tag in _PROPER
            if proper or _ACTS_ON.search(self.scene.view, *held):
                return held
        return None

    def _told(self, found: Actor | None) -> str | None:
        if found is not None:
            self.memory.note(found)
        self.actor = found or self.memory.topic or self.memory.park
        return self.actor.text if self.actor else None
