"""What a person decided about a layout, and how it goes before what repair would decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parkfacts.errors import Contradiction, UnknownBlock
from parkfacts.repair.blocks import Block

DECIDED = "decided"  # the vote, or the reason, that the record shows


@dataclass(frozen=True, slots=True)
class Decisions:
    """Decisions about one source, by the block ids of its record (which no decision changes).

    ``joins`` are (from, to): the second goes on with the sentence of the first; ``no_joins`` are pairs that do not
    belong together; ``open`` are blocks whose sentence goes on nowhere on the page; ``duplicates`` are (block, of);
    ``no_duplicates`` are blocks that stay. The ends of a join and what a duplicate repeats stay too.
    """

    joins: tuple[tuple[str, str], ...] = ()
    no_joins: tuple[tuple[str, str], ...] = ()
    duplicates: tuple[tuple[str, str], ...] = ()
    no_duplicates: tuple[str, ...] = ()
    open: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.joins, self.no_joins, self.open, self.duplicates, self.no_duplicates))

    def at(self, names: Sequence[str], source: str) -> Decided:
        """The decisions by the places of blocks with these names; ``source`` is named in the errors.

        Raises :class:`parkfacts.errors.UnknownBlock` for ids that are none of the names, and
        :class:`parkfacts.errors.Contradiction` for decisions that cannot all be followed.
        """
        place = {name: n for n, name in enumerate(names)}
        pairs = (*self.joins, *self.no_joins, *self.duplicates)
        told = dict.fromkeys([*(id for pair in pairs for id in pair), *self.open, *self.no_duplicates])
        if unknown := [id for id in told if id not in place]:
            raise UnknownBlock(source, unknown, names)
        self._check(source)
        return Decided(
            joins={place[a]: place[b] for a, b in self.joins},
            apart=frozenset((place[a], place[b]) for a, b in self.no_joins),
            open=frozenset(place[id] for id in self.open),
            copies={place[a]: place[b] for a, b in self.duplicates},
            kept=frozenset(place[id] for id in self.no_duplicates),
        )

    def _check(self, source: str) -> None:
        joins, copies = list(dict.fromkeys(self.joins)), list(dict.fromkeys(self.duplicates))
        dropped = {id for id, _ in copies}
        odd = [
            (_twice(a for a, _ in joins), "goes on in two blocks"),
            (_twice(b for _, b in joins), "goes on with two blocks"),
            ([a for a, b in joins if (a, b) in self.no_joins], "is joined to a block and kept apart from it"),
            ([a for a, _ in joins if a in self.open], "goes on in a block and in none"),
            (_circle(dict(joins)), "goes on with itself"),
            (_twice(dropped_id for dropped_id, _ in copies), "is a duplicate of two blocks"),
            (_circle(dict(copies)), "is a duplicate of itself"),
            ([id for id in self.no_duplicates if id in dropped], "is a duplicate and none"),
            ([id for pair in joins for id in pair if id in dropped], "is a duplicate and the end of a join"),
        ]
        for ids, what in odd:
            if ids:
                raise Contradiction(source, list(dict.fromkeys(ids)), what)


def _twice(ids: Iterable[str]) -> list[str]:
    return [id for id, count in Counter(ids).items() if count > 1]


def _circle(following: dict[str, str]) -> list[str]:
    """Ids that lead to themselves."""
    found = []
    for start in following:
        at, steps = following[start], 0
        while at != start and at in following and steps < len(following):
            at, steps = following[at], steps + 1
        if at == start:
            found.append(start)
    return found


@dataclass(frozen=True, slots=True)
class Decided:
    """Decisions by places in a list of blocks; ``originals`` are blocks that no other is a copy of."""

    joins: dict[int, int]
    apart: frozenset[tuple[int, int]] = frozenset()
    open: frozenset[int] = frozenset()
    copies: dict[int, int] | None = None
    kept: frozenset[int] = frozenset()
    originals: frozenset[int] = frozenset()

    def free(self, left: int, right: int) -> bool:
        """Whether it is left to repair to join the two."""
        taken = left in self.joins or left in self.open or right in self.joins.values()
        return not taken and (left, right) not in self.apart

    def on(self, chains: Sequence[Sequence[int]]) -> Decided:
        """The same for the text that a first look leads to, whose blocks are chains of these: what was to be joined or
        dropped there is done, and a chain stays where one of its blocks does."""
        first, last = ({chain[end]: n for n, chain in enumerate(chains)} for end in (0, -1))
        apart = frozenset((last[a], first[b]) for a, b in self.apart if a in last and b in first)
        left_open = frozenset(last[at] for at in self.open if at in last)
        ends = self.kept.union(self.joins, self.joins.values())
        stay = frozenset(n for n, chain in enumerate(chains) if not ends.isdisjoint(chain))
        return Decided({}, apart, left_open, None, stay, stay)

    def decide_copies(self, blocks: Sequence[Block], kinds: Sequence[str]) -> None:
        """Goes over what repair takes for copies; ``kinds`` are the blocks' kinds before it did."""
        wanted = self.copies or {}
        for at in sorted(self.kept.union(self.joins, self.joins.values(), wanted.values()) - wanted.keys()):
            _keep(blocks, at, kinds)
        for block in blocks:
            if block.copy_of in self.originals:
                _keep(blocks, block.at, kinds)
        for at in self.kept:
            blocks[at].reason = DECIDED
        for at, of in wanted.items():
            _drop(blocks, at, _root(blocks, wanted, of))


def _keep(blocks: Sequence[Block], at: int, kinds: Sequence[str]) -> None:
    block = blocks[at]
    if block.copy_of is not None:
        kept = blocks[block.copy_of]
        if kept.stands == block.stands:  # it took this one's place
            kept.stands = kept.at
        block.copy_of, block.kind = None, kinds[at]  # type: ignore[assignment]
    if block.kind == "boilerplate":
        block.kind, block.reason = "body", None


def _root(blocks: Sequence[Block], wanted: dict[int, int], at: int) -> int:
    """What is kept in the end of the block that another is said to repeat."""
    while at in wanted:
        at = wanted[at]
    return at


def _drop(blocks: Sequence[Block], at: int, of: int) -> None:
    for block in blocks:
        if block.copy_of == at:
            block.copy_of = of
    blocks[at].copy_of, blocks[at].kind, blocks[at].reason = of, blocks[of].kind, DECIDED
