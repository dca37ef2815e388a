"""What the rules of the pipeline read in a selected range of a document: the fields of a date or an amount."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from parkfacts.facts import Date, plain
from parkfacts.find import amounts, dates
from parkfacts.find.amounts import AmountValue
from parkfacts.find.dates import Expression
from parkfacts.link import indicators, timeline
from parkfacts.link.calendar import DateValue
from parkfacts.link.reference import refer
from parkfacts.review.reading import Reading
from parkfacts.review.state import Fact
from parkfacts.segment import Document, segment
from parkfacts.text import Mention, Source, Text


def date_fields(reading: Reading, header: Fact, start: int, end: int) -> Fact | None:
    """The value of a date at a range of the repaired text, counted from those before it; None where no rule reads it.

    ``header`` is the record's ``document``.
    """
    written = reading.written
    if not any((m.start, m.end) == (start, end) for m in written):
        expression = _alone(reading.text.content[start:end])
        if expression is None:
            return None
        rest = [m for m in written if m.end <= start or m.start >= end]
        written = sorted([*rest, Mention(start, end, "review", expression)], key=lambda m: m.start)
    now = header.get("reference_date") or {}
    given = now.get("value") if now.get("basis") == "given" else None
    doc = reading.document
    for mention in timeline.resolve(doc, written, refer(doc, written, given)):
        if (mention.start, mention.end) == (start, end):
            return _plain(mention.value._asdict())
    return None


def _alone(text: str) -> Expression | None:
    found = dates.find(_document(text))
    return next((m.value for m in found if (m.start, m.end) == (0, len(text))), None)


def amount_fields(reading: Reading, known: Iterable[Fact], start: int, end: int) -> Fact | None:
    """The value of an amount at a range, and what it measures; None where no rule reads it. ``known`` are the dates
    of the review."""
    line = reading.document.paragraph_at(start)
    doc = _document(reading.text.content[line.start : line.end])
    start, end = start - line.start, end - line.start
    found = amounts.find(doc, [])
    if not any((m.start, m.end) == (start, end) for m in found):
        alone = amounts.find(_document(doc.text.content[start:end]), [])
        value = next((m.value for m in alone if (m.start, m.end) == (0, end - start)), None)
        if value is None:
            return None
        rest = [m for m in found if m.end <= start or m.start >= end]
        found = sorted([*rest, Mention(start, end, "review", value)], key=lambda m: m.start)
    at = next(n for n, m in enumerate(found) if (m.start, m.end) == (start, end))
    when = sorted(_dates(reading, known, line.start, line.end), key=lambda told: told[1].start)
    read = indicators.link(doc, found, [mention for _, mention in when], [])[at]
    dated = {"as_of": read.as_of, "base": read.base}
    return {
        **_amount(found[at].value),
        "indicator": read.indicator if isinstance(read.indicator, str | None) else list(read.indicator),
        "indicator_id": read.indicator_id,
        "subject": read.subject,
        "change": read.change,
        **{name: None if index is None else when[index][0] for name, index in dated.items()},
    }


def _amount(value: AmountValue) -> Fact:
    return {name: plain(one) if isinstance(one, Decimal) else one for name, one in value._asdict().items()}


def _dates(reading: Reading, known: Iterable[Fact], start: int, end: int) -> Iterable[tuple[str, Mention[DateValue]]]:
    """The dates within a range, with places that count from its start."""
    low, high = reading.text.origin(start, start + 1)[0].start, reading.text.origin(end - 1, end)[0].end
    for fact in known:
        if low <= fact["spans"][0][0] < high or fact["spans"][0][0] < high <= low:
            left, right = reading.place(fact["spans"])
            if start <= left and right <= end:
                made = _value(Date.model_validate(fact))
                yield fact["id"], Mention(left - start, right - start, fact["rule"], made)


def _value(told: Date) -> DateValue:
    return DateValue(**{name: getattr(told, name) for name in DateValue._fields})


def _document(text: str) -> Document:
    return segment(Text.whole(Source.from_text(text)))


def _plain(fields: dict[str, Any]) -> Fact:
    plain_ = {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}
    return {**plain_, "implied": list(fields["implied"])}
