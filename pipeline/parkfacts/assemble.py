"""Findings become facts: ids, evidence in the source, references, and the report that validates it all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, TypeVar

from parkfacts.facts import Modality, Report
from parkfacts.find.amounts import AmountValue
from parkfacts.link import audit, header
from parkfacts.link.calendar import DateValue
from parkfacts.link.entities import Entities, Entity, Joined
from parkfacts.link.findings import Finding
from parkfacts.link.indicators import Reading
from parkfacts.link.milestones import Detail, Event
from parkfacts.link.projects import Project
from parkfacts.link.reference import Reference
from parkfacts.link.roles import RoleEvidence
from parkfacts.repair import Repaired
from parkfacts.segment import Document
from parkfacts.text import Mention, Place, Span

V = TypeVar("V")
_ENDS = ("start", "end")
Fields = dict[str, Any]


def ranges(mentions: Iterable[Mention[Any]]) -> list[Span]:
    """Where mentions stand."""
    return [Span(m.start, m.end) for m in mentions]


def outside_bylines(doc: Document, mentions: Iterable[Mention[V]]) -> list[Mention[V]]:
    """Without the mentions in datelines and clutter, which serve the reference date and are no facts."""
    return [m for m in mentions if doc.paragraph_at(m.start).kind not in ("byline", "boilerplate")]


@dataclass(frozen=True)
class Findings:
    """All that finding and linking brought; ``readings`` stand beside ``amounts``, ``hoped`` are indices of theirs."""

    reference: Reference | None
    dates: Sequence[Mention[DateValue]]
    amounts: Sequence[Mention[AmountValue]]
    readings: Sequence[Reading]
    entities: Entities
    roles: Sequence[RoleEvidence]
    events: Sequence[Event]
    projects: Sequence[Project] = ()
    contradictions: Sequence[Finding] = ()
    hoped: frozenset[int] = frozenset()


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
                "places": [_place(place) for place in source.places],
            },
            "layout": repaired.layout,
            "warnings": (*({"message": told} for told in source.warnings), *repaired.warnings),
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
        self.copied = any(b.status == "duplicate" for b in repaired.layout.blocks)
        blocks = {b.id: b for b in repaired.layout.blocks}
        # where the text goes over a join, in source offsets of its two sides
        places = repaired.text.source.places
        self.recognized = [(one.start, one.end, one.score) for one in places if one.score is not None]
        self.crossings = {(blocks[j.from_].end, blocks[j.to].start): j.score for j in repaired.layout.joins}

    def of(self, found: Findings) -> Fields:
        who = found.entities
        played: dict[int, list[RoleEvidence]] = {}
        for role in found.roles:
            played.setdefault(role.company, []).append(role)
        return {
            "document": self.header(found.reference, who.park),
            "dates": [self.date(i, m) for i, m in enumerate(found.dates)],
            "amounts": [
                self.amount(i, *both, "planned" if i in found.hoped else "actual")
                for i, both in enumerate(zip(found.amounts, found.readings, strict=True))
            ],
            "companies": [
                {"ledger": _registered(e), **self.named("c", i, e, played.get(i, ()))}
                for i, e in enumerate(who.companies)
            ],
            "organizations": [{"type": e.type, **self.named("o", i, e)} for i, e in enumerate(who.organizations)],
            "projects": [
                {**self.named("p", i, e), **_row(row)}
                for i, (e, row) in enumerate(zip(who.projects, found.projects, strict=True))
            ],
            "milestones": [self.milestone(i, e) for i, e in enumerate(found.events)],
            "findings": [self.finding(f) for f in found.contradictions],
            "unclaimed": list(self.unclaimed(found)),
        }

    # ---- evidence ---------------------------------------------------------------------------------------------

    def quoted(self, start: int, end: int) -> Fields:
        spans = self.text.origin(start, end)
        also = self.repaired.copies(spans) if self.copied else ()
        return {"text": self.text.content[start:end], "spans": spans, "also": also}

    def score(self, spans: Sequence[Span], own: float | None = None) -> float | None:
        """The least certain of a fact's own score, the joins that its evidence crosses and its recognized lines."""
        if len(spans) == 1 and not self.recognized:
            return own
        scores = [self.crossings.get((one.end, two.start)) for one, two in pairwise(spans)]
        return min((s for s in (own, *scores, *self.recognition(spans)) if s is not None), default=None)

    def recognition(self, spans: Sequence[Span]) -> Iterator[float]:
        """The scores of the recognized lines that spans touch."""
        for start, end in spans:
            at = max(bisect_right(self.recognized, start, key=lambda one: one[0]) - 1, 0)
            for line_start, line_end, score in self.recognized[at:]:
                if line_start >= end:
                    break
                if line_end > start:
                    yield score

    # ---- facts ------------------------------------------------------------------------------------------------

    def date(self, index: int, mention: Mention[DateValue]) -> Fields:
        value, quoted = mention.value, self.quoted(mention.start, mention.end)
        return {
            **quoted,
            "id": _id("d", index),
            "kind": value.kind,
            "start": value.start,
            "end": value.end,
            "edtf": value.edtf,
            "precision": value.precision,
            "approximate": value.approximate,
            "duration": value.duration,
            "duration_high": value.duration_high,
            "mod": value.mod,
            "business_days": value.business_days,
            "implied": value.implied,
            "rule": mention.rule,
            "score": self.score(quoted["spans"], mention.score),
        }

    def amount(self, index: int, mention: Mention[AmountValue], reading: Reading, modality: Modality) -> Fields:
        value, quoted = mention.value, self.quoted(mention.start, mention.end)
        return {
            **quoted,
            "id": _id("a", index),
            "value": value.value,
            "unit": value.unit,
            "dimension": value.dimension,
            "bound": value.bound,
            "low": value.low,
            "high": value.high,
            "per": value.per,
            "indicator": reading.indicator,
            "indicator_id": reading.indicator_id,
            "subject": reading.subject,
            "change": reading.change,
            "as_of": _reference("d", reading.as_of),
            "base": _reference("d", reading.base),
            "modality": modality,
            "rule": mention.rule,
            "score": self.score(quoted["spans"], mention.score),
        }

    def named(self, prefix: str, index: int, entity: Entity, roles: Sequence[RoleEvidence] = ()) -> Fields:
        told = [m.score for m in entity.mentions]
        if self.recognized:
            told = [self.score(self.text.origin(m.start, m.end), m.score) for m in entity.mentions]
        scores = [score for score in told if score is not None]
        return {
            "id": _id(prefix, index),
            "name": entity.name,
            "aliases": entity.aliases,
            "mentions": [{"rule": m.rule, **self.quoted(m.start, m.end)} for m in entity.mentions],
            "roles": [{"role": r.role, "board": r.board, **self.quoted(r.start, r.end)} for r in roles],
            "reasons": [self.reason(r) for r in entity.reasons],
            "rule": entity.mentions[0].rule,
            "score": max(scores, default=None),
        }

    def reason(self, joined: Joined) -> Fields:
        evidence = None if joined.told is None else self.quoted(*joined.told)
        return {"alias": joined.alias, "of": joined.of, "why": joined.why, "evidence": evidence}

    def milestone(self, index: int, event: Event) -> Fields:
        quoted = self.quoted(event.start, event.end)
        return {
            "id": _id("m", index),
            "date": _id("d", event.date),
            "type": event.type,
            "status": event.status,
            "actor": event.actor,
            "description": quoted["text"],
            "companies": tuple(_id("c", i) for i in event.companies),
            "amounts": tuple(_id("a", i) for i in event.amounts),
            "level": event.level,
            "place": self.detail(event.place),
            "counterpart": tuple(self.detail(one) for one in event.counterpart),
            "board": self.detail(event.board),
            "spans": quoted["spans"],
            "also": quoted["also"],
            "restated": tuple(self.quoted(*span) for span in event.restated),
            "implied": event.implied,
            "rule": event.rule,
            "score": self.score(quoted["spans"]),
        }

    def detail(self, detail: Detail | None) -> Fields | None:
        return None if detail is None else {"name": detail.name, **self.quoted(detail.start, detail.end)}

    def finding(self, finding: Finding) -> Fields:
        return {
            "kind": finding.kind,
            "message": finding.message,
            "facts": tuple(_id(prefix, index) for prefix, index in finding.facts),
            "evidence": tuple(self.quoted(*span) for span in finding.evidence),
        }

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
        """Numerals that no date, amount or name holds, each with its sentence."""
        who = found.entities
        named = (m for e in (*who.companies, *who.organizations, *who.projects) for m in e.mentions)
        claimed = sorted((m.start, m.end) for m in (*found.dates, *found.amounts, *named))
        for (start, end), why in audit.unclaimed(self.doc, claimed):
            sentence = self.doc.sentence_at(start)
            quote = self.text.content[sentence.start : sentence.end]
            yield {"sentence": quote, "why": why, **self.quoted(start, end)}


def _place(place: Place) -> Fields:
    return {"span": place[:2], **{name: value for name, value in place._asdict().items() if name not in _ENDS}}


def _registered(entity: Entity) -> Fields | None:
    firm = entity.firm
    return None if firm is None else {"name": firm.name, "code": firm.code, "id": firm.id}


def _row(project: Project) -> Fields:
    return {
        "companies": tuple(_id("c", i) for i in project.companies),
        "investment": _reference("a", project.investment),
        "area": _reference("a", project.area),
        "milestones": tuple(_id("m", i) for i in project.milestones),
        "dates": {kind: _id("d", i) for kind, i in project.dates.items()},
    }


@lru_cache(maxsize=4096)
def _id(prefix: str, index: int) -> str:
    return f"{prefix}{index + 1:02d}"


def _reference(prefix: str, index: int | None) -> str | None:
    return None if index is None else _id(prefix, index)
