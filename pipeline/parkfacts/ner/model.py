"""A trained model in use: the names of a document with their probabilities. numpy is all that it needs."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from parkfacts.ner import chain, features
from parkfacts.segment import Document

WEIGHTS = "names.npz"
_CHUNK = 2048  # characters whose features are held at a time
_BATCH = 96  # chains that are decoded together
_LONGEST = 400  # characters of one chain


@dataclass(frozen=True)
class Weights:
    """Buckets (sorted) of the features known, a row of label weights for each in units of ``unit``, and the moves."""

    buckets: npt.NDArray[np.int32]
    rows: npt.NDArray[np.int8]
    unit: float
    moves: npt.NDArray[np.float32]
    text_sha256: str

    @classmethod
    def packed(
        cls, buckets: npt.NDArray[np.int32], rows: npt.NDArray[np.float32], moves: npt.NDArray[np.float32], digest: str
    ) -> Weights:
        """Weights in eight bits each; the largest ones, of which there are few, are cut."""
        unit = float(np.float32(max(float(np.quantile(np.abs(rows), 0.9999)) if rows.size else 0.0, 1e-3) / 127))
        return cls(buckets, np.clip(np.rint(rows / unit), -127, 127).astype(np.int8), unit, moves, digest)

    def to_bytes(self) -> bytes:
        """An ``.npz``; the same weights give the same bytes."""
        out = io.BytesIO()
        steps = np.diff(self.buckets, prepend=0).astype(np.int32)
        np.savez_compressed(
            out, steps=steps, rows=np.ascontiguousarray(self.rows.T), unit=np.float32(self.unit), moves=self.moves,
            text=np.frombuffer(self.text_sha256.encode(), np.uint8),
        )  # fmt: skip
        return out.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Weights:
        """What ``to_bytes`` made. Raises ``ValueError`` for anything else."""
        try:
            with np.load(io.BytesIO(data)) as held:
                buckets, rows = np.cumsum(held["steps"], dtype=np.int32), np.ascontiguousarray(held["rows"].T)
                return cls(buckets, rows, float(held["unit"]), held["moves"], held["text"].tobytes().decode())
        except (EOFError, KeyError, TypeError, BadZipFile) as error:
            raise ValueError(f"no weights: {error}") from error


class NameModel:
    """A trained model; made once, used for many documents."""

    def __init__(self, weights: Weights) -> None:
        self._row = np.zeros(features.BUCKETS, np.int32)
        self._row[weights.buckets] = np.arange(1, len(weights.buckets) + 1)
        self._rows = np.zeros((len(weights.rows) + 1, len(chain.LABELS)), np.int16)
        self._rows[1:] = weights.rows
        self._unit, self._moves = weights.unit, weights.moves.astype(np.float64)

    def candidates(self, doc: Document) -> Iterator[tuple[int, int, str, float | None]]:
        """Every name of a document: start, end, kind (one of ``chain.KINDS``) and probability, in text order."""
        if not doc.view:
            return
        scores = self.scores(doc)
        ranges = [part for sentence in doc.sentences for part in _parts(sentence.start, sentence.end)]
        found: list[tuple[int, int, str, float]] = []
        for batch in _batches(ranges):
            found += self._decoded(scores, batch)
        yield from sorted(found)

    def scores(self, doc: Document) -> npt.NDArray[np.float32]:
        """Weights of the labels (characters, labels)."""
        made = features.extract(doc.view, doc.words)
        total = np.zeros((len(made), len(chain.LABELS)), np.int16)
        for at in range(0, len(made), _CHUNK):
            part = total[at : at + _CHUNK]
            rows = np.empty_like(part)
            for column in made[at : at + _CHUNK].T:
                self._rows.take(self._row.take(column), 0, rows, "clip")  # all are there: to clip saves a look at each
                part += rows
        return total * np.float32(self._unit)

    def _decoded(
        self, scores: npt.NDArray[np.float32], ranges: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[int, int, str, float]]:
        lengths = np.array([end - start for start, end in ranges])
        batch = np.zeros((len(ranges), int(lengths.max()), len(chain.LABELS)))
        for number, (start, end) in enumerate(ranges):
            batch[number, : end - start] = scores[start:end]
        named = [(n, labels) for n, labels in enumerate(chain.best(batch, self._moves, lengths)) if any(labels)]
        if not named:
            return  # sums over all labels are needed only where there is a name whose chance they tell
        chosen = [number for number, _ in named]
        longest = int(lengths[chosen].max())
        held = chain.sums(batch[chosen, :longest], self._moves, lengths[chosen])
        for row, (number, labels) in enumerate(named):
            for start, end, kind in chain.spans(labels):
                sure = chain.chance(held, row, start, end, labels)
                yield ranges[number][0] + start, ranges[number][0] + end, kind, round(sure, 3)


def _parts(start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence as one chain, or several where it is endless."""
    for at in range(start, end, _LONGEST):
        yield at, min(at + _LONGEST, end)


def _batches(ranges: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Chains of like length together, the longest first."""
    ordered = sorted(ranges, key=lambda one: (one[0] - one[1], one))
    for at in range(0, len(ordered), _BATCH):
        yield ordered[at : at + _BATCH]


def load(path: Path) -> NameModel:
    """A model that ``parkfacts train`` wrote. Raises ``OSError`` for no file, ``ValueError`` for no weights."""
    return NameModel(Weights.from_bytes(path.read_bytes()))


@cache
def shipped() -> NameModel:
    """The model of the package, read when first asked for."""
    return NameModel(Weights.from_bytes((files("parkfacts.ner") / WEIGHTS).read_bytes()))
