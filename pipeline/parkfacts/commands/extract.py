"""``parkfacts extract``: documents in, one record each out; one bad document never stops the run."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import Progress

from parkfacts import extract, read
from parkfacts.commands.documents import Document, find
from parkfacts.commands.summary import Counts, Failure, count, table
from parkfacts.commands.terminal import console
from parkfacts.errors import ParkfactsError, WriteError
from parkfacts.facts import Report
from parkfacts.ledger import Ledger
from parkfacts.read import sidecar
from parkfacts.text import Source
from parkfacts.write import dump, dump_line, text_beside, write_report
from parkfacts.write.jsonl import Lines

DONE, NONE_DONE, SOME_FAILED = 0, 1, 3
LINES = "reports.jsonl"

R = TypeVar("R")
Emit = Callable[[Document, Source, Report], None]


def run(
    paths: Sequence[str],
    out: Path | None,
    format: str,
    dry_run: bool,
    reference_date: str | None,
    companies: Path | None = None,
) -> int:
    """Extracts the documents that the paths mean, and returns the exit status.

    The status is 0 when all succeeded, 3 when some failed and 1 when none succeeded. Raises ``WriteError`` where a
    JSONL file cannot be opened at all, and ``LedgerError`` where the ledger of firms cannot be read.
    """
    talk = console(stderr=True)
    ledger = None if companies is None else Ledger.read(companies)
    documents = find(paths, read.READERS.keys(), skip=out)
    for document in documents:
        if document.clash:
            _say(talk, f"warning: {document.shown}: {document.clash} is taken, the result is named {document.name}")
    if dry_run:
        return _status(_each(documents, lambda document: _rehearse(document, out, format, reference_date), talk), talk)
    with _emitter(documents, out, format) as emit:
        outcomes = _each(documents, lambda document: _extract(document, reference_date, ledger, emit), talk)
    talk.print(table(documents, outcomes))
    return _status(outcomes, talk)


def _status(outcomes: Sequence[object], talk: Console) -> int:
    failures = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    for failure in failures:
        _say(talk, f"error: {failure.message}")
    return DONE if not failures else NONE_DONE if len(failures) == len(outcomes) else SOME_FAILED


def _each(documents: Sequence[Document], work: Callable[[Document], R], talk: Console) -> list[R | Failure]:
    """What the work made of each document, with a progress bar where someone looks on."""
    with Progress(console=talk, transient=True, disable=not talk.is_terminal) as progress:
        return [_attempt(document, work) for document in progress.track(documents, description="extract")]


def _attempt(document: Document, work: Callable[[Document], R]) -> R | Failure:
    try:
        if document.error is not None:
            raise document.error
        return work(document)
    except ParkfactsError as error:
        return Failure(str(error))
    except BrokenPipeError:
        raise  # nobody reads what is written: the run ends
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(at.filename).name}:{at.lineno}"
        what = " ".join(f"{type(error).__name__}: {error}".split())
        return Failure(f"{document.shown}: {what} ({where}); this is a bug, please report it with the document")


def _read(document: Document, given: str | None) -> tuple[Source, str | None]:
    """The source, and the reference date that is given with it: by the option, else by the sidecar."""
    if document.path is None:
        return read.read_stdin(), given
    return read.read(document.path), given or sidecar.beside(document.path)


def _extract(document: Document, given: str | None, ledger: Ledger | None, emit: Emit) -> Counts:
    source, reference_date = _read(document, given)
    report = extract(source, reference_date=reference_date, companies=ledger)
    emit(document, source, report)
    return count(report)


def _rehearse(document: Document, out: Path | None, format: str, given: str | None) -> None:
    """Reads a document, and says on stdout what it is and where its record would go."""
    source, reference_date = _read(document, given)
    to = "stdout" if out is None else (out / (LINES if format == "jsonl" else f"{document.name}.json")).as_posix()
    date = f", reference date {reference_date}" if reference_date else ""
    _put(f"{document.shown} ({source.encoding}, {len(source.text)} characters{date}) -> {to}\n")


@contextmanager
def _emitter(documents: Sequence[Document], out: Path | None, format: str) -> Iterator[Emit]:
    """Where the records go."""
    if out is None:
        write = dump_line if format == "jsonl" else dump
        yield lambda document, source, report: _put(write(report))
    elif format == "jsonl":
        with Lines(out / LINES) as lines:
            yield lambda document, source, report: lines.add(report)
    else:
        inputs = {os.path.realpath(document.path) for document in documents if document.path is not None}
        yield lambda document, source, report: _save(report, source, out / f"{document.name}.json", inputs)


def _save(report: Report, source: Source, path: Path, inputs: set[str]) -> None:
    text = text_beside(path)
    if os.path.realpath(text) in inputs and text.read_bytes() != source.text.encode("utf-8"):
        raise WriteError(text.as_posix(), "is an input, which its decoded text would replace", "choose another -o")
    write_report(report, source.text, path)


def _put(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def _say(talk: Console, message: str) -> None:
    talk.print(message, markup=False, soft_wrap=True)
