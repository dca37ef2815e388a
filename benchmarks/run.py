"""All figures in one table: ``python benchmarks/run.py [PART …]``; without a part, all that need nothing else.

whole     characters a CPU second of the spine with its model of names, and of the rules alone
stages    the same of each stage
start     CPU seconds and memory of one ``parkfacts`` from start to end
floors    passes over the same texts that know nothing
length    one document of 1 kB, ten times as much, … up to ``--bytes``
number    10 documents, ten times as many, … up to ``--documents``, in ``-j`` processes; ``--kill`` kills the largest
          run's driver half way and goes on
engines   ``--documents`` documents on each of ``--engines`` in turn (Ray and Spark are extras), beside local
peers     what others take for a part of our work, each in its own environment under ``--environments``

Rates are characters a CPU second, memory is what was resident at most, growth 1.00 is linear.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import beside
import length
import many
import speed
from table import Row, head, line

from parkfacts import read

PARTS = ("whole", "start", "floors", "length", "number", "stages")
MORE = ("engines", "peers")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join((*PARTS, *MORE)))
    parser.add_argument("--reports", type=Path, nargs="+", default=speed.reports(), help="instead of the corpus")
    parser.add_argument("--times", type=int, default=5, help="so often each report is read (5)")
    parser.add_argument("--least", type=int, default=0, help="exit 1 where the whole is slower than this")
    parser.add_argument("--bytes", type=int, default=1_000_000, help="of the longest document (1000000)")
    parser.add_argument("--documents", type=int, default=1000, help="of the largest run (1000)")
    parser.add_argument("-j", "--jobs", type=int, default=2, help="processes of a run (2)")
    parser.add_argument("--kill", action="store_true", help="kill the driver of the largest run half way, and go on")
    parser.add_argument("--engines", nargs="+", default=["local", "ray"], help="local, ray, spark (local ray)")
    parser.add_argument("--place", type=Path, help="a folder for documents and records (the system's)")
    parser.add_argument("--environments", type=Path, default=Path(".peers"), help="of the peers (.peers)")
    chosen = parser.parse_args()
    if unknown := set(chosen.parts) - {*PARTS, *MORE}:
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join((*PARTS, *MORE))}")
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}")
    slow = False
    for part in (one for one in (*PARTS[:-1], *MORE, PARTS[-1]) if one in (chosen.parts or PARTS)):
        print(head(part), flush=True)
        for row in _measured(part, chosen):
            print(line(row), flush=True)
            slow |= row.what == "whole" and (row.rate or 0) < chosen.least
    sys.exit(int(slow))


def _measured(part: str, chosen: argparse.Namespace) -> Iterator[Row]:
    measure: dict[str, Callable[[], Iterator[Row]]] = {
        "whole": lambda: speed.whole(chosen.reports, chosen.times),
        "start": lambda: speed.start(chosen.reports[0]),
        "floors": lambda: beside.floors(_texts(chosen.reports)),
        "length": lambda: length.rows(chosen.bytes),
        "number": lambda: many.rows(_tens(chosen.documents), ["local"], chosen.jobs, chosen.kill, chosen.place),
        "engines": lambda: many.rows([chosen.documents], chosen.engines, chosen.jobs, False, chosen.place),
        "peers": lambda: beside.peers(chosen.environments, _texts(chosen.reports)),
        "stages": lambda: speed.stages(chosen.reports, chosen.times),
    }
    return measure[part]()


def _tens(most: int) -> list[int]:
    counts = [10]
    while counts[-1] * 10 <= most:
        counts.append(counts[-1] * 10)
    return counts if counts[-1] == most else [*counts, most]


def _texts(reports: Sequence[Path]) -> list[str]:
    return [read.read(path).text for path in reports]


if __name__ == "__main__":
    main()
