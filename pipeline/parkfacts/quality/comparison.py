"""Two evaluations side by side: what changed in the figures, how sure that is, and which facts are behind it."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from typing import Any, Literal, NamedTuple

from parkfacts.quality.evaluation import Evaluation, Judged
from parkfacts.quality.gold import QualityError
from parkfacts.quality.match import grow_in_stages, overlapping
from parkfacts.quality.tally import Tally, guarded

RESAMPLES = 1000
SEED = 20_240
TOLERANCE = 1e-9

Kind = Literal["gained", "lost", "changed"]


class Change(NamedTuple):
    """The F1 of one figure before and now, and the bootstrap interval (95 %) of the difference."""

    name: str
    before: float
    now: float
    low: float
    high: float

    @property
    def difference(self) -> float:
        """Now less before."""
        return self.now - self.before

    @property
    def regression(self) -> bool:
        """Whether it fell at all: the same bytes give the same figures, so there is no noise to allow for."""
        return self.difference < -TOLERANCE


class FactChange(NamedTuple):
    """A fact that only one of the evaluations has, or that both have with other fields or another verdict."""

    kind: Kind
    before: Judged | None
    now: Judged | None

    @property
    def sides(self) -> tuple[tuple[str, Judged | None], ...]:
        """Both, with what they are called."""
        return (("before", self.before), ("now", self.now))

    @property
    def fact(self) -> Judged:
        """What to show: the newer of the two."""
        fact = self.now or self.before
        assert fact is not None
        return fact


@dataclass(frozen=True)
class Comparison:
    """``before`` and ``now`` over the same documents."""

    before: Evaluation
    now: Evaluation
    changes: tuple[Change, ...]
    facts: tuple[FactChange, ...]

    @property
    def regressions(self) -> list[Change]:
        """Guarded figures that fell."""
        return [change for change in self.changes if guarded(change.name) and change.regression]

    def data(self) -> dict[str, Any]:
        """For JSON."""
        told = [{**change._asdict(), "difference": change.difference} for change in self.changes]
        facts = [
            {"change": one.kind, **{name: fact.model_dump(mode="json") if fact else None for name, fact in one.sides}}
            for one in self.facts
        ]
        return {"figures": told, "regressions": [change.name for change in self.regressions], "facts": facts}


def compare(before: Evaluation, now: Evaluation) -> Comparison:
    """Compares evaluations of the same documents. Raises ``QualityError`` if they are of others."""
    ids = [[one.id for one in sorted(side.documents, key=lambda d: d.id)] for side in (before, now)]
    if ids[0] != ids[1]:
        raise QualityError(f"not the same documents: {sorted(set(ids[0]) ^ set(ids[1]))}")
    return Comparison(before, now, tuple(_changes(before, now)), tuple(_fact_changes(before, now)))


# ---- figures ----------------------------------------------------------------------------------------------------


def _changes(before: Evaluation, now: Evaluation) -> Iterator[Change]:
    draws = _draws(len(now.documents))
    for name in now.figures:
        columns = [_columns(side, name) for side in (before, now)]
        low, high = _interval(columns, draws)
        old = before.figures.get(name, Tally())
        yield Change(name, old.f1, now.figures[name].f1, low, high)


def _draws(documents: int) -> list[list[int]]:
    """How often each document is in each resample; the same for both sides, which makes the bootstrap a paired one."""
    chance = random.Random(SEED)
    draws = []
    for _ in range(RESAMPLES):
        times = [0] * documents
        for index in chance.choices(range(documents), k=documents):
            times[index] += 1
        draws.append(times)
    return draws


def _columns(evaluation: Evaluation, name: str) -> list[tuple[float, ...]]:
    ordered = sorted(evaluation.documents, key=lambda one: one.id)
    return list(zip(*(one.figures.get(name, Tally()) for one in ordered), strict=True))


def _interval(columns: Sequence[list[tuple[float, ...]]], draws: Sequence[Sequence[int]]) -> tuple[float, float]:
    if columns[0] == columns[1]:
        return (0.0, 0.0)
    before, now = ([_drawn(side, times).f1 for times in draws] for side in columns)
    differences = sorted(b - a for a, b in zip(before, now, strict=True))
    return differences[len(differences) // 40], differences[-1 - len(differences) // 40]


def _drawn(columns: list[tuple[float, ...]], times: Sequence[int]) -> Tally:
    return Tally(*(sum(map(mul, column, times)) for column in columns))


# ---- facts ------------------------------------------------------------------------------------------------------


def _fact_changes(before: Evaluation, now: Evaluation) -> Iterator[FactChange]:
    old, new = _by_place(before), _by_place(now)
    for key in sorted({*old, *new}):
        yield from _changed_here(old.get(key, []), new.get(key, []))


def _by_place(evaluation: Evaluation) -> Mapping[tuple[str, str], list[Judged]]:
    """Found facts by document and type; what was only missed is in neither side's output."""
    found: dict[tuple[str, str], list[Judged]] = defaultdict(list)
    for fact in evaluation.facts:
        if fact.verdict != "missed":
            found[fact.document, fact.type].append(fact)
    return found


def _changed_here(before: Sequence[Judged], now: Sequence[Judged]) -> Iterator[FactChange]:
    near = overlapping([one.spans for one in before], [one.spans for one in now])
    stages = (
        lambda i, j: _same(before[i], now[j]),
        lambda i, j: before[i].spans == now[j].spans,
        lambda i, j: True,
    )
    pairs = grow_in_stages(near, stages)
    changed = [FactChange("changed", before[i], now[j]) for i, j in pairs.items() if not _same(before[i], now[j])]
    lost = [FactChange("lost", one, None) for i, one in enumerate(before) if i not in pairs]
    taken = set(pairs.values())
    gained = [FactChange("gained", None, one) for j, one in enumerate(now) if j not in taken]
    yield from sorted(changed + lost + gained, key=lambda change: (change.fact.spans, change.kind))


def _same(one: Judged, other: Judged) -> bool:
    return (one.spans, one.text, one.fields, one.verdict) == (other.spans, other.text, other.fields, other.verdict)
