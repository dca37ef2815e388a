"""Who has been spoken of, and what general words (公司, 该项目, 园区) mean by it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from parkfacts.link.milestones.phrase import Actor, whole
from parkfacts.link.milestones.scene import Named, Scene
from parkfacts.text import Span

_STAGE = re.compile("[一二三四]期(?:项目|工程)?")
_FRAGMENT = re.compile(
    "(?:首|第?[0-9一二三四五六七八九十]+|每|多|各|几)[批个家位名项座条台期款]*|[A-Za-z0-9“”]+|最大|最高"
)
_THAT = re.compile("该|此|这[一个]|上述")
_BACK = 24  # names that are looked through for what a general word means
_BUILT = re.compile(r"(?:项目|基地|工程|产业园|工厂|中心|产线|生产线|厂房|路|桥|站)$")


class Memory:
    """``topic`` is who was spoken of last, ``fresh`` says that it was in this sentence; ``company`` and ``project`` are
    the last of their kinds."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.park = Actor(scene.park) if scene.park else None
        self.topic: Actor | None = None
        self.fresh = False
        self.company: Actor | None = None
        self.project: Actor | None = None
        self.built_last: Actor | None = None  # in any paragraph
        self._things: list[str] = []

    def enter(self, heading: Actor | None) -> None:
        """Begins a paragraph: nobody has been spoken of, but for what its section's heading names."""
        self.topic = heading
        if self._main is not None:
            self.company = self._main
        self.project = heading if heading is not None and heading.works else None

    def thing(self, held: Span, works: bool = False) -> Actor | None:
        """A noun phrase as a subject; one that names a firm or a project is that."""
        if held.start == held.end or _FRAGMENT.fullmatch(self.scene.view, *held):
            return None
        names = [n for n in self.scene.names_in(held.start, held.end) if n.end <= held.end]
        actor = Actor.of(self.scene, names[:1]) if names else Actor("")
        return actor._replace(text=self.scene.doc.text.content[held.start : held.end], works=works)

    def note(self, actor: Actor) -> None:
        """Somebody was spoken of."""
        self.topic, self.fresh = actor, True
        if whole(actor.text) == "project" and self.topic is not None:
            return
        if actor.works or (not actor.companies and _BUILT.search(actor.text)):
            self.project = self.built_last = actor
        elif len(actor.companies) == 1:
            self.company = actor
        self._things.append(actor.text)
        del self._things[:-8]

    def resolve(self, word: str, place: int) -> Actor | None:
        """What a general word means here; None leaves it to who is spoken of."""
        if word == "park":
            return self._estate(place) or self.park
        if word == "both":
            return self.topic
        if word == "we":
            return self.park or self._main
        if word == "that":
            single = self.topic if self.topic and len(self.topic.companies) == 1 and not self.topic.works else None
            return single or self._named_before(place, "company") or self.company
        if word == "company":
            return self.company or self._main or self._named_before(place, "company") or self.topic
        if word == "project":
            return self._stage(place) if self._other_stage(place) else self._built(place)
        return self._named_so(word.removeprefix("thing:"), place)

    def _estate(self, place: int) -> Actor | None:
        """产业园 where a report speaks of one within its park."""
        if not self.scene.view.startswith("产业园", place):
            return None
        held = next((thing for thing in reversed(self._things) if "产业园" in thing), None)
        return Actor(held[: held.index("产业园") + 3], works=True) if held else None

    def _built(self, place: int) -> Actor | None:
        """What 项目 means; 该项目 may be one of an earlier paragraph."""
        found = self.project or self._project_before(place)
        alone = self.topic is None and self.scene.view.startswith(("项目", "工程"), place)
        that = self.built_last if alone or _THAT.match(self.scene.view, place) else None
        return found or that or self.topic or self._stage(place)

    def _named_so(self, noun: str, place: int) -> Actor:
        """The last thing of that kind: 该中心."""
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
        last = self.project or self.topic
        return last is not None and bool(_STAGE.fullmatch(last.text)) and bool(_STAGE.match(self.scene.view, place))

    def _before(self, place: int) -> Sequence[Named]:
        first = self.scene.first_name(place)
        return self.scene.named[max(0, first - _BACK) : first][::-1]

    def _text(self, name: Named) -> str:
        return self.scene.view[name.start : name.end]
