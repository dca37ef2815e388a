"""What repair made of newspapers, against the truth about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

from newspapers import Newspaper
from parkfacts.repair import Repaired, Words


class Inside:
    """Whether an offset of a paragraph lies within a word; each paragraph is cut once."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._ends: dict[str, set[int]] = {}

    def __call__(self, text: str, at: int) -> bool:
        if text not in self._ends:
            self._ends[text] = {stop for _, stop, _ in self._words.cut(text)}
        return at not in self._ends[text]


def counted(page: Newspaper, result: Repaired) -> Counter[str]:
    """Counts of a page: joins, suggestions, copied characters, pairs of blocks in order."""
    count: Counter[str] = Counter(pages=1)
    blocks = {b.id: b for b in result.layout.blocks}
    truth = set(page.cuts)
    for tier, joins in (("made", result.layout.joins), ("suggested", getattr(result.layout, "suggested", ()))):
        for join in joins:
            pair = blocks[join.from_].end, blocks[join.to].start
            count[tier] += 1
            count[f"{tier} right"] += pair in truth
            count[f"{tier} inside"] += pair in page.inside
    count["cuts"], count["cuts inside"] = len(truth), len(page.inside)
    marked = _characters((b.start, b.end) for b in result.layout.blocks if b.status == "duplicate")
    copied = _characters(page.copies)
    count["marked"], count["copied"], count["marked right"] = len(marked), len(copied), len(marked & copied)
    count["decoys"] = len(page.decoys)
    count["decoys dropped"] = sum(start in marked for start, _ in page.decoys)
    count.update(_pairs(page, result))
    return count


def _characters(ranges: Iterable[tuple[int, int]]) -> set[int]:
    return {at for start, end in ranges for at in range(start, end)}


def _pairs(page: Newspaper, result: Repaired) -> Counter[str]:
    """Pairs of one story's blocks, and how many of them stand in the order that they were written in."""
    out = {}
    for piece in result.text.pieces:
        out.update({src: piece.out + src - piece.src for src in range(piece.src, piece.src + piece.size)})
    count: Counter[str] = Counter()
    for starts in page.order:
        source: Sequence[int] = [at for at in starts if at >= 0]
        for one, two in combinations(source, 2):
            count["pairs"] += 1
            count["pairs before"] += one < two
            count["pairs right"] += one in out and two in out and out[one] < out[two]
    return count


def told(count: Counter[str]) -> dict[str, Any]:
    """The rates."""

    def rate(part: str, whole: str) -> float:
        return round(count[part] / count[whole], 3) if count[whole] else 1.0

    between = count["cuts"] - count["cuts inside"]
    return {
        "pages": count["pages"], "cuts": count["cuts"], "inside": count["cuts inside"], "joined": count["made"],
        "precision": rate("made right", "made"), "recall": rate("made right", "cuts"),
        "recall inside": rate("made inside", "cuts inside"),
        "recall between": round((count["made right"] - count["made inside"]) / max(between, 1), 3),
        "suggested": count["suggested"], "suggested precision": rate("suggested right", "suggested"),
        "recall with suggested": round((count["made right"] + count["suggested right"]) / max(count["cuts"], 1), 3),
        "copies precision": rate("marked right", "marked"), "copies recall": rate("marked right", "copied"),
        "decoys": count["decoys"], "decoys dropped": count["decoys dropped"],
        "order before": rate("pairs before", "pairs"), "order": rate("pairs right", "pairs"),
    }  # fmt: skip
