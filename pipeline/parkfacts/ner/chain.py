"""A chain of labels (BIOES), and their marginal probabilities in text of given scores, for training.

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
