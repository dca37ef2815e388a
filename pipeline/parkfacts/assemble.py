"""Findings become facts: ids, evidence in the source, references, and the report that validates it all."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from parkfacts.facts import (
    Amount,
    Company,
    Date,
    Evidence,
    Header,
    Milestone,
    NameMention,
    Organization,
    Park,
    Project,
    Reason,
    ReferenceDate,
    Report,
    RoleFields,
    SourceInfo,
    Unclaimed,
)
from parkfacts.find.amounts import AmountValue
from parkfacts.find.names import Name
from parkfacts.link.calendar import DateValue
from parkfacts.link.entities import Entities, Entity
from parkfacts.link.indicators import Reading
from parkfacts.link.milestones import Event
from parkfacts.link.reference import Reference
from parkfacts.repair import Repaired
from parkfacts.segment import Document
from parkfacts.text import Mention, Span


class RoleEvidence(NamedTuple):
    start: int
    end: int
    role: Any
    board: str | None = None


V = TypeVar("V")
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*%?")
_AUTHOR = re.compile(
    r"(?:^|[\s|｜　]|讯[（(]|[（(])(?:本?报?(?:记者|通讯员|见习记者|特约记者|撰稿|作者|文)[：:\s/／]*)((?:[\u4e00-\u9fff]{2,4}[\s、/／　]*)+)"
)
_NAMES = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:[\s、　]+[\u4e00-\u9fff·]{2,4})*")


def ranges(mentions: Iterable[Mention[Any]]) -> list[Span]:
    """Where mentions stand."""
    return [Span(m.start, m.end) for m in mentions]


def outside_bylines(doc: Document, mentions: Iterable[Mention[V]]) -> list[Mention[V]]:
    """Without the mentions in datelines and clutter, which serve the reference date and are no facts."""
    return [m for m in mentions if doc.paragraph_at(m.start).kind not in ("byline", "boilerplate")]


def report(
    repaired: Repaired,
    doc: Document,
    now: Reference | None,
    dates: Sequence[Mention[DateValue]],
    amounts: Sequence[Mention[AmountValue]],
    readings: Sequence[Reading],
    entities: Entities,
    roles: Mapping[str, Sequence[RoleEvidence]],
    events: Sequence[Event],
) -> Report:
    """The record of a document, validated against its source."""
    return _Assembler(repaired, doc).report(now, dates, amounts, readings, entities, roles, events)


class _Assembler:
    """Turns ranges of the repaired text into evidence of the source."""

    def __init__(self, repaired: Repaired, doc: Document) -> None:
        self.repaired = repaired
        self.doc = doc
        self.text = repaired.text
        joins = repaired.layout.joins
        blocks = {b.id: b for b in repaired.layout.blocks}
        # where the text goes over a join, in source offsets of its two sides
        self.crossings = {(blocks[j.from_].end, blocks[j.to].start): j.score for j in joins}

    def evidence(self, start: int, end: int) -> dict[str, Any]:
        spans = self.text.origin(start, end)
        return {"spans": spans, "also": self.repaired.copies(spans)}

    def score(self, spans: Sequence[Span], own: float | None = None) -> float | None:
        """The least certain of a fact's own score and the joins that its evidence crosses."""
        scores = [self.crossings.get((one.end, two.start)) for one, two in zip(spans, spans[1:], strict=False)]
        known = [s for s in (own, *scores) if s is not None]
        return min(known, default=None)

    def quoted(self, start: int, end: int) -> dict[str, Any]:
        return {"text": self.text.content[start:end], **self.evidence(start, end)}

    # ---- the record -------------------------------------------------------------------------------------------

    def report(
        self,
        now: Reference | None,
        dates: Sequence[Mention[DateValue]],
        amounts: Sequence[Mention[AmountValue]],
        readings: Sequence[Reading],
        entities: Entities,
        roles: Mapping[str, Sequence[RoleEvidence]],
        events: Sequence[Event],
    ) -> Report:
        source = self.text.source
        found_dates = [self.date(i, m) for i, m in enumerate(dates, 1)]
        found_amounts = [self.amount(i, m, r) for i, (m, r) in enumerate(zip(amounts, readings, strict=True), 1)]
        companies = [self.named("c", i, e, roles) for i, e in enumerate(entities.companies, 1)]
        return Report.model_validate(
            {
                "source": SourceInfo(
                    sha256=source.sha256, chars=len(source.text), encoding=source.encoding, format=source.format
                ),
                "document": self.header(now, entities.park),
                "layout": self.repaired.layout,
                "dates": [Date(**d) for d in found_dates],
                "amounts": [Amount(**a) for a in found_amounts],
                "companies": [Company(**c) for c in companies],
                "organizations": [
                    Organization(type=e.type or "other", **self.named("o", i, e, {}))  # type: ignore[arg-type]
                    for i, e in enumerate(entities.organizations, 1)
                ],
                "projects": [Project(**self.named("p", i, e, {})) for i, e in enumerate(entities.projects, 1)],
                "milestones": [self.milestone(i, e, amounts, entities.companies) for i, e in enumerate(events, 1)],
                "unclaimed": self.unclaimed(dates, amounts, entities),
                "warnings": self.repaired.warnings,
            },
            context={"text": source.text},
        )

    def date(self, number: int, mention: Mention[DateValue]) -> dict[str, Any]:
        value, quote = mention.value, self.quoted(mention.start, mention.end)
        return {
            "id": _id("d", number), **quote, "kind": value.kind, "start": value.start, "end": value.end,
            "edtf": value.edtf, "precision": value.precision, "approximate": value.approximate,
            "duration": value.duration, "business_days": value.business_days, "implied": value.implied,
            "rule": mention.rule, "score": self.score(quote["spans"], mention.score),
        }  # fmt: skip

    def amount(self, number: int, mention: Mention[AmountValue], reading: Reading) -> dict[str, Any]:
        value, quote = mention.value, self.quoted(mention.start, mention.end)
        return {
            "id": _id("a", number), **quote, "value": value.value, "unit": value.unit, "dimension": value.dimension,
            "bound": value.bound, "low": value.low, "high": value.high, "per": value.per,
            "indicator": reading.indicator, "indicator_id": reading.indicator_id, "subject": reading.subject,
            "as_of": None if reading.as_of is None else _id("d", reading.as_of + 1),
            "base": None if reading.base is None else _id("d", reading.base + 1), "change": reading.change,
            "rule": mention.rule, "score": self.score(quote["spans"], mention.score),
        }  # fmt: skip

    def named(
        self, prefix: str, number: int, entity: Entity, roles: Mapping[str, Sequence[RoleEvidence]]
    ) -> dict[str, Any]:
        first = entity.mentions[0]
        return {
            "id": _id(prefix, number),
            "name": entity.name,
            "aliases": entity.aliases,
            "mentions": [NameMention(rule=m.rule, **self.quoted(m.start, m.end)) for m in entity.mentions],
            "roles": [
                RoleFields(role=r.role, board=r.board, **self.quoted(r.start, r.end))
                for r in roles.get(entity.name, ())
            ],
            "rule": first.rule,
            "score": max((m.score for m in entity.mentions if m.score is not None), default=None),
        }

    def milestone(
        self, number: int, event: Event, amounts: Sequence[Mention[AmountValue]], companies: Sequence[Entity]
    ) -> Milestone:
        quote = self.quoted(event.start, event.end)
        starts = [a.start for a in amounts]
        held = range(bisect_left(starts, event.start), bisect_left(starts, event.end))
        return Milestone(
            id=_id("m", number),
            date=_id("d", event.date + 1),
            type=event.type,
            status=event.status,
            actor=event.actor,
            description=quote.pop("text"),
            companies=tuple(
                _id("c", i)
                for i, company in enumerate(companies, 1)
                if any(event.start <= m.start < event.end for m in company.mentions)
            ),
            amounts=tuple(_id("a", i + 1) for i in held),
            level=event.level,
            restated=tuple(Evidence(**self.quoted(*span)) for span in event.restated),
            implied=event.implied,
            rule=event.rule,
            score=self.score(quote["spans"]),
            **quote,
        )

    # ---- header and rest --------------------------------------------------------------------------------------

    def header(self, now: Reference | None, park: Entity | None) -> Header:
        title = next((p for p in self.doc.paragraphs if p.kind == "title"), None)
        return Header(
            title=None if title is None else self.text.content[title.start : title.end],
            authors=tuple(dict.fromkeys(self.authors())),
            park=None if park is None else Park(name=park.name, aliases=park.aliases),
            reference_date=None if now is None else self.reference(now),
        )

    def authors(self) -> Iterable[str]:
        """The people named in bylines: behind 记者, 通讯员, or a line of names alone."""
        for line in self.doc.paragraphs:
            if line.kind != "byline":
                continue
            held = self.doc.view[line.start : line.end]
            groups = [m[1] for m in _AUTHOR.finditer(held)]
            if not groups and _NAMES.fullmatch(held) and self._people(line.start, line.end):
                groups = [held]
            for group in groups:
                yield from (name for name in re.split(r"[\s、/／　]+", group) if len(name) > 1 and name not in _ROLES)

    def _people(self, start: int, end: int) -> bool:
        return end - start <= 24

    def reference(self, now: Reference) -> ReferenceDate:
        period = now.period
        return ReferenceDate(
            value=period.edtf,
            start=period.start,
            end=period.end,
            not_before=now.not_before,
            not_after=period.end if now.not_before else None,
            basis=now.basis,
            evidence=tuple(Reason(why=why, **self.quoted(*span)) for span, why in now.evidence),
        )

    def unclaimed(
        self, dates: Sequence[Mention[Any]], amounts: Sequence[Mention[Any]], entities: Entities
    ) -> list[Unclaimed]:
        """Numerals in Arabic digits that no date, amount or name holds."""
        named = (m for group in (entities.companies, entities.organizations, entities.projects) for e in group
                 for m in e.mentions)  # fmt: skip
        claimed = sorted((m.start, m.end) for m in (*dates, *amounts, *named))
        found, at, reach = [], 0, 0
        for numeral in _NUMERAL.finditer(self.doc.view):
            while at < len(claimed) and claimed[at][0] <= numeral.start():
                reach = max(reach, claimed[at][1])
                at += 1
            if numeral.start() < reach or self.doc.paragraph_at(numeral.start()).kind in ("byline", "boilerplate"):
                continue
            sentence = self.doc.sentence_at(numeral.start())
            quote = self.text.content[sentence.start : sentence.end]
            found.append(Unclaimed(sentence=quote, **self.quoted(numeral.start(), numeral.end())))
        return found


_ROLES = frozenset(("记者", "通讯员", "作者", "文", "摄影", "见习记者", "特约记者", "撰稿", "编辑", "报道"))


def _id(prefix: str, number: int) -> str:
    return f"{prefix}{number:02d}"
