"""The number grammar: a value that reads back as itself, or none."""

from __future__ import annotations

from decimal import Decimal

from fuzz.mutate import of_text
from fuzz.target import Target
from parkfacts.facts import plain
from parkfacts.find.numbers import parse

MOST, LONGEST = 400, 28


def one(data: bytes) -> None:
    text = data.decode("utf-8", "replace")[:MOST]
    value = parse(text)
    if value is None:
        return
    assert isinstance(value, Decimal) and value.is_finite()
    if len(plain(value)) < LONGEST:
        assert parse(plain(value)) == value
    if len(text) < LONGEST and text[:1] not in "-−负+正 ":
        assert parse(f"-{text}") == -value


def seeds() -> list[bytes]:
    said = "3亿5千万 一千三 两万五 1,234.5 九点零 二〇二三 负六点六 1.2万亿 壹仟玖佰 四千万零六千 10万万 .5 十 1.6兆"
    return [word.encode() for word in said.split(" ")] + [b"1 200"]


TARGET = Target("numbers", one, seeds, of_text)
