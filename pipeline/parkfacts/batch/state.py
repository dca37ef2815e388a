"""What a folder of records knows of its making, in ``.parkfacts/`` within it.

``manifest.jsonl`` fixes the shards of the latest run before anything is done (a line for the run, then one a task),
``shards/<id>.jsonl`` holds a shard's outcomes and appears when the shard is done, ``outcomes.jsonl`` is the sum of all
runs, written when a run is through, and ``complete`` stands there from the moment when every task of the manifest was
counted against an outcome and a record.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from parkfacts.batch.key import rule_version
from parkfacts.batch.store import Store, is_url
from parkfacts.batch.task import Options, Outcome, Shard, Task
from parkfacts.errors import RunError

HOME = ".parkfacts"
_MANIFEST, _OUTCOMES, _COMPLETE, _SHARDS = (
    f"{HOME}/{name}" for name in ("manifest.jsonl", "outcomes.jsonl", "complete", "shards")
)


@dataclass(frozen=True)
class Manifest:
    """The latest run: what it ran with, and its tasks in their shards."""

    rules: str
    options: Options
    shards: tuple[Shard, ...]

    @property
    def tasks(self) -> list[Task]:
        """All tasks, in order."""
        return [task for shard in self.shards for task in shard.tasks]


class State:
    """The state of one folder of records."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def known(self) -> dict[str, Outcome]:
        """The outcomes of earlier runs, by the record's name; a later one counts. How long they took is not told."""
        return {outcome.name: replace(outcome, seconds=None) for outcome in self._told()}

    def _told(self) -> Iterator[Outcome]:
        """What all runs told, the latest last."""
        yield from _read(self._store.read(_OUTCOMES) or b"")
        yield from self._latest()

    def _latest(self) -> Iterator[Outcome]:
        """The outcomes of the shards that are told as done."""
        for data in self._store.read_all(_SHARDS):
            yield from _read(data)

    def begin(self, shards: Sequence[Shard], options: Options) -> None:
        """Fixes what is to be done; outcomes of a run that was stopped are kept as known."""
        if self._store.names(_SHARDS):
            self._keep()
        self._store.remove(_COMPLETE)
        head = {"rules": rule_version(), "options": asdict(options)}
        lines = [json.dumps(head, ensure_ascii=False) + "\n"]
        lines += [_task_line(shard, task) for shard in shards for task in shard.tasks]
        self._store.write({_MANIFEST: "".join(lines).encode("utf-8")})

    def commit(self, shard: Shard, outcomes: Sequence[Outcome]) -> None:
        """Tells a shard as done."""
        lines = "".join(outcome.line() for outcome in outcomes)
        self._store.write({f"{_SHARDS}/{shard.id}.jsonl": lines.encode("utf-8")})

    def finish(self, shards: Sequence[Shard]) -> None:
        """Counts every task against its outcome and its record, then marks the run as complete. Raises ``RunError``
        where something is missing or told twice."""
        told, failed, stands = 0, 0, self._store.all_names()
        lost = {task.name for shard in shards for task in shard.tasks}
        for outcome in self._latest():
            told, failed = told + 1, failed + (outcome.state == "failed")
            if outcome.state == "failed" or f"{outcome.name}.json" in stands:
                lost.discard(outcome.name)
        sought = sum(len(shard.tasks) for shard in shards)
        if lost or told != sought:
            what = f"{sought} documents, {told} outcomes, {len(lost)} without a record ({_some(lost)})"
            raise RunError(HOME, f"the run does not add up: {what}", "run it again: only what is missing is done")
        del stands, lost  # a name for each file there is
        self._store.sweep()
        self._keep()
        self._store.write({_COMPLETE: (json.dumps({"documents": told, "failed": failed}) + "\n").encode()})

    def complete(self) -> bool:
        """Whether the latest run came to its end."""
        return self._store.has(_COMPLETE)

    def manifest(self) -> Manifest | None:
        """The latest run, or None where there was none. Raises ``RunError`` for one that cannot be read."""
        data = self._store.read(_MANIFEST)
        if data is None:
            return None
        try:
            head, *rows = map(json.loads, data.decode("utf-8").splitlines())
            return Manifest(head["rules"], Options.from_data(head["options"]), tuple(_shards(rows)))
        except (ValueError, TypeError, KeyError) as error:
            advice = "extract with --fresh: it is written anew"
            raise RunError(_MANIFEST, f"is no manifest of this version ({error})", advice) from None

    def _keep(self) -> None:
        """Makes one file of what is known."""
        lines = {outcome.name: _line(outcome) for outcome in self._told()}
        if lines:
            self._store.write({_OUTCOMES: b"".join(lines.values())})
        self._store.remove_all(_SHARDS)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        (folder / HOME).mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / HOME / "lock", timeout=0)
        lock.acquire()
    except Timeout:
        raise RunError(
            folder.as_posix(), "another run writes to this folder", "wait for it, or choose another -o"
        ) from None
    except OSError as error:
        problem = f"cannot be written ({error.strerror or error})"
        raise RunError(folder.as_posix(), problem, "choose another -o") from error
    try:
        yield
    finally:
        lock.release()


def alone(place: str) -> AbstractContextManager[None]:
    """A context in which no other run of this machine writes to the place; object stores know no locks. Raises
    ``RunError`` where another one does."""
    return nullcontext() if is_url(place) else _locked(Path(place))


def _read(data: bytes) -> Iterator[Outcome]:
    """The outcomes in a file, without those of another version: what they tell is done again."""
    for line in io.BytesIO(data):
        with suppress(ValueError, TypeError, KeyError):
            yield Outcome.from_line(line.decode("utf-8"))


def _line(outcome: Outcome) -> bytes:
    """What is kept of an outcome when the run is through: the record stands, whoever wrote it."""
    kept = replace(outcome, state="done") if outcome.state == "unchanged" else outcome
    return kept.line().encode("utf-8")


def _task_line(shard: Shard, task: Task) -> str:
    row = {"shard": shard.id, "name": task.name, "path": task.path, "shown": task.shown, "guarded": task.guarded,
           "member": task.member}  # fmt: skip
    return json.dumps(row) + "\n"  # a path may hold what no encoding writes


def _shards(rows: list[dict[str, object]]) -> Iterator[Shard]:
    by_id: dict[str, list[Task]] = {}
    for row in rows:
        member: tuple[str, ...] = tuple(row.pop("member", ()))  # type: ignore[arg-type]
        by_id.setdefault(str(row.pop("shard")), []).append(Task(**row, member=member))  # type: ignore[arg-type]
    yield from (Shard(id, tuple(tasks)) for id, tasks in by_id.items())


def _some(names: set[str]) -> str:
    first = sorted(names)[:3]
    return ", ".join(first) + (", …" if len(names) > 3 else "")
