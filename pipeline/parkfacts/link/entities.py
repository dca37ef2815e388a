"""From mentions to entities: which names are one firm, one body, and which park the report is about.

Two names are joined where the text supports it: the short one is made of the long one in a usual way, the text defines
it （以下简称“X”）, or tells of a renaming (更名为, 前身是). A group and its subsidiary stay two.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from parkfacts.find.names import Name
from parkfacts.ledger import Firm, Ledger
from parkfacts.link.aliases import is_short_for, owners, ranked
from parkfacts.segment import Document
from parkfacts.text import Mention, Span

_RENAMED = re.compile(r"[^。；\n]{0,24}?(?:更名|改名|变更|改制|改组|升级更名|易名)(?:为|成)")
_BEFORE = re.compile(r"的?前身[，,]?(?:是|为|系)?[^。；\n]{0,16}?")
_BECOMES = re.compile(r"(?:更名|改名|变更|改制|改组|易名)(?:为|成)\Z")
_FORMERLY = re.compile(r"(?:园区|开发区|高新区|[，。])的?前身[，,]?(?:是|为|系)?\Z")
_FORMER = re.compile(r"(?:[，,、]|[（(])?(?:原名|原为|原称|曾用名|曾名)[为：:]?[“\"]?")


_WITH = ("与", "和", "同")
_CALLED = ("defined", "english", "brand")  # rules of names that are told right behind another


class Joined(NamedTuple):
    """Two forms of one thing, why they are (as ``facts.AliasReason`` has it), and the range that says so, if any."""

    alias: str
    of: str
    why: str
    told: Span | None = None


@dataclass(frozen=True)
class Entity:
    """A named thing: ``name`` is its fullest form, ``aliases`` its other forms in order of their first mention,
    ``reasons`` what joined them, ``firm`` the row of the user's ledger."""

    name: str
    aliases: tuple[str, ...]
    mentions: tuple[Mention[Name], ...]
    type: str | None = None
    reasons: tuple[Joined, ...] = ()
    firm: Firm | None = None

    @property
    def forms(self) -> tuple[str, ...]:
        """Name and aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True)
class Entities:
    """The entities of a document, each kind in order of first mention; ``park`` is one of the organizations."""

    companies: tuple[Entity, ...]
    organizations: tuple[Entity, ...]
    projects: tuple[Entity, ...]
    park: Entity | None


def link(doc: Document, mentions: Iterable[Mention[Name]], ledger: Ledger | None = None) -> Entities:
    """Joins mentions (in text order) to entities; what ``ledger`` says of firms goes before what the text says."""
    by_kind: dict[str, list[Mention[Name]]] = defaultdict(list)
    for mention in mentions:
        by_kind[mention.value.kind].append(mention)
    companies = _Joiner(doc, by_kind["company"], ledger.by_form if ledger is not None else {})
    companies.join(companies.listed())
    companies.join(Joined(short, long, "short") for short, long in owners(doc, companies.texts))
    organizations = _Joiner(doc, by_kind["organization"])
    for joiner in (companies, organizations):
        joiner.join(_told(doc, joiner))
    companies.join(_renamed(doc, companies))
    organizations.join(_of_one_rank(organizations))
    organizations.join(_bodies(organizations))
    organizations.join(_renamed_parks(doc, organizations))
    park = _park(doc, organizations.entities())
    organizations.join(_formerly(doc, organizations, park))
    bodies = organizations.entities()
    projects = _Joiner(doc, by_kind["project"])
    projects.join(_of_firms(projects, {text for text, _ in companies.texts}))
    return Entities(companies.entities(), bodies, projects.entities(), _park(doc, bodies))


class _Joiner:
    """Mentions of one kind, and which of their texts are one."""

    def __init__(
        self, doc: Document, mentions: Sequence[Mention[Name]], firms: Mapping[str, Firm] = MappingProxyType({})
    ) -> None:
        self.mentions = mentions
        self._firms = firms
        self._reasons: list[Joined] = []
        self.lesser: set[str] = set()  # names that the text calls given up, English ones and brands
        self._doc = doc
        self._parent: dict[str, str] = {}
        for mention in mentions:
            self._parent.setdefault(self.text(mention), self.text(mention))

    def text(self, mention: Mention[Name]) -> str:
        return self._doc.view[mention.start : mention.end]

    @cached_property
    def texts(self) -> list[tuple[str, Mention[Name]]]:
        """Every text once, with its first mention."""
        first: dict[str, Mention[Name]] = {}
        for mention in self.mentions:
            first.setdefault(self.text(mention), mention)
        return list(first.items())

    def root(self, text: str) -> str:
        while self._parent[text] != text:
            text = self._parent[text]
        return text

    def former(self, old: str, new: str) -> set[str]:
        """The texts that go out of use with an old name: those that are one with it, and not yet with the new one; it
        alone, where it is known as given up."""
        if old in self.lesser:
            return {old}
        root = self.root(old)
        return {old, *(one for one, _ in self.texts if self.root(one) == root != self.root(new))}

    def join(self, pairs: Iterable[Joined]) -> None:
        """Joins texts; the first of a pair goes to the second. What the ledger tells apart stays two."""
        for pair in pairs:
            one, other = self.root(pair.alias), self.root(pair.of)
            if one != other and not self._apart(one, other):
                self._parent[one] = other
                self._reasons.append(pair)

    def listed(self) -> Iterator[Joined]:
        """Texts that the ledger has as forms of one firm, with the longest of them."""
        groups: dict[Firm, list[str]] = {}
        for text in sorted((text for text, _ in self.texts if text in self._firms), key=len, reverse=True):
            groups.setdefault(self._firms[text], []).append(text)
        return (Joined(text, group[0], "ledger") for group in groups.values() for text in group[1:])

    def _apart(self, one: str, other: str) -> bool:
        """Whether two roots are of two firms of the ledger; where there is one, it is passed on."""
        a, b = self._rows.get(one), self._rows.get(other)
        if a is None or b is None:
            self._rows.update({other: row} if (row := a or b) else {})
            return False
        return a != b

    @cached_property
    def _rows(self) -> dict[str, Firm]:
        """Firms of the ledger by the roots of their texts; it grows with every join."""
        return {text: self._firms[text] for text, _ in self.texts if text in self._firms}

    def entities(self) -> tuple[Entity, ...]:
        groups: dict[str, list[Mention[Name]]] = {}
        for mention in self.mentions:
            groups.setdefault(self.root(self.text(mention)), []).append(mention)
        reasons: dict[str, list[Joined]] = {}
        for reason in self._reasons:
            reasons.setdefault(self.root(reason.alias), []).append(reason)
        return tuple(self._entity(group, root, reasons.get(root, ())) for root, group in groups.items())

    def _entity(self, group: list[Mention[Name]], root: str, reasons: Sequence[Joined]) -> Entity:
        content = self._doc.text.content
        texts = list(dict.fromkeys(content[m.start : m.end] for m in group))
        name = max(texts, key=lambda text: (text not in self.lesser, len(text)))
        types = [m.value.type for m in group if content[m.start : m.end] == name]
        most = types[0] if len(set(types)) == 1 else Counter(types).most_common(1)[0][0]
        why: tuple[Joined, ...] = ()
        if reasons:
            written = {self.text(m): content[m.start : m.end] for m in reversed(group)}
            why = tuple(r._replace(alias=written[r.alias], of=written[r.of]) for r in reasons)
        aliases = tuple(t for t in texts if t != name)
        return Entity(name, aliases, tuple(group), most, why, self._rows.get(root))


def _bodies(joiner: _Joiner) -> Iterable[Joined]:
    """Short names of bodies with the one body that each can be short for."""
    by_type: dict[str | None, list[str]] = defaultdict(list)
    for text, mention in joiner.texts:
        by_type[mention.value.type].append(text)
    for kind, texts in by_type.items():
        longest_first = sorted(texts, key=len, reverse=True)
        for short in texts:
            full = [t for t in longest_first if is_short_for(short, t, kind)]
            # several long ones are fine if they are one already, or short for each other
            one = {joiner.root(t) for t in full if t != full[0] and not is_short_for(t, full[0], kind)}
            if full and one <= {joiner.root(full[0])}:
                yield Joined(short, full[0], "short")


def _of_one_rank(joiner: _Joiner) -> Iterable[Joined]:
    """Parks that differ in their province and in the words for their rank alone, with the longest name of each."""
    groups: dict[str, list[str]] = defaultdict(list)
    for text, mention in joiner.texts:
        if mention.value.type == "park":
            groups[ranked(text)].append(text)
    for texts in groups.values():
        full = max(texts, key=len)
        yield from (Joined(text, full, "short") for text in texts if text != full)


def _of_firms(projects: _Joiner, firms: AbstractSet[str]) -> Iterable[Joined]:
    """A project's name without its firm's: 西部制造基地, of 海桐动力西部制造基地."""
    texts = [text for text, _ in projects.texts]
    for short in texts:
        full = next((t for t in texts if t != short and t.endswith(short) and t.removesuffix(short) in firms), None)
        if full is not None:
            yield Joined(short, full, "short")


def _told(doc: Document, joiner: _Joiner) -> Iterable[Joined]:
    """Pairs that the text itself calls one: defined, renamed, or the one before the other."""
    view = doc.view
    for one, other in pairwise(joiner.mentions):
        if other.start - one.end > 40 or one.value.type != other.value.type:
            continue
        between = view[one.end : other.start]
        old, new = view[one.start : one.end], view[other.start : other.end]
        if other.rule in _CALLED and len(between) < 12:
            joiner.lesser |= {new} if other.rule != "defined" else set()
            yield Joined(new, old, other.rule, Span(one.start, other.end))
        elif one.rule == "english" and between.strip() in ("（", "("):
            joiner.lesser.add(old)
            yield Joined(old, new, "english", Span(one.start, other.end))
        elif any(p.fullmatch(between) for p in (_RENAMED, _BEFORE, _FORMER)):
            renamed = _RENAMED.fullmatch(between) is not None
            if renamed and view[one.start - 1 : one.start] in _WITH:
                continue  # 与X重组，更名为Y
            joiner.lesser |= joiner.former(old, new) if renamed else {new}
            yield Joined(old, new, "renamed" if renamed else "former", Span(one.start, other.end))


def _renamed(doc: Document, joiner: _Joiner) -> Iterable[Joined]:
    """A firm that 更名为 or 改制为 introduces, with the one last named before it, where they share two characters; with
    whom a firm was merged (与X重组，更名为Y) is another."""
    for at, other in enumerate(joiner.mentions):
        if not _BECOMES.search(doc.view, max(0, other.start - 8), other.start):
            continue
        near = [m for m in joiner.mentions[max(0, at - 4) : at] if other.start - m.end <= 120]
        one = next((m for m in reversed(near) if doc.view[m.start - 1 : m.start] not in _WITH), None)
        if one is None:
            continue
        old, new = doc.view[one.start : one.end], doc.view[other.start : other.end]
        if old not in new and _shares(old, new):
            joiner.lesser |= joiner.former(old, new)
            yield Joined(old, new, "renamed", Span(one.start, other.end))


def _renamed_parks(doc: Document, joiner: _Joiner) -> Iterable[Joined]:
    """A park that 更名为 introduces, with the last one named before it that shares two characters, however far."""
    parks = [mention for mention in joiner.mentions if mention.value.type == "park"]
    for at, other in enumerate(parks):
        if not _BECOMES.search(doc.view, max(0, other.start - 8), other.start):
            continue
        new = doc.view[other.start : other.end]
        before = (doc.view[m.start : m.end] for m in reversed(parks[:at]))
        old = next((text for text in before if text != new and _shares(text, new)), None)
        if old is not None:
            joiner.lesser.add(old)
            yield Joined(old, new, "renamed", Span(other.start, other.end))


def _shares(old: str, new: str) -> bool:
    """Whether two neighbouring characters at the head of a name are in another."""
    return any(old[k : k + 2] in new for k in range(min(4, len(old) - 1)))


def _formerly(doc: Document, joiner: _Joiner, park: Entity | None) -> Iterable[Joined]:
    """Parks that the text calls the former one (园区前身X), with the park of the report."""
    for mention in joiner.mentions:
        if park is not None and mention.value.type == "park":
            text = doc.view[mention.start : mention.end]
            if text not in park.forms and _FORMERLY.search(doc.view, max(0, mention.start - 10), mention.start):
                joiner.lesser.add(text)
                own = doc.view[park.mentions[0].start : park.mentions[0].end]
                yield Joined(text, own, "former", Span(max(0, mention.start - 5), mention.end))


def _park(doc: Document, bodies: Sequence[Entity]) -> Entity | None:
    """The park that the report is about: named in the title, named often, named first."""
    titles = [p for p in doc.paragraphs if p.kind == "title"]

    def weight(entity: Entity) -> tuple[bool, int, int]:
        titled = any(p.start <= m.start < p.end for p in titles for m in entity.mentions)
        return (titled, len(entity.mentions), -entity.mentions[0].start)

    parks = [e for e in bodies if e.type == "park"] or [e for e in bodies if e.type == "town"]
    return max(parks, key=weight) if parks else None
