"""Every row of the date table: its examples, what it must leave alone, and the values that the time line gives."""

from __future__ import annotations

import pytest

from marked import parse
from parkfacts.find import dates
from parkfacts.link.calendar import DateValue, parse_reference
from parkfacts.link.reference import Reference
from parkfacts.link.timeline import resolve
from parkfacts.rules import load
from parkfacts.segment import Document, Segmenter, segment
from parkfacts.text import Mention, Source, Text

SEGMENTER = Segmenter()
TABLE = load("dates")
REFERENCE = Reference(parse_reference("2023"), "given")


def document(text: str) -> Document:
    return segment(Text.whole(Source.from_text(text)), (), SEGMENTER)


def show(value: DateValue) -> str:
    if value.duration is not None:
        body = f"every {value.duration}" if value.kind == "set" else value.duration
        body += " business" if value.business_days else ""
    elif value.start is None:
        body = str(value.edtf)
    else:
        body = str(value.start) if value.start == value.end else f"{value.start}/{value.end}"
    return body + (" ~" if value.approximate else "")


def read(text: str, reference: Reference | None = REFERENCE) -> list[Mention[DateValue]]:
    doc = document(text)
    return resolve(doc, dates.find(doc), reference)


def test_every_rule_has_examples_and_negatives() -> None:
    assert [rule.name for rule in TABLE.rules if not rule.examples or not rule.never] == []
    assert {rule.produce for rule in TABLE.rules} == set(dates.PRODUCE)


@pytest.mark.parametrize(
    ("rule", "example"), [(rule.name, example) for rule in TABLE.rules for example in rule.examples]
)
def test_example(rule: str, example: str) -> None:
    marked = parse(example)
    found = [m for m in read(marked.text) if (m.start, m.end) == (marked.start, marked.end)]
    assert found, [(marked.text[m.start : m.end], m.rule) for m in read(marked.text)]
    assert (found[0].rule, show(found[0].value)) == (rule, marked.value)


@pytest.mark.parametrize(("rule", "text"), [(rule.name, text) for rule in TABLE.rules for text in rule.never])
def test_never(rule: str, text: str) -> None:
    assert [text[m.start : m.end] for m in read(text) if m.rule == rule] == []
