"""How often tags follow each other, and what paragraphs begin with: counted over texts of ours (``counts.txt``).

``counts.txt`` is made by ``tests/fit_joins.py`` from corpus/dev, corpus/ner, the tests' prose and the rules' examples.
A section begins with ``[name]``; a line of it holds a count and the keys that were counted so often, divided by tabs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

SECTIONS = ("word", "tag", "tags", "tagged", "start", "starts")
Table = Mapping[str, int]


@cache
def counts() -> dict[str, dict[str, int]]:
    """The tables of ``counts.txt``: words, tags, pairs and triples of tags (divided by blanks), tags and words that a
    paragraph begins with."""
    text = (files(__package__) / "counts.txt").read_text(encoding="utf-8")
    found: dict[str, dict[str, int]] = {name: {} for name in SECTIONS}
    for line in text.split("\n"):
        if line.startswith("["):
            table = found[line[1:-1]]
        elif line:
            number, *keys = line.split("\t")
            table.update(dict.fromkeys(keys, int(number)))
    return found


def write(tables: Mapping[str, Counter[str]], least: Mapping[str, int]) -> str:
    """The text of ``counts.txt``: keys counted less than ``least`` times (1 where it doesn't say) are left out."""
    lines: list[str] = []
    for name in SECTIONS:
        lines.append(f"[{name}]")
        by_count: dict[int, list[str]] = {}
        for key, count in sorted(tables[name].items()):
            if count >= least.get(name, 1) and not set(key) & {"\t", "\n", "\r"}:
                by_count.setdefault(count, []).append(key)
        lines += ["\t".join([str(count), *by_count[count]]) for count in sorted(by_count, reverse=True)]
    return "\n".join(lines) + "\n"


def count(cut: Iterable[Sequence[tuple[str, str]]], start: bool = True) -> dict[str, Counter[str]]:
    """Counts paragraphs, given as their words with their tags; ``start`` tells whether they are whole."""
    found: dict[str, Counter[str]] = {name: Counter() for name in SECTIONS}
    for words in cut:
        tags = [tag for _, tag in words]
        found["word"].update(word for word, _ in words)
        found["tag"].update(tags)
        found["tags"].update(map(" ".join, pairwise(tags)))
        found["tagged"].update(map(" ".join, zip(tags, tags[1:], tags[2:], strict=False)))
        if start and words:
            found["starts"][words[0][0]] += 1
            found["start"][words[0][1]] += 1
    return found
