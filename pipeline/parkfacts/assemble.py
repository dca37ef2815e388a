"""Findings become facts: ids, evidence in the source, references, and the report that validates it all."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import Any, TypeVar

from parkfacts.facts import Report
from parkfacts.find.amounts import AmountValue
from parkfacts.link import header
from parkfacts.link.calendar import DateValue
from parkfacts.link.entities import Entities, Entity
from parkfacts.link.indicators import Reading
from parkfacts.link.milestones import Event
from parkfacts.link.reference import Reference
from parkfacts.link.roles import RoleEvidence
from parkfacts.repair import Repaired
from parkfacts.segment import Document
from parkfacts.text import Mention, Span

V = TypeVar("V")
Fields = dict[str, Any]
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*%?")
_DATE_FIELDS = ("kind", "start", "end", "edtf", "precision", "approximate", "duration", "business_days", "implied")
_AMOUNT_FIELDS = ("value", "unit", "dimension", "bound", "low", "high", "per")
_READ_FIELDS = ("indicator", "indicator_id", "subject", "change")
_EVENT_FIELDS = ("type", "status", "actor", "level", "implied", "rule")
_of_date, _of_amount = attrgetter(*_DATE_FIELDS), attrgetter(*_AMOUNT_FIELDS)
_of_reading, _of_event = attrgetter(*_READ_FIELDS), attrgetter(*_EVENT_FIELDS)


def ranges(mentions: Iterable[Mention[Any]]) -> list[Span]:
    """Where mentions stand."""
    return [Span(m.start, m.end) for m in mentions]


def outside_bylines(doc: Document, mentions: Iterable[Mention[V]]) -> list[Mention[V]]:
    """Without the mentions in datelines and clutter, which serve the reference date and are no facts."""
    return [m for m in mentions if doc.paragraph_at(m.start).kind not in ("byline", "boilerplate")]


@dataclass(frozen=True)
class Findings:
    """All that finding and linking brought; ``readings`` stand beside ``amounts``."""

    reference: Reference | None
    dates: Sequence[Mention[DateValue]]
    amounts: Sequence[Mention[AmountValue]]
    readings: Sequence[Reading]
    entities: Entities
    roles: Sequence[RoleEvidence]
    events: Sequence[Event]


def report(repaired: Repaired, doc: Document, found: Findings) -> Report:
    """The record of a document, validated against its source in one pass."""
    source = repaired.text.source
    return Report.model_validate(
        {
            "source": {
                "sha256": source.sha256,
                "chars": len(source.text),
                "encoding": source.encoding,
                "format": source.format,
            },
            "layout": repaired.layout,
            "warnings": repaired.warnings,
            **_Facts(repaired, doc).of(found),
        },
        context={"text": source.text},
    )


class _Facts:
    """Turns ranges of the repaired text into evidence of the source."""

    def __init__(self, repaired: Repaired, doc: Document) -> None:
        self.repaired = repaired
        self.doc = doc
        self.text = repaired.text
        blocks = {b.id: b for b in repaired.layout.blocks}
        # where the text goes over a join, in source offsets of its two sides
        self.crossings = {(blocks[j.from_].end, blocks[j.to].start): j.score for j in repaired.layout.joins}

    def of(self, found: Findings) -> Fields:
        starts = [a.start for a in found.amounts]
        who = found.entities
        firms = sorted((m.start, i) for i, company in enumerate(who.companies) for m in company.mentions)
        played: dict[int, list[RoleEvidence]] = {}
        for role in found.roles:
            played.setdefault(role.company, []).append(role)
        return {
            "document": self.header(found.reference, who.park),
            "dates": [self.date(i, m) for i, m in enumerate(found.dates)],
            "amounts": [
                self.amount(i, *both) for i, both in enumerate(zip(found.amounts, found.readings, strict=True))
            ],
            "companies": [self.named("c", i, e, played.get(i, ())) for i, e in enumerate(who.companies)],
            "organizations": [{"type": e.type, **self.named("o", i, e)} for i, e in enumerate(who.organizations)],
            "projects": [self.named("p", i, e) for i, e in enumerate(who.projects)],
            "milestones": [self.milestone(i, e, starts, firms) for i, e in enumerate(found.events)],
            "unclaimed": list(self.unclaimed(found)),
        }

    # ---- evidence ---------------------------------------------------------------------------------------------

    def quoted(self, start: int, end: int) -> Fields:
        spans = self.text.origin(start, end)
        return {"text": self.text.content[start:end], "spans": spans, "also": self.repaired.copies(spans)}

    def score(self, spans: Sequence[Span], own: float | None = None) -> float | None:
        """The least certain of a fact's own score and the joins that its evidence crosses."""
        if len(spans) == 1:
            return own
        scores = [self.crossings.get((one.end, two.start)) for one, two in pairwise(spans)]
        return min((s for s in (own, *scores) if s is not None), default=None)

    # ---- facts ------------------------------------------------------------------------------------------------

    def date(self, index: int, mention: Mention[DateValue]) -> Fields:
        fields = self.quoted(mention.start, mention.end)
        fields.update(zip(_DATE_FIELDS, _of_date(mention.value), strict=True))
        fields.update(id=_id("d", index), rule=mention.rule, score=self.score(fields["spans"], mention.score))
        return fields

    def amount(self, index: int, mention: Mention[AmountValue], reading: Reading) -> Fields:
        fields = self.quoted(mention.start, mention.end)
        fields.update(zip(_AMOUNT_FIELDS, _of_amount(mention.value), strict=True))
        fields.update(zip(_READ_FIELDS, _of_reading(reading), strict=True))
        fields.update(id=_id("a", index), rule=mention.rule, score=self.score(fields["spans"], mention.score))
        fields.update(as_of=_reference("d", reading.as_of), base=_reference("d", reading.base))
        return fields

    def named(self, prefix: str, index: int, entity: Entity, roles: Sequence[RoleEvidence] = ()) -> Fields:
        scores = [m.score for m in entity.mentions if m.score is not None]
        return {
            "id": _id(prefix, index),
            "name": entity.name,
            "aliases": entity.aliases,
            "mentions": [{"rule": m.rule, **self.quoted(m.start, m.end)} for m in entity.mentions],
            "roles": [{"role": r.role, "board": r.board, **self.quoted(r.start, r.end)} for r in roles],
            "rule": entity.mentions[0].rule,
            "score": max(scores, default=None),
        }

    def milestone(self, index: int, event: Event, amounts: Sequence[int], firms: Sequence[tuple[int, int]]) -> Fields:
        """``amounts`` are where the amounts start, ``firms`` where firms are named and which; both sorted."""
        fields = self.quoted(event.start, event.end)
        held = range(bisect_left(amounts, event.start), bisect_left(amounts, event.end))
        named = firms[bisect_left(firms, (event.start, -1)) : bisect_left(firms, (event.end, -1))]
        fields.update(zip(_EVENT_FIELDS, _of_event(event), strict=True))
        fields.update(
            id=_id("m", index),
            date=_id("d", event.date),
            description=fields.pop("text"),
            companies=tuple(_id("c", i) for i in sorted({i for _, i in named})),
            amounts=tuple(_id("a", i) for i in held),
            restated=tuple(self.quoted(*span) for span in event.restated),
            score=self.score(fields["spans"]),
        )
        return fields

    # ---- header and rest --------------------------------------------------------------------------------------

    def header(self, reference: Reference | None, park: Entity | None) -> Fields:
        return {
            "title": header.title(self.doc),
            "authors": header.authors(self.doc),
            "park": None if park is None else {"name": park.name, "aliases": park.aliases},
            "reference_date": None if reference is None else self.reference(reference),
        }

    def reference(self, reference: Reference) -> Fields:
        period = reference.period
        return {
            "value": period.edtf,
            "start": period.start,
            "end": period.end,
            "not_before": reference.not_before,
            "not_after": period.end if reference.not_before else None,
            "basis": reference.basis,
            "evidence": [{"why": why, **self.quoted(*span)} for span, why in reference.evidence],
        }

    def unclaimed(self, found: Findings) -> Iterator[Fields]:
        """Numerals in Arabic digits that no date, amount or name holds."""
        who = found.entities
        named = (m for e in (*who.companies, *who.organizations, *who.projects) for m in e.mentions)
        claimed = sorted((m.start, m.end) for m in (*found.dates, *found.amounts, *named))
        at = reach = 0
        for numeral in _NUMERAL.finditer(self.doc.view):
            while at < len(claimed) and claimed[at][0] <= numeral.start():
                reach = max(reach, claimed[at][1])
                at += 1
            if numeral.start() < reach or self.doc.paragraph_at(numeral.start()).kind in ("byline", "boilerplate"):
                continue
            sentence = self.doc.sentence_at(numeral.start())
            quote = self.text.content[sentence.start : sentence.end]
            yield {"sentence": quote, **self.quoted(numeral.start(), numeral.end())}


def _id(prefix: str, index: int) -> str:
    return f"{prefix}{index + 1:02d}"


def _reference(prefix: str, index: int | None) -> str | None:
    return None if index is None else _id(prefix, index)
