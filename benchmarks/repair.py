"""Characters per CPU second of repair at 10 kB, 100 kB, 1 MB and 10 MB of UTF-8, on pages of several kinds.

The texts are words drawn at random (the seed is fixed), so that no page repeats itself unless it should. The last
column is how much slower the slowest size of a kind is than its fastest: cost is linear where that stays near 1.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
import time
from collections.abc import Callable, Iterator
from importlib.resources import files
from itertools import islice

from parkfacts.repair import repair
from parkfacts.segment import Segmenter
from parkfacts.text import Source

SIZES = {"10 kB": 10_000, "100 kB": 100_000, "1 MB": 1_000_000, "10 MB": 10_000_000}
BYTES = 3  # of a Chinese character
WITHIN = 1.5  # times, between the slowest and the fastest size


def paragraphs() -> Iterator[str]:
    """Paragraphs of 60 to 400 characters, without end."""
    rng = random.Random(1)
    text = (files("parkfacts.repair") / "texts.txt").read_text(encoding="utf-8")
    words = sorted({text[a:b] for a, b, _ in Segmenter().cut(text[:60_000]) if text[a:b].isalnum()})
    while True:
        clauses = ["".join(rng.choices(words, k=rng.randint(3, 9))) for _ in range(rng.randint(5, 30))]
        yield "".join(clause + ("。" if n % 3 == 2 else "，") for n, clause in enumerate(clauses, 1))[:-1] + "。"


def prose(chars: int) -> str:
    """A clean document."""
    return _until(paragraphs(), chars)


def severed(chars: int) -> str:
    """Columns cut at any character, each moved a little."""
    rng = random.Random(2)
    columns: list[tuple[float, str]] = []
    text, size = "", 0
    for paragraph in paragraphs():
        text += paragraph + "\n"
        while len(text) > 500:
            at = rng.randint(120, 420)
            columns.append((len(columns) + rng.uniform(0, 4), text[:at].strip("\n")))
            text, size = text[at:], size + at
        if size >= chars:
            return "\n".join(column for _, column in sorted(columns))[:chars]
    raise AssertionError("paragraphs end nowhere")


def repeated(chars: int) -> str:
    """One paragraph over and over."""
    line = next(paragraphs())[:29] + "。"
    return "\n".join([line] * (chars // 31))


def line(chars: int) -> str:
    """All in one line."""
    return prose(chars).replace("\n", "")


def columns(chars: int) -> str:
    """The columns of a page once more behind the page."""
    half = severed(chars // 2)
    return half + "\n" + half


KINDS: dict[str, Callable[[int], str]] = {
    "prose": prose,
    "identical lines": repeated,
    "one line": line,
    "severed columns": severed,
    "severed and copied": columns,
}


def _until(found: Iterator[str], chars: int) -> str:
    text = "\n".join(islice(found, chars // 100 + 10))[:chars]
    return text[: text.rindex("。") + 1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=10_000_000, help="bytes of the largest page")
    parser.add_argument(
        "--strict", action="store_true", help=f"exit 1 where a kind differs by more than {WITHIN} times"
    )
    chosen = parser.parse_args()
    words = Segmenter()
    repair(Source.from_text(severed(3_000)), words)  # tables are loaded once a process
    sizes = {name: size for name, size in SIZES.items() if size <= chosen.most}
    print(f"{'characters/CPU s':<20}" + "".join(f"{name:>12}" for name in sizes) + f"{'slowest':>10}")
    worst = 0.0
    for kind, make in KINDS.items():
        rates = [rate(make(size // BYTES), words) for size in sizes.values()]
        worst = max(worst, max(rates) / min(rates))
        print(f"{kind:<20}" + "".join(f"{r:>12,.0f}" for r in rates) + f"{max(rates) / min(rates):>9.2f}×", flush=True)
    sys.exit(int(chosen.strict and worst > WITHIN))


def rate(text: str, words: Segmenter) -> float:
    """The best of three runs, of small pages of many."""
    times = max(1, 300_000 // len(text))
    best = float("inf")
    for _ in range(3 if len(text) < 1_000_000 else 1):
        gc.collect()
        gc.disable()
        begin = time.process_time()
        for _ in range(times):
            repair(Source.from_text(text), words)
        best = min(best, time.process_time() - begin)
        gc.enable()
    return times * len(text) / best


if __name__ == "__main__":
    main()
