"""Records as they stand in a review: the extraction and all decisions about it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pydantic import ValidationError

from parkfacts.commands.records import Loading
from parkfacts.errors import RunError
from parkfacts.facts import Report
from parkfacts.logs import tell
from parkfacts.review.desk import Desk
from parkfacts.review.shelf import NoDocument
from parkfacts.write.record import invalid
from parkfacts.write.tables import Told

log = logging.getLogger(__name__)


class Reviewed(Loading):
    """Loads the records of folders as they are reviewed, in the way of ``Loading``."""

    def __iter__(self) -> Iterator[Told]:
        for path in self.paths:
            with closing(desk(path)) as open_:
                for told in self.of(open_):
                    yield told._replace(name=self._free(told.name))

    def of(self, open_: Desk) -> Iterator[Told]:
        """The records of one folder, by their names in it."""
        for entry in open_.records.entries():
            try:
                review = open_.open(entry.id).review
                text = review.extraction.text
                yield Told(entry.name, Report.model_validate(review.record(), context={"text": text}), text)
            except (NoDocument, ValidationError) as error:
                self.wrong += 1
                what = invalid(error) if isinstance(error, ValidationError) else str(error)
                tell(log, logging.ERROR, "record.unreadable", f"{entry.name}: {what}", document=entry.name)


def desk(outputs: str) -> Desk:
    """The desk of a folder. Raises ``RunError`` where there is none."""
    if not Path(outputs).is_dir():
        raise RunError(outputs, "is no folder", "name the folder that extract -o wrote to")
    return Desk(Path(outputs))
