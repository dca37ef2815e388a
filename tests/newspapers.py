"""Newspapers made from clean prose: cut at random, shuffled, repeated, with captions between; and the truth."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

CAPTIONS = ("园区北门", "恒澜科创楼", "车间一角", "人才公寓夜景", "企业服务大厅", "湖滨步道")
HEADINGS = ("【之一】 起步在滩头", "【之二】 链条越织越密", "【之三】 服务不过夜", "【之四】 向新而行")


@dataclass
class Newspaper:
    """``text`` is the page; ``cuts`` are (left, right) offsets in it where a sentence breaks off and where it goes on
    (of the first copy); ``lost`` are ends whose rest was left out; ``copies`` are the ranges of repeated blocks."""

    text: str = ""
    cuts: list[tuple[int, int]] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    copies: list[tuple[int, int]] = field(default_factory=list)


def columns_of(paragraphs: Sequence[str], count: int, rng: random.Random) -> tuple[list[list[str]], list[int]]:
    """The paragraphs in columns, cut inside a paragraph; the second list tells which columns end in a cut."""
    columns: list[list[str]] = [[]]
    severed: list[int] = []
    share = max(1, len(paragraphs) // count)
    for n, paragraph in enumerate(paragraphs):
        columns[-1].append(paragraph)
        if n % share == share - 1 and n + 1 < len(paragraphs) and len(columns) < count:
            at = rng.randint(12, len(paragraph) - 4)
            if paragraph[at - 1] in "。！？；：”）" or paragraph[at] in "。！？；：”），、":
                columns.append([])
                continue
            columns[-1][-1] = paragraph[:at]
            severed.append(len(columns) - 1)
            columns.append([paragraph[at:]])
    return columns, severed


def newspaper(
    paragraphs: Sequence[str], seed: int, count: int = 6, repeat: bool = True, lose: bool = True
) -> Newspaper:
    """A page of ``count`` columns out of order."""
    rng = random.Random(seed)
    columns, severed = columns_of(paragraphs, count, rng)
    order = list(range(len(columns)))
    for _ in range(2):  # pages are pasted nearly in order
        a, b = sorted(rng.sample(range(1, len(order)), 2)) if len(order) > 3 else (0, 0)
        order[a], order[b] = order[b], order[a]
    page = Newspaper()
    out = ["高新区纪事：一条河与一座城\n\n本报记者 齐望川\n\n"]
    size = len(out[0])
    place: dict[int, tuple[int, int]] = {}
    dropped = {rng.choice(severed) + 1} if lose and len(severed) > 2 else set()

    def put(block: str, before: str = "") -> tuple[int, int]:
        nonlocal size
        out.append(before + block + "\n\n")
        start = size + len(before)
        size += len(out[-1])
        return start, start + len(block)

    def put_column(n: int) -> list[tuple[int, int]]:
        return [put(block) for block in columns[n] if block]

    for n in order:
        if n in dropped and len(columns[n]) > 1:
            columns[n] = columns[n][1:]
        ranges = put_column(n)
        place[n] = (ranges[0][0], ranges[-1][1])
        if rng.random() < 0.5:
            put(rng.choice(CAPTIONS) + str(rng.randint(1, 99)) + "号", "\n\n")
        elif rng.random() < 0.4:
            put(rng.choice(HEADINGS))
    if repeat:
        n = rng.choice([n for n in range(len(columns)) if sum(map(len, columns[n])) > 120])
        page.copies = put_column(n)
    page.text = "".join(out).rstrip("\n")
    for n in severed:
        left = place[n][1]
        if n + 1 in dropped:
            page.lost.append(left)
        else:
            page.cuts.append((left, place[n + 1][0]))
    return page
