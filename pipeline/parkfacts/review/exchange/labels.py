"""A record as labels on its source, which is all that annotation tools know of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from parkfacts.errors import ParkfactsError
from parkfacts.facts import Named, Record, Spans

# the label of each kind of facts
LABELS = {
    "dates": "date",
    "amounts": "amount",
    "companies": "company",
    "organizations": "organization",
    "projects": "project",
    "milestones": "milestone",
}
KINDS = {label: kind for kind, label in LABELS.items()}


class ExchangeError(ParkfactsError):
    """A file of another tool that cannot be read, or does not belong to the records."""


class Label(NamedTuple):
    """A mention of a fact: ``spans`` are its fragments in reading order; ``mention`` counts those of a named fact."""

    fact: str
    kind: str
    spans: Spans
    mention: int | None = None

    def references(self) -> list[str]:
        """A name for each fragment, which tools keep as its id: a03, c01-m2, a03-f2."""
        name = self.fact if self.mention is None else f"{self.fact}-m{self.mention + 1}"
        return [name if at == 0 else f"{name}-f{at + 1}" for at in range(len(self.spans))]


class Mark(NamedTuple):
    """An unbroken piece of a label in another tool's file, in code points of the source. ``reference`` is its id if it
    came from us; marks of one ``group`` are fragments of one new label."""

    start: int
    end: int
    label: str
    reference: str | None = None
    group: str | None = None


class Marked(NamedTuple):
    """A document of another tool's file: the record's name where the file tells it, the text, and its marks."""

    name: str | None
    text: str
    marks: tuple[Mark, ...]


def sound(marked: Marked, where: str) -> Marked:
    """The document, if its marks have bounds within its text and names that are words. Raises ``ExchangeError``."""
    for mark in marked.marks:
        words = (mark.label, mark.reference or "", mark.group or "")
        whole = isinstance(mark.start, int) and isinstance(mark.end, int)
        if (
            not whole
            or not all(isinstance(word, str) for word in words)
            or not 0 <= mark.start < mark.end <= len(marked.text)
        ):
            problem = f"a label that is none: {str(tuple(mark[:4]))[:80]}"
            raise ExchangeError(where, problem, "its offsets must lie in the text, its names be words")
    if not isinstance(marked.text, str) or not isinstance(marked.name, str | None):
        raise ExchangeError(where, "its text or its name is no text", "import documents with their text unchanged")
    return marked


def labels(record: Record[Any, Any, Any, Any, Any, Any]) -> Iterator[Label]:
    """Every mention of every fact, in the order of the record; copies in repeated text are none."""
    for kind in LABELS:
        for fact in getattr(record, kind):
            if isinstance(fact, Named):
                yield from (Label(fact.id, kind, m.spans, at) for at, m in enumerate(fact.mentions))
            else:
                yield Label(fact.id, kind, fact.spans)
