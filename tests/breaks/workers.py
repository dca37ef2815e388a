"""What does documents is killed, or a document harms it."""

from __future__ import annotations

import random
from dataclasses import replace

from breaks.scene import COUNT, Scene, Verdict, judge, told_once, undisturbed
from faulty import EATS, KILLS, LOOPS, attempts, content
from parkfacts.batch import Limits, run
from parkfacts.batch.engines import choose

HARD = Limits(seconds=8.0, mebibytes=1500, attempts=2)


def worker_killed(scene: Scene, engine: str) -> Verdict:
    """SIGKILL of what does documents: a process of this machine, or the cluster's worker that it stands beside."""
    faults = {"killed": 2} if engine == "local" else {"parents": 2}
    return judge(scene, scene.tasks(), choose(engine, 2), scene.job(**faults))


def killed_while_writing(scene: Scene, engine: str) -> Verdict:
    """SIGKILL at a moment between the temporary files and their names, which the seed chooses."""
    verdict = judge(scene, scene.tasks(), choose(engine, 2), scene.job(torn=2))
    left = [file.name for file in scene.out.rglob("*.part")]
    return replace(verdict, why=verdict.why or (f"left behind: {left}" if left else ""))


def harmful_documents(scene: Scene, engine: str) -> Verdict:
    """One that kills its process, one that never ends, one that eats memory: told as failed, and nobody else is."""
    places = random.Random(scene.seed).sample(range(COUNT), 3)
    special = {f"r{at:03}x": text for at, text in zip(places, (KILLS, LOOPS, EATS), strict=True)}
    kills, loops, eats = special
    tasks = scene.tasks(**special)
    outcomes = run(tasks, replace(scene.job(), limits=HARD), choose(engine, 2)).outcomes
    told = {outcome.name: outcome.message or "" for outcome in outcomes if outcome.state == "failed"}
    sound = set(told) == set(special) and "SIGKILL" in told[kills] and "8 s" in told[loops] and "MiB" in told[eats]
    ids, same = told_once(outcomes, tasks), content(scene.out) == undisturbed(scene.light)
    return Verdict(attempts(scene.marks)[kills] == 2, ids, same, "" if sound else f"told: {told}")
