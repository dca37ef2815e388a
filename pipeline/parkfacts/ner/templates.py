"""Which columns, at which offsets, are looked at together; what is seen there is hashed into buckets.

The value of a template is a polynomial in ``BASE`` of what it looks at and of its number. All templates are worked out
at once, place by place: a small text costs calls, not characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import as_strided

from parkfacts.ner.columns import BASE, bucket
from parkfacts.ner.cut import Column

Template = tuple[tuple[str, int], ...]
Buckets = npt.NDArray[np.int32]


class _Slot(NamedTuple):
    """What is looked at in one place of those templates that have so many: a row of columns, an offset from the first
    that is within reach, and a factor."""

    column: npt.NDArray[np.int64]
    offset: npt.NDArray[np.int64]
    factor: Column


def _power(exponent: int) -> int:
    return pow(int(BASE), exponent, 1 << 64)


class Templates:
    """Templates that look no further than ``reach`` to either side."""

    def __init__(self, templates: Sequence[Template], reach: int) -> None:
        # the longest first, so that those which have a further place are the first ones
        order = sorted(range(len(templates)), key=lambda number: -len(templates[number]))
        self.names = sorted({name for template in templates for name, _ in template})
        self._reach, self._order = reach, order
        self._seeds = np.array([[(n + 1) * _power(len(templates[n])) % (1 << 64)] for n in order], np.uint64)
        self._slots = tuple(self._places([templates[n] for n in order]))

    def _places(self, templates: Sequence[Template]) -> Iterator[_Slot]:
        for k in range(len(templates[0])):
            having = [template for template in templates if len(template) > k]
            yield _Slot(
                np.array([self.names.index(template[k][0]) for template in having]),
                np.array([template[k][1] + self._reach for template in having]),
                np.array([[_power(len(template) - k)] for template in having], np.uint64),
            )

    def padded(self, columns: Mapping[str, Column], size: int) -> Column:
        """The columns as rows, with nothing to look at on either side."""
        rows = np.zeros((len(self.names), size + 2 * self._reach), np.uint64)
        for row, name in zip(rows, self.names, strict=True):
            row[self._reach : self._reach + size] = columns[name]
        return rows

    def buckets(self, padded: Column, at: int, size: int, count: int) -> Buckets:
        """Buckets, of so many (a power of two), of shape (templates, ``size``) from a place on."""
        part = padded[:, at : at + size + 2 * self._reach]
        shape, (row, step) = (len(part), 2 * self._reach + 1, size), part.strides
        seen = as_strided(part, shape, (row, step, step), writeable=False)  # by column and offset
        value = np.repeat(self._seeds, size, 1)
        for slot in self._slots:
            looked = seen[slot.column, slot.offset]
            looked *= slot.factor
            value[: len(looked)] += looked
        made = np.empty(value.shape, np.int32)
        made[self._order] = bucket(value, count)
        return made
