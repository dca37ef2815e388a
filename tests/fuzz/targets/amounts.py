"""The amount grammar: mentions in order within the text, and finite values that are told and read back alike."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from fuzz.mutate import of_text
from fuzz.target import Target
from fuzz.targets._found import document, examples
from parkfacts.facts import plain
from parkfacts.find import amounts


def one(data: bytes) -> None:
    doc = document(data)
    found = amounts.find(doc, ())
    assert all(0 <= m.start < m.end <= len(doc.view) for m in found)
    assert all(one.start <= other.start for one, other in pairwise(found))
    for mention in found:
        value = mention.value
        numbers = [number for number in (value.value, value.low, value.high) if number is not None]
        assert numbers and value.unit and all(number.is_finite() for number in numbers), mention
        assert all(Decimal(plain(number)) == number for number in numbers), mention
        assert (value.bound == "range") == (value.low is not None and value.high is not None), mention
        assert value.low is None or value.high is None or value.low < value.high, mention


TARGET = Target("amounts", one, lambda: examples("amounts")[::5], of_text)
