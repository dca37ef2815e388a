"""What is known of a pattern's matches before it is tried: the characters that they begin with, and those that stand in
each of them, no further off than told."""

from __future__ import annotations

import pytest

from marked import parse
from parkfacts.rules import load
from parkfacts.rules.needs import Need, needs
from parkfacts.rules.openings import ANY, DIGIT, by_first, openings, seconds

from re import _parser  # type: ignore[attr-defined]  # isort: skip


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
    assert needs(_parser.parse(pattern)) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("开工|竣工", {"开工", "竣工"}),
        ("[一二]?期", {"一期", "二期", "期"}),
        ("在.{1,3}建", {"在" + ANY}),
        ("(?<!未)开(?!户).*", {"开", "开" + ANY}),
        ("(?:甲|乙丙)+丁", {"甲丁", "甲甲", "甲乙", "乙丙"}),
        (r"[\d半]年", {char + "年" for char in f"0123456789{DIGIT}半"}),
        ("(?P<a>甲)(?P=a)乙", {"甲乙", "甲" + ANY}),
        ("[\u4e00-\u9fff]园", {ANY + "园"}),
    ],
)
def test_openings(pattern: str, expected: set[str]) -> None:
    assert openings(_parser.parse(pattern)) == expected


def test_what_stands_behind_a_first_character() -> None:
    found = by_first(openings(_parser.parse("开工|竣.|[一二]期|达?产")))
    assert seconds(found, "开") == {"工"} and seconds(found, "一") == {"期"} and seconds(found, "达") == {"产"}
    digits = by_first(openings(_parser.parse(r"第\d|\d年")))
    assert seconds(digits, "٣") == seconds(digits, "3") == {"年"}
    assert seconds(digits, "第") is None  # anything: another digit may stand there than those that are told
    assert seconds(found, "竣") is None and seconds(found, "产") is None and seconds(found, "园") == frozenset()


@pytest.mark.parametrize(
    "table", ["dates", "amounts", "milestones", "roles", "names_after", "names_lists", "names_frames"]
)
def test_every_example_has_what_its_rule_needs(table: str) -> None:
    lacking = []
    for rule in load(table).rules:
        for example in rule.examples:
            text = parse(example).text
            for match in rule.pattern.finditer(text):
                ahead = text[match.start() :]
                behind = seconds(rule.opens, ahead[0])
                lacking += [(rule.name, example, ahead)] if behind is not None and ahead[1] not in behind else []
                lacking += [(rule.name, example, one) for one in rule.needs if one.char not in ahead[: one.within]]
    assert lacking == []
