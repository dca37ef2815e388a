"""What is broken to see a run hold, and what came of it: ``python tests/faults.py --seeds 20`` prints the table.

The faults are in ``breaks``. The controls break the commit itself: their verdict must not be green.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from breaks.clusters import standing
from breaks.controls import a_record_is_torn, an_outcome_is_doubled, an_outcome_is_lost
from breaks.drivers import driver_killed, driver_killed_while_writing
from breaks.machines import node_removed, tmpfs_full
from breaks.scene import Scene, Verdict
from breaks.workers import harmful_documents, killed_while_writing, worker_killed


@dataclass(frozen=True)
class Row:
    """A fault on an engine."""

    fault: Callable[[Scene, str], Verdict]
    engine: str
    control: bool = False

    @property
    def name(self) -> str:
        return self.fault.__name__.replace("_", " ")


ROWS = (
    *(Row(worker_killed, engine) for engine in ("local", "ray", "spark")),
    *(Row(killed_while_writing, engine) for engine in ("local", "ray", "spark")),
    *(Row(harmful_documents, engine) for engine in ("local", "ray", "spark")),
    *(Row(driver_killed, engine) for engine in ("local", "ray")),
    Row(driver_killed_while_writing, "local"),
    Row(tmpfs_full, "local"),
    Row(node_removed, "ray"),
    Row(an_outcome_is_lost, "local", control=True),
    Row(an_outcome_is_doubled, "local", control=True),
    Row(a_record_is_torn, "local", control=True),
)


def _verdicts(row: Row, seeds: range, light: bool) -> Iterator[Verdict]:
    with standing(row.engine):
        for seed in seeds:
            with tempfile.TemporaryDirectory() as place:
                verdict = row.fault(Scene(Path(place), seed, light), row.engine)
            if verdict.green == row.control:
                print(f"  {row.name}, {row.engine}, seed {seed}: {verdict}", file=sys.stderr, flush=True)
            yield verdict


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--engines", nargs="+", default=["local", "ray", "spark"])
    parser.add_argument("--only", nargs="+", default=[], metavar="WORD", help="faults whose names have one of these")
    parser.add_argument(
        "--stand-in", action="store_true", help="a stand-in extracts: processes start in a third of the time"
    )
    chosen = parser.parse_args()
    wanted = [row for row in ROWS if row.engine in chosen.engines]
    wanted = [row for row in wanted if not chosen.only or any(word in row.name for word in chosen.only)]
    head = f"{'fault':<30}{'engine':<7}{'seeds':>6}{'green':>6}{'begun twice':>12}{'ids equal':>10}{'bytes equal':>12}"
    table, good = [head], True
    for row in wanted:
        seen = list(_verdicts(row, range(chosen.seeds), chosen.stand_in))
        good = good and all(verdict.green != row.control for verdict in seen)
        table.append(_line(row, seen))
        print(table[-1], file=sys.stderr, flush=True)
    print("\n".join(table))  # as a whole: Ray writes between the lines what it thinks of lost workers
    sys.exit(int(not good))


def _line(row: Row, seen: Sequence[Verdict]) -> str:
    green, twice, ids, same = (sum(getattr(v, what) for v in seen) for what in ("green", "twice", "ids", "same"))
    note = "  a control: none may be green" if row.control else ""
    return f"{row.name:<30}{row.engine:<7}{len(seen):>6}{green:>6}{twice:>12}{ids:>10}{same:>12}{note}"


if __name__ == "__main__":
    main()
