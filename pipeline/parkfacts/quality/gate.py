"""The floor under the corpus: committed figures that a change must not fall below."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from math import floor
from pathlib import Path

from parkfacts.quality.evaluation import PARTS, Evaluation
from parkfacts.quality.gold import QualityError
from parkfacts.quality.tally import guarded

SLACK = 5e-5  # half of the last digit that is written


def parse_minimum(text: str) -> tuple[str, float]:
    """``amounts.f1=0.9``. Raises ``QualityError`` for anything else."""
    name, _, value = text.partition("=")
    try:
        return name.strip(), float(value)
    except ValueError as error:
        raise QualityError(f"--min {text!r}: write it as amounts.f1=0.9") from error


def below(evaluation: Evaluation, minimum: Mapping[str, float]) -> list[str]:
    """A line for each figure that is lower than it must be. Raises ``QualityError`` for a figure that there is not."""
    lines = []
    for name, least in minimum.items():
        try:
            value = evaluation.figure(name)
        except KeyError as error:
            raise QualityError(str(error.args[0])) from error
        if value < least - SLACK:
            lines.append(f"{name} is {value:.4f}, below {least:.4f}")
    return lines


def write_baseline(evaluation: Evaluation, path: Path, why: str) -> None:
    """Makes the figures of now the floor, rounded down; ``why`` says what moved it, and is asked for."""
    if not why.strip():
        raise QualityError("the baseline only moves with a reason")
    parts = {name: dict(_floors(evaluation.part(held))) for name, held in PARTS.items()}
    path.write_text(json.dumps({"why": why, **parts}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def below_baseline(evaluation: Evaluation, path: Path) -> list[str]:
    """A line for each figure of dev or held that fell below the committed one."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise QualityError(f"{path}: {error}") from error
    told = ((name, below(evaluation.part(held), data.get(name, {}))) for name, held in PARTS.items())
    return [f"{name}: {line}" for name, lines in told for line in lines]


def _floors(evaluation: Evaluation) -> Iterator[tuple[str, float]]:
    for name, tally in evaluation.figures.items():
        if guarded(name) and not tally.nothing:
            yield f"{name}.f1", floor(tally.f1 * 10_000) / 10_000
