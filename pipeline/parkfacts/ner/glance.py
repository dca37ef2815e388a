"""A glance at every word, which tells where a firm's name may stand, for a tenth of what a look takes.

The weights of the word, of its neighbours, of their tags and of their ends add up to the logarithm of the odds that it
is a part of a firm's name. They stand in one table, by the hash of what is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt

from parkfacts.ner.columns import hashes
from parkfacts.ner.cut import Cut
from parkfacts.ner.templates import Buckets, Templates

Table = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]

SIZE = 1 << 18
UNIT = 1 / 16  # of a weight
_RATE, _HIDE = 0.1, 0.2
_TEMPLATES: tuple[tuple[tuple[str, int], ...], ...] = (
    (),
    (("word", 0),),
    (("word", -1),),
    (("word", 1),),
    (("tag", 0), ("size", 0)),
    (("tag", -1), ("tag", 0), ("tag", 1)),
    (("tag", -1), ("tag", 0), ("tag", 1), ("size", -1), ("size", 0), ("size", 1)),
    (("first", 0), ("tag", 0), ("size", 0)),
    (("last", 0), ("tag", 0), ("size", 0)),
    (("last", -1), ("tag", 0), ("size", 0)),
    (("first", 1), ("tag", 0), ("size", 0)),
    (("word", -1), ("tag", 0), ("size", 0)),
    (("word", 1), ("tag", 0), ("size", 0)),
)


_LOOKS = Templates(_TEMPLATES, 1)


def extract(cut: Cut) -> Buckets:
    """Buckets of shape (templates, words)."""
    sizes = cut.sizes
    seen = {
        "word": hashes(cut), "tag": cut.tags, "size": np.minimum(sizes, 5).astype(np.uint64),
        "first": cut.chars[cut.starts], "last": cut.chars[cut.starts + sizes - 1],
    }  # fmt: skip
    return _LOOKS.buckets(_LOOKS.padded(seen, len(sizes)), 0, len(sizes), SIZE)


def odds(table: Table, cut: Cut) -> npt.NDArray[np.int16]:
    """For each word the logarithm of the odds that it is a part of a firm's name, in units."""
    found: npt.NDArray[np.int16] = table.take(extract(cut)).sum(0, np.int16)
    return found


def learn(passes: Iterable[Iterable[tuple[Cut, Flags]]], seed: int, told: Callable[[str], None]) -> Table:
    """The weights, by Adagrad over texts and what of their words is a part of a firm's name."""
    dice = np.random.default_rng(seed)
    weights, squares = np.zeros(SIZE), np.full(SIZE, 1e-2)
    for number, texts in enumerate(passes, 1):
        total, size = 0.0, 0
        for cut, firm in texts:
            rows = extract(cut)
            kept = dice.random(rows.shape) >= _HIDE
            chance = 1 / (1 + np.exp(-(weights[rows] * kept).sum(0)))
            wrong = np.where(kept, chance - firm, 0.0)
            slope = np.bincount(rows.ravel(), wrong.ravel(), SIZE)
            squares += slope**2
            weights -= _RATE * slope / np.sqrt(squares)
            total -= float(np.log(np.maximum(np.where(firm, chance, 1 - chance), 1e-9)).sum())
            size += len(firm)
        told(f"glance {number}: loss {total / size:.4f}")
    kept_weights = weights * (1 - _HIDE)  # nothing is hidden in use
    return np.clip(np.rint(kept_weights / UNIT), -127, 127).astype(np.int8)
