"""The report model: JSON makes a record that is written and read back alike, or an error that says where it fails."""

from __future__ import annotations

from fuzz.mutate import of_json
from fuzz.target import Target, typed
from fuzz.targets._records import TEXT, folder, record
from parkfacts.write import dump, load_report
from parkfacts.write.record import text_beside


def one(data: bytes) -> None:
    path = folder() / "report.json"
    path.write_bytes(data)
    text_beside(path).write_bytes(TEXT.encode())
    report = typed(lambda: load_report(path))
    if report is not None:
        path.write_bytes(dump(report).encode("utf-8"))
        assert load_report(path) == report


TARGET = Target("report", one, lambda: [dump(record()).encode(), b"[" * 100_000], of_json)
