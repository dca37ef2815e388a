"""Every row of the trigger table: its examples and what it must leave alone."""

from __future__ import annotations

import pytest

from marked import check_example, check_negative, check_rows, examples, negatives
from parkfacts.facts import MilestoneType
from parkfacts.find import events
from parkfacts.rules import load
from parkfacts.text import Mention
from test_dates import document

TABLE = load("milestones")


def read(text: str) -> list[Mention[MilestoneType]]:
    return events.find(document(text))


def test_every_rule_has_examples_and_negatives() -> None:
    check_rows(TABLE)
    assert {rule.produce for rule in TABLE.rules} <= set(events.PRODUCE)


@pytest.mark.parametrize(("rule", "example"), examples(TABLE))
def test_example(rule: str, example: str) -> None:
    check_example(rule, example, read, str)


@pytest.mark.parametrize(("rule", "text"), negatives(TABLE))
def test_never(rule: str, text: str) -> None:
    check_negative(rule, text, read)
