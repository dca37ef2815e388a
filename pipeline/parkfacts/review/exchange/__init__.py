"""Records to other annotation tools, and what was changed there back as acts: one row a form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from parkfacts.files import appearing
from parkfacts.review.exchange.changes import Act, acts
from parkfacts.review.exchange.labels import ExchangeError, Mark, Marked
from parkfacts.write.tables import Told

__all__ = ["FORMS", "Act", "ExchangeError", "Form", "Mark", "Marked", "acts", "changes", "export", "imported"]


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


def changes(records: Iterable[Told], form: str, path: Path) -> Iterator[tuple[Told, list[Act]]]:
    """Each record that another tool's file speaks of, with the acts that make it say what the file says.

    A document of the file is found by its name, else by its text. Raises ``ExchangeError`` where there is none, and
    where the text is not that of the record.
    """
    known = {told.name: told for told in records}
    texts = {told.text: told for told in known.values()}
    for number, marked in enumerate(imported(form, path), 1):
        told = known.get(marked.name or "") or texts.get(marked.text)
        where = f"{path.as_posix()}, document {number}"
        if told is None:
            called = repr(marked.name) if marked.name else "without a name"
            raise ExchangeError(where, f"no record has this name or text ({called})", "name the folder it came from")
        if told.text != marked.text:
            problem = (
                f"its text is not that of {told.name}: it differs from offset {_differs(told.text, marked.text)} on"
            )
            raise ExchangeError(where, problem, "import documents with their text unchanged")
        yield told, acts(told.report, marked.marks)


def _differs(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
