"""The facts of a report as rows that the page lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parkfacts.facts import Amount, Company, Date, Milestone, Named, Organization, Project, Report
from parkfacts.read.places import placer, shown
from parkfacts.write.html.passages import Place
from parkfacts.write.html.words import Words

KINDS = ("milestones", "amounts", "companies", "projects", "organizations", "dates")
AnyFact = Date | Amount | Company | Organization | Project | Milestone


@dataclass(frozen=True)
class Note:
    """``label`` and what it says; ``facts`` are ids with their words, which the page links."""

    label: str
    text: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Row:
    """A fact: its words, its value, its properties as tags and notes, its evidence, and where in the
    file that stands."""

    id: str
    head: str
    value: str
    tags: tuple[str, ...]
    notes: tuple[Note, ...]
    places: tuple[Place, ...]
    rule: str
    score: float | None
    where: str


def rows(report: Report, kind: str, places: dict[str, list[Place]], words: Words) -> list[Row]:
    """The rows of a kind of facts, in the order of the record."""
    lister = _Lister(report, words)
    return [lister.row(fact, places[fact.id]) for fact in getattr(report, kind)]


class _Lister:
    def __init__(self, report: Report, words: Words) -> None:
        self.words = words
        self.place = placer(report)
        self.dates = {date.id: date for date in report.dates}
        self.names = {fact.id: called(fact) for fact in report.facts()}

    def row(self, fact: AnyFact, places: Sequence[Place]) -> Row:
        value, tags, notes = self._told(fact)
        rest = tuple(filter(None, tags)), tuple(note for note in notes if note.text or note.facts)
        where = shown(self.place([(one.start, one.end) for one in places if not one.copy]))
        return Row(fact.id, self.names[fact.id], value, *rest, tuple(places), fact.rule, fact.score, where)

    def _told(self, fact: AnyFact) -> tuple[str, Sequence[str | None], Sequence[Note]]:
        if isinstance(fact, Date):
            return self.words.date(fact), self._date_tags(fact), (self._note("implied", "、".join(fact.implied)),)
        if isinstance(fact, Amount):
            return self.words.amount(fact), self._amount_tags(fact), tuple(self._amount_notes(fact))
        if isinstance(fact, Milestone):
            when = self.words.date(self.dates[fact.date]) if fact.date else ""
            return when, self._milestone_tags(fact), self._milestone_notes(fact)
        return "", self._named_tags(fact), tuple(self._named_notes(fact))

    def _note(self, label: str, text: str | None = None, *facts: str | None) -> Note:
        return Note(self.words.say(label), text or "", tuple((id, self.names[id]) for id in facts if id))

    def _date_tags(self, date: Date) -> Sequence[str | None]:
        kind = None if date.kind == "date" else date.kind
        told = (kind, date.mod, "approximate" if date.approximate else None)
        return tuple(self.words.term(one) for one in told if one)

    def _amount_tags(self, amount: Amount) -> Sequence[str | None]:
        planned = self.words.term("planned") if amount.modality == "planned" else None
        return planned, self.words.term(amount.change) if amount.change else None

    def _amount_notes(self, amount: Amount) -> Iterator[Note]:
        measured = amount.indicator
        yield Note("", measured if isinstance(measured, str) else "、".join(measured or ()))
        yield self._note("of", amount.subject)
        yield self._note("as_of", None, amount.as_of)
        yield self._note("base", None, amount.base)
        yield self._note("per", None if amount.per is None else self.words.unit(amount.per))

    def _milestone_tags(self, told: Milestone) -> Sequence[str | None]:
        return self.words.term(told.type), self.words.term(told.status), told.level

    def _milestone_notes(self, told: Milestone) -> Sequence[Note]:
        return (
            self._note("of", told.actor),
            *(self._note(what, detail.name) for what, detail in told.circumstances()),
            self._note("companies", None, *told.companies),
            self._note("amounts", None, *told.amounts),
        )

    def _named_tags(self, named: Company | Organization | Project) -> Sequence[str | None]:
        if isinstance(named, Organization):
            return (self.words.term(named.type),)
        told = {self.words.term(role.role) + (f" {role.board}" if role.board else "") for role in named.roles}
        return sorted(told)

    def _named_notes(self, named: Company | Organization | Project) -> Iterator[Note]:
        yield self._note("aliases", "、".join(named.aliases))
        if isinstance(named, Company) and named.ledger:
            yield self._note("ledger", " ".join(filter(None, (named.ledger.name, named.ledger.code))))
        if isinstance(named, Project):
            yield self._note("companies", None, *named.companies)
            yield self._note("investment", None, named.investment)
            yield self._note("area", None, named.area)
            yield self._note("milestones", None, *named.milestones)


def called(fact: AnyFact) -> str:
    """The words that a fact goes by."""
    if isinstance(fact, Named):
        return fact.name
    return fact.description if isinstance(fact, Milestone) else fact.text
