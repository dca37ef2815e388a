"""doccano: JSONL for a sequence labeling project, and its JSONL export back.

Its page counts UTF-16 units, whatever it calls them (its annotator's own tests: an emoji with a skin tone, two code
points, is four; issue 2290), unless the project counts grapheme clusters, which cannot be told from the file: leave
that box unticked. Labels have neither ids nor words there, so a severed mention is several labels.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from parkfacts.review.exchange.labels import LABELS, ExchangeError, Mark, Marked, labels, sound
from parkfacts.review.exchange.units import Units
from parkfacts.write.tables import Told


def write(records: Iterable[Told], out: Path) -> None:
    """A line a document; the project must allow overlapping spans."""
    with out.open("w", encoding="utf-8", newline="\n") as file:
        for told in records:
            file.write(json.dumps(_line(told), ensure_ascii=False) + "\n")


def _line(told: Told) -> dict[str, Any]:
    at = Units(told.text).to_utf16
    found = [[at(start), at(end), LABELS[one.kind]] for one in labels(told.report) for start, end in one.spans]
    return {"text": told.text, "label": found, "document": told.name, "sha256": told.report.source.sha256}


def read(path: Path) -> Iterator[Marked]:
    """The documents of a JSONL export. Raises ``ExchangeError``."""
    try:
        lines = path.read_bytes().decode("utf-8").split("\n")
    except OSError as error:
        raise ExchangeError(path.as_posix(), f"cannot be read ({error.strerror})", "check the path") from None
    except UnicodeDecodeError:
        raise ExchangeError(path.as_posix(), "not UTF-8", "export the project as JSONL") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _document(line, f"{path.as_posix()}, line {number}")


def _document(line: str, where: str) -> Marked:
    try:
        data = json.loads(line)
        return sound(Marked(data.get("document"), data["text"], tuple(_marks(data))), where)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        problem = f"no document of a doccano export as JSONL ({type(error).__name__}: {error})"
        advice = "export the project as JSONL; its option to count grapheme clusters must be off"
        raise ExchangeError(where, problem, advice) from None


def _marks(data: dict[str, Any]) -> Iterator[Mark]:
    """The labels of a line: triples, or with relations the dicts of ``entities``."""
    units = Units(data["text"])
    dicts = [(one["start_offset"], one["end_offset"], one["label"]) for one in data.get("entities") or ()]
    for start, end, label in (*(data.get("label") or data.get("labels") or ()), *dicts):
        yield Mark(units.from_utf16(start), units.from_utf16(end), label)
