"""Templates: which columns, at which offsets, are looked at together; their values are hashed into ``BUCKETS``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from parkfacts.ner.columns import BASE, bucket, columns
from parkfacts.ner.cut import CHARS, Column, Cut

Buckets = npt.NDArray[np.int32]

BUCKETS = 1 << 22
CHUNK = 512  # characters whose features are held at a time


def _run(column: str, first: int, last: int) -> tuple[tuple[str, int], ...]:
    return tuple((column, offset) for offset in range(first, last + 1))


def _here(*names: str) -> tuple[tuple[str, int], ...]:
    return tuple((name, 0) for name in names)


TEMPLATES: tuple[tuple[tuple[str, int], ...], ...] = (
    (),
    *(_run("c", d, d) for d in range(-3, 4)),
    *(_run("c", d, d + 1) for d in range(-3, 3)),
    *(_run("c", d, d + 2) for d in range(-3, 2)),
    *(_run("c", d, d + 3) for d in (-4, -3, 0, 1)),
    (("c", -1), ("c", 1)),
    _here("w+0"), _here("w+0", "s"), _here("w-1", "s"), _here("w+1", "s"), _here("w-1", "w+0", "s"),
    _here("w+0", "w+1", "s"),
    _here("w-2", "s"), _here("w+2", "s"), _here("w-2", "w-1", "s"), _here("w+1", "w+2", "s"),
    _here("w-1", "w+1", "s"),
    _here("t+0", "s"), _here("t-1", "t+0", "s"), _here("t+0", "t+1", "s"), _here("t-1", "t+0", "t+1", "s"),
    _here("t-2", "t-1", "t+0", "s"), _here("t+0", "t+1", "t+2", "s"), _here("w-1", "t+0", "t+1", "s"),
    _here("t-1", "t+0", "w+1", "s"),
    _run("k", -2, 2), (*_run("k", -1, 1), *_here("s", "t+0")),
    _run("g", 0, 0), _run("g", -1, 0), _run("g", 0, 1), _run("g", -1, 1), _run("g", -2, 0), _run("g", 0, 2),
    (("g", -1), *_here("s", "t+0")), (("g", 1), *_here("s", "t+0")), (("g", 1), ("c", 0)), (("g", -1), ("c", 0)),
    (("g", 2), ("g", 1), *_here("s")),
    _here("near"), _here("near", "s", "t+0"), _here("last", "s", "t+0"), _here("last", "near"),
    (*_here("last"), ("g", -1), ("k", -1)), (*_here("near"), ("w-1", 0), ("s", 0)),
    (*_here("list", "s", "t+0"), ("k", -1)), (*_here("list"), *_run("k", -1, 1)), (*_here("list"), ("g", 0)),
    (*_here("in"), *_run("k", -1, 1)), _here("in", "s", "t+0"), _here("in", "near"),
)  # fmt: skip


class _Slot(NamedTuple):
    """What is looked at in one place of those templates that have so many: a row of columns, an offset from
    the first that is within reach, and a factor."""

    column: npt.NDArray[np.int64]
    offset: npt.NDArray[np.int64]
    factor: Column


def _power(exponent: int) -> int:
    return pow(int(BASE), exponent, 1 << 64)


# the longest templates first, so that those which have a further place are the first ones
_ORDER = sorted(range(len(TEMPLATES)), key=lambda number: -len(TEMPLATES[number]))
_COLUMNS = sorted({name for template in TEMPLATES for name, _ in template})
_SEEDS = np.array([(n + 1) * _power(len(TEMPLATES[n])) % (1 << 64) for n in _ORDER], np.uint64)


def _slots() -> Iterator[_Slot]:
    for k in range(len(TEMPLATES[_ORDER[0]])):
        having = [TEMPLATES[n] for n in _ORDER if len(TEMPLATES[n]) > k]
        yield _Slot(
            np.array([_COLUMNS.index(template[k][0]) for template in having]),
            np.array([template[k][1] + CHARS for template in having]),
            np.array([_power(len(template) - k) for template in having], np.uint64),
        )


_SLOTS = tuple(_slots())


def extract(cut: Cut) -> Iterator[Buckets]:
    """Buckets of shape (templates, characters) of the text, some characters at a time."""
    found, size = columns(cut), len(cut.chars)
    padded = np.zeros((len(_COLUMNS), size + 2 * CHARS), np.uint64)
    for row, name in zip(padded, _COLUMNS, strict=True):
        row[CHARS:-CHARS] = found[name]
    for at in range(0, size, CHUNK):
        made = np.empty((len(TEMPLATES), min(CHUNK, size - at)), np.int32)
        made[_ORDER] = bucket(_values(padded, at, made.shape[1]), BUCKETS)
        yield made


def _values(padded: Column, at: int, size: int) -> Column:
    """A polynomial in ``BASE`` of what each template looks at, and of the template's number."""
    seen = sliding_window_view(padded[:, at : at + size + 2 * CHARS], size, 1)  # by column and offset
    value = np.repeat(_SEEDS[:, None], size, 1)
    for slot in _SLOTS:
        looked = seen[slot.column, slot.offset]
        looked *= slot.factor[:, None]
        value[: len(looked)] += looked
    return value
