"""``parkfacts train``: the name model from its training text."""

from __future__ import annotations

import re
from pathlib import Path

from rich.console import Console

from parkfacts.errors import ParkfactsError
from parkfacts.ner import corpus, train
from parkfacts.ner.corpus import Sentence
from parkfacts.ner.model import WEIGHTS, NameModel, Weights
from parkfacts.ner.score import score
from parkfacts.write import write_together

_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{2,6}")


class TrainError(ParkfactsError):
    """Training cannot begin."""


def run(text: Path, out: Path, names: Path | None, test: Path | None, passes: int | None) -> int:
    """Trains on the sentences of a folder, writes the weights to ``out``, scores on the sentences of ``test``."""
    talk = Console(stderr=True, highlight=False)
    sentences = _sentences(text)
    settings = train.Settings() if passes is None else train.Settings(passes=passes)
    weights = train.train(sentences, settings, _names(names), lambda line: talk.print(line))
    data = weights.to_bytes()
    out.mkdir(parents=True, exist_ok=True)
    write_together({out / WEIGHTS: data})
    talk.print(f"{len(sentences)} sentences, {len(data) / 1e6:.1f} MB -> {(out / WEIGHTS).as_posix()}")
    if test is not None:
        seen = frozenset(s.text[a:b] for s in sentences for a, b, kind in s.names if kind == "company")
        for line in score(NameModel(Weights.from_bytes(data)), _sentences(test), seen).lines():
            print(line)
    return 0


def _sentences(folder: Path) -> list[Sentence]:
    try:
        found = corpus.read(folder)
    except (OSError, ValueError) as error:
        raise TrainError(folder.as_posix(), str(error), "mend the line and train again") from error
    if not found:
        raise TrainError(folder.as_posix(), "holds no sentences", "give *.txt, a sentence a line, names as {c|…}")
    return found


def _names(path: Path | None) -> list[str]:
    """Names of a list, one a line, that look like short names."""
    if path is None:
        return []
    return [line for line in path.read_text("utf-8").split() if _NAME.fullmatch(line)]
