"""The controls: a commit that is broken on purpose. The verdict on each must not be green."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from breaks.scene import Scene, Verdict, judge, undisturbed
from faulty import FaultyJob, content
from parkfacts.batch import Limits
from parkfacts.batch.engines import Results, inline
from parkfacts.batch.store import Local, Store
from parkfacts.errors import RunError


def an_outcome_is_lost(scene: Scene, engine: str) -> Verdict:
    """The engine never tells of one document."""
    return _noticed(scene, lambda results: results[1:])


def an_outcome_is_doubled(scene: Scene, engine: str) -> Verdict:
    """The engine tells of one document twice, and of another never."""
    return _noticed(scene, lambda results: [*results[1:], results[1]])


def _noticed(scene: Scene, broken: Callable[[list[Any]], list[Any]]) -> Verdict:
    def engine(shards: Any, work: Any, limits: Limits) -> Results:
        yield from broken(list(inline(shards, work, limits)))

    try:
        return judge(scene, scene.tasks(), engine, scene.job())
    except RunError as error:
        return Verdict(False, False, content(scene.out) == undisturbed(scene.light), str(error))


class _TornStore(Local):
    """A store that writes in place, and whose process is as if killed half way through one record."""

    def write(self, files: Mapping[str, bytes]) -> None:
        for name, data in files.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_bytes(data[: len(data) // 2] if name == "r007.json" else data)


class _TearingJob(FaultyJob):
    @property
    def store(self) -> Store:  # type: ignore[override]
        return _TornStore(Path(self.out))


def a_record_is_torn(scene: Scene, engine: str) -> Verdict:
    """Records are written in place, and one of them half."""
    job = _TearingJob(str(scene.out), marks=scene.marks, seed=scene.seed, light=scene.light)
    return judge(scene, scene.tasks(), inline, job)
