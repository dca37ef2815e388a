"""CoNLL: a character a line, its tags behind it, an empty line after each sentence.

The text is in reading order and severed sentences are whole, so a severed mention has one B and goes on. The columns
are: the character, its place in the source (code points), names and figures, milestones; tags are BIO. Of names and
figures that overlap the longest is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from parkfacts.repair.replay import replay
from parkfacts.review.exchange.labels import LABELS, labels
from parkfacts.segment import sentences
from parkfacts.text import Source, Span, Text, locator
from parkfacts.write.tables import Told


def write(records: Iterable[Told], out: Path) -> None:
    """One file; a document begins with ``# document = NAME``."""
    with out.open("w", encoding="utf-8", newline="\n") as file:
        for told in records:
            file.write(f"# document = {' '.join(told.name.split())}\n")
            file.writelines(_lines(told))


def _lines(told: Told) -> Iterator[str]:
    text = replay(Source(told.name, told.text, told.report.source.sha256), told.report.layout)
    named, events = _tags(told, text)
    for start, end in sentences(text.content):
        for at in range(start, end):
            char = text.content[at]
            if not char.isspace():
                source = text.origin(at, at + 1)[0].start
                yield f"{char}\t{source}\t{named[at]}\t{events[at]}\n"
        yield "\n"


def _tags(told: Told, text: Text) -> tuple[list[str], list[str]]:
    place = locator(text)
    placed = [(place(label.spans), LABELS[label.kind]) for label in labels(told.report)]
    ranges = [(where, label) for where, label in placed if where]
    size = len(text.content)
    named = _bio([one for one in ranges if one[1] != "milestone"], size)
    return named, _bio([one for one in ranges if one[1] == "milestone"], size)


def _bio(ranges: Sequence[tuple[Span, str]], size: int) -> list[str]:
    tags = ["O"] * size
    for (start, end), label in sorted(ranges, key=lambda one: (one[0].start - one[0].end, one[0])):
        if all(tag == "O" for tag in tags[start:end]):
            tags[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
    return tags
