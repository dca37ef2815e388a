"""spaCy: a DocBin of the whole texts, character by character as ``spacy.blank("zh")`` tokenizes.

``doc.spans["parkfacts"]`` holds every label, a severed mention as several spans of one ``span_id``; ``doc.ents`` holds
those that do not overlap, the longest first, milestones aside.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from parkfacts.review.exchange.labels import LABELS, labels
from parkfacts.write.tables import Told

KEY = "parkfacts"


def write(records: Iterable[Told], out: Path) -> None:
    """One ``.spacy`` file, for ``DocBin().from_disk``; ``doc.user_data["document"]`` is the record's name."""
    import spacy
    from spacy.tokens import Doc, DocBin, Span
    from spacy.util import filter_spans

    vocab = spacy.blank("zh").vocab
    box = DocBin(store_user_data=True)
    for told in records:
        doc = Doc(vocab, words=list(told.text), spaces=[False] * len(told.text))
        doc.user_data = {"document": told.name, "sha256": told.report.source.sha256}
        spans = [
            Span(doc, start, end, LABELS[label.kind], span_id=label.references()[0])
            for label in labels(told.report)
            for start, end in label.spans
        ]
        doc.spans[KEY] = spans
        doc.ents = filter_spans([span for span in spans if span.label_ != "milestone"])
        box.add(doc)
    box.to_disk(out)
