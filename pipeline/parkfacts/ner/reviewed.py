"""Records that a person has corrected, or annotated as gold, as training text for the name model.

A record knows firms, bodies and projects, but no products, persons, places or awards: sentences made of it teach
nothing of those, and as much as that they are none. So mix them with text that is labelled in full.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from parkfacts.facts import Record
from parkfacts.ner.corpus import LETTERS, Sentence
from parkfacts.repair.replay import replay
from parkfacts.segment import sentences as split
from parkfacts.text import Source, Span, Text, locator

_BODIES = {"government": "government", "park": "park"}  # the other types are organization
_SKIPPED = ("byline", "boilerplate")
_BRACES = frozenset("{}")


def sentences(record: Record[Any, Any, Any, Any, Any, Any], text: str) -> Iterator[Sentence]:
    """The sentences of a record (a report's or a gold's) over its source text, in reading order, severed ones whole,
    repeated ones once. Names that overlap are told as the corpus tells them: the firm inside, else the outer one.
    Sentences with braces, which the corpus uses for names, are left out."""
    repaired = replay(Source("", text, record.source.sha256), record.layout)
    skipped = [Span(block.start, block.end) for block in record.layout.blocks if block.kind in _SKIPPED]
    names = _names(record, repaired)
    for start, end in split(repaired.content):
        first = repaired.origin(start, start + 1)[0].start
        content = repaired.content[start:end]
        if _BRACES.isdisjoint(content) and not any(a <= first < b for a, b in skipped):
            inside = [(a - start, b - start, kind) for a, b, kind in names if start <= a and b <= end]
            yield Sentence(content, tuple(sorted(_flat(inside))))


def line(sentence: Sentence) -> str:
    """A sentence as ``corpus.parse`` reads it: 岚屿精工在青岚园投产 as ``{c|岚屿精工}在{z|青岚园}投产``."""
    letters = {kind: letter for letter, kind in LETTERS.items()}
    text, at = "", 0
    for start, end, kind in sentence.names:
        text += f"{sentence.text[at:start]}{{{letters[kind]}|{sentence.text[start:end]}}}"
        at = end
    return text + sentence.text[at:]


def _names(record: Record[Any, Any, Any, Any, Any, Any], text: Text) -> list[tuple[int, int, str]]:
    place = locator(text)
    named = [(company, "company") for company in record.companies]
    named += [(body, _BODIES.get(body.type, "organization")) for body in record.organizations]
    named += [(project, "project") for project in record.projects]
    found = [(place(mention.spans), kind) for one, kind in named for mention in one.mentions]
    return sorted((where.start, where.end, kind) for where, kind in found if where)


def _flat(names: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Names without overlap: a firm goes before what holds it, else the longer one stays."""
    taken: list[tuple[int, int, str]] = []
    for name in sorted(names, key=lambda n: (n[2] != "company", n[0] - n[1], n[0])):
        if all(name[1] <= other[0] or other[1] <= name[0] for other in taken):
            taken.append(name)
    yield from taken
