"""The best names of a text from the scores of its labels, found as names and not label by label.

A name gains so much over a text without it: the scores of its labels less those of O, with the moves between them (of
names that touch as if an O stood between). Running sums tell that gain for all ranges at once, and the few that gain
something and are not beaten by a part of themselves are weighed against each other. Whatever decides is integer
arithmetic: the same text has the same names on any machine, whatever stands around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from parkfacts.ner.chain import KINDS

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Row = tuple[int, int, int, int]  # start, end, number of the kind, gain

LONGEST = 48  # characters of a name
_LEAST, _BEATEN = -4.0, 6.0
"""Ranges are weighed that gain no less than ``_LEAST``, and no ``_BEATEN`` less than a part of them: logarithms of how
probable they are, so that what is left out would take about a hundredth from a name's probability."""
_NEVER = -(10**9)
_N = len(KINDS)
_B, _I, _E, _S = (slice(k, 4 * _N + 1, 4) for k in (1, 2, 3, 4))


class Moves(NamedTuple):
    """What the moves between labels add by kind of name, each over a move from O to O; S are names of one character."""

    begin: Ints  # from O to B, and what I to I doesn't tell of the way to E
    inside: Ints  # from I to I
    end: Ints  # from E to O
    two: Ints  # from B to E, over what stands above
    single: Ints  # from O to S to O
    unit: float

    @classmethod
    def of(cls, moves: npt.NDArray[np.floating[Any]], unit: float) -> Moves:
        """The moves in units."""
        over = np.rint((moves - moves[0, 0]) / unit).astype(np.int64)
        b, i, e, s = (np.arange(4 * _N + 1)[place] for place in (_B, _I, _E, _S))
        inner = over[b, i] + over[i, e] - over[i, i]
        return cls(over[0, b] + inner, over[i, i], over[e, 0], over[b, e] - inner, over[0, s] + over[s, 0], unit)


class Ranges(NamedTuple):
    """Ranges that may be names: start, end, number of the kind, and gain."""

    start: Ints
    end: Ints
    kind: Ints
    gain: Ints

    def those(self, which: npt.NDArray[Any]) -> Ranges:
        """Some of them, by their numbers or by a flag for each."""
        return Ranges(*(column[which] for column in self))


def names(scores: npt.NDArray[np.int16], apart: Flags, moves: Moves) -> Iterator[tuple[int, int, str, float]]:
    """Start, end, kind and probability of the names of a text, in text order, from the scores of its labels
    (characters, labels) in units; no name holds a character that is ``apart``, and with one of these the text ends."""
    size, unit = len(scores), moves.unit
    found = _unbeaten(_ranges(scores, apart, moves), round(_BEATEN / unit))
    rows: list[Row] = list(zip(*(column.tolist() for column in found), strict=True))
    ahead = _Sums(rows, size, unit)
    mirrored = [(size - end, size - start, kind, gain) for start, end, kind, gain in rows]
    behind = _Sums(sorted(mirrored, key=itemgetter(1)), size, unit)
    for number in ahead.chosen():
        start, end, kind, gain = rows[number]
        less = ahead.most[start] + gain + behind.most[size - end] - ahead.most[size]
        chance = ahead.weight[start] * behind.weight[size - end] / ahead.weight[size] * exp(less * unit)
        yield start, end, KINDS[kind], round(chance, 3)


def _ranges(scores: npt.NDArray[np.int16], apart: Flags, moves: Moves) -> Ranges:
    """The ranges that gain enough."""
    least = round(_LEAST / moves.unit)
    over = (scores.T - scores[:, 0]).astype(np.int64)
    over[1:, apart] = _NEVER
    sums = np.cumsum(over[_I] + moves.inside[:, None], 1)
    begin = over[_B] - sums + moves.begin[:, None]
    end = over[_E] + moves.end[:, None]
    end[:, 1:] += sums[:, :-1]
    ahead = np.maximum.accumulate(end[:, :0:-1], 1)[:, ::-1]  # the best end behind each place
    kind, start = np.nonzero(begin[:, :-1] + ahead >= least - max(0, int(moves.two.max())))
    stop = start[:, None] + np.arange(1, LONGEST)
    gain = begin[kind, start, None] + end[kind[:, None], np.minimum(stop, len(scores) - 1)]
    gain[:, 0] += moves.two[kind]
    which, size = np.nonzero((gain >= least) & (stop < len(scores)))
    single = over[_S] + moves.single[:, None]
    one_kind, one = np.nonzero(single >= least)
    return Ranges(
        np.concatenate((start[which], one)),
        np.concatenate((start[which] + size + 2, one + 1)),
        np.concatenate((kind[which], one_kind)),
        np.concatenate((gain[which, size], single[one_kind, one])),
    )


def _unbeaten(found: Ranges, much: int) -> Ranges:
    """The ranges that gain not so much less than another kind of name there, or than a part with the same start or the
    same end, ordered by end."""
    order = _order(found.start, found)
    found = found.those(order[~_behind(found.start[order], found.gain[order], much)])
    order = _order(found.end, found)
    return found.those(order[~_behind(found.end[order], found.gain[order], much)])


def _order(edge: Ints, found: Ranges) -> Ints:
    """By their starts or ends, the shorter first, then those that gain more, then by kind: one key for all of it, which
    has room for 64 characters and 16 kinds, and for gains of 48 times the largest weights of all templates."""
    if not len(edge):
        return edge
    less = found.gain.max() - found.gain
    return np.argsort((((edge << 6 | found.end - found.start) << 24 | less) << 4) | found.kind)


def _behind(group: Ints, gain: Ints, much: int) -> Flags:
    """Which gains are so much less than one before them in their group; groups stand together, in rising order."""
    risen = gain - group * _NEVER
    behind: Flags = np.maximum.accumulate(risen) - risen >= much
    return behind


class _Sums:
    """Over all choices of ranges without overlap in the text up to each place: the most that one of them gains, and the
    weight of them all over that of the best one."""

    def __init__(self, rows: Sequence[Row], size: int, unit: float) -> None:
        """``rows`` are ordered by their ends."""
        most, weight, last = [0] * (size + 1), [1.0] * (size + 1), [-1] * (size + 1)
        at = 0  # up to here all is known; behind it no name has ended yet
        for number, (start, end, _, gain) in enumerate(rows):
            if end > at:
                most[at + 1 : end + 1] = [most[at]] * (end - at)
                weight[at + 1 : end + 1] = [weight[at]] * (end - at)
                at = end
            total, before = most[start] + gain, most[end]
            if total > before:
                weight[end] = weight[end] * exp((before - total) * unit) + weight[start]
                most[end], last[end] = total, number
            else:
                weight[end] += weight[start] * exp((total - before) * unit)
        most[at + 1 :] = [most[at]] * (size - at)
        weight[at + 1 :] = [weight[at]] * (size - at)
        self.most, self.weight, self._last = most, weight, last
        self._starts = [row[0] for row in rows]

    def chosen(self) -> list[int]:
        """The best choice, by the numbers of its rows, in text order."""
        found, at = [], len(self._last) - 1
        while at > 0:
            number = self._last[at]
            if number >= 0:
                found.append(number)
            at = self._starts[number] if number >= 0 else at - 1
        return found[::-1]
