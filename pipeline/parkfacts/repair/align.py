"""Two texts side by side: where the characters of one stand in the other, a few of them misread, lost or added."""

from __future__ import annotations

from typing import NamedTuple

SLIP = 3  # characters that one slip may lose, add or change
AGAIN = 4  # characters that must agree behind it
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两几半")
STRIDE = 32  # characters compared at once while nothing differs


class Walk(NamedTuple):
    """How far a text agrees with another: the ends reached in both, and the slips on the way as ranges of both."""

    end: int
    other: int
    slips: tuple[tuple[int, int, int, int], ...]

    @property
    def wrong(self) -> int:
        """Characters that differ."""
        return sum(max(stop - start, other_stop - other) for start, stop, other, other_stop in self.slips)


def walk(text: str, other: str, at: int, most: int) -> Walk:
    """Reads ``text`` from its start along ``other`` from ``at`` on, over at most ``most`` slips, to where they part.

    No digit is ever part of a slip: the same words with another number are another fact.
    """
    here, there = 0, at
    slips: list[tuple[int, int, int, int]] = []
    while here < len(text) and there < len(other):
        if text[here : here + STRIDE] == other[there : there + STRIDE]:
            step = min(STRIDE, len(text) - here, len(other) - there)
            here, there = here + step, there + step
            continue
        while here < len(text) and there < len(other) and text[here] == other[there]:
            here, there = here + 1, there + 1
        if here == len(text) or there == len(other):
            break
        slip = _slip(text, here, other, there) if len(slips) < most else None
        if slip is None:
            break
        slips.append((here, here + slip[0], there, there + slip[1]))
        here, there = here + slip[0], there + slip[1]
    return Walk(here, there, tuple(slips))


_SHAPES = sorted(
    ((a, b) for a in range(SLIP + 1) for b in range(SLIP + 1) if a or b), key=lambda s: (max(s), abs(s[0] - s[1]))
)
# what must agree behind a slip of which shape: where slips crowd, fewer characters behind a small one
_TRIED = [
    *((shape, AGAIN) for shape in _SHAPES),
    *((shape, 2) for shape in _SHAPES if max(shape) <= 2),
    ((1, 1), 1),
    ((2, 2), 1),
]


def _slip(text: str, here: int, other: str, there: int) -> tuple[int, int] | None:
    """The smallest slip behind which the two agree again; at the text's end, what is left must."""
    for (a, b), enough in _TRIED:
        again = text[here + a : here + a + enough]
        if other[there + b : there + b + len(again)] != again or len(again) < min(enough, len(text) - here - a):
            continue
        if _numeral(text[here : here + a]) or _numeral(other[there : there + b]):
            return None
        return a, b
    return None


def _numeral(part: str) -> bool:
    return any(char.isdigit() or char in _NUMERALS for char in part)
