"""Trains the model: a chain with hashed features, by Adagrad over other names in each pass. numpy alone is needed.

The same text, settings and machine give the same weights, bit for bit.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from parkfacts.ner import chain, cut, features, glance
from parkfacts.ner.augment import Augmenter
from parkfacts.ner.corpus import Sentence
from parkfacts.ner.cut import Cut
from parkfacts.ner.model import Weights
from parkfacts.segment import Segmenter, fold

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Settings:
    """What the training is made with."""

    seed: int = 7
    passes: int = 10
    settle: int = 4  # further passes with the rows that were kept alone; the weights are the mean of theirs
    batch: int = 48  # sentences
    rate: float = 0.05
    seen: int = 3  # times a pass that a feature must stand in the text
    rows: int = 160_000  # features that are kept
    hide: float = 0.3  # share of what is seen that is hidden at random, so that no name is known by a single sign


class Batch(NamedTuple):
    """Sentences as chains: feature rows (characters, templates), labels, and each chain's length."""

    rows: npt.NDArray[np.int32]
    labels: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int64]


def train(
    sentences: Sequence[Sentence],
    settings: Settings = Settings(),
    real: Sequence[str] = (),
    told: Callable[[str], None] = lambda line: None,
) -> Weights:
    """The weights. ``real`` is a list of real names to draw from in augmentation."""
    text = _Text(sentences, settings, real)
    learner = _Learner(text.index(), settings)
    for number in range(settings.passes):
        told(f"pass {number + 1}/{settings.passes}: loss {learner.go(text.batches()):.4f}")
    learner.prune(settings.rows)
    weights, moves = np.zeros_like(learner.weights), np.zeros_like(learner.moves)
    for number in range(settings.settle):
        told(f"settling {number + 1}/{settings.settle}: loss {learner.go(text.batches()):.4f}")
        weights += learner.weights / np.float32(settings.settle)
        moves += learner.moves / settings.settle
    kept = weights[1:] * np.float32(1.0 - settings.hide)  # nothing is hidden in use
    table = glance.learn(_Text(sentences, settings, real).glances(settings.passes), settings.seed, told)
    return Weights.packed(learner.buckets, kept, moves.astype(np.float32), table, digest(sentences))


def digest(sentences: Sequence[Sentence]) -> str:
    """A fingerprint of training text."""
    held = json.dumps([(s.text, s.names) for s in sentences], ensure_ascii=False)
    return hashlib.sha256(held.encode()).hexdigest()


class _Text:
    """The training text, with other names in each pass."""

    def __init__(self, sentences: Sequence[Sentence], settings: Settings, real: Sequence[str]) -> None:
        self._sentences, self._settings = sentences, settings
        self._chance = random.Random(settings.seed)
        self._augment = Augmenter(sentences, self._chance, real)
        self._segmenter = Segmenter()

    def index(self, passes: int = 4) -> npt.NDArray[np.int32]:
        """Buckets of the features that stand often enough in the text, sorted."""
        counts = np.zeros(features.BUCKETS, np.int32)
        for _ in range(passes):
            for batch in self.batches():
                counts += np.bincount(batch.rows.ravel(), minlength=features.BUCKETS).astype(np.int32)
        return np.flatnonzero(counts >= self._settings.seen * passes).astype(np.int32)

    def batches(self) -> Iterator[Batch]:
        """One pass."""
        return map(self._batch, self._groups())

    def glances(self, passes: int) -> Iterator[Iterator[tuple[Cut, npt.NDArray[np.bool_]]]]:
        """Several passes: texts, and which of their words are parts of firms' names."""
        for _ in range(passes):
            yield map(self._glance, self._groups())

    def _groups(self) -> list[list[Sentence]]:
        """Sentences of like length are in one group, groups in random order."""
        made = [self._augment(s) for s in self._sentences]
        self._chance.shuffle(made)
        made.sort(key=lambda s: len(s.text) // 8)
        size = self._settings.batch
        groups = [made[at : at + size] for at in range(0, len(made), size)]
        self._chance.shuffle(groups)
        return groups

    def _batch(self, group: Sequence[Sentence]) -> Batch:
        labels = [label for s in group for label in (*chain.encode(len(s.text), list(s.names)), 0)]
        rows = np.concatenate(list(features.extract(self._cut(group))), 1).T
        return Batch(rows, np.array(labels), np.array([len(s.text) + 1 for s in group]))

    def _glance(self, group: Sequence[Sentence]) -> tuple[Cut, npt.NDArray[np.bool_]]:
        cut_ = self._cut(group)
        firm = [kind == "company" for s in group for kind in _kinds(s)]
        return cut_, np.logical_or.reduceat(firm, cut_.starts)

    def _cut(self, group: Sequence[Sentence]) -> Cut:
        content = "\n".join(s.text for s in group) + "\n"
        return cut.of(fold(content), self._segmenter.cut(content))


def _kinds(sentence: Sentence) -> list[str]:
    """The kind of name that each character is of, and none for the line end."""
    kinds = [""] * (len(sentence.text) + 1)
    for start, end, kind in sentence.names:
        kinds[start:end] = [kind] * (end - start)
    return kinds


class _Learner:
    """Weights under training; row 0 of them is that of all features that are not known, and stays zero."""

    def __init__(self, buckets: npt.NDArray[np.int32], settings: Settings) -> None:
        self._settings = settings
        self._dice = np.random.default_rng(settings.seed)
        self.moves = np.zeros((len(chain.LABELS),) * 2)
        self._moved = np.full_like(self.moves, 1.0)
        self.weights = np.zeros((len(buckets) + 1, len(chain.LABELS)), np.float32)
        self._squares = np.full_like(self.weights, 1e-2)
        self._know(buckets)

    def _know(self, buckets: npt.NDArray[np.int32]) -> None:
        self.buckets = buckets
        self._row = np.zeros(features.BUCKETS, np.int32)
        self._row[buckets] = np.arange(1, len(buckets) + 1)

    def go(self, batches: Iterator[Batch]) -> float:
        """One pass; the mean loss of a character."""
        total, size = 0.0, 0
        for batch in batches:
            total += self._step(batch)
            size += len(batch.labels)
        return total / size

    def prune(self, rows: int) -> None:
        """Keeps the rows with the largest weights."""
        if len(self.buckets) <= rows:
            return
        large = np.abs(self.weights[1:]).max(1)
        keep = np.sort(np.argsort(-large, kind="stable")[:rows])
        chosen = np.concatenate(([0], keep + 1))
        self.weights, self._squares = self.weights[chosen], self._squares[chosen]
        self._know(self.buckets[keep])

    def _step(self, batch: Batch) -> float:
        rows, lengths = self._row[batch.rows], batch.lengths
        rows[self._dice.random(rows.shape, np.float32) < self._settings.hide] = 0
        inside = np.arange(lengths.max()) < lengths[:, None]
        scores = np.zeros((*inside.shape, len(chain.LABELS)))
        flat = np.zeros((len(rows), len(chain.LABELS)), np.float32)
        for column in rows.T:
            flat += self.weights[column]
        scores[inside] = flat
        held = chain.sums(scores, self.moves, lengths)
        labels, moved = chain.marginals(held)
        wrong = labels[inside].astype(np.float32)
        right = wrong[np.arange(len(rows)), batch.labels].copy()
        wrong[np.arange(len(rows)), batch.labels] -= 1.0
        self._learn(rows, wrong)
        one, two = batch.labels[:-1], batch.labels[1:]
        ends = np.cumsum(lengths)[:-1] - 1
        within = np.ones(len(one), bool)
        within[ends] = False
        np.add.at(moved, (one[within], two[within]), -1.0)
        self._moved += moved**2
        self.moves -= self._settings.rate * moved / np.sqrt(self._moved)
        return float(-np.log(np.maximum(right, 1e-9)).sum())

    def _learn(self, rows: npt.NDArray[np.int32], wrong: Floats) -> None:
        """Adagrad for the rows of the characters that are not yet right."""
        off = np.abs(wrong).max(1) > 2e-3
        held, wrong = rows[off], wrong[off]
        order = np.argsort(held, axis=None, kind="stable")
        known = held.ravel()[order]
        order, known = order[known > 0], known[known > 0]
        if not len(known):
            return
        starts = np.flatnonzero(np.diff(known, prepend=-1))
        slope = np.add.reduceat(wrong[order // held.shape[1]], starts, axis=0)
        touched = known[starts]
        self._squares[touched] += slope**2
        self.weights[touched] -= self._settings.rate * slope / np.sqrt(self._squares[touched])
