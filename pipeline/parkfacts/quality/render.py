"""An evaluation or a comparison for people: as a terminal table and as Markdown."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from parkfacts.quality.attribution import Attribution
from parkfacts.quality.comparison import Comparison, FactChange
from parkfacts.quality.evaluation import Evaluation, Judged
from parkfacts.quality.tally import HEAD, Figures, Tally

LEVELS = ("strict", "lenient", "detection")
Row = tuple[str, ...]
Told = tuple[str, Sequence[str], list[Row]]  # title, head and rows of a table


def percent(tally: Tally | None, measure: str = "f1") -> str:
    """A figure in percent; a dash where there was nothing to find."""
    if tally is None or tally.nothing:
        return "–"
    return f"{100 * getattr(tally, measure):.1f}"


def kinds(figures: Figures) -> list[str]:
    """The types that have figures, in their order."""
    return [name.partition(".")[0] for name in figures if name.endswith("." + HEAD)]


def main_rows(figures: Figures) -> Iterator[Row]:
    """One row a type: how many are sought, strict P, R and F1, and F1 of the other levels."""
    for kind in kinds(figures):
        strict = figures[f"{kind}.strict"]
        prf = (percent(strict, measure) for measure in ("p", "r", "f1"))
        others = (percent(figures.get(f"{kind}.{level}")) for level in LEVELS[1:])
        yield (kind, f"{strict.gold:.0f}", *prf, *others)


def field_rows(figures: Figures) -> Iterator[Row]:
    """One row a type: what is reported beside, as F1."""
    for kind in kinds(figures):
        parts = {name.partition(".")[2]: tally for name, tally in figures.items() if name.startswith(kind + ".")}
        told = [f"{part} {percent(tally)}" for part, tally in parts.items() if part not in LEVELS and not tally.nothing]
        if told:
            yield (kind, "  ".join(told))


def document_rows(evaluation: Evaluation) -> Iterator[Row]:
    """One row a document: strict F1 of each type."""
    names = kinds(evaluation.figures)
    for one in evaluation.documents:
        yield (
            one.id + (" (held)" if one.held else ""),
            *(percent(one.figures.get(f"{name}.strict")) for name in names),
        )


MAIN_HEAD = ("type", "gold", "P", "R", "F1", "lenient", "detection")


def tables(evaluation: Evaluation) -> Iterator[Told]:
    """All tables: title, head and rows."""
    figures = evaluation.figures
    yield f"{len(evaluation.documents)} documents, strict", MAIN_HEAD, list(main_rows(figures))
    for name, part in evaluation.parts.items():
        yield f"{name}: {len(part.documents)} of them", MAIN_HEAD, list(main_rows(part.figures))
    yield "Among matched facts, F1", ("type", "fields"), list(field_rows(figures))
    yield "Strict F1 by document", ("document", *kinds(figures)), list(document_rows(evaluation))


def describe(fact: Judged) -> str:
    """What is wrong with a fact, in words: ``bound exact, not over``."""
    if fact.verdict == "missed":
        return f"missed: {_fields(fact.gold or {})}"
    if fact.verdict == "spurious":
        return f"not in the gold: {_fields(fact.fields)}"
    return "; ".join(_difference(fact, name) for name in fact.differs)


def _difference(fact: Judged, name: str) -> str:
    if name == "spans":
        return f"“{fact.text}”, not “{fact.gold_text}”"
    name = "value" if name == "number" else name
    return f"{name} {fact.fields.get(name)}, not {(fact.gold or {}).get(name)}"


def _fields(fields: Mapping[str, object]) -> str:
    return ", ".join(f"{value}" for value in fields.values() if value is not None)


def error_rows(facts: Iterable[Judged]) -> list[Row]:
    """One row an error."""
    return [(fact.document, fact.type, fact.verdict, fact.rule or "", describe(fact), fact.line) for fact in facts]


def table(title: str, head: Sequence[str], rows: Iterable[Row], width: int = 160) -> str:
    """A table for the terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for index, name in enumerate(head):
        numeric = index > 0 and all(_is_number(row[index]) for row in rows)
        drawn.add_column(name, justify="right" if numeric else "left", no_wrap=numeric, overflow="fold")
    for row in rows:
        drawn.add_row(*map(Text, row))
    stream = io.StringIO()
    Console(file=stream, width=width).print(drawn)
    return stream.getvalue()


def _is_number(cell: str) -> bool:
    return cell.lstrip("+-−").replace(".", "", 1).isdigit() or cell in ("–", "")


def markdown_table(title: str, head: Sequence[str], rows: Iterable[Row]) -> str:
    """A Markdown table under a heading."""
    lines = [f"### {title}", "", _line(head), _line(["---"] * len(head)), *map(_line, rows), ""]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


ERROR_HEAD = ("document", "type", "verdict", "rule", "what", "sentence")
CHANGE_HEAD = ("figure", "before", "now", "change", "95 % of resamples")
FACT_HEAD = ("document", "type", "change", "rule", "verdict", "what", "sentence")


def change_rows(comparison: Comparison) -> Iterator[Row]:
    """One row a figure whose F1 moved, and every strict one."""
    for change in comparison.changes:
        if change.difference or change.name.endswith("." + HEAD):
            points = [100 * value for value in (change.before, change.now, change.difference, change.low, change.high)]
            before, now, moved, low, high = points
            yield (change.name, f"{before:.1f}", f"{now:.1f}", f"{moved:+.1f}", f"{low:+.1f} … {high:+.1f}")


def fact_change_rows(comparison: Comparison) -> Iterator[Row]:
    """One row a fact that was gained, lost or changed."""
    for change in comparison.facts:
        fact = change.fact
        sides = [side for side in (change.before, change.now) if side]
        rules, verdicts = (_arrow(getattr(side, name) or "" for side in sides) for name in ("rule", "verdict"))
        yield (fact.document, fact.type, change.kind, rules, verdicts, _what_changed(change), fact.line)


def _arrow(told: Iterable[str]) -> str:
    return " → ".join(dict.fromkeys(told))


def _what_changed(change: FactChange) -> str:
    before, now = change.before, change.now
    if before is None or now is None:
        return _fields(change.fact.fields)
    names = [name for name in {**before.fields, **now.fields} if before.fields.get(name) != now.fields.get(name)]
    told = [f"{name} {before.fields.get(name)} → {now.fields.get(name)}" for name in names]
    if before.text != now.text or before.spans != now.spans:
        told.insert(0, f"“{before.text}” → “{now.text}”")
    return "; ".join(told)


def comparison_tables(comparison: Comparison) -> Iterator[Told]:
    """The change of the figures, and the facts behind it."""
    yield "Change", CHANGE_HEAD, list(change_rows(comparison))
    yield "Facts gained, lost and changed", FACT_HEAD, list(fact_change_rows(comparison))


def attribution_tables(found: Attribution) -> Iterator[Told]:
    """Rules by what they give, those that never fire, and examples that fail."""
    rows = [(score.type, score.rule, *map(str, score[2:]), _share(score.precision)) for score in found.scores]
    yield "Rules on the gold", ("type", "rule", "right", "wrong", "spurious", "excused", "precision"), rows
    yield "Rules that never fire", ("table", "rule"), list(found.silent)
    yield "Examples that fail", ("table", "rule", "example", "why"), [tuple(one) for one in found.failed]


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}"


def _all_tables(evaluation: Evaluation, comparison: Comparison | None, errors: bool) -> Iterator[Told]:
    if comparison is not None:
        yield from comparison_tables(comparison)
    yield from tables(evaluation)
    if errors:
        yield "Errors", ERROR_HEAD, error_rows(evaluation.errors)


def as_table(evaluation: Evaluation, comparison: Comparison | None = None, errors: bool = False) -> str:
    """For the terminal."""
    return "\n".join(table(*one) for one in _all_tables(evaluation, comparison, errors))


def as_markdown(evaluation: Evaluation, comparison: Comparison | None = None, errors: bool = False) -> str:
    """For a pull request."""
    return "\n".join(markdown_table(*one) for one in _all_tables(evaluation, comparison, errors))
