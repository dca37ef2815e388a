"""What a peer takes for a part of our work: run by the peer's own interpreter, with the texts as a JSON list on stdin.

``python benchmarks/peers.py PEER < texts.json`` prints ``{"seconds": …, "found": …}`` (CPU seconds of the second pass
over all lines, and how many things it found). Knows nothing of parkfacts.
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


def jiagu() -> Reader:
    """jiagu: words, then the names of firms, places and persons."""
    import jiagu

    def read(line: str) -> int:
        return sum(label.startswith("B-") for label in jiagu.ner(jiagu.seg(line)))

    return read


def spacy() -> Reader:
    """spaCy's blank Chinese pipeline with jieba: words, and nothing more."""
    import spacy

    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    return lambda line: len(nlp(line))


def ahocorasick() -> Reader:
    """One scan for the 350,000 words of jieba's dictionary: what any search for words takes at least."""
    import ahocorasick
    import jieba

    automaton = ahocorasick.Automaton()
    with jieba.get_dict_file() as file:
        for entry in file.read().decode("utf-8").splitlines():
            automaton.add_word(entry.split(" ")[0], None)
    automaton.make_automaton()
    return lambda line: sum(1 for _ in automaton.iter(line))


def main() -> None:
    readers = {
        "jionlp": jionlp, "recognizers": recognizers, "jiagu": jiagu, "spacy": spacy, "ahocorasick": ahocorasick
    }  # fmt: skip
    read = readers[sys.argv[1]]()
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
