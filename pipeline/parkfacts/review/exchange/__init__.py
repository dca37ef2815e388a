"""Records to other annotation tools, and what was changed there back as acts: one row a form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from parkfacts.review.exchange.changes import Act, acts
from parkfacts.review.exchange.labels import ExchangeError, Mark, Marked
from parkfacts.write.files import appearing
from parkfacts.write.tables import Told

__all__ = ["FORMS", "Act", "ExchangeError", "Form", "Mark", "Marked", "acts", "export", "imported"]


class Form(NamedTuple):
    """``write`` of ``module`` makes a file, or a folder; ``back``: the module has a ``read`` too."""

    module: str
    folder: bool = False
    back: bool = False


FORMS: Mapping[str, Form] = {
    "labelstudio": Form("labelstudio", folder=True, back=True),
    "doccano": Form("doccano", back=True),
    "brat": Form("brat", folder=True),
    "conll": Form("conll"),
    "docbin": Form("docbin"),
    "w3c": Form("w3c"),
}


def export(records: Iterable[Told], form: str, out: Path) -> None:
    """Writes the records, all or nothing. Raises ``WriteError``."""
    write: Callable[[Iterable[Told], Path], None] = import_module(f"{__name__}.{FORMS[form].module}").write
    with appearing(out) as part:
        write(records, part)


def imported(form: str, path: Path) -> Iterator[Marked]:
    """The documents of another tool's file. Raises ``ExchangeError``."""
    read: Callable[[Path], Iterator[Marked]] = import_module(f"{__name__}.{FORMS[form].module}").read
    return read(path)
