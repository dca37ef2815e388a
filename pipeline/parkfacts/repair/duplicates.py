"""Copies: blocks, and runs of blocks, that repeat what already stands in the document.

What a text repeats on purpose stays: captions, names and headings alone, table rows, a refrain, a list quoted again.
So a run needs weight, which only paragraphs give; short blocks count where their neighbours are repeated with them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from parkfacts.repair.blocks import Block
from parkfacts.text import LETTER

ALONE = 40  # characters of a closed paragraph that is a copy without any repeated neighbour
FIGURED = 24  # the same where it tells a figure: no refrain does
RUN = 40  # characters of prose in a run of repeated blocks
PROSE = 12  # characters of a paragraph that weighs at all
HEAD = 10  # first characters, marks apart, that tell most blocks from each other
LOOK_BACK = 8  # earlier occurrences of one block that are tried as the start of a run

# Marks and blanks fall away, save between digits (3.7 is not 37) and where they are part of a value.
_MARKS = re.compile(rf"(?<!\d)[^{LETTER}%‰+\-−℃$￥¥€]+|[^{LETTER}%‰+\-−℃$￥¥€]+(?!\d)|_")
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ％．＋－]")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BLANKS = re.compile(f"(?:[^{LETTER}]|_)+")
_FIGURE = re.compile(r"\d\D+\d")
_NUMBERED = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[一二三四五六七八九十]是|第[一二三四五六七八九十]+|[①-⑳●■◆·•-])"
)


def squash(text: str) -> str:
    """The characters that two copies must share, in half-width form; digits with their points."""
    return _MARKS.sub("", _half_width(text))


def _half_width(text: str) -> str:
    return text.translate(_NARROW) if _WIDE.search(text) else text


def places(text: str) -> list[int]:
    """Where those characters stand in the text."""
    skipped = {at for match in _MARKS.finditer(_half_width(text)) for at in range(*match.span())}
    return [at for at in range(len(text)) if at not in skipped]


def mark(blocks: Sequence[Block]) -> None:
    """Sets ``copy_of`` of every copy to the place of the block that is kept."""
    said = [b for b in blocks if b.kind != "boilerplate"]
    keys = _keys(said)
    places: dict[str, list[int]] = defaultdict(list)
    at = 0
    while at < len(said):
        first, size = _longest(keys, places[keys[at]], at)
        copied = _trim(said, at, first, size) if size else 0
        # a run that is no copy is passed as a whole: what it holds weighs less still, and the cost stays linear
        passed = copied or _rows(said, at, size) or size or 1
        for n in range(at, at + passed):
            if n < at + copied:
                copy(said[n], said[first + n - at], blocks)
            if len(places[keys[n]]) < LOOK_BACK:
                places[keys[n]].append(n)
        at += passed


def _keys(said: Sequence[Block]) -> list[str]:
    """What copies have in common. Most blocks begin like no other, and their first characters will do."""
    heads = [_BLANKS.sub("", _half_width(b.text[: 3 * HEAD]))[:HEAD] for b in said]
    counts = Counter(heads)
    return [head if counts[head] == 1 else squash(b.text) or b.text for head, b in zip(heads, said, strict=True)]


def _longest(keys: Sequence[str], starts: Sequence[int], at: int) -> tuple[int, int]:
    """The earliest of the longest runs that the blocks from ``at`` on repeat: place and size. Runs don't overlap."""
    best = (0, 0)
    for first in starts:
        size = 0
        while first + size < at and at + size < len(keys) and keys[first + size] == keys[at + size]:
            size += 1
        if size > best[1]:
            best = (first, size)
    return best


def _trim(said: Sequence[Block], at: int, first: int, size: int) -> int:
    """How much of the run is a copy: all of it, less the rows at its end, or nothing."""
    while size and said[at + size - 1].kind == "table row":
        size -= 1
    run = said[at : at + size]
    if not run or run[0].kind == "table row" or quoted_again(said, at, first, run):
        return 0
    if size == 1:
        return int(
            run[0].prose and run[0].closed and len(run[0].text) >= (FIGURED if _FIGURE.search(run[0].text) else ALONE)
        )
    return size if sum(_weights(run)) >= RUN else 0


def _rows(said: Sequence[Block], at: int, size: int) -> int:
    """The table rows at the head of a run."""
    count = 0
    while count < size and said[at + count].kind == "table row":
        count += 1
    return count


def _weights(run: Sequence[Block]) -> Iterator[int]:
    for block in run:
        if block.prose and (block.closed or len(block.text) >= ALONE) and len(block.text) >= PROSE:
            yield len(block.text)


def quoted_again(said: Sequence[Block], at: int, first: int, run: Sequence[Block]) -> bool:
    """A list under a colon of its own: the document names its points once more."""
    led = at > 0 and said[at - 1].text[-1] in "：:" and said[at - 1].copy_of is None
    return led and (first == 0 or said[at - 1].text != said[first - 1].text) and all(map(_item, run))


def _item(block: Block) -> bool:
    return _NUMBERED.match(block.text) is not None


def copy(block: Block, original: Block, blocks: Sequence[Block]) -> None:
    """Marks a block as the copy of another, or of what that one is a copy of."""
    kept = original if original.copy_of is None else blocks[original.copy_of]
    block.copy_of, block.kind = kept.at, kept.kind
