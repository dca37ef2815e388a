"""``parkfacts train``: the name model from its training text, and from documents that a user has corrected."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from parkfacts.commands.terminal import console
from parkfacts.learn import course
from parkfacts.learn.documents import Parted, TrainError, labelled, part
from parkfacts.logs import tell
from parkfacts.ner import corpus, train
from parkfacts.ner.corpus import Sentence
from parkfacts.ner.model import WEIGHTS, NameModel, Weights, shipped
from parkfacts.ner.score import score
from parkfacts.quality.gold import GOLD, QualityError
from parkfacts.quality.render import table
from parkfacts.write import write_together

log = logging.getLogger(__name__)
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{2,6}")


class Wanted(NamedTuple):
    """What is asked for: ``text`` (ours where there is none), documents to learn ``learn``, where to, a list of
    ``names``, what to measure on, how many passes, and whether weights in ``out`` may be replaced."""

    text: Path | None
    learn: Path | None
    out: Path
    names: Path | None = None
    test: Path | None = None
    passes: int | None = None
    replace: bool = False


def run(wanted: Wanted) -> int:
    """Trains, writes the weights to ``out`` and nowhere else, and tells what they are worth."""
    target = wanted.out / WEIGHTS
    if target.exists() and not wanted.replace:
        raise TrainError(target.as_posix(), "is there already", "name another folder, or say --replace")
    try:
        return _with_documents(wanted, wanted.learn) if wanted.learn else _with_sentences(wanted)
    except QualityError as error:
        where = (wanted.learn or wanted.out).as_posix()
        raise TrainError(where, str(error).removeprefix(f"{where}: "), "mend it and train again") from error


def _with_sentences(wanted: Wanted) -> int:
    if wanted.test is not None and _is_gold(wanted.test):
        raise TrainError(wanted.test.as_posix(), "holds documents", "--test takes labelled sentences without --from")
    sentences = _sentences(wanted.text or corpus.shipped())
    model = _trained(sentences, wanted)
    if wanted.test is not None:
        for line in score(model, _sentences(wanted.test), _firms(sentences)).lines():
            print(line)
    return 0


def _with_documents(wanted: Wanted, folder: Path) -> int:
    parted = _parted(folder, wanted.test)
    ours = _sentences(wanted.text or corpus.shipped())
    theirs = labelled(parted.learnt, shipped())
    _talk().print(
        f"{len(parted.learnt)} documents, {len(theirs)} sentences to learn beside {len(ours)} of ours; "
        f"{len(parted.measured)} documents kept back to measure on"
    )
    model = _trained([*ours, *theirs], wanted)
    for one in course.told(course.change(parted.measured, shipped(), model)):
        print(table(*one))
    blind, seen = _sentences(corpus.shipped() / "test"), _firms([*ours, *theirs])
    for when, which in (("before", shipped()), ("now", model)):
        print(f"our blind sentences, the model alone, {when}: {score(which, blind, seen).lines()[0]}")
    _talk().print(f"to use it: parkfacts extract … --ner-model {wanted.out.as_posix()}")
    return 0


def _parted(folder: Path, test: Path | None) -> Parted:
    parted = part(folder, test)
    for case in parted.left_out:
        _talk().print(f"{case.id} stands in {(test or folder).as_posix()} too, and is not learnt from")
    return parted


def _trained(sentences: Sequence[Sentence], wanted: Wanted) -> NameModel:
    begun = time.perf_counter()
    tell(log, logging.INFO, "train.started", f"{len(sentences)} sentences", sentences=len(sentences))
    settings = train.Settings() if wanted.passes is None else train.Settings(passes=wanted.passes)
    talk = _talk()
    data = train.train(sentences, settings, _names(wanted.names), lambda line: talk.print(line)).to_bytes()
    wanted.out.mkdir(parents=True, exist_ok=True)
    write_together({wanted.out / WEIGHTS: data})
    message = f"{len(sentences)} sentences, {len(data) / 1e6:.1f} MB -> {(wanted.out / WEIGHTS).as_posix()}"
    talk.print(message)
    seconds = round(time.perf_counter() - begun, 3)
    tell(log, logging.INFO, "train.ended", message, sentences=len(sentences), bytes=len(data), seconds=seconds)
    return NameModel(Weights.from_bytes(data))


def _talk() -> Console:
    return console(stderr=True)


def _is_gold(folder: Path) -> bool:
    return next(folder.rglob(GOLD), None) is not None


def _firms(sentences: Sequence[Sentence]) -> frozenset[str]:
    return frozenset(s.text[a:b] for s in sentences for a, b, kind in s.names if kind == "company")


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
