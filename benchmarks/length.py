"""One document: how cost and memory grow with its length. ``python length.py CHARACTERS`` measures one, alone."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from made import long
from table import Row
from usage import MIB, peak

BYTES = 3  # of a Chinese character in UTF-8


def rows(most: int) -> Iterator[Row]:
    """A row for 1 kB and ten times as much, up to ``most`` bytes; each in a process of its own, for its memory."""
    size, before = 1000, 0.0
    while size <= most:
        command = [sys.executable, Path(__file__), str(size // BYTES)]
        told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        grown = math.log10(told["seconds"] / before) if before else None
        rate, note = told["chars"] / told["seconds"], f"{told['facts']:,} facts"
        yield Row(f"{size:,} bytes", rate, told["seconds"], told["mebibytes"], grown, note)
        size, before = size * 10, told["seconds"]


def main() -> None:
    from parkfacts.batch.task import Options
    from parkfacts.batch.work import report_of
    from parkfacts.text import Source
    from parkfacts.write import dump

    text, options = long(int(sys.argv[1])), Options()
    report_of(Source.from_text(long(10_000)), None, options)  # tables and models come with the first text
    times, begin = 0, time.process_time()
    while times == 0 or time.process_time() - begin < 0.2:
        report = report_of(Source.from_text(text), None, options)
        dump(report)
        times += 1
    seconds = (time.process_time() - begin) / times
    facts = len(report.dates) + len(report.amounts) + len(report.companies) + len(report.milestones)
    print(json.dumps({"chars": len(text), "seconds": seconds, "mebibytes": peak() / MIB, "facts": facts}))


if __name__ == "__main__":
    main()
