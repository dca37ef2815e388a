"""Three ways to parse, measured on who acts and on which clauses tell an event; docs/milestones-parsing.md tells more.

python benchmarks/parsing.py

Who acts: the clause grammar that is shipped, a chunker (the first noun phrase of the clause, general words resolved),
and a linear model that chooses among the noun phrases of the clause and who was spoken of before. Events: the trigger
rules, and a linear model over the words of a clause. The models are trained on corpus/dev, each document by a model
that has not seen it; corpus/held by one that has seen all of dev.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from parkfacts import pipeline
from parkfacts.facts import Gold, MilestoneType, Report
from parkfacts.link.calendar import DateValue
from parkfacts.link.milestones import teller
from parkfacts.link.milestones.cast import Cast
from parkfacts.link.milestones.phrase import Actor, after_date, subject_range, whole
from parkfacts.quality.equal.milestones import holds
from parkfacts.quality.gold import Case, extract
from parkfacts.repair import repair
from parkfacts.segment import Document, segment
from parkfacts.text import Mention, Span

CORPUS = Path(__file__).parents[1] / "corpus"
NOUNS = frozenset("nbjqsmgxl")
ROUNDS, RATE = 12, 0.2
Trigger = Mention[MilestoneType]


# ---- a linear model -----------------------------------------------------------------------------------------------


class Linear:
    """Scores options by weighted features; learns to put a right one first (a softmax over the options)."""

    def __init__(self) -> None:
        self.weights: dict[str, float] = defaultdict(float)

    def score(self, features: Iterable[str]) -> float:
        return sum(self.weights[f] for f in features)

    def best(self, options: Sequence[Sequence[str]]) -> int:
        return max(range(len(options)), key=lambda i: (self.score(options[i]), -i))

    def learn(self, examples: Sequence[tuple[Sequence[Sequence[str]], frozenset[int]]]) -> Linear:
        for _ in range(ROUNDS):
            for options, right in examples:
                scores = [self.score(one) for one in options]
                top = max(scores)
                parts = [math.exp(s - top) for s in scores]
                mass, good = sum(parts), sum(parts[i] for i in right)
                for i, one in enumerate(options):
                    wish = parts[i] / good if i in right else 0.0
                    for feature in one:
                        self.weights[feature] += RATE * (wish - parts[i] / mass)
        return self


# ---- who acts -----------------------------------------------------------------------------------------------------


class Chosen(NamedTuple):
    """What could act in an event, with features; ``place`` is where the event's verb stands."""

    place: int
    actors: list[Actor | None]
    features: list[list[str]]


class Other(Cast):
    """Notes the noun phrases of every clause that is asked for its subject, and chooses by ``model``; without one, the
    first phrase in front of the verb."""

    model: Linear | None = None
    seen: ClassVar[list[Chosen]] = []

    def subject(self, clause: Span, trigger: Trigger, date: Mention[DateValue]) -> str | None:
        self._recall()
        options = list(self._options(clause, trigger, date))
        chosen = Chosen(trigger.start, [a for a, _ in options], [f for _, f in options])
        Other.seen.append(chosen)
        if Other.model is None:
            start, end = subject_range(self.scene.view, clause, trigger.start, date)
            first = next(iter(self._phrases(after_date(self.scene, start, end), end)), None)
            return self._told(self._actor(first) if first else None)
        return self._told(chosen.actors[Other.model.best(chosen.features)])

    def _options(
        self, clause: Span, trigger: Trigger, date: Mention[DateValue]
    ) -> Iterator[tuple[Actor | None, list[str]]]:
        start, end = subject_range(self.scene.view, clause, trigger.start, date)
        first = next(iter(self._phrases(after_date(self.scene, start, end), end)), None)
        for order, held in enumerate(self._phrases(clause.start, trigger.start)):
            described = self._described(held, order, clause, trigger, date)
            yield self._actor(held), [*described, f"chunk {held == first} {trigger.value}", f"chunk {held == first}"]
        spoken = self.memory
        before = {"topic": spoken.topic, "park": spoken.park, "company": spoken.company, "project": spoken.project}
        for name, actor in before.items():
            if actor is not None:
                yield actor, [f"is {name}", f"is {name} {trigger.value}", f"no phrase {first is None} {name}"]
        if not before["topic"] and not before["park"]:
            yield None, ["none"]

    def _phrases(self, start: int, end: int) -> Iterator[Span]:
        """Maximal runs of nouns; a known name is one word."""
        names = list(self.scene.names_in(start, end))
        begin = at = start
        for word in [*self.scene.doc.words_in(start, end), None]:
            if word is not None and word.start < at:
                continue
            name = word and next((n for n in names if n.start <= word.start < n.end), None)
            noun = word is not None and (name is not None or word.tag[0] in NOUNS or word.tag == "vn")
            if (
                noun
                and not self.scene.dates_in(word.start, word.start + 1)
                and self.scene.view[word.start] not in "，、："
            ):
                at = min(end, max(name.end if name else 0, word.end))
                continue
            if at - begin >= 2:
                yield Span(begin, at)
            begin = at = word.end if word is not None else end

    def _actor(self, held: Span) -> Actor | None:
        word = whole(self.scene.view[held.start : held.end])
        return (self.memory.resolve(word, held.start) if word else None) or self.memory.thing(held)

    def _described(self, held: Span, order: int, clause: Span, trigger: Trigger, date: Mention[DateValue]) -> list[str]:
        view = self.scene.view
        words = self.scene.doc.words_in(held.start, held.end)
        names = [n.kind for n in self.scene.names_in(held.start, held.end)]
        gap = view[held.end : trigger.start]
        return [
            "phrase", f"order {order}", f"before {view[max(clause.start, held.start - 1) : held.start]}",
            f"after {view[held.end : held.end + 1]}", f"type {trigger.value} {order}", f"names {names[:1]}",
            f"last {view[held.end - 1]}", f"tag {words[-1].tag if words else ''}",
            f"length {min(6, (held.end - held.start) // 3)}",
            f"of {'的' in gap}", f"gap {min(5, len(gap) // 3)}", f"dated {held.start > date.end}",
        ]  # fmt: skip


def forms(record: Report | Gold, name: str | None) -> frozenset[str | None]:
    """All names of what a name stands for."""
    park = record.document.park
    groups = [(one.name, *one.aliases) for one in (*record.companies, *record.organizations, *record.projects)]
    groups += [(park.name, *park.aliases)] if park else []
    return frozenset((name, *(form for group in groups if name in group for form in group)))


def agree(gold: Gold, wanted: str | None, report: Report, found: str | None) -> bool:
    return bool(forms(gold, wanted) & forms(report, found))


def read(case: Case, cast: type[Cast], model: Linear | None) -> tuple[Report, list[Chosen]]:
    teller.Cast, Other.model, Other.seen = cast, model, []  # type: ignore[misc, attr-defined]
    report = extract(case)
    assert isinstance(report, Report)
    return report, Other.seen


def pairs(case: Case, report: Report) -> Iterator[tuple[Any, Any]]:
    """The gold's milestones, with those found for them by their place and type."""
    left = list(report.milestones)
    for wanted in case.gold.milestones:
        same = (m for m in left if m.type == wanted.type and holds(m.spans, wanted.spans))
        if not wanted.optional and (found := next(same, None)):
            left.remove(found)
            yield wanted, found


def actors(case: Case, cast: type[Cast], model: Linear | None = None) -> tuple[int, int]:
    report, _ = read(case, cast, model)
    told = [agree(case.gold, w.actor, report, f.actor) for w, f in pairs(case, report)]
    return sum(told), len(told)


def lessons(case: Case) -> list[tuple[Sequence[Sequence[str]], frozenset[int]]]:
    """Each event's options, with those that the gold calls right; where none is, there is nothing to learn."""
    report, seen = read(case, Other, None)
    found = []
    for wanted, event in pairs(case, report):
        start, end = event.spans[0][0], event.spans[-1][1]
        for one in seen:
            if start <= one.place < end:
                right = (i for i, a in enumerate(one.actors) if agree(case.gold, wanted.actor, report, a and a.text))
                held = frozenset(right)
                if held:
                    found.append((one.features, held))
                break
    return found


# ---- which clauses tell an event ----------------------------------------------------------------------------------


def clauses(case: Case) -> tuple[Document, list[Span]]:
    """The clauses of the sentences that hold a digit (a date, as a rule)."""
    repaired = repair(case.source, pipeline.default_segmenter(), None)
    doc = segment(repaired.text, repaired.layout.blocks, pipeline.default_segmenter())
    dated = [s for s in doc.sentences if any(c.isdigit() or c in "年月" for c in doc.view[s.start : s.end])]
    return doc, [c for s in dated for c in doc.clauses(s) if c.end - c.start > 3]


def labels(doc: Document, spans: Sequence[Span], told: Iterable[Any]) -> list[str]:
    """The type of the milestone whose last clause this is."""
    ends = [(m.spans, m.type) for m in told]
    found = []
    for span in spans:
        last = doc.text.origin(span.start, span.end)[-1]
        found.append(next((t for held, t in ends if last.start < held[-1][1] <= last.end), "-"))
    return found


TYPES = ("-", "groundbreaking", "completion", "production", "signing", "establishment", "approval", "recognition",
         "unveiling", "listing", "launch", "land", "target", "other")  # fmt: skip


def typed(doc: Document, span: Span) -> list[list[str]]:
    words = [doc.view[w.start : w.end] for w in doc.words_in(span.start, span.end)]
    features = [
        "",
        *words,
        *(a + b for a, b in pairwise(words)),
        f"last {words[-1] if words else ''}",
    ]
    return [[f"{kind} {one}" for one in features] for kind in TYPES]


def clause_scores(case: Case, model: Linear | None) -> tuple[int, int, int]:
    """Right, found and sought clauses with their type; by the rules where no model is given."""
    doc, spans = clauses(case)
    optional = {m.id for m in case.gold.milestones if m.optional}
    wanted = labels(doc, spans, [m for m in case.gold.milestones if m.id not in optional])
    free = labels(doc, spans, [m for m in case.gold.milestones if m.id in optional])
    if model is None:
        found = labels(doc, spans, read(case, Cast, None)[0].milestones)
    else:
        found = [TYPES[model.best(typed(doc, span))] for span in spans]
    kept = [(w, f) for w, f, o in zip(wanted, found, free, strict=True) if o == "-"]
    right = sum(w == f != "-" for w, f in kept)
    return right, sum(f != "-" for _, f in kept), sum(w != "-" for w, _ in kept)


def clause_lessons(case: Case) -> list[tuple[Sequence[Sequence[str]], frozenset[int]]]:
    doc, spans = clauses(case)
    wanted = labels(doc, spans, [m for m in case.gold.milestones if not m.optional])
    return [(typed(doc, s), frozenset((TYPES.index(w),))) for s, w in zip(spans, wanted, strict=True)]


# ---- tables -------------------------------------------------------------------------------------------------------


def models(dev: Sequence[Case], taught: dict[str, Any]) -> dict[str, Linear]:
    """A model for each document of dev that has not seen it, and one for the rest (under "")."""
    found = {}
    for left in ("", *(c.id for c in dev)):
        found[left] = Linear().learn([one for c in dev if c.id != left for one in taught[c.id]])
    return found


def share(counts: Iterable[tuple[int, int]]) -> str:
    right, all_ = map(sum, zip(*counts, strict=True))
    return f"{100 * right / all_:5.1f} ({right}/{all_})"


def f1(counts: Iterable[tuple[int, int, int]]) -> str:
    right, found, sought = map(sum, zip(*counts, strict=True))
    return (
        f"P {100 * right / max(1, found):5.1f} R {100 * right / sought:5.1f} F1 {200 * right / (found + sought):5.1f}"
    )


def main() -> None:
    sets = {
        name: [Case(p.name, p) for p in sorted((CORPUS / name).iterdir()) if p.is_dir()] for name in ("dev", "held")
    }
    dev = sets["dev"]
    choose = models(dev, {c.id: lessons(c) for c in dev})
    tell = models(dev, {c.id: clause_lessons(c) for c in dev})
    for name, cases in sets.items():
        print(f"{name}: who acts, of the events found")
        print("  clause grammar ", share(actors(c, Cast) for c in cases))
        print("  chunker        ", share(actors(c, Other) for c in cases))
        print("  linear model   ", share(actors(c, Other, choose.get(c.id, choose[""])) for c in cases))
        print(f"{name}: which clauses end an event, with its type")
        print("  trigger rules  ", f1(clause_scores(c, None) for c in cases))
        print("  linear model   ", f1(clause_scores(c, tell.get(c.id, tell[""])) for c in cases))


if __name__ == "__main__":
    main()
