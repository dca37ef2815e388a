"""How many characters per CPU second dates and amounts take, from the segmented text to values and what they measure.

``python benchmarks/dates_amounts.py [REPORT…] [--times 20] [--peers FOLDER]``: words are cut before the clock starts.
With ``--peers``, JioNLP and Recognizers-Text read the same texts, each in an environment of its own under FOLDER, which
is made there where it is missing (this takes a package index). Neither is a dependency of parkfacts.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from beside import peers
from table import line

from parkfacts import assemble, read
from parkfacts.find import amounts, dates, names
from parkfacts.link import audit, indicators, reference, timeline
from parkfacts.pipeline import default_segmenter
from parkfacts.repair import repair
from parkfacts.segment import Document, segment

ROOT = Path(__file__).parents[1]
GOAL = 1_000_000


def prepared(path: Path) -> Document:
    """A report repaired and cut into words."""
    repaired = repair(read.read(path), default_segmenter())
    doc = segment(repaired.text, repaired.layout.blocks, default_segmenter())
    _ = doc.word_starts
    return doc


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path, nargs="*")
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument(
        "--peers", type=Path, metavar="FOLDER", help="run the peers, too, each from its own environment"
    )
    chosen = parser.parse_args()
    docs = [prepared(path) for path in chosen.reports or sorted((ROOT / "corpus").rglob("report.txt"))]
    chars = chosen.times * sum(len(doc.view) for doc in docs)
    seconds: dict[str, float] = {}

    def clock(stage: str, call: Callable[..., Any], *arguments: Any) -> Any:
        begin = time.process_time()
        found = call(*arguments)
        seconds[stage] = seconds.get(stage, 0.0) + time.process_time() - begin
        return found

    facts = 0
    for turn in range(chosen.times + 1):
        for doc in docs:
            written = clock("find dates", dates.find, doc)
            now = clock("link dates", reference.refer, doc, written)
            when = clock("link dates", timeline.resolve, doc, written, now)
            taken = assemble.ranges(written)
            counted = clock("find amounts", amounts.find, doc, taken)
            facts += (len(when) + len(counted)) if turn == 0 else 0
            known = names.find(doc, taken)
            clock("indicators", indicators.link, doc, counted, when, known)
            claimed = sorted((m.start, m.end) for m in (*when, *counted, *known))
            clock("audit", lambda doc, claimed: list(audit.unclaimed(doc, claimed)), doc, claimed)
        if turn == 0:  # the first turn compiles the rules
            seconds.clear()
    print(f"{len(docs)} reports, {chosen.times} times: {chars:,} characters")
    for stage, spent in seconds.items():
        print(f"{stage:<16}{spent / chars * 1e6:>10.3f} µs/character{chars / spent:>14,.0f} characters/CPU s")
    found = seconds["find dates"] + seconds["link dates"] + seconds["find amounts"]
    rate = f"{found / chars * 1e6:>10.3f} µs/character{chars / found:>14,.0f} characters/CPU s"
    print(f"{'dates + amounts':<16}{rate} (goal {GOAL:,}), {facts} found")
    if chosen.peers:
        for row in peers(chosen.peers, [doc.view for doc in docs], ("jionlp", "recognizers")):
            print(line(row))


if __name__ == "__main__":
    main()
