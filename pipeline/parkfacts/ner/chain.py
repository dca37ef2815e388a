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
    for at in range(longest):
        value = local[:, at] * (FIRST if at == 0 else ahead[:, at - 1] @ move)
        scale[:, at] = np.maximum(value.sum(1), 1e-300)
        ahead[:, at] = value / scale[:, at, None]
    behind[np.arange(count), lengths - 1] = LAST
    for at in range(longest - 2, -1, -1):
        value = ((local[:, at + 1] * behind[:, at + 1]) @ move.T) / scale[:, at + 1, None]
        inner = (at < lengths - 1)[:, None]
        behind[:, at] = np.where(inner, value, behind[:, at])
    return Sums(ahead, behind, local, move, scale)


def marginals(held: Sums) -> tuple[Floats, Floats]:
    """Probabilities of each label at each place, and the expected count of each move."""
    both = held.ahead * held.behind
    total = both.sum(2, keepdims=True)
    labels = both / np.maximum(total, 1e-300)
    ends = held.local[:, 1:] * held.behind[:, 1:] / (held.scale[:, 1:, None] * np.maximum(total[:, :-1], 1e-300))
    moved = np.einsum("bti,btj->ij", held.ahead[:, :-1], ends, optimize=True) * held.move
    return labels, moved


_LEFT = np.flatnonzero(LAST)  # labels outside a name or at its end, and those that may follow them
_ENTERED = np.flatnonzero(FIRST)
_OPEN = np.array([[_INDEX[f"B-{kind}"], _INDEX[f"I-{kind}"]] for kind in KINDS])  # labels within a name …
_HELD = np.array([[_INDEX[f"I-{kind}"], _INDEX[f"E-{kind}"]] for kind in KINDS])  # … and those that follow them


def best(scores: Floats, moves: Floats, lengths: Ints) -> list[list[int]]:
    """The best well-formed labels of each chain."""
    count, longest, size = scores.shape
    outside, inside = moves[np.ix_(_LEFT, _ENTERED)], moves[_OPEN[:, :, None], _HELD[:, None, :]]
    value = scores[:, 0] + np.where(FIRST, 0.0, NEVER)
    back = np.zeros((count, longest, size), np.int8)
    finals = np.zeros((count, size))
    for at in range(longest):
        if at:
            enter = value[:, _LEFT, None] + outside
            stay = value[:, _OPEN][..., None] + inside
            back[:, at, _ENTERED] = _LEFT[enter.argmax(1)]
            back[:, at, _HELD] = np.where(stay[:, :, 0] >= stay[:, :, 1], _OPEN[:, :1], _OPEN[:, 1:])
            value = scores[:, at].copy()
            value[:, _ENTERED] += enter.max(1)
            value[:, _HELD] += stay.max(2)
        ended = lengths - 1 == at
        finals[ended] = value[ended]
    last = (finals + np.where(LAST, 0.0, NEVER)).argmax(1)
    return [_back(back[one, : lengths[one]], int(last[one])) for one in range(count)]


def _back(back: npt.NDArray[np.int8], last: int) -> list[int]:
    labels = [last]
    for at in range(len(back) - 1, 0, -1):
        labels.append(int(back[at, labels[-1]]))
    return labels[::-1]


def chance(held: Sums, chain: int, start: int, end: int, labels: list[int]) -> float:
    """The probability that exactly these labels stand at [start, end) of a chain."""
    value = held.ahead[chain, start, labels[start]]
    for at in range(start + 1, end):
        value *= held.move[labels[at - 1], labels[at]] * held.local[chain, at, labels[at]] / held.scale[chain, at]
    total = float((held.ahead[chain, start] * held.behind[chain, start]).sum())
    return float(value * held.behind[chain, end - 1, labels[end - 1]] / max(total, 1e-300))
