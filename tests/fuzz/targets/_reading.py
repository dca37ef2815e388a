"""What holds for every reader."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from fuzz.target import check_error
from parkfacts import read
from parkfacts.errors import ReadError
from parkfacts.read.limits import Limits
from parkfacts.text import Source

LIMITS = Limits(bytes=8 * 2**20, chars=200_000, elements=50_000, cells=5_000, members=200, pages=20, seconds=8)
DEV = sorted((Path(__file__).parents[3] / "corpus" / "dev").glob("*/report.txt"))


def reports(count: int, size: int = 1200) -> list[str]:
    """The beginnings of some reports."""
    return [path.read_text("utf-8")[:size] for path in DEV[:count]]


def source(data: bytes, suffix: str) -> Source | None:
    """The source that a file's bytes make, sound in all that it says of itself; None for a typed error."""
    name = f"some{suffix}"
    try:
        made = read.read_bytes(data, name, suffix, LIMITS)
    except ReadError as error:
        check_error(error, name)
        return None
    size = len(made.text)
    made.text.encode("utf-8")
    assert made.text.strip() and size <= LIMITS.chars
    assert all(0 <= one.start < one.end <= size for one in (*made.places, *made.marks))
    assert all(one.end <= other.start for one, other in pairwise(made.places)), "places overlap"
    for kinds in (["markup"], {mark.kind for mark in made.marks} - {"markup"}):
        marks = [mark for mark in made.marks if mark.kind in kinds]
        assert all(one.end <= other.start for one, other in pairwise(marks)), "marks overlap"
    return made
