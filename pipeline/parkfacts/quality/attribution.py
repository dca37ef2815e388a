"""Which rule gives what: true and false positives on the gold, rules that never fire, examples that fail."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files
from inspect import signature
from typing import NamedTuple

from parkfacts.quality.evaluation import Evaluation, Judged
from parkfacts.quality.gold import QualityError
from parkfacts.rules.engine import Rule, Table, load
from parkfacts.segment import Segmenter, segment
from parkfacts.text import Source, Text

_MARK = re.compile(r"【([^【】]*+)】")


class RuleScore(NamedTuple):
    """What a rule found in documents that are not held; ``wrong`` stand at a gold fact but differ from it."""

    rule: str
    type: str
    right: int
    wrong: int
    spurious: int
    excused: int

    @property
    def precision(self) -> float | None:
        """Right ones among those that count; ``None`` where none does."""
        counted = self.right + self.wrong + self.spurious
        return self.right / counted if counted else None


class FailedExample(NamedTuple):
    """An example that its rule does not match over the marked range, or a negative that it does match."""

    table: str
    rule: str
    example: str
    why: str


@dataclass(frozen=True)
class Attribution:
    """The rules by what they give, the silent ones, and the examples that fail."""

    scores: tuple[RuleScore, ...]
    silent: tuple[tuple[str, str], ...]
    failed: tuple[FailedExample, ...]

    def to_json(self) -> str:
        """JSON, one object a rule."""
        data = {
            "rules": [{**score._asdict(), "precision": score.precision} for score in self.scores],
            "never_fire": [{"table": table, "rule": rule} for table, rule in self.silent],
            "failed_examples": [failed._asdict() for failed in self.failed],
        }
        return json.dumps(data, ensure_ascii=False, indent=1)


def attribution(evaluation: Evaluation) -> Attribution:
    """Attributes the facts of an evaluation to their rules, and runs the rules' own examples.

    Raises ``QualityError`` for a table that does not load.
    """
    fired = {name for fact in evaluation.facts for name in _names(fact)}
    try:
        loaded = [load(name) for name in tables()]
    except (ValueError, re.error) as error:
        raise QualityError(f"the rules do not load: {error}") from error
    # the rules of some tables only vote for a name or a role: no fact bears their name, so none of them can be told
    telling = [table for table in loaded if any(rule.name in fired for rule in table.rules)]
    silent = ((table.name, rule.name) for table in telling for rule in table.rules if rule.name not in fired)
    failed = (failure for table in loaded for failure in failed_examples(table))
    return Attribution(tuple(_scores(evaluation)), tuple(silent), tuple(failed))


def tables() -> list[str]:
    """The names of all tables of rules; parts and lexicons are none."""
    found = (path for path in files("parkfacts.rules").iterdir() if path.name.endswith(".toml"))
    return sorted(path.name.removesuffix(".toml") for path in found if "rule" in tomllib.loads(path.read_text("utf-8")))


def _names(fact: Judged) -> list[str]:
    """The rules that made a fact; ``table/rule`` and ``rule+rule`` are taken apart."""
    told = filter(None, (fact.rule, *fact.rules))
    return sorted({name.rpartition("/")[2] for rule in told for name in rule.split("+")})


def _scores(evaluation: Evaluation) -> Iterator[RuleScore]:
    verdicts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for fact in evaluation.facts:
        if fact.verdict != "missed":
            for name in _names(fact):
                verdicts[fact.type, name][fact.verdict] += 1
    for (type, rule), count in sorted(verdicts.items()):
        yield RuleScore(rule, type, count["right"], count["wrong"], count["spurious"], count["excused"])


# ---- examples ---------------------------------------------------------------------------------------------------

Find = Callable[[str], Sequence[tuple[str, int, int]]]


def failed_examples(table: Table) -> Iterator[FailedExample]:
    """Examples whose marked range the rule does not take, and negatives in which it finds something.

    The ranges are checked here, the values by the tests of the room that reads the table.
    """
    find = _finder(table.name)
    if find is not None:
        for rule in table.rules:
            yield from _failures(table.name, rule, find)


def _finder(table: str) -> Find | None:
    """``find`` of the finder that is named like the table, as a function from a text to rules and ranges."""
    try:
        module = import_module(f"parkfacts.find.{table}")
    except ModuleNotFoundError:
        return None
    if not hasattr(module, "PRODUCE"):
        return None
    run, segmenter = module.find, Segmenter()
    needed = [one for one in signature(run).parameters.values() if one.default is one.empty]
    nothing: list[tuple[()]] = [()] * (len(needed) - 1)  # what other finders have found

    def find(text: str) -> Sequence[tuple[str, int, int]]:
        found = run(segment(Text.whole(Source.from_text(text)), segmenter=segmenter), *nothing)
        return [(mention.rule, mention.start, mention.end) for mention in found]

    return find


def _failures(table: str, rule: Rule, find: Find) -> Iterator[FailedExample]:
    positive = [(example, *_unmarked(example)) for example in rule.examples]
    for example, text, marks in [*positive, *((text, text, []) for text in rule.never)]:
        if why := _why_it_fails(rule.name, text, marks, find):
            yield FailedExample(table, rule.name, example, why)


def _why_it_fails(rule: str, text: str, marks: Sequence[tuple[int, int]], find: Find) -> str | None:
    try:
        hits = [(start, end) for name, start, end in find(text) if name == rule]
    except Exception as error:  # a rule that raises is one more that fails
        return f"it raises {error!r}"
    if set(marks) & set(hits) or not (marks or hits):
        return None
    return f"it finds {'、'.join(text[start:end] for start, end in hits) or 'nothing'}"


def _unmarked(example: str) -> tuple[str, list[tuple[int, int]]]:
    """The text of an example, without its value, and the ranges that were marked in it."""
    told = example.rpartition(" => ")[0] or example
    text, marks, at = "", [], 0
    for mark in _MARK.finditer(told):
        text += told[at : mark.start()]
        marks.append((len(text), len(text) + len(mark[1])))
        text += mark[1]
        at = mark.end()
    return text + told[at:], marks
