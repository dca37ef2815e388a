"""What print puts at the edges of pages: running heads, page numbers, and what a browser adds when it prints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from parkfacts.read.pages import Line, Page

EDGE = 0.1  # of a page's height, in which running heads stand
LONGEST = 60  # characters of a running head
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"[-—–·•\s]*+(?:第\s*+)?\d{1,4}(?:\s*+页)?(?:\s*+(?:[,，/／]\s*+)?(?:共\s*+)?\d{1,4}(?:\s*+页)?)?[-—–·•\s]*+"
)
_SURELY_NUMBER = re.compile(
    r"[-—–·•]++\s*+\d{1,4}\s*+[-—–·•]++|第\s*+\d{1,4}\s*+页(?:\s*+(?:[,，/／]\s*+)?共\s*+\d{1,4}\s*+页)?"
)
_OF = re.compile(r"(\d{1,4})\s*+[/／]\s*+(\d{1,4})")
_ADDRESS = re.compile(r"(?:https?|file)://[!-~]++")
_STAMP = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s*+(?:[上下]午\s*+)?\d{1,2}:\d{2}(?::\d{2})?(?:\s*+[AP]M)?")

Clutter = Callable[[Line, Page], str | None]


def clutter(pages: Sequence[Page]) -> Clutter:
    """Tells of a line of a page why it is clutter (``page number``, ``running head``); None for what is read."""
    heads = _running_heads(pages)
    printed = {page.number: _of_browser(page) for page in pages}
    return lambda line, page: _why(line, page, heads, printed[page.number])


def _why(line: Line, page: Page, heads: set[tuple[str, int]], printed: Sequence[Line]) -> str | None:
    if (key := _key(line, page)) is None:
        return None
    is_head = key in heads or line in printed
    if _is_surely_number(line.text) or (is_head and _NUMBER.fullmatch(line.text)):
        return "page number"
    return "running head" if is_head else None


def _is_surely_number(text: str) -> bool:
    of = _OF.fullmatch(text)
    return bool(_SURELY_NUMBER.fullmatch(text) or (of and int(of[1]) <= int(of[2])))


def _key(line: Line, page: Page) -> tuple[str, int] | None:
    """What a running head has in common on all its pages: its words and its height; None for the middle of a page, and
    for a row of a table, whose head may stand on each page."""
    middle = (line.box[1] + line.box[3]) / 2
    if line.kind is not None or EDGE * page.height < middle < (1 - EDGE) * page.height:
        return None
    return _DIGITS.sub("0", line.text), round(middle / 6)


def _running_heads(pages: Sequence[Page]) -> set[tuple[str, int]]:
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({key for line in page.lines if len(line.text) <= LONGEST and (key := _key(line, page)) is not None})
    return {key for key, count in seen.items() if count >= max(2, 0.3 * len(pages))}


def _of_browser(page: Page) -> list[Line]:
    """The first and the last row of a page that a browser printed, known by the address and the minute of printing."""
    if not page.lines:
        return []
    top, bottom = min(page.lines, key=lambda one: one.box[1]), max(page.lines, key=lambda one: one.box[3])
    rows = [one for one in page.lines if one.box[1] < top.box[3] or one.box[3] > bottom.box[1]]
    told = all(any(pattern.fullmatch(one.text) for one in rows) for pattern in (_ADDRESS, _STAMP))
    return rows if told else []
