"""Counts that add up over documents, and the precision, recall and F1 that they give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import fsum
from typing import NamedTuple


class Tally(NamedTuple):
    """``right_found`` of ``found`` give the precision, ``right_gold`` of ``gold`` the recall.

    ``sought`` counts what there was to find where that is more than what could be compared (a field of facts that were
    not found at all). Where nothing was sought and nothing found every figure is 1; a share of nothing is 0 otherwise.
    """

    right_found: float = 0
    found: float = 0
    right_gold: float = 0
    gold: float = 0
    sought: float = 0

    @classmethod
    def counts(cls, right: int, found: int, gold: int) -> Tally:
        """The usual case: as many right ones among the found as among the gold."""
        return cls(right, found, right, gold, gold)

    @classmethod
    def total(cls, tallies: Iterable[Tally]) -> Tally:
        """The sum, which does not depend on the order."""
        return cls(*(fsum(column) for column in zip(*tallies, strict=True)))

    @property
    def nothing(self) -> bool:
        """Nothing to find and nothing found."""
        return not (self.found or self.gold or self.sought)

    @property
    def p(self) -> float:
        """Precision."""
        return self._share(self.right_found, self.found)

    @property
    def r(self) -> float:
        """Recall."""
        return self._share(self.right_gold, self.gold)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.p * self.r / (self.p + self.r) if self.p + self.r else 0.0

    def _share(self, right: float, of: float) -> float:
        return right / of if of else float(self.nothing)

    def json(self) -> dict[str, object]:
        """``p``, ``r`` and ``f1``, and the counts that they come from."""
        return {"p": self.p, "r": self.r, "f1": self.f1, "counts": [int(n) if n == int(n) else n for n in self]}


Figures = dict[str, Tally]
HEAD = "strict"
GUARDED = (HEAD, "mentions", "b3", "characters", "bound", "indicator", "status", "actor")  # what must not get worse


def guarded(name: str) -> bool:
    """Whether a fall of this figure is a regression."""
    return name.partition(".")[2] in GUARDED


def add_up(documents: Iterable[Mapping[str, Tally]]) -> Figures:
    """Micro-averaged figures over documents."""
    columns: dict[str, list[Tally]] = {}
    for figures in documents:
        for name, tally in figures.items():
            columns.setdefault(name, []).append(tally)
    return {name: Tally.total(tallies) for name, tallies in columns.items()}


def nested(figures: Mapping[str, Tally]) -> dict[str, dict[str, object]]:
    """``{"amounts.strict": …, "amounts.bound": …}`` as ``{"amounts": {p, r, f1, strict: {…}, bound: {…}}}``."""
    tree: dict[str, dict[str, object]] = {}
    for name, tally in figures.items():
        kind, _, part = name.partition(".")
        branch = tree.setdefault(kind, {})
        if part == HEAD:
            tree[kind] = branch = {**tally.json(), **branch}
        branch[part] = tally.json()
    return tree


def flat(tree: Mapping[str, Mapping[str, object]]) -> Figures:
    """The inverse of ``nested``. Raises ``ValueError`` where the counts are missing."""
    figures: Figures = {}
    for kind, branch in tree.items():
        for part, figure in branch.items():
            if isinstance(figure, Mapping):
                figures[f"{kind}.{part}"] = _read(f"{kind}.{part}", figure)
    return figures


def _read(name: str, figure: Mapping[str, object]) -> Tally:
    counts = figure.get("counts")
    if not isinstance(counts, list) or len(counts) != len(Tally._fields):
        raise ValueError(f"{name}: no counts")
    return Tally(*counts)
