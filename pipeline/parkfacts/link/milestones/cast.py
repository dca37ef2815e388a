"""Who an event is about: the subject of its clause, with general words (公司, 该项目, 园区) and left out subjects
resolved by what came before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from parkfacts.facts import MilestoneType
from parkfacts.link.calendar import DateValue
from parkfacts.link.milestones.circumstances import companion
from parkfacts.link.milestones.event import Event
from parkfacts.link.milestones.phrase import Actor, agent, bare, generic, opening, plain, subject_range, topic, whole
from parkfacts.link.milestones.scene import Named, Scene
from parkfacts.segment import Paragraph
from parkfacts.text import Mention, Span

_HELPS = re.compile(r"(?:承建|负责|投资建设|建设|实施|代建|牵头|运营|出资)\Z")
_STAGE = re.compile("[一二三四]期(?:项目|工程)?")
_NUMBERING = re.compile(r"(?:PART|Part|NO\.?|No\.?)?\s*\d{1,2}[\s　、.．]+|[（(]?[一二三四五六七八九十]+[)）、.．]\s*")
_ROAD = re.compile(r"[^，。；：的]{1,10}(?:大道|[^之道思出铁线]路|[一二三四五六七八九十]路)")
_OF_WORKS = ("groundbreaking", "completion", "production")
_BUILDING = re.compile(r"(?:建设|兴建|打造|新建|上马|投建)(?:了|的)?\Z")
_HOLDS = re.compile(r"(?<=.)(?:隆重|成功|正式|顺利|集中)*(?:举行|举办|召开)(?:了)?(?=.{2})")
_SHARES = re.compile("(?<=.{2})(?:的)?(?:股票|新股|A股)")
_PAPER = re.compile(
    "(?:战略|框架|合作|投资|入园|入驻|意向|共建|购销|采购)*(?:协议书?|合同)(?:的)?(?:正式|顺利|成功)?\\Z"
)
_ACTS_ON = re.compile("(?:[区县市镇乡园州]|公司|集团|协会|联盟|企业)\\Z")
_ROLLED = re.compile("(?:首|第一).+?(?=(?:正式|成功|顺利|批量)?下线)")
_UNKNOWN = ("x", "nz", "nt")
_PROPER = ("x", "nz", "nt", "ns", "nr")
_FIRM_ACTS = re.compile(
    "投入|投资|新建|建设|实施|追加|落户|入驻|租[赁用下]|购[置买]|主营|主要|从事|专注|生产|研发|是一?家"
)
MIN_NAME = 4  # characters
_FRAGMENT = re.compile(
    "(?:首|第?[0-9一二三四五六七八九十]+|每|多|各|几)[批个家位名项座条台期款]*|[A-Za-z0-9“”]+|最大|最高"
)
_GRANTED = ("approval", "recognition")
_AUTHORITY = re.compile("(?:国务院|[部委厅局办]|政府|办公[厅室]|委员会|联席会议)\\Z(?<!管委会)(?<!管理委员会)")
_RULES = re.compile("出台|印发|推行|全面实行")
_THAT = re.compile("该|此|这[一个]|上述")
_WILL = re.compile("将|拟|计划|力争|争取|要(?![求素点])")
_BACK = 24  # names that are looked through for what a general word means
_BUILT = re.compile(r"(?:项目|基地|工程|产业园|工厂|中心|产线|生产线|厂房|路|桥|站)$")


class Cast:
    """Remembers who was spoken of. ``actor`` is the last one that an event was told of."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.actor: Actor | None = None
        self._topic: Actor | None = None
        self._heading: Actor | None = None
        self._company: Actor | None = None
        self._project: Actor | None = None
        self._built_last: Actor | None = None  # in any paragraph, for 该项目
        self._fresh = False
        self._things: list[str] = []
        self._pending: list[tuple[Span | None, bool]] = []
        self._park = Actor(scene.park) if scene.park else None

    def enter(self, line: Paragraph) -> None:
        """Begins a paragraph: nobody has been spoken of, but for what its section's heading names."""
        if line.kind == "heading":
            self._heading = self._in_heading(line.start, line.end)
            if self._heading is not None:
                self._note(self._heading)
        self._topic = self._heading
        self._pending.clear()
        if self._main is not None:
            self._company = self._main
        self._project = self._heading if self._heading is not None and self._heading.works else None

    def _in_heading(self, start: int, end: int) -> Actor | None:
        """The name that a heading begins with, or the built thing that it is: PART 03 滨河路."""
        number = _NUMBERING.match(self.scene.view, start, end)
        start = number.end() if number else start
        if (found := opening(self.scene, start, end)) is not None:
            return found
        held = topic(self.scene, start, end) or (
            Span(start, end) if _ROAD.fullmatch(self.scene.view, start, end) else None
        )
        return self._thing(held, works=True) if held and held.end == end else None

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
                self._fresh = False
            elif sentence:
                named = self.scene.names_in(span.start, span.end)
                for clause in self.scene.doc.clauses(span)[: None if named else 1]:
                    self._hear(clause)
            else:
                self._hear(span)
        self._pending.clear()

    def _hear(self, clause: Span) -> None:
        found = self._opener(clause.start, clause.end)
        if found is None and (held := bare(self.scene, clause) or topic(self.scene, clause.start, clause.end)):
            found = self._built(held)
        if found is None and (held := self._unknown(clause)):
            found = self._thing(held)
        if found is not None and not (found.companies and not found.works and self._helps(clause)):
            self._note(found)

    def _unknown(self, clause: Span) -> Span | None:
        """A name that nothing knows, at the head of its sentence: 岚泰重工投入600万元改造生产线."""
        opens = clause.start == self.scene.doc.sentence_at(clause.start).start
        held = agent(self.scene, clause.start, clause.end) if opens else None
        if held is None or held.end - held.start < MIN_NAME or not _FIRM_ACTS.match(self.scene.view, held.end):
            return None
        return held if self.scene.doc.words_in(*held)[0].tag in _UNKNOWN else None

    def _built(self, held: Span) -> Actor | None:
        word = whole(self.scene.view[held.start : held.end])
        return self._resolve(word, held.start) if word else self._thing(held, works=True)

    def _helps(self, clause: Span) -> bool:
        """Whether a firm only builds what is spoken of (某公司承建), so that it stays what is spoken of."""
        works = self._topic is not None and self._topic.works
        return works and _HELPS.search(self.scene.view, clause.start, clause.end) is not None

    def subject(self, clause: Span, trigger: Mention[MilestoneType], date: Mention[DateValue]) -> str | None:
        """The subject of an event's clause."""
        self._recall()
        verb = trigger.start
        if self.scene.view[trigger.start - 1] == "的" and (
            brings := _ROLLED.match(self.scene.view, trigger.start, trigger.end)
        ):
            verb = brings.end()  # 某公司研发的首台机器人下线: a trigger with its subject
        start, end = subject_range(self.scene.view, clause, verb, date)
        if held_by := _HOLDS.search(self.scene.view, start, end):
            end = held_by.start()  # 园区举行X项目开工仪式: the park
        if trigger.value == "signing" and (signed := _PAPER.search(self.scene.view, start, end)):
            end = signed.start()  # X项目框架协议签署: X项目
        if trigger.value == "listing" and (shares := _SHARES.search(self.scene.view, start, end)):
            end = shares.start()  # 公司股票在深交所上市: the firm
        if trigger.value == "signing" and (beside := companion(self.scene, start, trigger.end)):
            listed = "、" in self.scene.view[start : beside.mark]  # 甲、乙与丙签约: all three
            end = end if listed else min(end, beside.mark)  # 园区与X签约: the park
        found = opening(self.scene, start, end)
        written: Span | None = None
        if found is None:
            held, word = plain(self.scene, start, end)
            found = self._resolve(word, held.start) if word else self._thing(held)
            written = held if word else None
        if found is None and (word := generic(self.scene.view, start, end)):
            found = self._resolve(word, start)
        if found is None and trigger.value in _OF_WORKS and (built := self._built_before(clause)):
            found = built
        if found is None and trigger.value == "launch" and self._of_the_park(trigger):
            found = self._park
        if found is not None and trigger.value in _GRANTED and _AUTHORITY.search(found.text):
            self.actor = found  # 省政府批复: what goes on is told of who was granted it
            return found.text
        return self._told(found) or (self._text_of(written) if written else None)

    def _of_the_park(self, trigger: Mention[MilestoneType]) -> bool:
        """Whether what nobody is said to do is done by the park: it makes the rules, and holds what is held behind a
        project's news."""
        rules = _RULES.match(self.scene.view, trigger.start, trigger.end) is not None
        return rules or (self._topic is not None and self._topic.text.endswith("项目"))

    def _built_before(self, clause: Span) -> Actor | None:
        """投资9800万美元建设甲基地，用地86亩，预计明年9月投产: the project that its sentence builds."""
        sentence = self.scene.doc.sentence_at(clause.start)
        if self._topic is not None and self._topic.works:
            return None
        names = [n for n in self.scene.names_in(sentence.start, clause.start) if n.kind == "project"]
        built = [n for n in names if _BUILDING.search(self.scene.view, sentence.start, n.start)]
        return Actor.of(self.scene, built[-1:]) if built else None

    def _text_of(self, held: Span) -> str:
        """A general word that nothing resolves stays as it is written."""
        return self.scene.doc.text.content[held.start : held.end]

    def _thing(self, held: Span, works: bool = False) -> Actor | None:
        """A noun phrase as a subject; one that names a firm or a project is that."""
        if held.start == held.end or _FRAGMENT.fullmatch(self.scene.view, *held):
            return None
        names = [n for n in self.scene.names_in(held.start, held.end) if n.end <= held.end]
        actor = Actor.of(self.scene, names[:1]) if names else Actor("")
        return actor._replace(text=self.scene.doc.text.content[held.start : held.end], works=works)

    def teller(self, clauses: Sequence[Span], date: Mention[DateValue]) -> str | None:
        """The subject of a dated fact without a trigger."""
        self._recall()
        for clause in clauses[:2]:
            start = max(clause.start, date.end)
            if start < clause.end and (found := self._opener(start, clause.end)):
                return self._told(found)
        held = next((h for c in clauses[:2] if (h := agent(self.scene, max(c.start, date.end), c.end))), None)
        return self._told(self._thing(held) if held else None)

    def _opener(self, start: int, end: int) -> Actor | None:
        """The name or the general word that opens a clause."""
        found = opening(self.scene, start, end)
        if found is None and (word := generic(self.scene.view, start, end)):
            found = self._resolve(word, start)
        return found

    def aimer(self, target: Event) -> str | None:
        """Whose aim it is: who opens one of its clauses, else the park."""
        self._recall()
        for clause in self.scene.doc.clauses(Span(target.start, target.end))[:3]:
            if found := self._opener(clause.start, clause.end):
                return self._told(found)
        if (held := self._resolved_to_act(target)) is not None:
            return self._told(self._thing(held))
        self.actor = self._topic if self._fresh else self._park or self._topic
        return self.actor.text if self.actor else None

    def _resolved_to_act(self, target: Event) -> Span | None:
        """岚州将建成…: a place, a body or a firm right in front of the word that tells of its aim."""
        for clause in self.scene.doc.clauses(Span(target.start, target.end))[:2]:
            held = agent(self.scene, clause.start, clause.end)
            if held is None or not _WILL.match(self.scene.view, held.end):
                continue
            proper = self.scene.doc.words_in(*held)[0].tag in _PROPER
            if proper or _ACTS_ON.search(self.scene.view, *held):
                return held
        return None

    # ---- memory -----------------------------------------------------------------------------------------------

    def _told(self, found: Actor | None) -> str | None:
        if found is not None:
            self._note(found)
        self.actor = found or self._topic or self._park
        return self.actor.text if self.actor else None

    def _note(self, actor: Actor) -> None:
        self._topic, self._fresh = actor, True
        if whole(actor.text) == "project" and self._topic is not None:
            return
        if actor.works or (not actor.companies and _BUILT.search(actor.text)):
            self._project = self._built_last = actor
        elif len(actor.companies) == 1:
            self._company = actor
        self._things.append(actor.text)
        del self._things[:-8]

    def _resolve(self, word: str, place: int) -> Actor | None:
        """What a general word means here; None leaves it to who is spoken of."""
        if word == "park":
            return self._park
        if word == "both":
            return self._topic
        if word == "we":
            return self._park or self._main
        if word == "that":
            single = self._topic if self._topic and len(self._topic.companies) == 1 and not self._topic.works else None
            return single or self._named_before(place, "company") or self._company
        if word == "company":
            return self._company or self._main or self._named_before(place, "company") or self._topic
        if word == "project":
            if self._other_stage(place):
                return self._stage(place)
            found = self._project or self._project_before(place)
            alone = self._topic is None and self.scene.view.startswith(("项目", "工程"), place)
            that = self._built_last if alone or _THAT.match(self.scene.view, place) else None
            return found or that or self._topic or self._stage(place)
        noun = word.removeprefix("thing:")
        last = next((thing for thing in reversed(self._things) if thing.endswith(noun)), None)
        if last is not None:
            return Actor(last)
        near = next((n for n in self._before(place) if self._text(n).endswith(noun)), None)
        return Actor.of(self.scene, [near]) if near else Actor(noun)

    @cached_property
    def _main(self) -> Actor | None:
        """The firm that the document is about: its title names it, or it is named twice as often as any other."""
        firms = sorted(self.scene.who.companies, key=lambda c: -len(c.mentions))
        if not firms or (len(firms) > 1 and len(firms[0].mentions) < 2 * len(firms[1].mentions)):
            return None
        return Actor(firms[0].name, (self.scene.who.companies.index(firms[0]),))

    def _named_before(self, place: int, kind: str) -> Actor | None:
        near = next((n for n in self._before(place) if n.kind == kind), None)
        return Actor.of(self.scene, [near]) if near else None

    def _project_before(self, place: int) -> Actor | None:
        """The project that is named last in the paragraph, or in the line before."""
        line = self.scene.doc.paragraph_at(place)
        near = next((n for n in self._before(place) if n.kind == "project" and n.start >= line.start), None)
        return Actor.of(self.scene, [near]) if near else None

    def _stage(self, place: int) -> Actor | None:
        """二期 of nothing that was named."""
        stage = _STAGE.match(self.scene.view, place)
        return Actor(stage.group(), works=True) if stage else None

    def _other_stage(self, place: int) -> bool:
        """Whether 二期 is told of after 一期: it is no second name of what was spoken of."""
        last = self._project or self._topic
        return last is not None and bool(_STAGE.fullmatch(last.text)) and bool(_STAGE.match(self.scene.view, place))

    def _before(self, place: int) -> Sequence[Named]:
        first = self.scene.first_name(place)
        return self.scene.named[max(0, first - _BACK) : first][::-1]

    def _text(self, name: Named) -> str:
        return self.scene.view[name.start : name.end]
