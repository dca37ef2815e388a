"""What a name is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, Protocol

from parkfacts.ner.asked import Asked
from parkfacts.segment import Document

Kind = Literal["company", "organization", "project"]


class Name(NamedTuple):
    """What a mention names; ``type`` is an organization's type in the guide's words, else null."""

    kind: Kind
    type: str | None = None


class Found(NamedTuple):
    """A range that holds a name, and the rule that found it."""

    start: int
    end: int
    rule: str
    name: Name
    score: float | None = None


Candidate = tuple[int, int, str, float | None]  # start, end, kind, probability


class Recognizer(Protocol):
    """A model of names: its candidates go through the same filter as the rules' own."""

    def candidates(self, doc: Document, asked: Asked | None = None) -> Iterable[Candidate]:
        """Ranges of names in text order, without overlap, each with its kind (company, government, park, organization,
        project, product, person, place, award) and its probability, None where the model tells none. Where something is
        ``asked``, what cannot tell it may be left out."""
        ...
