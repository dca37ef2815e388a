"""``parkfacts extract``: documents in, one record each out; one bad document never stops the run."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from parkfacts import read
from parkfacts.batch import Limits, Options, Outcome, Task, engines
from parkfacts.batch import run as run_batch
from parkfacts.batch.store import is_url
from parkfacts.batch.task import Why, count
from parkfacts.batch.told import told as log_outcome
from parkfacts.batch.work import Job, attempt, check, load, report_of, source_of
from parkfacts.commands.documents import Document, find
from parkfacts.commands.summary import table
from parkfacts.commands.terminal import console
from parkfacts.facts import Report
from parkfacts.logs import tell
from parkfacts.write import dump, dump_line
from parkfacts.write.jsonl import Lines

log = logging.getLogger(__name__)
DONE, NONE_DONE, SOME_FAILED, STOPPED = 0, 1, 3, 130
LINES = "reports.jsonl"

Told = Callable[[Outcome], None]


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for; ``out`` is a place (a folder or a URL), ``watch`` seconds between two looks;
    ``engine`` is a name that ``engines.choose`` knows, ``address`` where its cluster is."""

    paths: Sequence[str]
    out: str | None = None
    format: str = "json"
    dry_run: bool = False
    options: Options = field(default_factory=Options)
    limits: Limits = field(default_factory=Limits)
    jobs: int | None = None
    fresh: bool = False
    watch: float | None = None
    engine: str = "local"
    address: str | None = None

    @property
    def folder(self) -> Path | None:
        """Where records go, if that is a folder of this machine."""
        return None if self.out is None or is_url(self.out) else Path(self.out)


def run(wanted: Wanted) -> int:
    """Extracts the documents that the paths mean, and returns the exit status.

    The status is 0 when all succeeded, 3 when some failed, 1 when none succeeded and 130 when it was stopped. Raises
    ``WriteError`` where a result cannot be written at all, ``LedgerError`` and ``ModelError`` where the ledger
    or the model of names cannot be read, and ``RunError`` where the run as a whole fails.
    """
    talk = console(stderr=True)
    check(wanted.options)  # what cannot be read ends the run before it begins
    try:
        return _once(wanted, talk) if wanted.watch is None else _watch(wanted, wanted.watch, talk)
    except KeyboardInterrupt:
        message = "stopped; the same command goes on from here" if wanted.out else "stopped"
        tell(log, logging.WARNING, "run.stopped", message)
        return STOPPED


def _once(wanted: Wanted, talk: Console) -> int:
    documents = _documents(wanted)
    for document in documents:
        if document.clash:
            message = f"{document.shown}: {document.clash} is taken, the result is named {document.name}"
            tell(log, logging.WARNING, "document.renamed", message, document=document.name, source=document.shown)
    outcomes = _outcomes(documents, wanted, talk)
    if not wanted.dry_run:
        talk.print(table(outcomes))
    failures = sum(outcome.state == "failed" for outcome in outcomes)
    return DONE if not failures else NONE_DONE if failures == len(outcomes) else SOME_FAILED


def _watch(wanted: Wanted, seconds: float, talk: Console) -> int:
    """Does what is new or changed, until it is stopped."""
    seen: dict[str, tuple[int, int]] = {}
    while True:
        documents = [document for document in _documents(wanted) if document.error is None]
        now = {document.shown: _stamp(document) for document in documents}
        if now != seen:
            for outcome in _outcomes(documents, wanted, talk):
                if outcome.state == "done":
                    talk.print(f"{outcome.shown}: done", markup=False, soft_wrap=True)
            seen = now
        time.sleep(seconds)


def _stamp(document: Document) -> tuple[int, int]:
    try:
        status = os.stat(document.path or "")  # noqa: PTH116  no path is no file
    except OSError:
        return 0, 0  # it went while we looked; the next look tells
    return status.st_mtime_ns, status.st_size


def _documents(wanted: Wanted) -> list[Document]:
    return find(wanted.paths, read.READERS.keys(), wanted.folder, wanted.options.reading)


def _outcomes(documents: Sequence[Document], wanted: Wanted, talk: Console) -> list[Outcome]:
    """An outcome a document, in their order."""
    with _progress(len(documents), talk) as told:
        if wanted.dry_run or wanted.out is None or wanted.format == "jsonl":
            return list(_streamed(documents, wanted, told))
        return _batched(documents, wanted, told)


# ---- a folder of records ----------------------------------------------------------------------------------------


def _batched(documents: Sequence[Document], wanted: Wanted, told: Told) -> list[Outcome]:
    assert wanted.out is not None
    out = wanted.out if is_url(wanted.out) or wanted.engine == "local" else os.path.abspath(wanted.out)  # noqa: PTH100
    job = Job(out, wanted.options, wanted.limits, wanted.fresh)
    tasks = _tasks(documents, wanted.folder)
    engine = engines.choose(wanted.engine, wanted.jobs, wanted.address)
    missing = {d.shown: _no_document(d) for d in documents if d.error is not None}
    for outcome in missing.values():
        log_outcome(outcome)
        told(outcome)
    done = run_batch(tasks, job, engine, told)
    by_name = {outcome.name: outcome for outcome in done.outcomes}
    return [missing.get(d.shown) or by_name[d.name] for d in documents]


def _tasks(documents: Sequence[Document], out: Path | None) -> list[Task]:
    """The documents that there are."""
    inputs = {os.path.realpath(document.path) for document in documents if isinstance(document.path, Path)}
    guarded = {d.name for d in documents if out and os.path.realpath(out / f"{d.name}.txt") in inputs}
    return [_task(d, d.name in guarded) for d in documents if d.error is None]


def _task(document: Document, guarded: bool = False) -> Task:
    path = os.path.abspath(document.path) if isinstance(document.path, Path) else document.path  # noqa: PTH100
    return Task(document.name, path, document.shown, guarded, document.member)


def _no_document(document: Document) -> Outcome:
    assert document.error is not None
    why = Why(document.error.code, "read", document.error.offset)
    return Outcome(document.name, document.shown, "failed", message=str(document.error), why=why)


# ---- everything else: one after the other -----------------------------------------------------------------------


def _streamed(documents: Sequence[Document], wanted: Wanted, told: Told) -> Iterator[Outcome]:
    with _emitter(wanted) as emit:
        for document in documents:
            if document.error is not None:
                outcome = _no_document(document)
            else:
                outcome = attempt(_task(document), lambda task: emit(task, wanted), wanted.limits)
            log_outcome(outcome)
            told(outcome)
            yield outcome


@contextmanager
def _emitter(wanted: Wanted) -> Iterator[Callable[[Task, Wanted], Outcome]]:
    """What is done with a document that goes into no folder of records."""
    write = dump_line if wanted.format == "jsonl" else dump
    if wanted.dry_run:
        yield _rehearse
    elif wanted.folder is None:
        yield lambda task, _: _emit(task, wanted, lambda report: _put(write(report)))
    else:
        with Lines(wanted.folder / LINES) as lines:
            yield lambda task, _: _emit(task, wanted, lines.add)


def _emit(task: Task, wanted: Wanted, put: Callable[[Report], None]) -> Outcome:
    data, given = load(task, wanted.options.reading)
    report = report_of(source_of(task, data, wanted.options.reading), given, wanted.options)
    put(report)
    return Outcome(task.name, task.shown, "done", counts=count(report))


def _rehearse(task: Task, wanted: Wanted) -> Outcome:
    """Reads a document, and says on stdout what it is and where its record would go."""
    data, given = load(task, wanted.options.reading)
    source, given = source_of(task, data, wanted.options.reading), wanted.options.reference_date or given
    file = LINES if wanted.format == "jsonl" else f"{task.name}.json"
    to = "stdout" if wanted.out is None else f"{wanted.out.rstrip('/')}/{file}"
    date = f", reference date {given}" if given else ""
    _put(f"{task.shown} ({source.encoding or source.format}, {len(source.text)} characters{date}) -> {to}\n")
    return Outcome(task.name, task.shown, "done")


# ---- talk -------------------------------------------------------------------------------------------------------


@contextmanager
def _progress(total: int, talk: Console) -> Iterator[Told]:
    """Tells how far it is, how fast it goes and how long it takes, where someone looks on."""
    columns = (
        TextColumn("extract"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(), TextColumn("{task.fields[failed]}"),
    )  # fmt: skip
    with Progress(*columns, console=talk, transient=True, disable=not talk.is_terminal) as progress:
        bar = progress.add_task("extract", total=total, rate="", failed="")
        yield lambda outcome: _advance(progress, bar, outcome)


def _advance(progress: Progress, bar: TaskID, outcome: Outcome) -> None:
    task = progress.tasks[bar]
    failures = int(str(task.fields["failed"]).partition(" ")[0] or 0) + (outcome.state == "failed")
    rate = f"{task.completed / task.elapsed:.1f} a second" if task.elapsed else ""
    progress.update(bar, advance=1, rate=rate, failed=f"{failures} failed" if failures else "")


def _put(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()
