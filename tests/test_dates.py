"""Every row of the date table: its examples, what it must leave alone, and the values that the time line gives."""

from __future__ import annotations

import pytest

from marked import check_example, check_negative, check_rows, examples, negatives
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
        body += f"..{value.duration_high}" if value.duration_high else ""
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
    check_rows(TABLE)
    assert {rule.produce for rule in TABLE.rules} == set(dates.PRODUCE)


@pytest.mark.parametrize(("rule", "example"), examples(TABLE))
def test_example(rule: str, example: str) -> None:
    check_example(rule, example, read, show)


@pytest.mark.parametrize(("rule", "text"), negatives(TABLE))
def test_never(rule: str, text: str) -> None:
    check_negative(rule, text, read)
