"""No regular expression takes more than linear time: each is timed on what it repeats, repeated."""

from __future__ import annotations

import re

import pytest

from fuzz.growth import MOST, calling, growth, worst
from fuzz.patterns import Use, uses
from fuzz.pumping import Pump, pumps
from fuzz.tables import TABLES, scanning, table_pumps
from parkfacts import extract
from parkfacts.rules import load

FEW = 24  # texts a table


PLANTED = [
    (r"\d+(?:千伏|kV)变电站", "finditer"),  # quadratic
    (r"\s*第?\s*\d+\s*页?\s*\Z", "search"),  # cubic
    (rb"<[^>]*>", "sub"),
]


@pytest.mark.parametrize(("planted", "method"), PLANTED)
def test_a_pattern_that_is_not_linear_is_found(planted: str | bytes, method: str) -> None:
    source = planted if isinstance(planted, str) else planted.decode()
    assert worst(calling(re.compile(planted), method), pumps(source), [250, 500, 1000, 2000, 4000, 8000]) is not None


def test_a_pattern_that_is_exponential_is_found() -> None:
    pattern = re.compile(r"(?:[一二三]+)+年")
    assert any(growth(lambda n, p=p: lambda: pattern.match(p.text(n)), (14, 16, 18, 20)) > MOST  # type: ignore[misc]
               for p in pumps(pattern.pattern))  # fmt: skip


def test_a_linear_pattern_is_not_found() -> None:
    pattern = re.compile(r"(?<!\d)\d++(?:千伏|kV)变电站")
    assert worst(calling(pattern, "finditer"), pumps(pattern.pattern)) is None


@pytest.fixture(scope="module")
def seen() -> list[Use]:
    return uses()


def test_every_pattern_is_linear(seen: list[Use]) -> None:
    over_long = [use for use in seen if not use.bounded and use.where != "rules/engine.py"]
    assert len(over_long) > 100 and len(seen) - len(over_long) > 100
    slow = []
    for use in over_long:
        source = use.source if isinstance(use.source, str) else use.source.decode("latin-1")
        found = worst(calling(use.compiled(), use.method), pumps(source, use.flags))
        if found is not None:
            slow.append((use.where, use.source, use.method, found))
    assert not slow


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_linear(name: str) -> None:
    table = load(name)
    texts = table_pumps(table)
    assert worst(scanning(table), texts[:: max(1, len(texts) // FEW)]) is None


TEXTS = ("0", "一", "2023年", "（", "“", "园", "A", " ", "\n", "、", "0千", "十五", "各0", "百分之0-")


@pytest.mark.parametrize("text", TEXTS)
def test_the_pipeline_is_linear(text: str) -> None:
    extract(text * 100, ner_model="none")
    pump = Pump("", text, "")
    assert worst(lambda told: extract(told, ner_model="none"), [pump], (1000, 2000, 4000, 8000, 16000), 4000) is None
