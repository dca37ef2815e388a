"""How often characters, words and tags follow each other: counted over texts of ours (``counts.txt``), and over the
document itself.

``counts.txt`` is made by ``tests/fit_joins.py`` from corpus/dev, the tests' prose and the rules' examples. A section
begins with ``[name]``; a line of it holds a count and the keys that were counted so often, divided by tabs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain, pairwise
from operator import add

SECTIONS = ("char", "pair", "triple", "word", "tag", "tags", "tagged", "start", "starts")
Table = Mapping[str, int]


@cache
def counts() -> dict[str, dict[str, int]]:
    """The tables of ``counts.txt``: characters, pairs and triples of them, words, tags, pairs and triples of tags
    (divided by blanks), tags and words that a paragraph begins with."""
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


def count(
    paragraphs: Iterable[str], cut: Iterable[Sequence[tuple[str, str]]], start: bool = True
) -> dict[str, Counter[str]]:
    """Counts paragraphs; ``cut`` are their words with their tags, ``start`` tells whether they are whole."""
    found: dict[str, Counter[str]] = {name: Counter() for name in SECTIONS}
    for text, words in zip(paragraphs, cut, strict=True):
        pairs = list(map(add, text, text[1:]))
        tags = [tag for _, tag in words]
        found["char"].update(text)
        found["pair"].update(pairs)
        found["triple"].update(map(add, pairs, text[2:]))
        found["word"].update(word for word, _ in words)
        found["tag"].update(tags)
        found["tags"].update(map(" ".join, pairwise(tags)))
        found["tagged"].update(map(" ".join, zip(tags, tags[1:], tags[2:], strict=False)))
        if start and words:
            found["starts"][words[0][0]] += 1
            found["start"][words[0][1]] += 1
    return found


class Document:
    """The pairs and fours of characters of the document itself, of those that are asked for."""

    def __init__(self, texts: Collection[str], wanted: Collection[str]) -> None:
        self._count: Counter[str] = Counter()
        for text in texts:
            pairs = list(map(add, text, text[1:]))
            self._count.update(filter(wanted.__contains__, chain(pairs, map(add, pairs, pairs[2:]))))

    def __call__(self, part: str) -> int:
        """How often the document says it; 0 for what was not asked for."""
        return self._count[part]
