"""What the pipeline finds in documents with one model and with another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from parkfacts import pipeline
from parkfacts.ner.model import NameModel
from parkfacts.quality.comparison import Comparison, compare
from parkfacts.quality.evaluation import Evaluation
from parkfacts.quality.gold import Case
from parkfacts.quality.item import AnyRecord
from parkfacts.quality.render import FACT_HEAD, Told, fact_change_rows, percent
from parkfacts.quality.scoring import evaluate_cases
from parkfacts.read import sidecar

_KINDS = ("companies", "organizations", "projects")
_FIGURES = {
    "companies.strict": "companies", "companies.mentions": "their mentions", "companies.b3": "their clusters (B³)",
    "companies.roles": "their roles", "organizations.strict": "organizations", "projects.strict": "projects",
}  # fmt: skip


def change(cases: Sequence[Case], before: NameModel, now: NameModel) -> Comparison:
    """The documents scored with both models; raises ``QualityError`` where one cannot be."""
    old, new = (_measured(cases, model) for model in (before, now))
    return compare(old, new)


def _measured(cases: Sequence[Case], model: NameModel) -> Evaluation:
    def predict(case: Case) -> AnyRecord:
        return pipeline.extract(case.source, reference_date=sidecar.beside(case.report), ner=model)

    return evaluate_cases(cases, predict)


def told(comparison: Comparison) -> Iterator[Told]:
    """Tables: precision, recall and F1 before and now, and every name that is found or judged otherwise."""
    yield (
        f"{len(comparison.now.documents)} documents that were not learnt from",
        ("", "sought", "P", "R", "F1 before", "P", "R", "F1 now"),
        list(_figures(comparison.before, comparison.now)),
    )
    names = tuple(one for one in comparison.facts if one.fact.type in _KINDS)
    yield "Names gained, lost and changed", FACT_HEAD, list(fact_change_rows(replace(comparison, facts=names)))


def _figures(before: Evaluation, now: Evaluation) -> Iterator[tuple[str, ...]]:
    for name, words in _FIGURES.items():
        sides = [side.figures.get(name) for side in (before, now)]
        sought = sides[1].gold if sides[1] is not None else 0
        yield words, f"{sought:.0f}", *(percent(side, measure) for side in sides for measure in ("p", "r", "f1"))
