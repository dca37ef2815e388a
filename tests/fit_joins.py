"""Counts texts of ours and fits the weights of the votes on joins: ``python tests/fit_joins.py [PAGES]``.

Writes ``texts.txt``, ``counts.txt`` and ``weights.toml`` beside :mod:`parkfacts.repair.votes`. The pages are newspapers
made of corpus/dev and the tests' prose, and the documents of corpus/dev as they are. The stories are divided into
folds: the pages of one are measured by what was counted over all others, as an unseen page would be. The weights make
the true partner of every end likeliest, or none where it has none; what is printed is the precision and recall on each
fold with the weights fitted to the others.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from newspaper_score import Inside
from newspapers import Newspaper, named_stories, newspaper
from parkfacts.repair import blocks as lines_of
from parkfacts.repair import counts, duplicates, joins, kinds, near, votes, wraps
from parkfacts.repair.ends import Ends
from parkfacts.repair.language import Language
from parkfacts.repair.lexical import Lexicon
from parkfacts.segment import Segmenter, fold
from prose import PARAGRAPHS
from prose_genres import STORIES

ROOT = Path(__file__).parents[1]
HERE = ROOT / "pipeline" / "parkfacts" / "repair"
FOLDS = 6
PAGES = 150  # of each fold
REAL = 5  # how often the documents as they are weigh
LEAST = {"tagged": 2, "word": 2}  # what was counted less often is not shipped
RIDGE = 1.0
# What experience says of votes that few pages give: the weights are drawn to these, all others to 0.
PRIOR = {
    "adjoins": 2.0,
    "backwards": -0.5,
    "behind closed": -2.0,
    "behind open": 1.0,
    "behind caption": 0.5,
    "brackets": 2.5,
    "characters": 0.5,
    "closer": 2.5,
    "enumeration": 3.0,
    "flow": 0.7,
    "frame": 2.0,
    "heading": -2.5,
    "no_numeral": -2.0,
    "number": 2.0,
    "object_": 1.0,
    "opener": -2.0,
    "page": 3.0,
    "passive": 3.0,
    "predicate": 1.0,
    "quantity": 1.0,
    "start tag": 0.3,
    "start word": 0.2,
    "tags": 0.3,
    "tail": 2.5,
    "topic": 0.4,
    "word": 0.5,
}
_CHINESE = re.compile(r"[\u4e00-\u9fff“”，。、；：！？0-9%（）《》.【】]{8,}")
_LABELLED = re.compile(r"\{[a-z]+\|([^}]*)\}")


# ---- texts of ours ----------------------------------------------------------------------------------------------


def named() -> dict[str, list[str]]:
    """All clean prose of ours that pages are made of, one story a document."""
    prose = {f"prose {at}": list(PARAGRAPHS[at : at + 8]) for at in range(0, len(PARAGRAPHS), 8)}
    return named_stories(ROOT / "corpus" / "dev") | prose | {name: list(story) for name, story in STORIES.items()}


def stories() -> list[list[str]]:
    """The stories alone."""
    return list(named().values())


def sentences() -> list[str]:
    """The sentences of corpus/ner, without their labels."""
    texts = (file.read_text(encoding="utf-8") for file in sorted((ROOT / "corpus" / "ner").glob("*.txt")))
    return [_LABELLED.sub(r"\1", line).strip() for text in texts for line in text.splitlines() if line.strip()]


def examples() -> list[str]:
    """The sentences of the rules' examples."""
    found = set()
    for table in sorted(HERE.parent.rglob("*.toml")):
        for text in _CHINESE.findall(table.read_text(encoding="utf-8")):
            plain = re.sub("[【】]", "", text)
            if len(re.findall(r"[\u4e00-\u9fff]", plain)) >= 7:
                found.add(plain)
    return sorted(found)


def folded(texts: Iterable[str]) -> list[str]:
    """The view that is counted."""
    return [fold(text) for text in texts]


class Counts(NamedTuple):
    """What was counted: tables of words and tags, and a text for the model of characters."""

    tables: dict[str, Counter[str]]
    text: str


@cache
def _segmenter() -> Segmenter:
    return Segmenter()


def count(told: Iterable[Sequence[str]]) -> Counts:
    """Counts stories, and beside them what no page is made of."""
    whole = folded([p for story in told for p in story] + sentences())
    parts = folded(examples())
    tables = [counts.count(map(_cut, whole)), counts.count(map(_cut, parts), start=False)]
    total: dict[str, Counter[str]] = {name: tables[0][name] + tables[1][name] for name in counts.SECTIONS}
    return Counts(total, "".join(text + "\n" for text in (*whole, *parts)))


@cache
def _cut(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((text[a:b], tag) for a, b, tag in _segmenter().cut(text))


def judge(counted: Counts, weights: votes.Weights) -> joins.Judge:
    """A judge that knows just what was counted."""
    shipped = {
        name: {key: n for key, n in table.items() if n >= LEAST.get(name, 1)} for name, table in counted.tables.items()
    }
    return joins.Judge(votes.Counted(shipped), Language(counted.text), weights)


# ---- folds ------------------------------------------------------------------------------------------------------


def folds() -> list[list[str]]:
    """The names of the stories, in folds."""
    names = sorted(named())
    random.Random(7).shuffle(names)
    return [names[k::FOLDS] for k in range(FOLDS)]


def others(fold_: Sequence[str]) -> Counts:
    """What is counted over the stories of all other folds."""
    return count(story for name, story in named().items() if name not in fold_)


def pages(fold_: Sequence[str], seeds: Iterable[int], inside: Inside) -> Iterator[Newspaper]:
    """Newspapers of one fold's stories."""
    told = named()
    for seed in seeds:
        yield newspaper([told[name] for name in fold_], seed, inside)


class Pair(NamedTuple):
    """A candidate of a page: which ends, what was measured, whether it is true."""

    left: tuple[int, int]
    right: tuple[int, int]
    measured: dict[str, float]
    true: bool
    inside: bool = False


class Measured(NamedTuple):
    """The candidates of a page, and how many cuts it has, through words and in all."""

    pairs: list[Pair]
    inside: int
    cuts: int


def main() -> None:
    """Counts, measures, fits, writes."""
    made = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    total = count(named().values())
    (HERE / "texts.txt").write_text(total.text, encoding="utf-8")
    (HERE / "counts.txt").write_text(counts.write(total.tables, LEAST), encoding="utf-8")
    measured = [list(measure(k, fold_, made)) for k, fold_ in enumerate(folds())]
    print("\n".join(crossed(measured)))
    weights = fit([pair for fold_ in measured for page in fold_ for pair in page.pairs])
    (HERE / "weights.toml").write_text(written(weights), encoding="utf-8")
    print(f"{sum(map(len, measured))} pages, {len(weights)} weights")


def measure(k: int, fold_: Sequence[str], made: int) -> Iterator[Measured]:
    """The candidates of the fold's newspapers, and of its documents as they are."""
    judging = judge(others(fold_), votes.weights())
    ends, inside = Ends(Lexicon(_segmenter()), lambda: judging.model), Inside(_segmenter())
    for n, page in enumerate(pages(fold_, range(made), inside)):
        yield _measured(10_000 * k + n, page, judging, ends)
    real = [page for name in fold_ if (page := _document(name)) is not None]
    for n, page in enumerate(REAL * real):
        yield _measured(-10_000 * k - 1 - n, page, judging, ends)


def _document(name: str) -> Newspaper | None:
    """A document of the corpus as it is, with the joins of its gold."""
    gold = ROOT / "corpus" / "dev" / name / "gold.json"
    if not gold.exists():
        return None
    layout = json.loads(gold.read_text(encoding="utf-8"))["layout"]
    at = {b["id"]: b for b in layout["blocks"]}
    cuts = [(at[j["from"]]["end"], at[j["to"]]["start"]) for j in layout.get("joins", ())]
    return Newspaper(text=gold.with_name("report.txt").read_bytes().decode("utf-8"), cuts=cuts)


def _measured(number: int, page: Newspaper, judging: joins.Judge, ends: Ends) -> Measured:
    blocks = wraps.unwrap(lines_of.lines(page.text), page.text)
    kinds.classify(blocks)
    duplicates.mark(blocks)
    near.mark(blocks)
    found = []
    for one in joins.candidates(blocks, ends, judging):
        left, right = blocks[one.left].end, blocks[one.right].start
        true, inside = (left, right) in page.cuts, (left, right) in page.inside
        found.append(Pair((number, left), (number, right), one.measured, true, inside))
    return Measured(found, len(page.inside), len(page.cuts))


def crossed(measured: Sequence[Sequence[Measured]]) -> Iterator[str]:
    """Precision and recall on each fold with the weights of the others."""
    pairs: list[Pair] = []
    likely: list[float] = []
    for k, told in enumerate(measured):
        weights = fit([pair for n, fold_ in enumerate(measured) if n != k for page in fold_ for pair in page.pairs])
        names, own = list(weights), [pair for page in told for pair in page.pairs]
        plain = [name for name in names if not name.startswith("flow")]
        own = with_flow(own, plain, np.array([weights[name] for name in plain]))
        likely += matched(_table(own, names), np.array(list(weights.values()))).tolist()
        pairs += own
    all_ = [page for told in measured for page in told]
    yield from curve(pairs, likely, sum(page.cuts for page in all_), sum(page.inside for page in all_))


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
            | votes.flow(
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


def curve(pairs: Sequence[Pair], likely: Sequence[float], cuts: int, inside: int) -> Iterator[str]:
    """Precision against recall, as a table."""
    for threshold in (0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8, 0.9):
        made = [p for p, score in zip(pairs, likely, strict=True) if score >= threshold]
        right, mended = sum(p.true for p in made), sum(p.true and p.inside for p in made)
        between = (right - mended) / max(cuts - inside, 1)
        yield (
            f"{threshold}: precision {right / max(len(made), 1):.3f}, recall {right / max(cuts, 1):.3f}"
            f" (inside words {mended / max(inside, 1):.3f}, between words {between:.3f})"
        )


if __name__ == "__main__":
    main()
