"""Counts texts of ours and fits the weights of the votes on joins: ``python tests/fit_joins.py [PAGES [FOLDER...]]``.

Writes ``counts.txt`` and ``weights.toml`` beside :mod:`parkfacts.repair.votes`. The pages are newspapers made of
corpus/dev and the tests' prose, and the documents of corpus/dev (and of other folders with gold) as they are; what a
page's own stories were counted for is taken off before it is measured. The weights make the true partner of every end
likeliest, or none where it has none.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from newspaper_score import Inside
from newspapers import newspaper, stories_of
from parkfacts.repair import blocks as lines_of
from parkfacts.repair import counts, duplicates, joins, kinds, near, wraps
from parkfacts.repair.lexical import Lexicon
from parkfacts.repair.votes import Counted, flow
from parkfacts.segment import Segmenter
from prose import PARAGRAPHS
from prose_genres import STORIES

ROOT = Path(__file__).parents[1]
HERE = ROOT / "pipeline" / "parkfacts" / "repair"
PAGES = 900
REAL = 5  # how often the documents as they are weigh
LEAST = {"triple": 2, "tagged": 2, "word": 2}  # what was counted less often is not shipped
RIDGE = 1.0
# What experience says of votes that few pages give: the weights are drawn to these, all others to 0.
PRIOR = {
    "adjoins": 2.0,
    "backwards": -0.5,
    "behind closed": -2.0,
    "behind open": 1.0,
    "behind caption": 0.5,
    "brackets": 2.5,
    "characters": 0.7,
    "closer": 2.5,
    "enumeration": 3.0,
    "flow": 0.7,
    "four elsewhere": 1.5,
    "frame": 2.0,
    "heading": -2.5,
    "number": 2.0,
    "opener": -2.0,
    "page": 3.0,
    "predicate": 1.0,
    "start tag": 0.3,
    "start word": 0.2,
    "tags": 0.3,
    "tail": 2.5,
    "topic": 0.4,
    "word": 0.7,
}
_CHINESE = re.compile(r"[\u4e00-\u9fff“”，。、；：！？0-9%（）《》.【】]{8,}")


def stories() -> list[list[str]]:
    """All clean prose of ours, one story a document."""
    prose = [list(PARAGRAPHS[at : at + 8]) for at in range(0, len(PARAGRAPHS), 8)]
    return [*stories_of(ROOT / "corpus" / "dev"), *prose, *map(list, STORIES.values())]


def examples() -> list[str]:
    """The sentences of the rules' examples."""
    found = set()
    for table in sorted(HERE.parent.rglob("*.toml")):
        for text in _CHINESE.findall(table.read_text(encoding="utf-8")):
            plain = re.sub("[【】]", "", text)
            if len(re.findall(r"[\u4e00-\u9fff]", plain)) >= 7:
                found.add(plain)
    return sorted(found)


class Less(dict[str, int]):
    """A table less what some stories were counted for."""

    def __init__(self, table: Mapping[str, int], off: Iterable[Counter[str]]) -> None:
        super().__init__(table)
        for one in off:
            for key, count in one.items():
                if key in self:
                    self[key] = max(self[key] - count, 0)


class Pair(NamedTuple):
    """A candidate of a page: which ends, what was measured, whether it is true."""

    left: tuple[int, int]
    right: tuple[int, int]
    measured: dict[str, float]
    true: bool
    inside: bool = False


def main() -> None:
    """Counts, measures, fits, writes."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    folders = [ROOT / "corpus" / "dev", *map(Path, sys.argv[2:])]
    told, segmenter = stories(), Segmenter()
    own = [count(segmenter, story) for story in told]
    total = added([*own, count(segmenter, examples(), start=False)])
    (HERE / "counts.txt").write_text(counts.write(total, LEAST), encoding="utf-8")
    measured = [list(pairs) for pairs in measure(told, own, total, segmenter, range(pages), folders)]
    weights = fit([pair for page in measured for pair in page])
    (HERE / "weights.toml").write_text(written(weights), encoding="utf-8")
    print(f"{pages} pages, {sum(map(len, measured))} pairs, {len(weights)} weights")


def count(segmenter: Segmenter, story: Sequence[str], start: bool = True) -> dict[str, Counter[str]]:
    """A story's counts."""
    cut = [[(text[a:b], tag) for a, b, tag in segmenter.cut(text)] for text in story]
    return counts.count(story, cut, start)


def added(tables: Sequence[Mapping[str, Counter[str]]]) -> dict[str, Counter[str]]:
    """The sum of counts."""
    return {name: sum((one[name] for one in tables), Counter()) for name in counts.SECTIONS}


def measure(
    told: Sequence[Sequence[str]], own: Sequence[Mapping[str, Counter[str]]], total: Mapping[str, Counter[str]],
    segmenter: Segmenter, seeds: range, folders: Sequence[Path],
) -> Iterable[list[Pair]]:  # fmt: skip
    """The candidates of each page."""
    lexicon, inside = Lexicon(segmenter), Inside(segmenter)
    shipped = {name: {key: n for key, n in table.items() if n >= LEAST.get(name, 1)} for name, table in total.items()}
    for seed in seeds:
        page = newspaper(told, seed, inside)
        counted = Counted({name: Less(shipped[name], [own[n][name] for n in page.stories]) for name in shipped})
        yield _pairs(seed, page.text, set(page.cuts), page.inside, counted, lexicon)
    for n, gold in enumerate(REAL * sorted(gold for folder in folders for gold in folder.glob("**/gold.json"))):
        text = gold.with_name("report.txt").read_bytes().decode("utf-8")
        layout = json.loads(gold.read_text(encoding="utf-8"))["layout"]
        at = {b["id"]: b for b in layout["blocks"]}
        cuts = {(at[j["from"]]["end"], at[j["to"]]["start"]) for j in layout.get("joins", ())}
        yield _pairs(-1 - n, text, cuts, set(), Counted(shipped), lexicon)


def _pairs(
    page: int, text: str, cuts: set[tuple[int, int]], inside: set[tuple[int, int]], counted: Counted, lexicon: Lexicon
) -> list[Pair]:
    blocks = wraps.unwrap(lines_of.lines(text), text)
    kinds.classify(blocks)
    duplicates.mark(blocks)
    near.mark(blocks)
    found = []
    for one in joins.candidates(blocks, lexicon, counted):
        left, right = blocks[one.left].end, blocks[one.right].start
        found.append(Pair((page, left), (page, right), one.measured, (left, right) in cuts, (left, right) in inside))
    return found


# ---- fitting ----------------------------------------------------------------------------------------------------


class Table(NamedTuple):
    """Pairs as numbers: a row each, which left and right end it has, what is true."""

    rows: np.ndarray
    left: np.ndarray
    right: np.ndarray
    true: np.ndarray


def fit(pairs: Sequence[Pair]) -> dict[str, float]:
    """The weights: fitted without the flow of the page, which is measured with them, and then with it."""
    names = ["bias", *sorted({name for pair in pairs for name in pair.measured} | PRIOR.keys() - {"flow"})]
    first = climb(_table(pairs, names), names)
    flowing = with_flow(pairs, names, first)
    names += ["flow", "flow adjoining"]
    return dict(zip(names, climb(_table(flowing, names), names).tolist(), strict=True))


def with_flow(pairs: Sequence[Pair], names: Sequence[str], weights: np.ndarray) -> list[Pair]:
    """The pairs with the votes of their pages' flow."""
    likely = matched(_table(pairs, names), weights)
    near: Counter[tuple[int, int]] = Counter()
    total: Counter[tuple[int, int]] = Counter()
    page_near: Counter[int] = Counter()
    page_total: Counter[int] = Counter()
    for pair, p in zip(pairs, likely.tolist(), strict=True):
        next_ = p * ("adjoins" in pair.measured or "follows" in pair.measured)
        near[pair.left] += next_  # type: ignore[assignment]
        total[pair.left] += p
        page_near[pair.left[0]] += next_  # type: ignore[assignment]
        page_total[pair.left[0]] += p
    return [
        pair._replace(
            measured=pair.measured
            | flow(
                page_near[pair.left[0]] - near[pair.left], page_total[pair.left[0]] - total[pair.left],
                "adjoins" in pair.measured, "follows" in pair.measured,
            )
        )
        for pair in pairs
    ]  # fmt: skip


def _table(pairs: Sequence[Pair], names: Sequence[str]) -> Table:
    place = {name: n for n, name in enumerate(names)}
    rows = np.zeros((len(pairs), len(names)))
    rows[:, 0] = 1.0
    for n, pair in enumerate(pairs):
        for name, value in pair.measured.items():
            if name in place:
                rows[n, place[name]] = value
    return Table(rows, _numbered([p.left for p in pairs]), _numbered([p.right for p in pairs]),
                 np.array([p.true for p in pairs], float))  # fmt: skip


def _numbered(ends: Sequence[tuple[int, int]]) -> np.ndarray:
    number = {end: n for n, end in enumerate(dict.fromkeys(ends))}
    return np.array([number[end] for end in ends])


def climb(table: Table, names: Sequence[str], steps: int = 700) -> np.ndarray:
    """Adam on the likelihood of every left end's partner, and of every right end's."""
    rows, left, right, true = table
    spread = rows.std(0) + 0.05
    prior = np.array([PRIOR.get(name, 0.0) for name in names])
    weights, mean, square = prior.copy(), np.zeros(len(names)), np.zeros(len(names))
    drawn = RIDGE * (np.array(names) != "bias")
    for step in range(1, steps + 1):
        odds = np.exp(np.clip(rows @ weights, -30, 30))
        wrong = odds / (1 + np.bincount(left, odds))[left] + odds / (1 + np.bincount(right, odds))[right] - 2 * true
        slope = (rows.T @ wrong + drawn * (weights - prior)) / spread
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope * slope
        rate = 0.05 if step < 0.7 * steps else 0.01
        weights -= rate * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8) / spread
    return weights


def matched(table: Table, weights: np.ndarray) -> np.ndarray:
    """:func:`parkfacts.repair.joins.balance`, for all pages at once."""
    odds = np.exp(np.clip(table.rows @ weights, -30, 30))
    lefts, rights = np.ones(table.left.max() + 1), np.ones(table.right.max() + 1)
    for _ in range(30):
        lefts = 1 / (1 + np.bincount(table.left, odds * rights[table.right]))
        rights = 1 / (1 + np.bincount(table.right, odds * lefts[table.left]))
    return odds * lefts[table.left] * rights[table.right]


def written(weights: Mapping[str, float]) -> str:
    """``weights.toml``."""
    head = "# Nats a unit of what the votes measure (votes.py). Fitted by tests/fit_joins.py; see there.\n[weights]\n"
    return head + "".join(f'"{name}" = {value:.3f}\n' for name, value in weights.items())


def curve(pairs: Sequence[Pair], likely: np.ndarray) -> list[str]:
    """Precision against recall, as a table."""
    cuts = sum(p.true for p in pairs)
    lines = []
    for threshold in (0.35, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8, 0.9):
        made = [p for p, score in zip(pairs, likely, strict=True) if score >= threshold]
        right = sum(p.true for p in made)
        lines.append(f"{threshold}: precision {right / max(len(made), 1):.3f}, recall {right / cuts:.3f}")
    return lines


if __name__ == "__main__":
    random.seed(0)
    main()
