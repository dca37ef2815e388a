"""Rule examples in marked text: 该项目计划【2024年6月底】投产 => value."""

from __future__ import annotations

import re
from typing import NamedTuple


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
