"""parkfacts as a component of any spaCy pipeline: ``nlp.add_pipe("parkfacts")``.

``import parkfacts.component`` registers the factory; an installed parkfacts is found by spaCy without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from parkfacts import extract

if TYPE_CHECKING:
    from parkfacts.facts import Report

KEY = "parkfacts"


@Language.factory(KEY, default_config={"reference_date": None}, assigns=["doc.spans", "doc._.parkfacts"])  # type: ignore[untyped-decorator]
def make(nlp: Language, name: str, reference_date: str | None) -> Callable[[Doc], Doc]:
    """The component: span groups ``dates``, ``amounts``, ``companies`` and ``milestones``, and ``doc._.parkfacts``.

    A span's label is the kind of a date, the dimension of an amount, the type of a milestone or ``company``; its id is
    the fact's. A fact with severed or repeated evidence has several spans. Spans are widened to whole tokens.
    """

    def parkfacts(doc: Doc) -> Doc:
        report = extract(doc.text, reference_date=reference_date)
        for group, found in _groups(report).items():
            doc.spans[group] = [span for start, end, label, id in found if (span := _span(doc, start, end, label, id))]
        # as JSON, since a doc with a live object in it can neither be saved nor sent to another process
        doc.user_data[KEY] = report.model_dump_json()
        return doc

    return parkfacts


def _span(doc: Doc, start: int, end: int, label: str, id: str) -> Span | None:
    return doc.char_span(start, end, label=label, span_id=id, alignment_mode="expand")


Labelled = Iterator[tuple[int, int, str, str]]


def _groups(report: Report) -> dict[str, Labelled]:
    return {
        "dates": _labelled((date.kind, date.id, date) for date in report.dates),
        "amounts": _labelled((amount.dimension, amount.id, amount) for amount in report.amounts),
        "companies": _labelled(("company", c.id, mention) for c in report.companies for mention in c.mentions),
        "milestones": _labelled((milestone.type, milestone.id, milestone) for milestone in report.milestones),
    }


def _labelled(facts: Iterator[tuple[str, str, Any]]) -> Labelled:
    """The spans of each evidence and of its copies."""
    for label, id, evidence in facts:
        for spans in (evidence.spans, *evidence.also):
            for start, end in spans:
                yield start, end, label, id


def _report(doc: Doc) -> Report | None:
    from parkfacts.versions import read_report

    saved = doc.user_data.get(KEY)
    return None if saved is None else read_report(saved, doc.text)


Doc.set_extension(KEY, getter=_report, force=True)
