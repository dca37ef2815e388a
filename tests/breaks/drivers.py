"""The driver is killed, and the same command given again."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from breaks.clusters import address_of
from breaks.scene import COUNT, LONGEST, Scene, Verdict, judge, wait_for
from faulty import attempts
from parkfacts.batch import Task, run
from parkfacts.batch.engines import choose
from parkfacts.batch.state import State
from parkfacts.batch.store import Local


def driver_killed(scene: Scene, engine: str) -> Verdict:
    """SIGKILL of the driver when so many documents are begun; then the same command again."""
    tasks, after = scene.tasks(), random.Random(scene.seed).randrange(3, COUNT - 4)
    driver = _drive(scene, engine, "none")
    wait_for(lambda: len(list(scene.marks.iterdir())) >= after or driver.poll() is not None)
    driver.kill()
    return _resumed(scene, tasks, driver, engine)


def driver_killed_while_writing(scene: Scene, engine: str) -> Verdict:
    """SIGKILL of the driver between the temporary file and the name of what it keeps of a shard; then the same command
    again."""
    tasks = scene.tasks()
    driver = _drive(scene, engine, random.Random(scene.seed).choice(("000000-", "000001-")))
    return _resumed(scene, tasks, driver, engine)


def _drive(scene: Scene, engine: str, torn: str) -> subprocess.Popen[bytes]:
    code = "import sys; from breaks.drivers import driven; driven(*sys.argv[1:])"
    arguments = [
        str(scene.folder),
        str(scene.seed),
        "light" if scene.light else "",
        engine,
        address_of(engine) or "",
        torn,
    ]
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def driven(folder: str, seed: str, light: str, engine: str, address: str, torn: str) -> None:
    """In a process of its own: a run whose driver dies before a file that is so called gets its name."""
    scene, real = Scene(Path(folder), int(seed), bool(light)), Path.replace

    def kills(self: Path, target: Path) -> Path:
        if target.name.startswith(torn):
            time.sleep(random.Random(scene.seed).random() / 20)
            os.kill(os.getpid(), signal.SIGKILL)
        return real(self, target)

    Path.replace = kills  # type: ignore[method-assign, assignment]
    run(scene.tasks(), scene.job(pause=0.05), choose(engine, 2, address or None))


def _resumed(scene: Scene, tasks: list[Task], driver: subprocess.Popen[bytes], engine: str) -> Verdict:
    if driver.wait(LONGEST) != -signal.SIGKILL:
        return Verdict(False, False, False, f"the driver ended by itself ({driver.returncode})")
    wait_for(lambda: _still(scene))
    if State(Local(scene.out)).complete():
        return Verdict(False, False, False, "the run was told as complete")
    return judge(scene, tasks, choose(engine, 2), scene.job(), begun=list(attempts(scene.marks)))


def _still(scene: Scene) -> bool:
    """Whether nobody begins a document any more: what a driver leaves behind ends by itself."""
    before = len(list(scene.marks.iterdir()))
    time.sleep(0.5)
    return len(list(scene.marks.iterdir())) == before
