"""Labels of characters, and the best sequence of them that is well formed (BIOES)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]

KINDS = ("company", "government", "park", "organization", "project", "product", "person", "place", "award")
LABELS = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BIES"))
_INDEX = {label: number for number, label in enumerate(LABELS)}


def _may_follow(one: str, two: str) -> bool:
    if one[0] in "OES":
        return two[0] in "OBS"
    return two[0] in "IE" and two[2:] == one[2:]


ALLOWED = np.array([[0.0 if _may_follow(a, b) else -1e4 for b in LABELS] for a in LABELS], np.float32)
FIRST = np.array([0.0 if label[0] in "OBS" else -1e4 for label in LABELS], np.float32)
LAST = np.array([0.0 if label[0] in "OES" else -1e4 for label in LABELS], np.float32)


def encode(size: int, spans: list[tuple[int, int, str]]) -> list[int]:
    """Label numbers of a text with the given spans (start, end, kind), which do not overlap."""
    labels = [0] * size
    for start, end, kind in spans:
        if end - start == 1:
            labels[start] = _INDEX[f"S-{kind}"]
            continue
        labels[start:end] = [_INDEX[f"I-{kind}"]] * (end - start)
        labels[start], labels[end - 1] = _INDEX[f"B-{kind}"], _INDEX[f"E-{kind}"]
    return labels


def viterbi(scores: Scores) -> list[int]:
    """The best well-formed labels under log probabilities of shape (characters, labels)."""
    size = len(scores)
    if not size:
        return []
    back = np.zeros((size, len(LABELS)), np.int64)
    best = scores[0] + FIRST
    for at in range(1, size):
        paths = best[:, None] + ALLOWED
        back[at] = paths.argmax(0)
        best = paths.max(0) + scores[at]
    label = int((best + LAST).argmax())
    labels = [label]
    for at in range(size - 1, 0, -1):
        label = int(back[at, label])
        labels.append(label)
    return labels[::-1]


def spans(labels: list[int]) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind of the names in well-formed labels."""
    start = 0
    for at, number in enumerate(labels):
        label = LABELS[number]
        if label[0] in "BS":
            start = at
        if label[0] in "ES":
            yield start, at + 1, label[2:]
