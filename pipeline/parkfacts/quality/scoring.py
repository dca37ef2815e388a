"""Scores a record against its gold, and a folder of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from parkfacts.errors import ParkfactsError
from parkfacts.facts import Gold
from parkfacts.logs import place
from parkfacts.quality.align import Alignment, align, figures
from parkfacts.quality.clusters import cluster_figures, legal_figures, role_figures
from parkfacts.quality.equal import COMPANIES, DIMENSIONS, ORGANIZATIONS, PROJECTS
from parkfacts.quality.equal._base import Dimension
from parkfacts.quality.equal.layout import duplicate_characters
from parkfacts.quality.evaluation import DocumentScore, Evaluation, Judged
from parkfacts.quality.gold import Case, QualityError, cases, extract, read_prediction
from parkfacts.quality.item import STRICT, AnyRecord, Item, Names
from parkfacts.quality.quote import Quoter
from parkfacts.quality.tally import Figures, Tally

Predict = Callable[[Case], AnyRecord]


def evaluate(gold_dir: Path, pred: Path | None = None, only: Sequence[str] = ()) -> Evaluation:
    """Scores the predictions in ``pred``, or what the pipeline extracts now, against the gold under a folder.

    Raises ``QualityError`` where a document cannot be scored.
    """
    return evaluate_cases(cases(gold_dir, only), extract if pred is None else lambda case: read_prediction(case, pred))


def evaluate_cases(chosen: Sequence[Case], predict: Predict) -> Evaluation:
    """Scores what ``predict`` tells of the cases, which are sorted by id; raises as ``evaluate`` does."""
    return Evaluation(documents=tuple(_case(case, predict) for case in chosen))


def _case(case: Case, predict: Predict) -> DocumentScore:
    gold = case.gold
    try:
        record = predict(case)
    except QualityError:
        raise
    except ParkfactsError as error:
        raise QualityError(f"{case.id}: the extraction failed: {error}") from error
    except Exception as error:
        raise QualityError(f"{case.id}: the extraction failed: {place(error)}") from error
    return score(gold, record, case.source.text, case.id, case.held)


def score(gold: Gold, record: AnyRecord, text: str, id: str = "text", held: bool = False) -> DocumentScore:
    """Figures of one document, and its facts with their verdicts unless it is held."""
    names = Names(gold)
    result: Figures = {}
    facts: list[Judged] = []
    quoter = Quoter(text)
    for dimension in DIMENSIONS:
        alignment = _align(dimension, gold, record, names)
        result |= figures(dimension.name, alignment)
        if dimension is COMPANIES:
            result |= role_figures(alignment, gold.companies, record.companies)
        if dimension.listed and not held:
            facts += _judge(dimension.name, alignment, id, quoter)
    for dimension in (COMPANIES, ORGANIZATIONS, PROJECTS):
        sides = (getattr(side, dimension.name) for side in (gold, record))
        result |= cluster_figures(dimension.name, *sides)
    result |= legal_figures(gold.companies, record.companies)
    result["duplicates.characters"] = _characters(gold, record, text)
    result["reference_date.strict"] = _reference_date(gold, record)
    return DocumentScore(id=id, held=held, figures=result, facts=tuple(facts))


def _align(dimension: Dimension, gold: Gold, record: AnyRecord, names: Names) -> Alignment:
    left, right = (sorted(dimension.items(side, names), key=lambda item: item.order) for side in (gold, record))
    return align(left, right, dimension.near(left, right), dimension.grade)


def _characters(gold: Gold, record: AnyRecord, text: str) -> Tally:
    left, right = duplicate_characters(gold, text), duplicate_characters(record, text)
    return Tally.counts(len(left & right), len(right), len(left))


def _reference_date(gold: Gold, record: AnyRecord) -> Tally:
    told = [(one.start, one.end) for one in (gold.document.reference_date, record.document.reference_date) if one]
    found, sought = (side.document.reference_date is not None for side in (record, gold))
    return Tally.counts(found and sought and told[0] == told[1], found, sought)


def _judge(type: str, alignment: Alignment, id: str, quoter: Quoter) -> list[Judged]:
    """Every found fact and every missed one, in the order of the document."""
    judged = [*_paired(type, alignment, id), *_alone(type, alignment, id)]
    judged.sort(key=lambda fact: (fact.spans, fact.verdict, fact.text))
    return [fact.model_copy(update={"sentence": quoter(fact.spans[:3])}) for fact in judged]


def _paired(type: str, alignment: Alignment, id: str) -> Iterator[Judged]:
    for gold, found, grade in alignment.pairs:
        yield Judged(
            document=id, type=type, verdict="right" if grade == STRICT else "wrong", text=found.text,
            spans=found.places[0], rule=found.rule, rules=found.rules, fields=dict(found.shown), gold=dict(gold.shown),
            gold_text=gold.text, differs=tuple(_differs(gold, found, grade)),
        )  # fmt: skip


def _alone(type: str, alignment: Alignment, id: str) -> Iterator[Judged]:
    for found, excused in alignment.unmatched:
        yield Judged(document=id, type=type, verdict="excused" if excused else "spurious", text=found.text,
                     spans=found.places[0], rule=found.rule, rules=found.rules, fields=dict(found.shown))  # fmt: skip
    for gold in alignment.missed:
        yield Judged(document=id, type=type, verdict="missed", text=gold.text, spans=gold.places[0],
                     gold=dict(gold.shown), gold_text=gold.text)  # fmt: skip


def _differs(gold: Item, found: Item, grade: int) -> Iterator[str]:
    if grade < STRICT and found.places[0] not in gold.places:
        yield "spans"
    names = sorted({*gold.fields, *found.fields} - {"value"})
    yield from (name for name in names if gold.fields.get(name) != found.fields.get(name))
