"""The whole way from a text to its record: valid, every quote where it says, and read back as it was."""

from __future__ import annotations

from fuzz.mutate import of_text
from fuzz.target import Target
from fuzz.targets._reading import reports
from parkfacts.facts import Report
from parkfacts.pipeline import extract
from parkfacts.text import Source

MOST = 2500


def one(data: bytes) -> None:
    text = data.decode("utf-8", "replace")[:MOST]
    report = extract(Source.from_text(text))
    assert Report.model_validate_json(report.model_dump_json(), context={"text": text}) == report


def seeds() -> list[bytes]:
    return [text.encode() for text in reports(10, 700)]


TARGET = Target("pipeline", one, seeds, of_text)
