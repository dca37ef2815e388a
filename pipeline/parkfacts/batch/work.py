"""One task: a document is read, extracted unless its record still holds, and written.

What extracts is imported when the first document is: a cluster's worker, which leaves that to a process beside it, and
a run in which all records still hold start without it.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from parkfacts import extract, read
from parkfacts.batch.clock import Clock, clock, stage
from parkfacts.batch.key import key
from parkfacts.batch.store import Store, is_url, open_store, read_bytes
from parkfacts.batch.task import Limits, Options, Outcome, Task, Why, count
from parkfacts.errors import MissingFile, ParkfactsError, WriteError
from parkfacts.logs import place, tell
from parkfacts.read import sidecar
from parkfacts.text import Source

if TYPE_CHECKING:
    from parkfacts.facts import Report
    from parkfacts.ledger import Ledger

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """What all tasks of a run share; called with a task, it gives the outcome. ``out`` is a place (see ``store``)."""

    out: str
    options: Options = field(default_factory=Options)
    limits: Limits = field(default_factory=Limits)
    fresh: bool = False

    @cached_property
    def store(self) -> Store:
        """Where the records go."""
        return open_store(self.out)

    def __call__(self, task: Task) -> Outcome:
        """Never raises for what is wrong with one document: that is an outcome too."""
        return attempt(task, self._extract, self.limits)

    def prepare(self) -> None:
        """Loads dictionaries, rules and models: they come with the first text."""
        report_of(Source.from_text("2023年，园区新引进企业12家。"), None, self.options)

    def _extract(self, task: Task) -> Outcome:
        from parkfacts.write import dump

        data, given = load(task, self.options.reading)
        fingerprint = key(data, given, self.options)
        if not self.fresh and self._holds(task, fingerprint):
            assert task.known is not None
            return replace(task.known, state="unchanged", shown=task.shown)
        source = source_of(task, data, self.options.reading)
        report = report_of(source, given, self.options)
        with stage("write"):
            text, record = source.text.encode("utf-8"), dump(report).encode("utf-8")
            self._spare_input(task, text)
            # the text first: a record beside another document's text would be the worse half
            self.store.write({f"{task.name}.txt": text, f"{task.name}.json": record})
        return Outcome(task.name, task.shown, "done", fingerprint, digest(record), count(report))

    def _holds(self, task: Task, fingerprint: str) -> bool:
        """Whether the earlier run's record is what this one would write, and stands there untouched."""
        if task.known is None or task.known.key != fingerprint:
            return False
        record = self.store.read(f"{task.name}.json")
        return record is not None and digest(record) == task.known.record and self.store.has(f"{task.name}.txt")

    def _spare_input(self, task: Task, text: bytes) -> None:
        if task.guarded and self.store.read(f"{task.name}.txt") != text:
            place = f"{self.out.rstrip('/')}/{task.name}.txt"
            raise WriteError(place, "is an input, which its decoded text would replace", "choose another -o")


def attempt(task: Task, work: Callable[[Task], Outcome], limits: Limits) -> Outcome:
    """What the work made of a task, or why it made nothing. Where nobody reads what is written, the run ends."""
    with clock() as times:
        try:
            outcome = work(task)
        except ParkfactsError as error:
            outcome = failed(task, str(error), _why(error, times))
        except MemoryError:
            outcome = failed(task, _too_large(task, limits), Why("out-of-memory", times.stage))
        except BrokenPipeError:
            raise
        except Exception as error:
            outcome = failed(task, _bug(task, error), Why("bug", times.stage))
    return replace(outcome, seconds=times.seconds)


def _why(error: ParkfactsError, times: Clock) -> Why:
    return Why(error.code, times.stage, error.offset)


def load(task: Task, limits: read.Limits) -> tuple[bytes, str | None]:
    """The document's bytes, and the reference date of its sidecar. Raises ``ReadError`` in one of its kinds."""
    with stage("read"):
        return _load(task, limits)


def _load(task: Task, limits: read.Limits) -> tuple[bytes, str | None]:
    if task.path is None:
        return read.load_stdin(), None
    if not is_url(task.path):
        path = Path(task.path)
        if task.member:
            return read.archive.load(path, task.member, task.shown, limits), None
        return read.load(path, task.shown, limits), sidecar.beside(path)
    name = sidecar.name(task.path)
    try:
        given = sidecar.parse(read_bytes(name), name)
    except MissingFile:
        given = None
    return read_bytes(task.path), given


def source_of(task: Task, data: bytes, limits: read.Limits) -> Source:
    """The document's bytes as a source. Raises ``ReadError`` in one of its kinds."""
    named = task.member[-1] if task.member else task.path or "stdin.txt"
    with stage("read"):
        return read.read_bytes(data, task.shown, PurePosixPath(named).suffix, limits)


def report_of(source: Source, given: str | None, options: Options) -> Report:
    """The source's record; ``given`` is the reference date of its sidecar."""
    with stage("extract"):
        return extract(
            source,
            reference_date=options.reference_date or given,
            companies=ledger_of(options),
            ner_model=options.ner_model,
            ner_labels=_labels(options),
        )


def check(options: Options) -> None:
    """Reads what the options name. Raises ``LedgerError`` and ``ModelError`` where that fails."""
    from parkfacts.find.ner import recognizer

    ledger_of(options)
    recognizer(options.ner_model, _labels(options))


def _labels(options: Options) -> dict[str, str]:
    return dict(label.split("=", 1) for label in options.ner_labels)


def ledger_of(options: Options) -> Ledger | None:
    """The ledger that the options name, read once a process. Raises ``LedgerError``."""
    return None if options.companies is None else _ledger(options.companies)


@cache
def _ledger(path: str) -> Ledger:
    from parkfacts.ledger import Ledger

    return Ledger.read(Path(path))


def digest(data: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def failed(task: Task, message: str, why: Why, attempts: int = 1) -> Outcome:
    """The outcome of a task that gave no record; the message is one line."""
    return Outcome(task.name, task.shown, "failed", message=message, attempts=attempts, why=why)


def _too_large(task: Task, limits: Limits) -> str:
    """The message for a document that needs more memory than it may take."""
    return f"{task.shown}: needs more than {limits.mebibytes} MiB of memory; raise --memory-limit, or cut it in parts"


def _bug(task: Task, error: Exception) -> str:
    """The message for an error that no document should make: its kind and where in the code. Its own words may quote
    the document, so they go to the log at DEBUG alone."""
    tell(log, logging.DEBUG, "document.error", f"{task.shown}: the error", error=error, document=task.name)
    return f"{task.shown}: {place(error)}; this is a bug, please report it, with the document if it may be shown"
