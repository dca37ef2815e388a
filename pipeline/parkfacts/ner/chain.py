"""A chain of labels (BIOES): marginal probabilities for training, the best sequence and the chance of a name for use.

A batch holds chains of several lengths: arrays of shape (chains, longest, labels), zero behind a chain's end.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

KINDS = ("company", "government", "park", "organization", "project", "product", "person", "place", "award")
LABELS = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BIES"))
_INDEX = {label: number for number, label in enumerate(LABELS)}


def _may_follow(one: str, two: str) -> bool:
    if one[0] in "OES":
        return two[0] in "OBS"
    return two[0] in "IE" and two[2:] == one[2:]


ALLOWED = np.array([[_may_follow(a, b) for b in LABELS] for a in LABELS])
FIRST = np.array([label[0] in "OBS" for label in LABELS])
LAST = np.array([label[0] in "OES" for label in LABELS])
NEVER = -1e9


def encode(size: int, spans: Iterator[tuple[int, int, str]] | list[tuple[int, int, str]]) -> list[int]:
    """Label numbers of a text with the given spans (start, end, kind), which do not overlap."""
    labels = [0] * size
    for start, end, kind in spans:
        if end - start == 1:
            labels[start] = _INDEX[f"S-{kind}"]
            continue
        labels[start:end] = [_INDEX[f"I-{kind}"]] * (end - start)
        labels[start], labels[end - 1] = _INDEX[f"B-{kind}"], _INDEX[f"E-{kind}"]
    return labels


def spans(labels: list[int]) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind of the names in well-formed labels."""
    start = 0
    for at, number in enumerate(labels):
        label = LABELS[number]
        if label[0] in "BS":
            start = at
        if label[0] in "ES":
            yield start, at + 1, label[2:]


class Sums(NamedTuple):
    """Scaled sums over all well-formed labels: of those up to a place, of those behind it, and the potentials."""

    ahead: Floats
    behind: Floats
    local: Floats
    move: Floats
    scale: Floats  # of ``ahead`` at each place: its running product is the probability of the evidence


def sums(scores: Floats, moves: Floats, lengths: Ints) -> Sums:
    """Forward and backward sums; ``scores`` (chains, longest, labels), ``moves`` (labels, labels)."""
    count, longest, _ = scores.shape
    local = np.exp(scores - scores.max(2, keepdims=True))
    move = np.where(ALLOWED, np.exp(moves), 0.0)
    ahead, behind = np.zeros_like(local), np.zeros_like(local)
    scale = np.ones((count, longest))
    going = _going(lengths)
    for at, n in enumerate(going):
        value = local[:n, at] * (FIRST if at == 0 else ahead[:n, at - 1] @ move)
        scale[:n, at] = np.maximum(value.sum(1), 1e-300)
        ahead[:n, at] = value / scale[:n, at, None]
    behind[np.arange(count), lengths - 1] = LAST
    for at in range(longest - 2, -1, -1):
        n = going[at + 1]
        value = ((local[:n, at + 1] * behind[:n, at + 1]) @ move.T) / scale[:n, at + 1, None]
        inner = (at < lengths[:n] - 1)[:, None]
        behind[:n, at] = np.where(inner, value, behind[:n, at])
    return Sums(ahead, behind, local, move, scale)


def _going(lengths: Ints) -> list[int]:
    """For each place, how many chains from the first on must be gone through to meet all that reach it: no more than
    do reach it, where the longest stand first."""
    last = np.zeros(int(lengths.max()), np.int64)
    np.maximum.at(last, lengths - 1, np.arange(1, len(lengths) + 1))
    return [int(n) for n in np.maximum.accumulate(last[::-1])[::-1]]


def marginals(held: Sums) -> tuple[Floats, Floats]:
    """Probabilities of each label at each place, and the expected count of each move."""
    both = held.ahead * held.behind
    total = both.sum(2, keepdims=True)
    labels = both / np.maximum(total, 1e-300)
    ends = held.local[:, 1:] * held.behind[:, 1:] / (held.scale[:, 1:, None] * np.maximum(total[:, :-1], 1e-300))
    moved = np.einsum("bti,btj->ij", held.ahead[:, :-1], ends, optimize=True) * held.move
    return labels, moved


_N = len(KINDS)
# labels in an order in which those that meet stand side by side: E of all kinds, O, S, B, I
_ORDER = np.array([_INDEX[label] for place in "EOSBI" for label in LABELS if label[0] == place], np.int8)
_LEFT, _ENTERED = slice(0, 2 * _N + 1), slice(_N, 3 * _N + 1)  # outside a name or at its end; what may come then
_B, _I, _E = slice(2 * _N + 1, 3 * _N + 1), slice(3 * _N + 1, 4 * _N + 1), slice(0, _N)  # within a name; at its end


def best(scores: Floats, moves: Floats, lengths: Ints) -> list[list[int]]:
    """The best well-formed labels of each chain; quickest where the longest chains stand first."""
    move = np.where(ALLOWED, moves, NEVER)[np.ix_(_ORDER, _ORDER)]
    entering = np.ascontiguousarray(move[_LEFT, None, _ENTERED])
    held = [(place, np.diag(move[_B, place]), np.diag(move[_I, place])) for place in (_I, _E)]
    value = scores[:, :, _ORDER]
    value[:, 0] += np.where(FIRST[_ORDER], 0.0, NEVER)
    going = _going(lengths)
    for at, n in enumerate(going[1:], 1):
        before, here = value[:n, at - 1], value[:n, at]
        here[:, _ENTERED] += (before[:, _LEFT].T[:, :, None] + entering).max(0)
        for place, begun, gone_on in held:
            here[:, place] += np.maximum(before[:, _B] + begun, before[:, _I] + gone_on)
    return _back(value, np.ascontiguousarray(move.T), lengths, going)


def _back(value: Floats, into: Floats, lengths: Ints, going: list[int]) -> list[list[int]]:
    """The labels that the best values were come to by; ``into`` are the moves, turned round."""
    count, longest, _ = value.shape
    labels, ends = np.zeros((count, longest), np.int64), lengths - 1
    labels[np.arange(count), ends] = (value[np.arange(count), ends] + np.where(LAST[_ORDER], 0.0, NEVER)).argmax(1)
    for at in range(longest - 1, 0, -1):
        n = going[at]
        came = (value[:n, at - 1] + into[labels[:n, at]]).argmax(1)
        labels[:n, at - 1] = np.where(at <= ends[:n], came, labels[:n, at - 1])
    return [row[:size] for row, size in zip(_ORDER[labels].tolist(), lengths.tolist(), strict=True)]


def chance(held: Sums, chain: int, start: int, end: int, labels: list[int]) -> float:
    """The probability that exactly these labels stand at [start, end) of a chain."""
    value = held.ahead[chain, start, labels[start]]
    for at in range(start + 1, end):
        value *= held.move[labels[at - 1], labels[at]] * held.local[chain, at, labels[at]] / held.scale[chain, at]
    total = float((held.ahead[chain, start] * held.behind[chain, start]).sum())
    return float(value * held.behind[chain, end - 1, labels[end - 1]] / max(total, 1e-300))
