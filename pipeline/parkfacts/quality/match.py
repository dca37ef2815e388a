"""One-to-one matching: which items may meet, and as many of them as possible."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence

Range = tuple[int, int]
Pairs = dict[int, int]


def overlapping(left: Sequence[Iterable[Range]], right: Sequence[Iterable[Range]]) -> set[tuple[int, int]]:
    """Index pairs of items that share a character; one sweep over the sorted ranges."""
    ranges = sorted((start, end, side, i) for side in (0, 1) for i, item in enumerate((left, right)[side])
                    for start, end in item)  # fmt: skip
    alive: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    met: set[tuple[int, int]] = set()
    for start, end, side, index in ranges:
        alive[1 - side][:] = [one for one in alive[1 - side] if one[0] > start]
        met.update((index, other) if side == 0 else (other, index) for _, other in alive[1 - side])
        alive[side].append((end, index))
    return met


def grow(pairs: Mapping[int, int], edges: Mapping[int, Sequence[int]]) -> Pairs:
    """A maximum matching (left → right) that is grown from ``pairs``: who has a partner keeps one, if not the same."""
    right_of = dict(pairs)
    left_of = {right: left for left, right in pairs.items()}
    for left in edges:
        if left not in right_of:
            _augment(left, edges, right_of, left_of)
    return right_of


def _augment(root: int, edges: Mapping[int, Sequence[int]], right_of: Pairs, left_of: Pairs) -> None:
    """Looks, breadth first, for a free partner at the end of an alternating path, and flips the path."""
    reached_from: dict[int, int] = {}
    queue = deque([root])
    while queue:
        left = queue.popleft()
        for right in edges.get(left, ()):
            if right in reached_from:
                continue
            reached_from[right] = left
            if right not in left_of:
                _flip(right, root, reached_from, right_of, left_of)
                return
            queue.append(left_of[right])


def _flip(right: int, root: int, reached_from: Mapping[int, int], right_of: Pairs, left_of: Pairs) -> None:
    while True:
        left = reached_from[right]
        freed = right_of.get(left)
        right_of[left], left_of[right] = right, left
        if left == root or freed is None:
            return
        right = freed


def grow_in_stages(near: Iterable[tuple[int, int]], stages: Iterable[Callable[[int, int], bool]]) -> Pairs:
    """A maximum matching of near pairs, grown from what the first stage allows, then the second, and so on."""
    near = sorted(near)
    pairs: Pairs = {}
    for allowed in stages:
        edges: dict[int, list[int]] = {}
        for left, right in near:
            if allowed(left, right):
                edges.setdefault(left, []).append(right)
        pairs = grow(pairs, edges)
    return pairs
