"""What a peer takes for dates and amounts: run by the peer's own interpreter, with the texts as a JSON list on stdin.

``python benchmarks/peers.py jionlp|recognizers < texts.json`` prints ``{"seconds": …, "found": …}`` (CPU seconds of the
second pass over all lines, and how many dates and amounts it found). Knows nothing of parkfacts.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

Reader = Callable[[str], int]


def jionlp() -> Reader:
    """JioNLP's extraction of time and money, the only amounts that it extracts from prose."""
    import jionlp as jio

    base = {"year": 2023, "month": 10, "day": 8}

    def read(line: str) -> int:
        return len(jio.ner.extract_time(line, time_base=base)) + len(jio.ner.extract_money(line))

    return read


def recognizers() -> Reader:
    """Recognizers-Text: dates, money, percents and dimensions."""
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension
    from recognizers_text import Culture

    def read(line: str) -> int:
        kinds = (recognize_datetime, recognize_currency, recognize_percentage, recognize_dimension)
        return sum(len(recognize(line, Culture.Chinese)) for recognize in kinds)

    return read


def main() -> None:
    read = {"jionlp": jionlp, "recognizers": recognizers}[sys.argv[1]]()
    lines = [line for text in json.load(sys.stdin) for line in text.splitlines() if line.strip()]
    failed = 0
    for _ in range(2):  # the first pass loads and compiles
        begin, found, failed = time.process_time(), 0, 0
        for line in lines:
            try:
                found += read(line)
            except Exception:  # what a peer raises on a line is counted and told, and stops nothing
                failed += 1
        seconds = time.process_time() - begin
    print(json.dumps({"seconds": seconds, "found": found, "failed": failed}))


if __name__ == "__main__":
    main()
