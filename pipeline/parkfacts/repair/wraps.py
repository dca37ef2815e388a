"""Hard-wrapped text: lines that a PDF or a mailer broke at its margin go back into their paragraphs.

The margin shows itself: many lines of one width, hardly any longer, most of them broken off in mid-sentence. Where it
does not, every line stays a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from parkfacts.repair.blocks import Block
from parkfacts.text import Span

LEAST_LINES = 4  # full lines that break off, before a margin is believed in
SLACK = 3  # columns that a line may stay behind the margin: a mark or a number that would not fit went down
NARROWEST = 24  # columns; below this lines are verse, tables or lists
_STOPS = "。！？!?；;：:…”’」』"
_PARAGRAPH = re.compile(
    r"(?:第?[一二三四五六七八九十百]+[、.．章节条是要]|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[、.．)）]\D|[【●◆■▲·•*□○]|[—-]{2})"
)


def width(text: str) -> int:
    """Columns of a fixed-width print: two for a Chinese character, one for an ASCII one."""
    return len(text.encode("gb18030", "replace")) if not text.isascii() else len(text)


def margin(blocks: Sequence[Block], source: str) -> int | None:
    """The width that the lines were wrapped at, or None where they were not."""
    pairs = zip(blocks, blocks[1:], strict=False)
    runs_on = [b for b, after in pairs if after.gap == 1 and len(b.text) >= NARROWEST / 2 and b.text[-1] not in _STOPS]
    if len(runs_on) < LEAST_LINES:
        return None
    counts = Counter(_printed(b, source) for b in runs_on)
    widest = max(counts, key=lambda w: (sum(counts[w - k] for k in range(SLACK + 1)), w))
    full = sum(counts[widest - k] for k in range(SLACK + 1))
    if widest < NARROWEST or full < LEAST_LINES or full < 0.6 * len(runs_on):
        return None
    wide = [w for b in blocks if (w := _printed(b, source)) > widest / 2]
    longer = sum(w > widest + 2 for w in wide)
    near = sum(widest - SLACK <= w <= widest + 2 for w in wide)
    return widest if longer <= 0.03 * len(wide) and near >= 0.5 * len(wide) else None


def unwrap(blocks: Sequence[Block], source: str) -> list[Block]:
    """One block a paragraph."""
    at = margin(blocks, source)
    if at is None:
        return list(blocks)
    indented = sum(_indent(b, source) > 0 for b in blocks) >= 2
    return [_merge(n, group) for n, group in enumerate(_paragraphs(blocks, source, at, indented))]


def _paragraphs(blocks: Sequence[Block], source: str, at: int, indented: bool) -> Iterator[list[Block]]:
    group: list[Block] = []
    for block in blocks:
        if group and not _goes_on(group[-1], block, source, at, indented):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _goes_on(line: Block, after: Block, source: str, at: int, indented: bool) -> bool:
    if after.gap != 1 or _printed(line, source) < at - SLACK or _PARAGRAPH.match(after.text):
        return False
    if indented:  # the print tells its paragraphs by their indent
        return _indent(after, source) == 0
    return line.text[-1] not in _STOPS or _printed(line, source) >= at - 1


def _printed(line: Block, source: str) -> int:
    return _indent(line, source) + width(line.text)


def _indent(block: Block, source: str) -> int:
    """Columns of blanks in front of a line."""
    at = block.start
    while at > 0 and source[at - 1] in " \t\u3000\xa0":
        at -= 1
    return width(source[at : block.start]) if at < block.start else 0


def _merge(at: int, group: Sequence[Block]) -> Block:
    spans: list[Span] = [span for b in group for span in b.lines]
    return Block(at, tuple(spans), "".join(b.text for b in group), group[0].gap)
