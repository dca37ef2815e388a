"""Hard-wrapped text: lines that a PDF or a mailer broke at its margin go back into their paragraphs.

The margin shows itself: many lines of one width, hardly any longer, most of them broken off in mid-sentence. Where it
does not, every line stays a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from parkfacts.repair.blocks import Block
from parkfacts.text import Span

LEAST_LINES = 4  # full lines that break off, before a margin is believed in
SLACK = 3  # how far a line may stay behind the margin: a mark or a number that would not fit went down
NARROWEST = 12  # characters; below this lines are verse, tables or lists
_STOPS = "。！？!?；;：:…”’」』"
_BLANKS = " \t\u3000\xa0"
_PARAGRAPH = re.compile(
    r"(?:第?[一二三四五六七八九十百]+[、.．章节条是要]|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[、.．)）]\D|[【●◆■▲·•*□○]|[—-]{2})"
)


class Print(NamedTuple):
    """How a text was wrapped: ``widths`` of its lines with their indents, the ``margin``, and whether it indents."""

    widths: Sequence[int]
    margin: int
    indents: Sequence[bool]


def columns(text: str) -> int:
    """Columns of a fixed-width print: two for a Chinese character, one for an ASCII one."""
    return len(text) if text.isascii() else len(text.encode("gb18030", "replace"))


def unwrap(blocks: Sequence[Block], source: str) -> list[Block]:
    """One block a paragraph."""
    found = look(blocks, source)
    if found is None:
        return list(blocks)
    return [_merge(n, group) for n, group in enumerate(_paragraphs(blocks, found))]


def look(blocks: Sequence[Block], source: str) -> Print | None:
    """The margin that most lines end at, counted in columns or in characters; None where there is none."""
    broken = [n for n, (b, after) in enumerate(pairwise(blocks)) if _breaks_off(b, after)]
    if len(broken) < LEAST_LINES:
        return None
    printed = [source[b.start - _indent(b, source) : b.end] for b in blocks]
    indents = [_indent(b, source) > 0 for b in blocks]
    best: tuple[int, Print | None] = (0, None)
    measures: tuple[Callable[[str], int], ...] = (columns, len)
    for scale, measure in zip((2, 1), measures, strict=True):
        widths = [measure(line) for line in printed]
        at, full = _margin([widths[n] for n in broken])
        if full > best[0] and at >= NARROWEST * scale and _holds(widths, at, full, len(broken)):
            best = full, Print(widths, at, indents)
    return best[1]


def _breaks_off(line: Block, after: Block) -> bool:
    return after.gap == 1 and len(line.text) >= NARROWEST and line.text[-1] not in _STOPS


def _margin(widths: Sequence[int]) -> tuple[int, int]:
    """The width that most lines come up to, and how many do."""
    counts = Counter(widths)
    at = max(counts, key=lambda w: (sum(counts[w - k] for k in range(SLACK + 1)), w))
    return at, sum(counts[at - k] for k in range(SLACK + 1))


def _holds(widths: Sequence[int], at: int, full: int, broken: int) -> bool:
    wide = [w for w in widths if w > at / 2]
    longer = sum(w > at + 2 for w in wide)
    near = sum(at - SLACK <= w <= at + 2 for w in wide)
    return full >= max(LEAST_LINES, 0.6 * broken) and longer <= 0.03 * len(wide) and near >= 0.5 * len(wide)


def _paragraphs(blocks: Sequence[Block], found: Print) -> Iterator[list[Block]]:
    indented = sum(found.indents) >= 2
    group: list[Block] = []
    for n, block in enumerate(blocks):
        if group and not _goes_on(blocks, n, found, indented):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _goes_on(blocks: Sequence[Block], n: int, found: Print, indented: bool) -> bool:
    """Whether line ``n`` belongs to the paragraph of the line before it."""
    if blocks[n].gap != 1 or found.widths[n - 1] < found.margin - SLACK or _PARAGRAPH.match(blocks[n].text):
        return False
    if indented:  # the print tells its paragraphs by their indent
        return not found.indents[n]
    return blocks[n - 1].text[-1] not in _STOPS or found.widths[n - 1] >= found.margin - 1


def _indent(block: Block, source: str) -> int:
    """Blanks in front of a line."""
    at = block.start
    while at > 0 and source[at - 1] in _BLANKS:
        at -= 1
    return block.start - at


def _merge(at: int, group: Sequence[Block]) -> Block:
    spans: list[Span] = [span for b in group for span in b.lines]
    return Block(at, tuple(spans), "".join(b.text for b in group), group[0].gap)
