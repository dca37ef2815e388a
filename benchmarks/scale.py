"""Many documents: how cost grows with their number, what a process holds, and what a cluster's engine costs beside it.

Documents are made by a rule, of about ``--chars`` characters. ``parkfacts extract`` runs as a user runs it; CPU seconds
and memory are read from /proc (Linux) every fifth of a second, of all processes that descend from it, daemons included.
Growth 1.00 is linear: the exponent by which CPU seconds grow from one number of documents to the next.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

MARK = "PARKFACTS_BENCHMARK"
TICKS = os.sysconf("SC_CLK_TCK")
MIB = 2**20
LINES = (
    "{y}年{m}月，园区新引进企业{n}家，总投资{a}.5亿元。",
    "去年全区实现工业总产值{a}.2亿元，同比增长{n}.5%。",
    "{y}年底，岚渡高新区二期项目开工建设，规划面积{n}平方公里。",
    "今年{m}月，由晟拓精工股份有限公司投资{n}亿元的智能装备项目建成投产。",
)


def document(number: int, chars: int) -> str:
    """The document of a number; no two neighbours are the same."""
    text, turn = "", number
    while len(text) < chars:
        text += LINES[turn % len(LINES)].format(y=2000 + turn % 24, m=turn % 12 + 1, n=turn % 89 + 2, a=turn % 997)
        turn += 7
    return text + "\n"


def make(folder: Path, count: int, chars: int) -> int:
    """Writes so many documents, a thousand a folder, and returns their characters."""
    total = 0
    for number in range(count):
        place = folder / f"{number // 1000:03}"
        if number % 1000 == 0:
            place.mkdir(parents=True)
        text = document(number, chars)
        total += len(text)
        (place / f"{number:06}.txt").write_text(text, "utf-8")
    return total


@dataclass
class Cost:
    """What a run took: ``seconds`` of CPU by process, ``held`` the resident bytes of the largest worker over time."""

    wall: float = 0.0
    by_process: dict[int, float] = field(default_factory=dict)
    held: list[int] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return sum(self.by_process.values())

    def look(self, token: str, driver: int) -> None:
        """Adds what the processes of the run have used until now."""
        largest = 0
        for pid in _marked(token):
            try:
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it ended meanwhile; what it used by the last look counts
            self.by_process[pid] = (int(fields[11]) + int(fields[12])) / TICKS
            if pid != driver and "multiprocessing.spawn" in _command(pid):
                largest = max(largest, int(fields[21]) * os.sysconf("SC_PAGE_SIZE"))
        if largest:
            self.held.append(largest)


def _marked(token: str) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if token.encode() in (entry / "environ").read_bytes():
                    yield int(entry.name)
            except OSError:
                continue  # it ended meanwhile, or is not ours


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""


def run(folder: Path, out: Path, jobs: int, engine: str) -> Cost:
    """Extracts a folder, and says what that took. Raises ``SystemExit`` where a document failed."""
    token, cost = f"{os.getpid()}-{out.name}", Cost()
    code = "from parkfacts.cli import main; main()"
    command = [sys.executable, "-c", code, "extract", str(folder), "-o", str(out), "-j", str(jobs), "--engine", engine]
    begin = time.perf_counter()
    with (out.parent / "log").open("w+") as log:
        driver = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, MARK: token})
        while driver.poll() is None:
            cost.look(f"{MARK}={token}", driver.pid)
            time.sleep(0.2)
        cost.wall = time.perf_counter() - begin
        if driver.returncode:
            log.seek(0)
            raise SystemExit(f"parkfacts extract ended with {driver.returncode}:\n{log.read()[-2000:]}")
    return cost


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", type=int, nargs="+", default=[10, 100, 1000], help="numbers of documents")
    parser.add_argument("--chars", type=int, default=150, help="of a document, about")
    parser.add_argument("-j", "--jobs", type=int, default=2)
    parser.add_argument("--engines", nargs="+", default=["local"], help="local, ray, spark: each in turn")
    chosen = parser.parse_args()
    print(f"{'engine':<8}{'documents':>10}{'wall s':>9}{'CPU s':>9}{'a second':>10}{'characters/CPU s':>18}", end="")
    print(f"{'growth':>8}{'MiB a worker, half way':>24}{'at most':>9}")
    for engine in chosen.engines:
        before: tuple[int, float] | None = None
        for count in chosen.counts:
            with tempfile.TemporaryDirectory() as place:
                chars = make(Path(place) / "in", count, chosen.chars)
                cost = run(Path(place) / "in", Path(place) / "out", chosen.jobs, engine)
            grown = "" if before is None else f"{math.log(cost.seconds / before[1]) / math.log(count / before[0]):.2f}"
            half, most = cost.held[len(cost.held) // 2] / MIB, max(cost.held) / MIB
            print(f"{engine:<8}{count:>10,}{cost.wall:>9.1f}{cost.seconds:>9.1f}{count / cost.wall:>10.1f}", end="")
            print(f"{chars / cost.seconds:>18,.0f}{grown:>8}{half:>24.0f}{most:>9.0f}", flush=True)
            before = count, cost.seconds


if __name__ == "__main__":
    main()
