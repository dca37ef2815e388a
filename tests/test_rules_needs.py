"""What a pattern needs: characters that stand in each of its matches, no further off than told."""

from __future__ import annotations

import pytest

from marked import parse
from parkfacts.rules import load
from parkfacts.rules.needs import Need, needs


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("第[一二]季度", (Need("第", 1),)),
        (r"\d{4}年(?:\d{1,2}月)?底", (Need("底", 9), Need("年", 5))),
        ("(?:去年|今年)同期", (Need("同", 3), Need("年", 2))),
        ("底|末", ()),
        ("(?:近)?三年", (Need("年", 3),)),
        ("(?=亿)[0-9]+", ()),
        ("[底]初?", (Need("底", 1),)),
    ],
)
def test_needs(pattern: str, expected: tuple[Need, ...]) -> None:
    assert needs(pattern) == expected


@pytest.mark.parametrize("table", ["dates", "amounts", "milestones"])
def test_every_example_has_what_its_rule_needs(table: str) -> None:
    lacking = []
    for rule in load(table).rules:
        for example in rule.examples:
            text = parse(example).text
            for match in rule.pattern.finditer(text):
                ahead = text[match.start() :]
                lacking += [(rule.name, example, one) for one in rule.needs if one.char not in ahead[: one.within]]
    assert lacking == []
