"""What the model sees of each character: itself, its neighbours, and the word of jieba's that it stands in.

Everything is an integer, hashed or looked up, so that training and use agree to the bit on any machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from parkfacts.segment import Word

Ints = npt.NDArray[np.int64]

BIGRAMS = 1 << 14
WORDS = 1 << 14
_MIX = 2654435761  # Knuth's multiplicative hash

# tags of jieba's dictionary that tell of names, by themselves; all others by their first letter
_TAGS = ("ns", "nr", "nrt", "nrfg", "nt", "nz", "vn", "eng", "x", "m", "q", "n", "v", "a", "d", "p", "c", "u", "r", "f")
TAGS: Mapping[str, int] = {tag: number for number, tag in enumerate(_TAGS, 1)}
TAG_COUNT = len(_TAGS) + 2
SHAPES = 16  # four places in a word (single, begin, inside, end) by four lengths


class Features(NamedTuple):
    """Arrays of one integer a character: character, bigrams to the left and right, word, its tag, place in it."""

    char: Ints
    left: Ints
    right: Ints
    word: Ints
    tag: Ints
    shape: Ints


def extract(view: str, words: Sequence[Word], vocabulary: Mapping[str, int]) -> Features:
    """Features of a text that ``words`` cover; a character outside the vocabulary is 1, 0 is kept for masking."""
    size = len(view)
    codes = np.frombuffer(view.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    char = np.fromiter((vocabulary.get(c, 1) for c in view), np.int64, size)
    before = np.concatenate(([10], codes[:-1])) if size else codes
    after = np.concatenate((codes[1:], [10])) if size else codes
    word, tag, shape = np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros(size, np.int64)
    for start, end, name in words:
        word[start:end] = _word_bucket(view[start:end])
        tag[start:end] = TAGS.get(name) or TAGS.get(name[:1], TAG_COUNT - 1)
        _shape(shape, start, end)
    return Features(char, _bucket(before, codes), _bucket(codes, after), word, tag, shape)


def _bucket(one: Ints, two: Ints) -> Ints:
    mixed = (one * 31_337 + two) * _MIX & 0xFFFFFFFF
    return 1 + (mixed >> 15) % (BIGRAMS - 1)


def _word_bucket(word: str) -> int:
    value = 0
    for char in word:
        value = (value * 31_337 + ord(char)) & 0xFFFFFFFF
    return 1 + ((value * _MIX & 0xFFFFFFFF) >> 15) % (WORDS - 1)


def _shape(shape: Ints, start: int, end: int) -> None:
    length = min(end - start, 4) - 1
    if end - start == 1:
        shape[start] = 0
        return
    shape[start:end] = 8 + length
    shape[start], shape[end - 1] = 4 + length, 12 + length
