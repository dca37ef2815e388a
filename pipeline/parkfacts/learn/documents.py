"""Corrected documents as training text, and which of them are kept back to measure on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from parkfacts.errors import ParkfactsError
from parkfacts.facts import Gold
from parkfacts.ner import reviewed
from parkfacts.ner.chain import KINDS
from parkfacts.ner.corpus import Sentence
from parkfacts.ner.model import NameModel
from parkfacts.quality.gold import Case, cases
from parkfacts.repair import repair
from parkfacts.segment import Segmenter, segment
from parkfacts.text import Source, Text

_TOLD = frozenset(("company", "government", "park", "organization", "project"))  # what a record knows names of
_UNTOLD = frozenset(KINDS) - _TOLD
_SHARE = 5  # one document of so many is kept back


class TrainError(ParkfactsError):
    """Training cannot begin."""


class Parted(NamedTuple):
    """Documents to learn from, documents to measure on, and those left out because they stand in both."""

    learnt: tuple[Case, ...]
    measured: tuple[Case, ...]
    left_out: tuple[Case, ...] = ()


def part(folder: Path, test: Path | None = None) -> Parted:
    """The documents of a gold folder. Those of ``test`` are measured on, and learnt from in no case; without it a fifth
    is kept back, the same ones each time: a document's own name decides, so that a new one moves few others.

    Raises ``TrainError`` where nothing would be left on one side, ``QualityError`` for a folder without gold.
    """
    found = cases(folder)
    if test is not None:
        measured = cases(test)
        known = {case.gold.source.sha256 for case in measured}
        both = tuple(case for case in found if case.gold.source.sha256 in known)
        learnt = tuple(case for case in found if case not in both)
        if not learnt:
            raise TrainError(
                folder.as_posix(), "every document is one to measure on", "name another folder with --test"
            )
        return Parted(learnt, tuple(measured), both)
    if len(found) < 2:
        raise TrainError(
            folder.as_posix(),
            "one document cannot be learnt and measured on",
            "review another, or name a --test folder",
        )
    by_chance = sorted(found, key=lambda case: hashlib.sha256(case.id.encode()).digest())
    kept = {case.id for case in by_chance[: -(-len(found) // _SHARE)]}
    return Parted(tuple(c for c in found if c.id not in kept), tuple(c for c in found if c.id in kept))


def labelled(learnt: Iterable[Case], model: NameModel) -> list[Sentence]:
    """Sentences of documents, each once. Products, persons, places and awards, which a record does not tell, are what
    ``model`` takes for them: as if there were none, it would unlearn them."""
    segmenter = Segmenter()
    made = [s for case in learnt for s in reviewed.sentences(_with_layout(case, segmenter), case.source.text)]
    return [_filled(s, model, segmenter) for s in dict.fromkeys(made)]


def _with_layout(case: Case, segmenter: Segmenter) -> Gold:
    """The gold; where it tells no reading order, with the one that repair finds."""
    gold = case.gold
    if gold.layout.blocks and gold.layout.reading_order:
        return gold
    return gold.model_copy(update={"layout": repair(case.source, segmenter).layout})


def _filled(sentence: Sentence, model: NameModel, segmenter: Segmenter) -> Sentence:
    doc = segment(Text.whole(Source.from_text(sentence.text)), (), segmenter)
    return Sentence(sentence.text, tuple(sorted([*sentence.names, *_more(sentence.names, model.candidates(doc))])))


def _more(
    names: Sequence[tuple[int, int, str]], said: Iterable[tuple[int, int, str, float | None]]
) -> Iterator[tuple[int, int, str]]:
    for start, end, kind, _ in said:
        if kind in _UNTOLD and all(end <= a or b <= start for a, b, _ in names):
            yield start, end, kind
