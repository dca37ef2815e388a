"""Events: what a run tells of itself, for people as a line, for machines as fields under stable names (docs/logs.md).

The package logs to ``logging.getLogger("parkfacts…")`` and sets no handler; the command line sets one, with a formatter
of this module. Above DEBUG no event holds text of a document: errors are told by their kind and place in the code.
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterator
from copy import copy
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

EVENTS = {
    "run.started": "documents are about to be extracted",
    "run.ended": "all of them were tried",
    "run.stopped": "someone stopped it; the same command goes on",
    "document.done": "a record was written",
    "document.unchanged": "the record of an earlier run still holds",
    "document.failed": "no record; code, stage and offset say why",
    "document.renamed": "the name was taken, the record has another",
    "document.error": "DEBUG alone: the traceback of an error in our code, which may quote the document",
    "worker.lost": "a process died or was ended, and was replaced",
    "record.unreadable": "a record that does not load",
    "export.ended": "records were written in another form",
    "export.loss": "what that form cannot hold",
    "import.refused": "a change of another tool that cannot be done",
    "import.ended": "the other changes were done",
    "evaluate.started": "gold is about to be compared",
    "evaluate.ended": "it was",
    "evaluate.floor": "a figure below its floor",
    "train.started": "a model is about to be trained",
    "train.ended": "its weights were written",
    "review.started": "the page is served (its address, which holds the key, goes to stdout alone)",
    "review.opened": "it is open to other machines",
    "review.ended": "it no longer is served",
    "command.failed": "a command ended with an error",
    "command.crashed": "a command ended with an error in our code",
    "log": "what a library logs",
}
"""By name, what an event tells."""


_OURS = ("parkfacts", "uvicorn")  # whose messages hold no text of documents

log = logging.getLogger(__name__)


def tell(
    logger: logging.Logger, level: int, event: str, message: str, error: BaseException | None = None, **fields: object
) -> None:
    """Logs an event of ``EVENTS``; fields that are None are left out."""
    assert event in EVENTS, event
    told = {name: value for name, value in fields.items() if value is not None}
    logger.log(level, "%s", message, exc_info=error, extra={"event": event, "fields": told})


def warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """Logs a warning of Python's by its kind and place; in the place of ``warnings.showwarning``."""
    tell(log, logging.INFO, "log", f"{category.__name__} at {_from_package(filename)}:{lineno}")
    log.debug("%s", message)


def frames(trace: TracebackType | None) -> Iterator[str]:
    """Where an error came from, outermost first: file, line and function, and nothing of what they worked on."""
    for frame in traceback.extract_tb(trace):
        yield f"{_from_package(frame.filename)}:{frame.lineno} in {frame.name}"


def place(error: BaseException) -> str:
    """The kind of an error and where it was raised; its message, which may quote a document, is left out."""
    *_, last = ["?", *frames(error.__traceback__)]
    return f"{type(error).__name__} at {last}"


def _from_package(file: str) -> str:
    parts = Path(file).parts
    for root in ("parkfacts", "site-packages"):
        if root in parts:
            at = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[at + (root == "site-packages") :])
    return Path(file).name


def discreet(record: logging.LogRecord) -> logging.LogRecord:
    """The record without what may quote a document: what libraries say, and the messages of exceptions."""
    told = copy(record)
    if record.name.partition(".")[0] not in _OURS:
        told.msg, told.args = f"{record.name} logs, at {_from_package(record.pathname)}:{record.lineno}", None
    if record.exc_info and record.exc_info[1] is not None:
        told.msg, told.args = f"{told.getMessage()} ({place(record.exc_info[1])})", None
        told.fields = {**getattr(told, "fields", {}), "frames": list(frames(record.exc_info[2]))}
    told.exc_info = told.exc_text = None
    return told


class _Formatter(logging.Formatter):
    """``quotes``: what may quote a document is told too."""

    def __init__(self, quotes: bool = False) -> None:
        super().__init__()
        self.quotes = quotes

    def format(self, record: logging.LogRecord) -> str:
        """The event's line."""
        return self.line(record if self.quotes else discreet(record))

    def line(self, record: logging.LogRecord) -> str:
        """The line of a record that may be told as it is."""
        raise NotImplementedError


class Plain(_Formatter):
    """A line for people, ``error: page.txt: …``, and the traceback behind it where that may be told."""

    def line(self, record: logging.LogRecord) -> str:
        """The line."""
        line = f"{record.levelname.lower()}: {' '.join(record.getMessage().split())}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class Json(_Formatter):
    """One JSON object a line: time, level, event, logger and message, then the fields of the event."""

    def line(self, record: logging.LogRecord) -> str:
        """The object."""
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": getattr(record, "event", "log"),
            "logger": record.name,
            "message": " ".join(record.getMessage().split()),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)
