"""One type of one document: gold and found items brought together, and what that gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parkfacts.quality.item import DETECTED, LENIENT, STRICT, Grade, Item
from parkfacts.quality.match import Pairs, grow
from parkfacts.quality.tally import Figures, Tally

LEVELS = (("strict", STRICT), ("lenient", LENIENT), ("detection", DETECTED))


@dataclass(frozen=True)
class Alignment:
    """Gold and found items in an order of their content, the matching of each level, and who is excused.

    Each level's matching is a maximum one, grown from that of the stricter level, so the pairs of ``detection`` are the
    exact ones first. ``excused`` are found items that stand where something optional stands.
    """

    gold: list[Item]
    found: list[Item]
    levels: dict[str, Pairs]
    grades: dict[tuple[int, int], int]
    excused: set[int]

    @property
    def pairs(self) -> list[tuple[Item, Item, int]]:
        """Pairs that stand at the same place at least, with their grade."""
        matched = sorted(self.levels["detection"].items())
        return [(self.gold[i], self.found[j], self.grades[i, j]) for i, j in matched]

    @property
    def missed(self) -> list[Item]:
        """Gold items without a partner."""
        return [g for i, g in enumerate(self.gold) if not g.optional and i not in self.levels["detection"]]

    @property
    def unmatched(self) -> list[tuple[Item, bool]]:
        """Found items without a partner, and whether they are excused."""
        taken = set(self.levels["detection"].values())
        return [(f, j in self.excused) for j, f in enumerate(self.found) if j not in taken]

    def tally(self, level: str) -> Tally:
        """Right, found and sought at one level; what is optional counts for neither."""
        pairs = self.levels[level]
        taken = set(pairs.values())
        wrong = sum(j not in taken and j not in self.excused for j in range(len(self.found)))
        sought = sum(not g.optional for g in self.gold)
        return Tally.counts(len(pairs), len(pairs) + wrong, sought)


def align(gold: Iterable[Item], found: Iterable[Item], near: Iterable[tuple[int, int]], grade: Grade) -> Alignment:
    """Matches items that were sorted by ``Item.order``; ``near`` are their index pairs that may match."""
    gold, found, near = list(gold), list(found), sorted(near)
    grades = {(i, j): grade(gold[i], found[j]) for i, j in near if not gold[i].optional}
    levels: dict[str, Pairs] = {}
    pairs: Pairs = {}
    for name, least in LEVELS:
        pairs = levels[name] = grow(pairs, _edges(grades, least))
    excused = {j for i, j in near if gold[i].optional} | {j for j, f in enumerate(found) if f.optional}
    return Alignment(gold, found, levels, grades, excused)


def _edges(grades: dict[tuple[int, int], int], least: int) -> dict[int, Sequence[int]]:
    edges: dict[int, list[tuple[int, int]]] = {}
    for (i, j), grade in grades.items():
        if grade >= least:
            edges.setdefault(i, []).append((-grade, j))
    return {i: [j for _, j in sorted(found)] for i, found in edges.items()}


def figures(name: str, alignment: Alignment) -> Figures:
    """Precision and recall at each level, and for each field among the pairs."""
    result = {f"{name}.{level}": alignment.tally(level) for level, _ in LEVELS}
    fields = {field for item in (*alignment.gold, *alignment.found) for field in item.fields}
    for field in sorted(fields):
        result[f"{name}.{field}"] = field_tally(alignment, field)
    return result


def field_tally(alignment: Alignment, field: str) -> Tally:
    """A field among matched pairs: how many of its found values are right, how many of the gold's were found."""
    pairs = [(g.fields.get(field), f.fields.get(field)) for g, f, _ in alignment.pairs]
    right = sum(gold is not None and gold == found for gold, found in pairs)
    sought = sum(not g.optional and g.fields.get(field) is not None for g in alignment.gold)
    of_found = sum(found is not None for _, found in pairs)
    return Tally(right, of_found, right, sum(gold is not None for gold, _ in pairs), sought)
