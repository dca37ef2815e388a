"""Ground types: the source as it was read, and the text as it is read, with exact origins.

All offsets are Unicode code points, ``end`` exclusive. A :class:`Text` is made only by keeping, dropping and
moving ranges of its :class:`Source`; no character is ever changed, so every span of the text can be told as spans
of the source without searching for it again.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value", covariant=True)


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


class Piece(NamedTuple):
    """``size`` characters of the source from ``src`` on, standing in the text from ``out`` on."""

    out: int
    src: int
    size: int


class Dropped(NamedTuple):
    """A range of the source that the text leaves out, and why (``duplicate``, ``boilerplate``, ``wrap``, ``join``)."""

    start: int
    end: int
    reason: str


class Place(NamedTuple):
    """Where the range of code points ``[start, end)`` of a text stands in its file. ``path`` is for people and for
    programs ("page 3", "paragraph 12, run 2", "/html/body/div[2]/p[4]", "Sheet1!B7"; docs/reading.md has its grammar),
    ``page`` counts from 1, ``box`` is x0, y0, x1, y1 from the top left corner (in points, in pixels of an image),
    ``score`` is that of character recognition."""

    start: int
    end: int
    path: str
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    score: float | None = None


class Mark(NamedTuple):
    """What the format itself says of a range: a kind of block (``title``, ``heading``, ``caption``, ``table row``), why
    it is clutter (``page number``, ``running head``), or ``markup``, which is no part of what is read."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Source:
    """A decoded document; ``text`` is never altered, ``sha256`` is of the file's bytes.

    ``encoding`` is empty where the text is no decoding of the bytes but was made from them. ``places`` ascend and are
    disjoint, and so are the ``marks`` of blocks and those of markup; ``ordered`` says that the format itself tells its
    paragraphs and their order; ``warnings`` are what its reader could not do as it should.
    """

    id: str
    text: str
    sha256: str
    encoding: str = "utf-8"
    format: str = "txt"
    places: tuple[Place, ...] = ()
    marks: tuple[Mark, ...] = ()
    ordered: bool = False
    warnings: tuple[str, ...] = ()

    @classmethod
    def from_text(cls, text: str, id: str = "text") -> Source:
        """A source for a string that came from no file."""
        return cls(id, text, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


@dataclass(frozen=True)
class Text:
    """The source in reading order.

    Pieces stand in output order, without gaps; pieces and dropped ranges together cover the source exactly once
    (checked on construction, ``ValueError`` otherwise).
    """

    source: Source
    pieces: tuple[Piece, ...]
    dropped: tuple[Dropped, ...] = ()
    content: str = field(init=False, repr=False, compare=False)
    _outs: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check_tiling(self.pieces, self.dropped, len(self.source.text))
        text = self.source.text
        object.__setattr__(self, "content", "".join(text[p.src : p.src + p.size] for p in self.pieces))
        object.__setattr__(self, "_outs", [p.out for p in self.pieces])

    @classmethod
    def whole(cls, source: Source) -> Text:
        """The source as it stands."""
        size = len(source.text)
        return cls(source, (Piece(0, 0, size),) if size else ())

    @classmethod
    def from_ranges(cls, source: Source, ranges: Iterable[tuple[int, int]], dropped: Sequence[Dropped] = ()) -> Text:
        """The given source ranges one after the other; adjoining ranges become one piece."""
        pieces: list[Piece] = []
        out = 0
        for start, end in ranges:
            if start == end:
                continue
            if pieces and pieces[-1].src + pieces[-1].size == start:
                pieces[-1] = pieces[-1]._replace(size=end - pieces[-1].src)
            else:
                pieces.append(Piece(out, start, end - start))
            out += end - start
        return cls(source, tuple(pieces), tuple(sorted(dropped)))

    def origin(self, start: int, end: int) -> tuple[Span, ...]:
        """Source spans of ``content[start:end]``, in reading order; joined, their text is that content."""
        if start >= end:
            return ()
        index = bisect_right(self._outs, start) - 1
        piece = self.pieces[index]
        if end <= piece.out + piece.size:  # nearly always
            shift = piece.src - piece.out
            return (Span(start + shift, end + shift),)
        spans: list[Span] = []
        while start < end:
            piece = self.pieces[index]
            stop = min(end, piece.out + piece.size)
            shift = piece.src - piece.out
            spans.append(Span(start + shift, stop + shift))
            start, index = stop, index + 1
        return tuple(spans)

    def quote(self, spans: Iterable[tuple[int, int]]) -> str:
        """The source text that spans hold, joined."""
        return "".join(self.source.text[start:end] for start, end in spans)


def locator(text: Text) -> Callable[[Iterable[tuple[int, int]]], Span | None]:
    """The way back of :meth:`Text.origin`: where source spans stand in the content, None unless as one range there."""
    pieces = sorted(text.pieces, key=lambda piece: piece.src)
    starts = [piece.src for piece in pieces]

    def out(start: int, end: int) -> Span | None:
        piece = pieces[max(0, bisect_right(starts, start) - 1)] if pieces else None
        if piece is None or not piece.src <= start < end <= piece.src + piece.size:
            return None
        return Span(start + piece.out - piece.src, end + piece.out - piece.src)

    def locate(spans: Iterable[tuple[int, int]]) -> Span | None:
        found = [out(start, end) for start, end in spans]
        whole = [one for one in found if one is not None]
        joined = all(one.end == two.start for one, two in pairwise(whole))
        return Span(whole[0].start, whole[-1].end) if whole and len(whole) == len(found) and joined else None

    return locate


class Mention(NamedTuple, Generic[Value]):
    """What a rule found at ``content[start:end]`` of a :class:`Text`, and the value that it read there."""

    start: int
    end: int
    rule: str
    value: Value
    score: float | None = None


def _check_tiling(pieces: Sequence[Piece], dropped: Sequence[Dropped], size: int) -> None:
    out = 0
    for piece in pieces:
        if piece.out != out or piece.size <= 0:
            raise ValueError(f"piece {piece} does not follow its predecessor at {out}")
        out += piece.size
    ranges = sorted([(p.src, p.src + p.size) for p in pieces] + [(d.start, d.end) for d in dropped])
    at = 0
    for start, end in ranges:
        if start != at or end <= start:
            raise ValueError(f"pieces and dropped ranges do not tile the source at {at}: next is {start}-{end}")
        at = end
    if at != size:
        raise ValueError(f"pieces and dropped ranges end at {at}, the source at {size}")
