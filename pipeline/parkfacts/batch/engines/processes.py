"""Processes of this machine, each doing one task at a time; one that dies or does not end is replaced.

The driver hands out single tasks, so it knows which one a process died with. A task whose process died is tried again a
few times (the system may have killed it for another's sake), then told as failed; one that takes too long is told as
failed at once. (``concurrent.futures`` gives up the whole run when one of its processes is killed.)
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import time
import warnings
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from logging.handlers import QueueHandler
from multiprocessing.connection import Connection, wait
from types import ModuleType
from typing import Any, cast

from parkfacts.batch.engines import Engine, Results, Work
from parkfacts.batch.task import Limits, Outcome, Shard, Task, Why
from parkfacts.batch.work import failed
from parkfacts.errors import RunError
from parkfacts.logs import discreet, tell, warned

log = logging.getLogger(__name__)

_AHEAD = 2  # tasks that a process has in hand, so that it never waits for the driver
_TICK = 0.2  # seconds between two looks at the clock
_FALSE_STARTS = 3
_LATE = 2  # times the limit, after which a process ends by itself
_CONTEXT = multiprocessing.get_context("spawn")


def processes(jobs: int) -> Engine:
    """The engine of so many processes. It raises ``RunError`` where they cannot be started."""
    return partial(_run, jobs)


@dataclass(frozen=True, slots=True)
class _Item:
    shard: Shard
    task: Task
    attempt: int = 1


class _Worker:
    """A process and the items that it has in hand, the one it works at first."""

    def __init__(self, work: Work, limits: Limits) -> None:
        self.connection, there = _CONTEXT.Pipe()
        level = logging.getLogger("parkfacts").getEffectiveLevel()
        self.process = _CONTEXT.Process(target=_serve, args=(there, work, limits, level), daemon=True)
        with _no_main():
            self.process.start()
        there.close()
        self.items: deque[_Item] = deque()
        self.ready = False
        self._since = time.monotonic()

    def give(self, item: _Item) -> None:
        """Puts an item into the process's hand; what becomes of a dead one is settled by who looks after it."""
        if not self.items:
            self._since = time.monotonic()
        self.items.append(item)
        try:
            self.connection.send(item.task)
        except OSError:
            self.process.kill()

    def outcomes(self) -> Iterator[tuple[_Item, Outcome]]:
        """What the process has told since the last look."""
        try:
            while self.connection.poll():
                told = self.connection.recv()
                if isinstance(told, logging.LogRecord):
                    logging.getLogger(told.name).handle(told)
                    continue
                self._since = time.monotonic()
                if told is None:
                    self.ready = True
                else:
                    yield self.items.popleft(), told
        except (EOFError, OSError):
            self.process.kill()  # it is dead or dying: nothing that it says from now on counts

    def overdue(self, seconds: float) -> bool:
        """Whether the item at work took longer than it may; starting up is no item."""
        return self.ready and bool(self.items) and time.monotonic() - self._since > seconds

    def alive(self) -> bool:
        """Whether the process runs."""
        return self.process.is_alive()

    def end(self) -> None:
        """Ends the process, whatever it does."""
        self.process.kill()
        self.process.join()
        self.connection.close()


def _run(jobs: int, shards: Sequence[Shard], work: Work, limits: Limits) -> Results:
    with closing(Crew(min(jobs, sum(len(shard.tasks) for shard in shards)), work, limits)) as crew:
        yield from crew.do(shards)


class Crew:
    """So many processes, which live until the crew is closed."""

    def __init__(self, jobs: int, work: Work, limits: Limits) -> None:
        self._work, self._limits = work, limits
        self._workers = [_Worker(work, limits) for _ in range(jobs)]

    def do(self, shards: Sequence[Shard]) -> Results:
        """One outcome a task. Raises ``RunError`` where processes cannot be started."""
        crew, limits = self._workers, self._limits
        queue = deque(_Item(shard, task) for shard in shards for task in shard.tasks)
        false_starts = 0
        while queue or any(worker.items for worker in crew):
            _feed(crew, queue)
            wait([end for worker in crew for end in (worker.connection, worker.process.sentinel)], _TICK)
            for index, worker in enumerate(crew):
                yield from ((item.shard, outcome) for item, outcome in worker.outcomes())
                if worker.overdue(limits.seconds):
                    slow = worker.items.popleft()
                    yield slow.shard, failed(slow.task, _too_slow(slow.task, limits), Why("too-slow"), slow.attempt)
                elif worker.alive():
                    continue
                else:
                    yield from _bury(worker, queue, limits)
                _tell(worker)
                false_starts = 0 if worker.ready else false_starts + 1
                _check_starts(false_starts, worker)
                queue.extendleft(reversed(worker.items))
                worker.end()
                crew[index] = _Worker(self._work, limits)

    def close(self) -> None:
        """Ends the processes, whatever they do."""
        for worker in self._workers:
            worker.end()


@contextmanager
def _no_main() -> Iterator[None]:
    """Hides the program that runs here, which the new process would import for nothing: the command line, or all of
    Ray and Spark beside whose workers it stands."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _feed(crew: Sequence[_Worker], queue: deque[_Item]) -> None:
    for ahead in range(1, _AHEAD + 1):
        for worker in crew:
            # what was tried before goes to a process that has nothing else in hand, so that it harms no other
            if queue and len(worker.items) < ahead and (queue[0].attempt == 1 or not worker.items):
                worker.give(queue.popleft())


def _bury(worker: _Worker, queue: deque[_Item], limits: Limits) -> Results:
    """The outcome of the item that a dead process was at, or the item back in the queue; the others are no suspects."""
    if worker.ready and worker.items:
        item = worker.items.popleft()
        if item.attempt >= limits.attempts:
            yield item.shard, failed(item.task, _deadly(item, worker.process.exitcode), Why("deadly"), item.attempt)
        else:
            queue.append(replace(item, attempt=item.attempt + 1))


def _tell(worker: _Worker) -> None:
    """Logs that a process has to be replaced."""
    code = worker.process.exitcode
    how = "it took too long" if code is None else _how(code)
    tell(log, logging.WARNING, "worker.lost", f"a process was replaced ({how})", exit=code)


def _check_starts(false_starts: int, worker: _Worker) -> None:
    if false_starts > _FALSE_STARTS:
        problem = f"processes end before they begin ({_how(worker.process.exitcode)})"
        raise RunError("extract", problem, "run it without -j to see why, or raise --memory-limit")


def _too_slow(task: Task, limits: Limits) -> str:
    return f"{task.shown}: took longer than {limits.seconds:g} s; raise --time-limit, or cut it in parts"


def _deadly(item: _Item, code: int | None) -> str:
    times = f"{item.attempt} processes died with it ({_how(code)})"
    return f"{item.task.shown}: {times}; raise --memory-limit, or report it as a bug with the document"


def _how(code: int | None) -> str:
    return f"exit status {code}" if code is None or code >= 0 else f"killed by {signal.Signals(-code).name}"


# ---- in the process ---------------------------------------------------------------------------------------------


class _Back(QueueHandler):
    """Sends what is logged here to the driver, whose handlers it is for."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(cast("Any", connection))  # which enqueue alone takes for a queue
        self._connection = connection

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        """The record as it may be told: the way to a cluster's logs leads past the driver."""
        quotes = logging.getLogger("parkfacts").level <= logging.DEBUG
        prepared: logging.LogRecord = super().prepare(record if quotes else discreet(record))
        return prepared

    def enqueue(self, record: logging.LogRecord) -> None:
        """Sends a record that is ready."""
        self._connection.send(record)


def _serve(connection: Connection, work: Work, limits: Limits, level: int = logging.WARNING) -> None:
    """Does tasks until the driver closes its end, or is no more."""
    logging.getLogger("parkfacts").setLevel(level)
    logging.getLogger().addHandler(_Back(connection))
    logging.raiseExceptions = False  # where the driver is gone, its records are of no use
    warnings.showwarning = warned
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the driver decides
    _bound(limits.mebibytes)
    try:
        work.prepare()
        connection.send(None)
        while True:
            task = connection.recv()
            with _alarm(limits.seconds):
                outcome = work(task)
            connection.send(outcome)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        os._exit(0)  # the driver is gone, and with it who would read an error


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Ends this process where a task takes so long that the driver, which should have ended it, must be gone."""
    if sys.platform == "win32":
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, _LATE * seconds)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)


def _bound(mebibytes: int) -> None:
    """Bounds the address space, where the system can."""
    if sys.platform == "win32":
        return
    import resource

    most = mebibytes * 2**20
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
