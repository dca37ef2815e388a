"""Matching: maximum, stable in stages, and the same figures as nervaluate where the two mean the same."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parkfacts.quality.align import align
from parkfacts.quality.equal._base import share_characters
from parkfacts.quality.item import Item, grade_by_fields
from parkfacts.quality.match import grow, grow_in_stages, overlapping

Graph = set[tuple[int, int]]
graphs = st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=14)
ranges = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda r: (r[0], r[0] + r[1])), max_size=8)


def edges(graph: Graph) -> dict[int, list[int]]:
    return {left: sorted(r for one, r in graph if one == left) for left in sorted({left for left, _ in graph})}


def largest(graph: Graph) -> int:
    """The size of a maximum matching, by trying all."""
    return max(sum((i, j) in graph for i, j in enumerate(order)) for order in permutations(range(5)))


@given(graphs)
def test_a_matching_is_one_to_one_and_maximum(graph: Graph) -> None:
    pairs = grow({}, edges(graph))
    assert set(pairs.items()) <= graph
    assert len(set(pairs.values())) == len(pairs) == largest(graph)


@given(graphs, graphs)
def test_growing_keeps_who_was_matched_and_is_maximum_at_each_stage(first: Graph, more: Graph) -> None:
    both = first | more
    pairs = grow({}, edges(first))
    grown = grow(pairs, edges(both))
    assert set(pairs) <= set(grown) and set(pairs.values()) <= set(grown.values())
    assert len(grown) == largest(both)
    assert grown == grow_in_stages(both, (lambda i, j: (i, j) in first, lambda i, j: True))


def test_a_long_chain_needs_no_deep_stack() -> None:
    size = 5000
    chain = {i: [i, i + 1] for i in range(size)} | {size: [0]}
    assert len(grow({}, chain)) == size + 1


@given(ranges, ranges)
def test_overlaps_are_all_overlaps(left: list[tuple[int, int]], right: list[tuple[int, int]]) -> None:
    expected = {(i, j) for i, a in enumerate(left) for j, b in enumerate(right) if a[0] < b[1] and b[0] < a[1]}
    assert overlapping([[one] for one in left], [[one] for one in right]) == expected


# ---- nervaluate -------------------------------------------------------------------------------------------------


def item(span: tuple[int, int]) -> Item:
    return Item("x", "x", ((span,),), {})


@st.composite
def layouts(draw: st.DrawFn) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Gold and found spans, ten characters a cell: in a cell is one of each at most, so nothing is ambiguous."""
    gold, found = [], []
    for cell in range(draw(st.integers(1, 12))):
        for side in (gold, found):
            if draw(st.booleans()):
                start, size = draw(st.integers(0, 4)), draw(st.integers(1, 4))
                side.append((10 * cell + start, 10 * cell + start + size))
    return gold, found


@settings(deadline=None)
@given(layouts())
def test_figures_agree_with_nervaluate(spans: tuple[list[tuple[int, int]], list[tuple[int, int]]]) -> None:
    nervaluate = pytest.importorskip("nervaluate")
    gold, found = spans
    left, right = [item(one) for one in gold], [item(one) for one in found]
    alignment = align(left, right, share_characters(left, right), grade_by_fields)
    # nervaluate counts both ends of a span as its own
    theirs = [[{"label": "D", "start": start, "end": end - 1} for start, end in side] for side in spans]
    result = nervaluate.Evaluator([theirs[0]], [theirs[1]], tags=["D"], loader="dict").evaluate()["overall"]
    for level, scheme in (("strict", "strict"), ("detection", "ent_type")):
        ours = alignment.tally(level)
        if ours.nothing:
            continue
        told = result[scheme]
        assert (ours.p, ours.r, ours.f1) == pytest.approx((told.precision, told.recall, told.f1))


def test_an_item_over_two_matches_one() -> None:
    gold, found = [item((0, 3)), item((4, 8))], [item((0, 8))]
    tally = align(gold, found, share_characters(gold, found), grade_by_fields).tally("detection")
    assert (tally.p, tally.r) == (1, 0.5)
