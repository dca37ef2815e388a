"""Sections that stand in the wrong order, and say so: 三、 before 一、 and 二、.

Only a whole series tells: every number from one on, each once, as headings. A list of contents, a series that starts
anew, or one with a gap is left as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parkfacts.repair.blocks import Block

LEAST = 3  # sections of a series
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_SERIES = (re.compile(rf"({_NUMERAL})[、.．]"), re.compile(rf"第({_NUMERAL})[章节篇部]"))
_DIGITS = "一二三四五六七八九"


def arrange(order: Sequence[int], blocks: Sequence[Block]) -> list[int]:
    """The order with the sections of a numbered series in the order of their numbers; their headings get a note."""
    for series in _SERIES:
        heads = [(n, number) for n, at in enumerate(order) if (number := _number(series, blocks[at]))]
        numbers = [number for _, number in heads]
        if len(heads) >= LEAST and numbers != sorted(numbers) and sorted(numbers) == list(range(1, len(heads) + 1)):
            return _sorted(order, heads, blocks)
    return list(order)


def _sorted(order: Sequence[int], heads: Sequence[tuple[int, int]], blocks: Sequence[Block]) -> list[int]:
    stop = _end(order, heads[-1][0], blocks)
    bounds = [*(n for n, _ in heads), stop]
    sections = {number: order[bounds[n] : bounds[n + 1]] for n, (_, number) in enumerate(heads)}
    for number, section in sections.items():
        blocks[section[0]].note = f"section {number} of {len(heads)}, by its number"
    moved = [at for number in sorted(sections) for at in sections[number]]
    return [*order[: bounds[0]], *moved, *order[stop:]]


def _end(order: Sequence[int], head: int, blocks: Sequence[Block]) -> int:
    """Where the last section on the page ends: behind its text, before what signs the page."""
    stop = head + 1
    for n in range(head + 1, len(order)):
        if blocks[order[n]].kind in ("body", "quote", "table row"):
            stop = n + 1
    return stop


def _number(series: re.Pattern[str], block: Block) -> int:
    """The number that a heading begins with, 0 for anything else."""
    match = series.match(block.text) if block.kind == "heading" else None
    return _value(match[1]) if match else 0


def _value(numeral: str) -> int:
    """一 to 九十九; 0 for what is no number."""
    tens, ten, ones = numeral.rpartition("十")
    parts: Iterator[int] = (_DIGITS.find(part) + 1 for part in (tens, ones) if part)
    if any(len(part) > 1 for part in (tens, ones)) or not all(found := list(parts)):
        return 0
    if not ten:
        return found[0]
    return 10 * (_DIGITS.find(tens) + 1 if tens else 1) + (_DIGITS.find(ones) + 1 if ones else 0)
