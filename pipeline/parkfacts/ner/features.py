"""What is looked at around each character of a text, hashed into ``BUCKETS``."""

from __future__ import annotations

from collections.abc import Iterator

from parkfacts.ner.columns import columns
from parkfacts.ner.cut import CHARS, Cut
from parkfacts.ner.templates import Buckets, Templates

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


_LOOKS = Templates(TEMPLATES, CHARS)


def extract(cut: Cut) -> Iterator[Buckets]:
    """Buckets of shape (templates, characters) of the text, some characters at a time."""
    size = len(cut.chars)
    padded = _LOOKS.padded(columns(cut), size)
    for at in range(0, size, CHUNK):
        yield _LOOKS.buckets(padded, at, min(CHUNK, size - at), BUCKETS)
