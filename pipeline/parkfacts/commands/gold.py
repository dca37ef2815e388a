"""``parkfacts gold add``: a reviewed record as gold."""

from __future__ import annotations

from pathlib import Path

from parkfacts.errors import ReportError, RunError
from parkfacts.review import gold
from parkfacts.review.desk import Desk
from parkfacts.review.shelf import NoDocument, state_of


def add(id: str, outputs: Path, folder: Path, force: bool) -> int:
    """Writes the gold of a document and prints where; returns 0. Raises ``ReportError`` where it is none."""
    if not outputs.is_dir():
        raise RunError(outputs.as_posix(), "is no folder", "name the folder that extract -o wrote to")
    desk = Desk(outputs)
    try:
        open = desk.open(id)
        if not force and state_of(open.events) != "done":
            raise ReportError(
                open.entry.name, "is not reviewed to its end", "mark it as done in the review, or --force"
            )
        print(gold.add(open.entry.name, open.review.record(), open.review.extraction.text, folder).as_posix())
    except NoDocument as error:
        raise ReportError(id, str(error), "parkfacts status lists what there is") from None
    finally:
        desk.close()
    return 0
