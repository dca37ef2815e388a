"""Every row of the trigger table: its examples and what it must leave alone."""

from __future__ import annotations

import pytest

from marked import parse
from parkfacts.find import events
from parkfacts.rules import load
from test_dates import document

TABLE = load("milestones")


def test_every_rule_has_examples_and_negatives() -> None:
    assert [rule.name for rule in TABLE.rules if not rule.examples or not rule.never] == []
    assert {rule.produce for rule in TABLE.rules} <= set(events.PRODUCE)


@pytest.mark.parametrize(("rule", "example"), [(r.name, e) for r in TABLE.rules for e in r.examples])
def test_example(rule: str, example: str) -> None:
    marked = parse(example)
    found = [m for m in events.find(document(marked.text)) if (m.start, m.end) == (marked.start, marked.end)]
    assert [(m.rule, m.value) for m in found] == [(rule, marked.value)], [
        (marked.text[m.start : m.end], m.rule) for m in events.find(document(marked.text))
    ]


@pytest.mark.parametrize(("rule", "text"), [(r.name, t) for r in TABLE.rules for t in r.never])
def test_never(rule: str, text: str) -> None:
    assert [text[m.start : m.end] for m in events.find(document(text)) if m.rule == rule] == []
