"""Rule examples in marked text (该项目计划【2024年6月底】投产 => value), and what the tests of every table share."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pytest

from parkfacts.rules import Table
from parkfacts.text import Mention

Read = Callable[[str], Sequence[Mention[Any]]]


class Marked(NamedTuple):
    """A text, the marked range, and the value told behind the arrow."""

    text: str
    start: int
    end: int
    value: str


def parse(example: str) -> Marked:
    body, arrow, value = example.rpartition(" => ")
    match = re.fullmatch(r"(?s)(.*)【(.+)】(.*)", body)
    assert arrow and match, f"an example needs 【…】 and ' => value': {example!r}"
    before, held, after = match.groups()
    return Marked(before + held + after, len(before), len(before) + len(held), value)


def examples(table: Table) -> list[Any]:
    """(rule, example) of every row; a known failure must fail, and says so on the day that it no longer does."""
    good = [pytest.param(rule.name, one) for rule in table.rules for one in rule.examples]
    xfail = pytest.mark.xfail(strict=True, reason="a known failure of its rule")
    return good + [pytest.param(rule.name, one, marks=xfail) for rule in table.rules for one in rule.known_failures]


def negatives(table: Table) -> list[tuple[str, str]]:
    """(rule, text) of everything that a rule must leave alone."""
    return [(rule.name, text) for rule in table.rules for text in rule.never]


def check_rows(table: Table) -> None:
    """No rule without an example and a negative."""
    assert [rule.name for rule in table.rules if not rule.examples or not rule.never] == []


def check_example(rule: str, example: str, read: Read, show: Callable[[Any], str]) -> None:
    """The rule finds exactly the marked range, with the value told."""
    marked = parse(example)
    found = read(marked.text)
    here = [(m.rule, show(m.value)) for m in found if (m.start, m.end) == (marked.start, marked.end)]
    assert here == [(rule, marked.value)], [(marked.text[m.start : m.end], m.rule, show(m.value)) for m in found]


def check_negative(rule: str, text: str, read: Read) -> None:
    """The rule finds nothing in the text."""
    assert [text[m.start : m.end] for m in read(text) if m.rule == rule] == []
