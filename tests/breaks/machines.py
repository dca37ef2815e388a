"""A machine goes, or its disk is full."""

from __future__ import annotations

import random
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from breaks.scene import Scene, Verdict, judge, wait_for
from parkfacts.batch import run
from parkfacts.batch.engines import choose
from parkfacts.errors import WriteError


def node_removed(scene: Scene, engine: str) -> Verdict:
    """A node of a cluster of two goes, not gracefully, with a document in its hand."""
    import ray
    from ray.cluster_utils import Cluster

    ray.shutdown()
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    node = cluster.add_node(num_cpus=1)
    cluster.wait_for_nodes()
    ray.init(cluster.address, log_to_driver=False, logging_level="ERROR")
    remover = threading.Thread(target=_remove, args=(cluster, node, scene))
    try:
        remover.start()
        return judge(scene, scene.tasks(), choose(engine), scene.job(pause=0.2))
    finally:
        remover.join()
        ray.shutdown()
        cluster.shutdown()


def _remove(cluster: Any, node: Any, scene: Scene) -> None:
    """Removes a node when it has begun so many documents, fewer than a shard has, so that one is always in its hand."""
    raylet, after = str(node.all_processes["raylet"][0].process.pid), random.Random(scene.seed).randrange(1, 6)
    wait_for(lambda: [file.read_text() for file in scene.marks.iterdir()].count(raylet) >= after)
    cluster.remove_node(node, allow_graceful=False)


def tmpfs_full(scene: Scene, engine: str) -> Verdict:
    """A file system that fills up while records are written; then it is made larger, and the same command again."""
    with small_disk(scene.out, 56 + 4 * (scene.seed % 20)) as grow:
        tasks, job = scene.tasks(), scene.job()
        try:
            messages = [outcome.message or "" for outcome in run(tasks, job, choose(engine, 2)).failures]
        except WriteError as error:  # what the run keeps of itself had no room
            messages = [str(error)]
        if not messages or not all("No space left on device" in message for message in messages):
            return Verdict(False, False, False, f"the disk was not full: {messages}")
        grow(64_000)
        return judge(scene, tasks, choose(engine, 2), job)


@contextmanager
def small_disk(place: Path, kibibytes: int) -> Iterator[Callable[[int], None]]:
    """A file system in memory of a size, and what resizes it. Raises ``OSError`` where one may not be mounted."""
    place.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kibibytes}k", "none", str(place)]
    told = subprocess.run(mount, capture_output=True, text=True)
    if told.returncode:
        raise OSError(f"a tmpfs needs root's rights: {told.stderr.strip()}")
    try:
        yield lambda size: _checked("mount", "-o", f"remount,size={size}k", str(place))
    finally:
        _checked("umount", "-l", str(place))


def _checked(*command: str) -> None:
    subprocess.run(command, check=True)
