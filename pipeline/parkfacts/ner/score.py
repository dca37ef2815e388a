"""How well a model finds names in labelled sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from parkfacts.ner.corpus import Sentence
from parkfacts.ner.model import NameModel
from parkfacts.segment import Segmenter, segment
from parkfacts.text import Source, Text

FORMS = ("公司", "集团", "厂", "株式会社")
SHORT = 6  # characters; a longer name without a form of law is no short name


@dataclass
class Score:
    """Counts of firms' mentions, exact spans; ``confused`` counts other names that were taken for a firm, by kind."""

    right: int = 0
    found: int = 0
    sought: int = 0
    short_right: int = 0
    short_sought: int = 0
    others: Counter[str] = field(default_factory=Counter)
    confused: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of what was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Of what there is."""
        return self.right / self.sought if self.sought else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def short_recall(self) -> float:
        """Recall of short names that the training text does not hold."""
        return self.short_right / self.short_sought if self.short_sought else 0.0

    def lines(self) -> list[str]:
        """The figures in words."""
        body = sum(self.confused[kind] for kind in ("government", "park", "organization"))
        bodies = sum(self.others[kind] for kind in ("government", "park", "organization"))
        return [
            f"firms: P {self.precision:.3f} R {self.recall:.3f} F1 {self.f1:.3f} ({self.sought} mentions)",
            f"short names never seen: R {self.short_recall:.3f} ({self.short_sought})",
            f"governments, parks, bodies taken for a firm: {body} of {bodies}",
        ]


def score(model: NameModel, sentences: Sequence[Sentence], seen: frozenset[str], at_least: float = 0.0) -> Score:
    """The model on sentences; ``seen`` are names of the training text, ``at_least`` the score that a name must have."""
    total, segmenter = Score(), Segmenter()
    for sentence in sentences:
        doc = segment(Text.whole(Source.from_text(sentence.text)), (), segmenter)
        found = {
            (a, b) for a, b, kind, sure in model.candidates(doc) if kind == "company" and (sure or 0.0) >= at_least
        }
        gold = {(a, b) for a, b, kind in sentence.names if kind == "company"}
        total.found, total.sought = total.found + len(found), total.sought + len(gold)
        total.right += len(found & gold)
        for a, b in gold:
            name = sentence.text[a:b]
            if name not in seen and len(name) <= SHORT and not name.endswith(FORMS):
                total.short_sought += 1
                total.short_right += (a, b) in found
        for a, b, kind in sentence.names:
            if kind != "company":
                total.others[kind] += 1
                total.confused[kind] += any(a <= x < b or x <= a < y for x, y in found)
        for a, b in sorted(found ^ gold):
            mark = "+" if (a, b) in found else "-"
            total.errors.append(f"{mark} {sentence.text[:a]}【{sentence.text[a:b]}】{sentence.text[b:]}")
    return total
