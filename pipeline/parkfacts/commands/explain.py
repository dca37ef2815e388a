"""``parkfacts explain``: a fact with its rule, its evidence in context, and the joins that it crosses."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from parkfacts.commands.terminal import console
from parkfacts.errors import ReportError
from parkfacts.facts import Block, MilestoneFields, Report
from parkfacts.read.places import place, shown
from parkfacts.write import load_report, text_beside

AROUND = 40
_CIRCUMSTANCES = {"place", "counterpart", "board"}
_EVIDENCE = {"id", "text", "spans", "also", "mentions", "roles", "restated", "rule", "score", *_CIRCUMSTANCES}
_REFERENCES = {"date", "as_of", "base", "companies", "amounts"}
Spans = tuple[tuple[int, int], ...]


def run(target: str) -> int:
    """Prints the fact ``REPORT.json#ID``, or the list of all of them for ``REPORT.json``. Raises ``ReportError``."""
    path, id = _parse(target)
    if path.is_dir() or path.suffix != ".json":
        what = "a folder, not a record" if path.is_dir() else "no record: their names end in .json"
        raise ReportError(path.as_posix(), what, "name a record that extract wrote, FOLDER/X.json")
    report = load_report(path)
    show = console()
    if id is None:
        show.print(_overview(report))
        return 0
    facts = {fact.id: fact for fact in report.facts()}
    if id not in facts:
        advice = f"parkfacts explain {path.as_posix()} lists all of them"
        raise ReportError(path.as_posix(), f"no fact {id!r} in this report", advice)
    text = text_beside(path).read_bytes().decode("utf-8")
    for line in _explained(facts[id], report, text, facts):
        show.print(line, soft_wrap=True)
    return 0


def _parse(target: str) -> tuple[Path, str | None]:
    path, mark, id = target.rpartition("#")
    return (Path(path), id) if mark and not Path(target).exists() else (Path(target), None)


def _overview(report: Report) -> Table:
    overview = Table("id", "what", "text", "value", "rule", box=None, pad_edge=False, header_style="bold")
    for fact in report.facts():
        overview.add_row(fact.id, _what(fact), escape(_shown(fact)), escape(_value(fact)), escape(fact.rule))
    return overview


def _explained(fact: Any, report: Report, text: str, facts: dict[str, Any]) -> Iterator[str]:
    yield f"[bold]{fact.id}  {_what(fact)}  {escape(_shown(fact))}[/bold]"
    score = "" if fact.score is None else f"  score {fact.score:g}"
    yield f"{'rule':<14}{escape(fact.rule)}{score}"
    for name, value in fact.model_dump(mode="json", exclude=_EVIDENCE).items():
        if value not in (None, [], False, ""):
            yield f"{name:<14}{escape(_resolved(name, value, facts))}"
    for what, detail in fact.circumstances() if isinstance(fact, MilestoneFields) else ():
        yield f"{what:<14}{escape(detail.name)}"
    for what, evidence in _evidence(fact):
        yield from _in_context(what, evidence.spans, text)
        yield from _placed(evidence.spans, report)
        for copy in evidence.also:
            yield from _in_context("copy", copy, text)
            yield from _placed(copy, report)
        yield from _crossed(evidence.spans, report)


def _evidence(fact: Any) -> Iterator[tuple[str, Any]]:
    """Every quote of a fact, with what it is evidence of."""
    if hasattr(fact, "spans"):
        yield "evidence", fact
    for mention in getattr(fact, "mentions", ()):
        yield "mention" + (f" ({mention.rule})" if mention.rule else ""), mention
    for role in getattr(fact, "roles", ()):
        yield role.role + (f" ({role.board})" if role.board else ""), role
    if isinstance(fact, MilestoneFields):
        yield from fact.circumstances()
    for again in getattr(fact, "restated", ()):
        yield "restated", again


def _in_context(what: str, spans: Spans, text: str) -> Iterator[str]:
    """Each span between 【】 with what stands around it on its line."""
    for start, end in spans:
        line = text.count("\n", 0, start) + 1
        left = text[max(start - AROUND, text.rfind("\n", 0, start) + 1) : start]
        stop = text.find("\n", end)
        right = text[end : min(end + AROUND, stop if stop >= 0 else len(text))]
        quote = f"{escape(left)}[bold yellow]【{escape(text[start:end])}】[/bold yellow]{escape(right)}"
        yield f"\n{escape(what)}, line {line}, {start}–{end}\n    {' '.join(quote.split())}"


def _placed(spans: Spans, report: Report) -> Iterator[str]:
    """Where in the file the spans stand, if its format knows."""
    if found := place(report, spans):
        yield f"    at {escape(shown(found))}"


def _crossed(spans: Spans, report: Report) -> Iterator[str]:
    """The joins between the blocks that hold one span and the next."""
    blocks = [_block(start, report) for start, _ in spans]
    for left, right in pairwise(blocks):
        for join in report.layout.joins:
            if left and right and (join.from_, join.to) == (left.id, right.id):
                score = "" if join.score is None else f", score {join.score:g}"
                votes = ", ".join(f"{name} {weight:+g}" for name, weight in join.votes.items())
                yield f"    join {left.id} → {right.id}{score}: {escape(join.left)} ‖ {escape(join.right)}"
                if votes:
                    yield f"    votes: {escape(votes)}"


def _block(offset: int, report: Report) -> Block | None:
    return next((block for block in report.layout.blocks if block.start <= offset < block.end), None)


def _what(fact: Any) -> str:
    return str(
        next((v for n in ("kind", "dimension", "type") if (v := getattr(fact, n, None))), type(fact).__name__.lower())
    )


def _shown(fact: Any) -> str:
    return str(next(v for n in ("text", "description", "name") if (v := getattr(fact, n, None))))


def _value(fact: Any) -> str:
    """The normalised value in few words."""
    data = fact.model_dump(mode="json")
    if "edtf" in data:
        return data["edtf"] or data["duration"] or ""
    if "unit" in data:
        number = data["value"] or f"{data['low']}–{data['high']}"
        bound = "" if data["bound"] in ("exact", "range") else f" {data['bound']}"
        return f"{number} {data['unit'] or ''}{bound}"
    if "status" in data:
        return f"{data['status']} {data['date'] or ''}"
    return ", ".join(data.get("aliases", ()))


def _resolved(name: str, value: Any, facts: dict[str, Any]) -> str:
    """A field's value; ids with what they stand for."""
    values = value if isinstance(value, list) else [value]
    if name in _REFERENCES:
        values = [f"{one} ({_shown(facts[one])})" if one in facts else one for one in values]
    return ", ".join(map(str, values))
