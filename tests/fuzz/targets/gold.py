"""Gold and predictions as they are imported: measured, or an error that names the file."""

from __future__ import annotations

from fuzz.mutate import of_json
from fuzz.target import Target, typed
from fuzz.targets._records import TEXT, folder, record
from parkfacts.quality.gold import Case, as_report, read_prediction
from parkfacts.review import gold
from parkfacts.write import dump


def one(data: bytes) -> None:
    case = Case("case", folder() / "gold" / "case")
    case.folder.mkdir(parents=True, exist_ok=True)
    (case.folder / "report.txt").write_bytes(TEXT.encode())
    (case.folder / "gold.json").write_bytes(data)
    (case.folder / "case.json").write_bytes(data)
    made = typed(lambda: case.gold)
    if made is not None:
        as_report(made)
    typed(lambda: read_prediction(case, case.folder))


def seeds() -> list[bytes]:
    path = gold.add("seed", record().model_dump(mode="json"), TEXT, folder() / "seed")
    return [path.read_bytes(), dump(record()).encode(), b"[" * 100_000]


TARGET = Target("gold", one, seeds, of_json)
