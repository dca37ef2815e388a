"""parkfacts: Chinese industrial-park reports to validated data.

>>> from parkfacts import extract
>>> report = extract("2023年6月，园区新引进企业12家。", reference_date="2023-10-08")
>>> [amount.text for amount in report.amounts]
['12家']
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parkfacts.facts import Report
    from parkfacts.ledger import Ledger
    from parkfacts.read import Limits
    from parkfacts.repair import Decisions
    from parkfacts.text import Source

__all__ = ["extract"]


def extract(
    document: str | Path | Source,
    *,
    reference_date: str | None = None,
    decisions: Decisions | None = None,
    companies: Path | Ledger | None = None,
    ner_model: str = "parkfacts",
    ner_labels: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> Report:
    """Extracts dates, amounts, companies and milestones, each with its evidence.

    A ``str`` is the text itself, a :class:`pathlib.Path` a file to read (with its ``<stem>.meta.json``, if there is
    one). ``reference_date`` (``"2023"``, ``"2023-10"`` or ``"2023-10-08"``) is the day, month or year that 今年 and
    目前 speak from; without it the sidecar's holds, else it is inferred from the text. All offsets in the report are
    code points of the text as it was decoded. ``decisions`` (:class:`parkfacts.repair.Decisions`) are joins and
    duplicates that a person made or refused, by the block ids of an earlier report. ``companies`` is a ledger of firms
    (a CSV file, or for many documents a :class:`parkfacts.ledger.Ledger` that was read once): firms of the text are
    linked to its rows. ``ner_model`` is a model of names beside the rules: ``"parkfacts"`` (the one that ships),
    ``"none"``, what ``parkfacts train`` wrote (its folder or file), or a spaCy pipeline by its name or folder,
    whose labels ``ner_labels`` tells in our words (``{"ORG": "company"}``). ``limits`` (:class:`parkfacts.read.Limits`)
    bound what reading a file may cost. Raises
    :class:`parkfacts.errors.ReadError` for a file that cannot be read and for a malformed reference date,
    :class:`parkfacts.errors.DecisionError` for decisions that do not fit the document,
    :class:`parkfacts.errors.LedgerError` for a ledger that cannot be read, and
    :class:`parkfacts.errors.ModelError` for a model that is not there.
    """
    from parkfacts import pipeline, read
    from parkfacts.find.ner import recognizer
    from parkfacts.ledger import Ledger
    from parkfacts.read import sidecar
    from parkfacts.text import Source

    if isinstance(document, Path):
        reference_date = reference_date or sidecar.beside(document)
        document = read.read(document, limits)
    elif isinstance(document, str):
        document = Source.from_text(document)
    given = None if reference_date is None else sidecar.reference_date(reference_date)
    ledger = Ledger.read(companies) if isinstance(companies, Path) else companies
    ner = recognizer(ner_model, ner_labels or {})
    report: Report = pipeline.extract(document, reference_date=given, decisions=decisions, ledger=ledger, ner=ner)
    return report
