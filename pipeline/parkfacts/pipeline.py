"""The spine: a source in, a validated report out."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from parkfacts import assemble
from parkfacts.assemble import Findings
from parkfacts.facts import Report
from parkfacts.find import amounts, dates, events, names
from parkfacts.ledger import Ledger
from parkfacts.link import entities, findings, indicators, milestones, outlook, projects, reference, roles, timeline
from parkfacts.repair import Decisions, repair
from parkfacts.segment import Segmenter, segment
from parkfacts.text import Source


@cache
def default_segmenter() -> Segmenter:
    """The segmenter of all runs that bring none of their own."""
    return Segmenter()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of cycles, of which a run makes none: it would go through all that is found again and
    again, for a fifth of the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@_uncollected()
def extract(
    source: Source,
    *,
    reference_date: str | None = None,
    segmenter: Segmenter | None = None,
    ner: names.Recognizer | None = None,
    decisions: Decisions | None = None,
    ledger: Ledger | None = None,
) -> Report:
    """Dates, amounts, companies and milestones of a document, each with its evidence.

    ``reference_date`` (2023, 2023-10 or 2023-10-08) goes before what the document says; ``ner`` is a stage that
    brings names of its own, ``decisions`` are a person's about the layout, ``ledger`` is a user's list of firms. Raises
    ``ValueError`` for a malformed reference date and :class:`parkfacts.errors.DecisionError` for decisions that do not
    fit the document.
    """
    segmenter = segmenter or default_segmenter()
    repaired = repair(source, segmenter, decisions)
    doc = segment(repaired.text, repaired.layout.blocks, segmenter)

    written = dates.find(doc)
    dated = assemble.ranges(written)
    known = names.find(doc, dated, ner, ledger)
    counted = amounts.find(doc, dated)
    triggers = events.find(doc)

    now = reference.refer(doc, written, reference_date)
    when = assemble.outside_bylines(doc, timeline.resolve(doc, written, now))
    who = entities.link(doc, known, ledger)
    park = who.park.name if who.park else None
    played = roles.find(doc, who, who.park)
    what = indicators.link(doc, counted, when, known, park)
    told = milestones.link(doc, triggers, when, assemble.ranges(counted), now, who)
    hoped = outlook.planned(doc, counted, what, when, told, now)
    built = projects.link(doc, who, counted, what, told)
    odd = findings.check(doc, counted, what, when, told, now)

    return assemble.report(repaired, doc, Findings(now, when, counted, what, who, played, told, built, odd, hoped))
