"""brat: ``X.txt`` with ``X.ann`` (standoff), and the labels in ``annotation.conf``.

It counts code points. A severed mention is one discontinuous annotation; what a fact comes to stands in a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from parkfacts.facts import Spans
from parkfacts.review.exchange.labels import LABELS, labels
from parkfacts.write.tables import Told

_CONF = "[entities]\n{}\n\n[relations]\n\n[events]\n\n[attributes]\n"
_NO_NAME = re.compile(r'[/\\:*?"<>|\x00-\x1f]')
_BREAK = re.compile(r"[^\r\n]+")


def write(records: Iterable[Told], out: Path) -> None:
    """Two files a document into one folder; a ``/`` in a record's name is a ``-`` there."""
    out.mkdir()
    (out / "annotation.conf").write_text(_CONF.format("\n".join(LABELS.values())), "utf-8")
    for told in records:
        name = _NO_NAME.sub("-", told.name)
        (out / f"{name}.txt").write_bytes(told.text.encode("utf-8"))
        (out / f"{name}.ann").write_bytes("".join(_lines(told)).encode("utf-8"))


def _lines(told: Told) -> Iterator[str]:
    facts = {fact.id: fact for fact in told.report.facts()}
    for number, label in enumerate(labels(told.report), 1):
        spans = list(_unbroken(label.spans, told.text))
        places = ";".join(f"{start} {end}" for start, end in spans)
        yield f"T{number}\t{LABELS[label.kind]} {places}\t{' '.join(told.text[a:b] for a, b in spans)}\n"
        note = facts[label.fact].model_dump_json(exclude={"spans", "also", "mentions", "roles"}, exclude_defaults=True)
        yield f"#{number}\tAnnotatorNotes T{number}\t{note}\n"


def _unbroken(spans: Spans, text: str) -> Iterator[tuple[int, int]]:
    """The spans without line ends, which an annotation there must not hold."""
    for start, end in spans:
        yield from ((match.start(), match.end()) for match in _BREAK.finditer(text, start, end))
