"""What commands say beside their product: events to stderr, for people or as JSON (``--log-json``)."""

from __future__ import annotations

import inspect
import logging
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import wraps
from typing import Annotated, Any

import typer

from parkfacts.errors import ParkfactsError
from parkfacts.logs import Json, Plain, place, tell, warned

log = logging.getLogger(__name__)
FAILED = 1

_machine: ContextVar[bool] = ContextVar("machine", default=False)


class Level(StrEnum):
    """From which level on events are told."""

    debug = "debug"
    info = "info"
    warning = "warning"
    error = "error"


_OPTIONS = {
    "log_json": Annotated[bool, typer.Option("--log-json", help="Tell what happens as JSON, a line each, on stderr.")],
    "log_level": Annotated[
        Level | None,
        typer.Option(help="From where on; debug may quote documents.", show_default="warning; info with --log-json"),
    ],
}


class Commands(typer.Typer):
    """A group of commands each of which takes the options of logging, and tells its errors as events."""

    def command(self, *names: Any, **settings: Any) -> Callable[[Any], Any]:
        """As Typer's."""
        register = super().command(*names, **settings)

        def add(function: Callable[..., Any]) -> Callable[..., Any]:
            register(_logged(function))
            return function

        return add


def for_machines() -> bool:
    """Whether stderr is for JSON alone, so that no table and no progress bar may stand there."""
    return _machine.get()


def _logged(function: Callable[..., Any]) -> Callable[..., Any]:
    """The command with the options of logging behind its own."""

    @wraps(function)
    def run(*, log_json: bool = False, log_level: Level | None = None, **options: Any) -> Any:
        with events_to_stderr(log_json, log_level), _errors():
            return function(**options)

    own = inspect.signature(function, eval_str=True)
    more = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=_OPTIONS[name])
        for name, default in (("log_json", False), ("log_level", None))
    ]
    run.__signature__ = own.replace(parameters=[*own.parameters.values(), *more])  # type: ignore[attr-defined]
    run.__annotations__ = {name: one.annotation for name, one in own.parameters.items()} | _OPTIONS
    del run.__wrapped__  # its signature is not the command's
    return run


class _Stderr(logging.StreamHandler[Any]):
    """To stderr as it is at that time: a progress bar puts its own in between, above which lines are printed."""

    @property
    def stream(self) -> Any:
        """Where the next line goes."""
        return sys.stderr

    @stream.setter
    def stream(self, _: Any) -> None:
        pass


@contextmanager
def events_to_stderr(as_json: bool = False, level: Level | None = None) -> Iterator[None]:
    """Sends events, and what libraries log, to stderr; those of libraries from warnings on."""
    level = level or (Level.info if as_json else Level.warning)
    ours, root = logging.getLogger("parkfacts"), logging.getLogger()
    handler = _Stderr()
    handler.setFormatter((Json if as_json else Plain)(quotes=level is Level.debug))
    handler.addFilter(lambda record: record.name.startswith("parkfacts") or record.levelno >= logging.WARNING)
    before, machine = ours.level, _machine.set(as_json)
    ours.setLevel(level.upper())
    root.addHandler(handler)
    try:
        with warnings.catch_warnings():
            warnings.showwarning = warned
            yield
    finally:
        root.removeHandler(handler)
        ours.setLevel(before)
        _machine.reset(machine)


@contextmanager
def _errors() -> Iterator[None]:
    """An error of the whole command is one line on stderr, and status 1."""
    try:
        yield
    except ParkfactsError as error:
        tell(log, logging.ERROR, "command.failed", str(error), code=error.code, document=error.name)
    except BrokenPipeError:
        raise
    except Exception as error:
        if type(error).__module__.partition(".")[0] in ("typer", "click"):  # wrong usage, and the way out
            raise
        _crashed(error)
    else:
        return
    raise typer.Exit(FAILED)


def _crashed(error: Exception) -> None:
    message = f"{place(error)}; this is a bug, please report it (--log-level debug shows more, and may quote documents)"
    tell(log, logging.ERROR, "command.crashed", message, code="bug")
    tell(log, logging.DEBUG, "document.error", "the error", error=error)
