"""What a ledger of 5,000 firms costs: CPU time beside the same run without it, and memory.

The ledger's names are put together at random from syllables and trades; the documents are the corpus's.
"""

from __future__ import annotations

import random
import time
import tracemalloc
from pathlib import Path

from parkfacts import extract, read
from parkfacts.find.names.places import by_prefix
from parkfacts.ledger import Ledger
from parkfacts.text import Source

ROOT = Path(__file__).parents[1]
PLACES = "杭州 宁波 苏州 南京 合肥 武汉 长沙 成都 重庆 西安 郑州 济南".split()
TRADES = "精密 科技 新材料 电子 重工 药业 食品 机械 化工 环保".split()
SYLLABLES = "恒云海天华瑞科达盛源博远嘉禾晶泰鑫隆宏兴振凯利东方正新安永康宝龙金银"


def sheet(size: int = 5000) -> str:
    """A ledger as CSV."""
    chance, rows = random.Random(1), set[str]()
    while len(rows) < size:
        core, trade = "".join(chance.sample(SYLLABLES, 2)), chance.choice(TRADES)
        rows.add(f"{chance.choice(PLACES)}{core}{trade}有限公司,{core}{trade};{core}")
    return "name,aliases\n" + "\n".join(sorted(rows)) + "\n"


def seconds(sources: list[Source], ledger: Ledger | None) -> float:
    """CPU time of all documents."""
    start = time.process_time()
    for source in sources:
        extract(source, companies=ledger)
    return time.process_time() - start


def main() -> None:
    """Prints both figures; the best of five runs each."""
    tracemalloc.start()
    ledger = Ledger.parse(sheet())
    by_prefix(ledger.by_form)
    print(f"memory  {tracemalloc.get_traced_memory()[1] / 1e6:.1f} MB at its peak")
    tracemalloc.stop()
    sources = [read.read(path) for path in sorted((ROOT / "corpus").rglob("report.txt"))]
    seconds(sources, ledger)
    runs = [(seconds(sources, None), seconds(sources, ledger)) for _ in range(5)]
    without, with_it = (min(run[i] for run in runs) for i in (0, 1))
    print(f"time    {without:.2f} s without, {with_it:.2f} s with 5,000 firms: {with_it / without - 1:+.1%}")


if __name__ == "__main__":
    main()
