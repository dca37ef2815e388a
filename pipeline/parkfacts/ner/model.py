"""A trained model in use: candidates for the names of a document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from parkfacts.ner import decode, features
from parkfacts.segment import Document

WEIGHTS, SETTINGS = "names.onnx", "names.json"
_QUIET = float(np.log(0.98))  # a character this surely outside every name bounds what is decoded


class CharModel:
    """A trained network; its candidates are firms, scored by the mean probability of their labels."""

    def __init__(self, weights: bytes, settings: Mapping[str, Any]) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # the same bytes on any machine
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        self._vocabulary = {char: number for number, char in enumerate(settings["vocabulary"], 2)}

    def candidates(self, doc: Document) -> Iterator[tuple[int, int, str, float | None]]:
        """Ranges of firms with their scores, in text order."""
        for start, end, kind, score in self.names(doc):
            if kind == "company":
                yield start, end, "company", score

    def names(self, doc: Document) -> Iterator[tuple[int, int, str, float]]:
        """Every name of every kind, sentence by sentence."""
        if not doc.view:
            return
        found = features.extract(doc.view, doc.words, self._vocabulary)
        (scores,) = self._session.run(None, found._asdict())
        quiet = scores[:, 0] > _QUIET
        for sentence in doc.sentences:
            for start, end in _busy(quiet[sentence.start : sentence.end]):
                held = scores[sentence.start + start : sentence.start + end]
                labels = decode.viterbi(held)
                for first, last, kind in decode.spans(labels):
                    sure = np.exp(held[np.arange(first, last), labels[first:last]]).mean()
                    offset = sentence.start + start
                    yield offset + first, offset + last, kind, round(float(sure), 3)


def _busy(quiet: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Ranges of characters that may belong to a name; only they are decoded."""
    edges = np.flatnonzero(np.diff(np.concatenate(([True], quiet, [True])).astype(np.int8)))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def load(folder: Path) -> CharModel:
    """A model that ``parkfacts train`` wrote into a folder. Raises ``FileNotFoundError`` where there is none."""
    settings = json.loads((folder / SETTINGS).read_text("utf-8"))
    return CharModel((folder / WEIGHTS).read_bytes(), settings)
