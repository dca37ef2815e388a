"""A trained model in use: the names of a document with their probabilities. numpy is all that it needs."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from parkfacts.ner import chain, cut, decode, features, glance
from parkfacts.ner.asked import Asked
from parkfacts.ner.cut import Cut, Places
from parkfacts.ner.decode import Moves
from parkfacts.ner.glance import Table
from parkfacts.segment import Document
from parkfacts.text import Span

WEIGHTS = "names.npz"
_CHUNK = 64  # characters whose weights are held at a time
_BLOCK = 2048  # characters that are looked at together
_LIKELY = round(-0.75 / glance.UNIT)
_BETWEEN = np.isin(
    np.arange(1 << 16), [ord(mark) for mark in "，,；;：:"]
)  # marks between clauses: no name goes over them


@dataclass(frozen=True)
class Weights:
    """Buckets (sorted) of the features known, a row of label weights for each in units of ``unit``, the moves, and the
    table of the glance."""

    buckets: npt.NDArray[np.int32]
    rows: npt.NDArray[np.int8]
    unit: float
    moves: npt.NDArray[np.float32]
    glance: Table
    text_sha256: str

    @classmethod
    def packed(
        cls,
        buckets: npt.NDArray[np.int32],
        rows: npt.NDArray[np.float32],
        moves: npt.NDArray[np.float32],
        table: Table,
        digest: str,
    ) -> Weights:
        """Weights in eight bits each; the largest ones, of which there are few, are cut."""
        unit = float(np.float32(max(float(np.quantile(np.abs(rows), 0.9999)) if rows.size else 0.0, 1e-3) / 127))
        packed = np.clip(np.rint(rows / unit), -127, 127).astype(np.int8)
        return cls(buckets, packed, unit, moves, table, digest)

    def to_bytes(self) -> bytes:
        """An ``.npz``; the same weights give the same bytes."""
        out = io.BytesIO()
        steps = np.diff(self.buckets, prepend=0).astype(np.int32)
        np.savez_compressed(
            out, steps=steps, rows=np.ascontiguousarray(self.rows.T), unit=np.float32(self.unit), moves=self.moves,
            glance=self.glance, text=np.frombuffer(self.text_sha256.encode(), np.uint8),
        )  # fmt: skip
        return out.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Weights:
        """What ``to_bytes`` made. Raises ``ValueError`` for anything else."""
        try:
            with np.load(io.BytesIO(data)) as held:
                buckets, rows = np.cumsum(held["steps"], dtype=np.int32), np.ascontiguousarray(held["rows"].T)
                text = held["text"].tobytes().decode()
                return cls(buckets, rows, float(held["unit"]), held["moves"], held["glance"], text)
        except (EOFError, KeyError, TypeError, BadZipFile) as error:
            raise ValueError(f"no weights: {error}") from error


class NameModel:
    """A trained model; made once, used for many documents."""

    def __init__(self, weights: Weights) -> None:
        self._row = np.zeros(features.BUCKETS, np.int32)
        self._row[weights.buckets] = np.arange(1, len(weights.buckets) + 1)
        self._rows = np.zeros((len(weights.rows) + 1, len(chain.LABELS)), np.int16)
        self._rows[1:] = weights.rows
        self._glance = weights.glance
        self._moves = Moves.of(weights.moves, weights.unit)

    def candidates(self, doc: Document, asked: Asked | None = None) -> list[tuple[int, int, str, float | None]]:
        """Names of a document: start, end, kind (one of ``chain.KINDS``) and probability, in text order.

        Where something is ``asked``, only the clauses are looked at that may tell it.
        """
        if not doc.sentences:
            return []
        whole = cut.of(doc.view, doc.words)
        chosen = doc.sentences if asked is None else self._worth_a_look(whole, doc.sentences, asked)
        return [name for block in _blocks(chosen) for name in self._names(whole, block)]

    def _names(self, whole: Cut, block: Sequence[Span]) -> Iterator[tuple[int, int, str, float]]:
        part, begins = cut.pieces(whole, block)
        apart = np.ones(len(part.chars), np.bool_)
        for span, begin in zip(block, begins, strict=True):
            apart[begin : begin + span.end - span.start] = False
        for start, end, kind, sure in decode.names(self.scores(part), apart, self._moves):
            number = bisect_right(begins, start) - 1
            back = block[number].start - begins[number]
            yield start + back, end + back, kind, sure

    def scores(self, part: Cut) -> npt.NDArray[np.int16]:
        """Weights of the labels (characters, labels), in units."""
        total = np.empty((len(part.chars), len(chain.LABELS)), np.int16)
        for first, made in enumerate(features.extract(part)):
            rows = self._row.take(made)
            for at in range(0, rows.shape[1], _CHUNK):
                place = first * features.CHUNK + at
                some = self._rows.take(rows[:, at : at + _CHUNK], 0, mode="clip")  # all are there: saves a look at each
                np.add.reduce(some, 0, np.int16, out=total[place : place + _CHUNK])
        return total

    def _worth_a_look(self, whole: Cut, sentences: Sequence[Span], asked: Asked) -> list[Span]:
        """The clauses with an unsure place, or with a word, where nothing is settled, that may be a firm's."""
        free = np.ones(len(whole.chars) + 1, np.int8)
        for start, end in asked.settled:
            free[start:end] = 0
        hopeful = whole.starts[glance.odds(self._glance, whole) >= _LIKELY]
        likely = hopeful[free[hopeful] > 0]
        places = np.concatenate((likely, np.array(asked.unsure, np.int64)))
        return _clauses(whole, sentences, places)


def _clauses(whole: Cut, sentences: Sequence[Span], places: Places) -> list[Span]:
    """The clauses that hold the places; those that stand side by side in a sentence are one."""
    bounds = np.array(sentences)
    begins = np.zeros(len(whole.chars) + 1, np.bool_)
    begins[bounds] = True
    ends = begins.copy()  # of sentences, and of what is between them
    begins[1:] |= _BETWEEN[np.minimum(whole.chars, 0xFFFF).astype(np.int64)]
    clause = np.cumsum(begins)
    wanted = np.zeros(clause[-1] + 1, np.bool_)
    wanted[clause[places]] = True
    held = wanted[clause]
    held[-1] = False
    before = np.append(False, held[:-1])
    first, last = held & (~before | ends), before & (~held | ends)
    return [Span(*span) for span in zip(np.flatnonzero(first).tolist(), np.flatnonzero(last).tolist(), strict=True)]


def _blocks(chosen: Sequence[Span]) -> Iterator[Sequence[Span]]:
    """What is looked at together; a document's own clauses alone decide it."""
    first = size = 0
    for number, (start, end) in enumerate(chosen):
        if size > _BLOCK:
            yield chosen[first:number]
            first, size = number, 0
        size += end - start
    if size:
        yield chosen[first:]


def load(path: Path) -> NameModel:
    """A model that ``parkfacts train`` wrote. Raises ``OSError`` for no file, ``ValueError`` for no weights."""
    return NameModel(Weights.from_bytes(path.read_bytes()))


@cache
def shipped() -> NameModel:
    """The model of the package, read when first asked for."""
    return NameModel(Weights.from_bytes((files("parkfacts.ner") / WEIGHTS).read_bytes()))
