"""What an evaluation tells, and its JSON form."""

from __future__ import annotations

import json
import re
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from parkfacts.errors import unquoted
from parkfacts.quality.gold import QualityError
from parkfacts.quality.quote import marked
from parkfacts.quality.tally import Figures, add_up, flat, nested

FORMAT = 1
PARTS = {"dev": False, "held": True}
_NUMBERS = re.compile(r"\[\n[\s\d.,]+\]")  # a JSON string holds no line break, so none is touched
Verdict = Literal["right", "wrong", "missed", "spurious", "excused"]


class Judged(BaseModel):
    """A found fact with its verdict, or a gold fact that was missed.

    ``wrong`` ones stand where a gold fact stands and differ from it in what makes it right; ``differs`` names the
    fields, and also those that are only reported beside. ``fields`` are the found ones, ``gold`` the annotated ones.
    ``rules`` are those of a named thing's mentions.
    """

    model_config = ConfigDict(frozen=True)

    document: str
    type: str
    verdict: Verdict
    text: str
    spans: tuple[tuple[int, int], ...]
    rule: str | None = None
    rules: tuple[str, ...] = ()
    fields: dict[str, Any] = {}
    gold: dict[str, Any] | None = None
    gold_text: str | None = None
    differs: tuple[str, ...] = ()
    sentence: list[str] = []

    @property
    def error(self) -> bool:
        """Whether a reader should look at it."""
        return self.verdict not in ("right", "excused") or bool(self.differs)

    @property
    def line(self) -> str:
        """The sentence with the fact marked in it."""
        return marked(self.sentence)


class DocumentScore(BaseModel):
    """The figures of one document; a held one has no facts."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    id: str
    held: bool
    figures: Figures
    facts: tuple[Judged, ...] = ()


class Evaluation(BaseModel):
    """Scores of documents, sorted by id."""

    documents: tuple[DocumentScore, ...]

    @cached_property
    def figures(self) -> Figures:
        """Micro-averaged over all documents."""
        return add_up(document.figures for document in self.documents)

    def part(self, held: bool) -> Evaluation:
        """The held documents, or the others."""
        return Evaluation(documents=tuple(one for one in self.documents if one.held == held))

    @property
    def parts(self) -> dict[str, Evaluation]:
        """``dev`` and ``held`` where there are documents of both."""
        both = {name: self.part(held) for name, held in PARTS.items()}
        return both if all(part.documents for part in both.values()) else {}

    @property
    def facts(self) -> list[Judged]:
        """All judged facts; held documents give none."""
        return [fact for document in self.documents for fact in document.facts]

    @property
    def errors(self) -> list[Judged]:
        """The facts that a reader should look at."""
        return [fact for fact in self.facts if fact.error]

    def figure(self, name: str) -> float:
        """``amounts.f1``, ``amounts.bound.p``. Raises ``KeyError`` for what there is not."""
        path, _, measure = name.rpartition(".")
        tally = self.figures.get(path) or self.figures.get(f"{path}.strict")
        if tally is None or measure not in ("p", "r", "f1"):
            raise KeyError(f"there is no figure {name!r}")
        return float(getattr(tally, measure))

    def to_json(self, comparison: dict[str, Any] | None = None) -> str:
        """JSON; every figure has the keys ``p``, ``r`` and ``f1``. A comparison is told with it."""
        data: dict[str, Any] = {
            "format": FORMAT,
            "documents": len(self.documents),
            "total": nested(self.figures),
            **{name: nested(part.figures) for name, part in self.parts.items()},
            "by_document": {one.id: {"held": one.held, **nested(one.figures)} for one in self.documents},
            "facts": [fact.model_dump(mode="json", exclude_defaults=True) for fact in self.facts],
        }
        if comparison is not None:
            data["comparison"] = comparison
        return _NUMBERS.sub(_on_one_line, json.dumps(data, ensure_ascii=False, indent=1))

    @classmethod
    def from_json(cls, text: str | bytes) -> Evaluation:
        """A saved evaluation. Raises ``ValueError`` for anything else."""
        data = json.loads(text)
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise ValueError(f"not a saved evaluation of format {FORMAT}")
        facts: dict[str, list[Judged]] = {}
        for fact in data["facts"]:
            facts.setdefault(fact["document"], []).append(Judged.model_validate(fact))
        return cls(
            documents=tuple(
                DocumentScore(id=id, held=tree.pop("held"), figures=flat(tree), facts=tuple(facts.get(id, ())))
                for id, tree in data["by_document"].items()
            )
        )


def _on_one_line(numbers: re.Match[str]) -> str:
    return "".join(numbers[0].split()).replace(",", ", ")


def read_evaluation(path: Path) -> Evaluation:
    """A saved evaluation. Raises ``QualityError`` where it cannot be read."""
    try:
        return Evaluation.from_json(path.read_bytes())
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise QualityError(f"{path} is no saved evaluation (--format json): {unquoted(error)}") from error
