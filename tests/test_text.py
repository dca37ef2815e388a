"""The laws of the ground types: a text keeps, drops and moves ranges of its source, and knows its origins."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parkfacts.text import Dropped, Piece, Source, Text


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """A source cut at random places, some ranges dropped, the others in any order."""
    content = draw(st.text(max_size=60))
    cuts = sorted({0, len(content), *draw(st.lists(st.integers(0, len(content)), max_size=8))})
    ranges = list(pairwise(cuts))
    gone = draw(st.lists(st.booleans(), min_size=len(ranges), max_size=len(ranges)))
    kept = draw(st.permutations([r for r, drop in zip(ranges, gone, strict=True) if not drop]))
    dropped = [Dropped(*r, "duplicate") for r, drop in zip(ranges, gone, strict=True) if drop]
    return Text.from_ranges(Source.from_text(content), kept, dropped)


@given(texts(), st.data())
def test_the_origin_of_a_span_holds_its_characters(text: Text, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text.content)))
    end = data.draw(st.integers(start, len(text.content)))
    spans = text.origin(start, end)
    assert text.quote(spans) == text.content[start:end]
    assert all(a.end != b.start for a, b in pairwise(spans)), "adjoining spans are one"


@given(texts())
def test_pieces_and_dropped_ranges_are_the_source(text: Text) -> None:
    ranges = sorted([(p.src, p.src + p.size) for p in text.pieces] + [(d.start, d.end) for d in text.dropped])
    assert "".join(text.source.text[a:b] for a, b in ranges) == text.source.text
    assert sum(b - a for a, b in ranges) == len(text.source.text)


@given(st.text())
def test_the_whole_is_the_source(content: str) -> None:
    assert Text.whole(Source.from_text(content)).content == content


@pytest.mark.parametrize(
    "pieces, dropped",
    [
        ((Piece(0, 0, 2),), ()),
        ((Piece(0, 0, 3), Piece(3, 2, 1)), ()),
        ((Piece(1, 0, 3),), ()),
        ((Piece(0, 0, 2),), (Dropped(1, 3, "join"),)),
        ((Piece(0, 0, 4),), ()),
    ],
)
def test_what_does_not_tile_the_source_is_refused(pieces: tuple[Piece, ...], dropped: tuple[Dropped, ...]) -> None:
    with pytest.raises(ValueError):
        Text(Source.from_text("三个字"), pieces, dropped)


def test_a_source_may_hold_what_utf_8_cannot() -> None:
    assert Source.from_text("\ud800").sha256 != Source.from_text("").sha256
