"""A text cut into words, as columns: what both the glance and the features look at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from parkfacts.segment import Word
from parkfacts.text import Span

Column = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

# tags of jieba's dictionary that tell of names, by themselves; all others by their first letter
_TAGS = {
    tag: number for number, tag in enumerate("x ns nr nrt nrfg nt nz vn eng m q n v a d p c u r f t b i l j".split(), 1)
}
_LINE_END = np.uint64(_TAGS["x"])
CHARS, WORDS = 4, 2
"""How far a template looks to either side, in characters and in words: so much stays around a piece that is cut out, so
that it sees what it saw, and nothing of another that is looked at beside it."""


class Cut(NamedTuple):
    """A text, its code points, and its words by where they begin, with a number for each one's tag."""

    view: str
    chars: Column
    starts: Places
    tags: Column

    @property
    def sizes(self) -> Places:
        """How long the words are."""
        sizes = np.empty_like(self.starts)
        np.subtract(self.starts[1:], self.starts[:-1], out=sizes[:-1])
        sizes[-1:] = len(self.chars) - self.starts[-1:]
        return sizes


def of(view: str, words: Sequence[Word]) -> Cut:
    """A text that the words cover."""
    starts = np.fromiter(map(itemgetter(0), words), np.int64, len(words))
    return Cut(view, codes(view), starts, np.fromiter(map(_tag, map(itemgetter(2), words)), np.uint64, len(words)))


def codes(view: str) -> Column:
    """The code points."""
    return np.frombuffer(view.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)


@cache
def _tag(tag: str) -> int:
    return _TAGS.get(tag) or _TAGS.get(tag[:1], 0)


def pieces(whole: Cut, chosen: Sequence[Span]) -> tuple[Cut, list[int]]:
    """Some pieces of a text, each with what is around it and a line end, and where each of them begins there."""
    begin, end = np.array(chosen, np.int64).T
    first, stop = _around(whole.starts, begin, end)
    bounds = np.append(whole.starts, len(whole.chars))
    ranges = zip(bounds[first].tolist(), bounds[stop].tolist(), strict=True)
    view = "".join(whole.view[left:right] + "\n" for left, right in ranges)
    size = bounds[stop] - bounds[first] + 1
    moved = np.cumsum(size) - size - bounds[first]
    count = stop - first + 1  # the line end is a word
    word = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count - first, count)
    starts = bounds[word] + np.repeat(moved, count)
    tags = np.append(whole.tags, _LINE_END)[word]
    tags[np.cumsum(count) - 1] = _LINE_END
    return Cut(view, codes(view), starts, tags), (begin + moved).tolist()


def _around(starts: Places, begin: Places, end: Places) -> tuple[Places, Places]:
    """The first words of ranges with what is around them, and the words behind the last ones."""
    far = np.searchsorted(starts, begin - CHARS, "right") - 1
    first = np.minimum(far, np.searchsorted(starts, begin, "right") - 1 - WORDS)
    stop = np.maximum(np.searchsorted(starts, end + CHARS), np.searchsorted(starts, end) + WORDS)
    return np.maximum(first, 0), np.minimum(stop, len(starts))
