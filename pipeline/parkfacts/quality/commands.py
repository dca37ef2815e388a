"""``parkfacts evaluate`` and ``parkfacts rules``."""

from __future__ import annotations

import logging
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from parkfacts.logs import tell

if TYPE_CHECKING:
    from parkfacts.quality.comparison import Comparison
    from parkfacts.quality.evaluation import Evaluation

Format = Literal["table", "json", "md", "html"]

GoldDir = Annotated[Path, typer.Argument(help="Folder with <id>/report.txt and <id>/gold.json.", exists=True)]
Pred = Annotated[Path | None, typer.Option(help="Folder with <id>.json; without it the pipeline runs now.")]
Only = Annotated[list[str] | None, typer.Option(help="Score this document alone (may be repeated).")]
AsFormat = Annotated[Format, typer.Option("--format", help="How to print the figures.")]
Baseline = Annotated[Path | None, typer.Option(help="Compare with a saved evaluation (--format json).")]
Against = Annotated[str | None, typer.Option(help="Compare with what this git revision extracts.")]
FailOnRegression = Annotated[bool, typer.Option("--fail-on-regression", help="Exit 1 if a guarded figure fell.")]
Least = Annotated[list[str] | None, typer.Option("--min", help="Exit 1 below it: amounts.f1=0.9 (may be repeated).")]
Errors = Annotated[bool, typer.Option("--errors", help="List every error in its sentence.")]
Gate = Annotated[Path | None, typer.Option(help="Write the figures as the floor that the tests hold; needs --why.")]
Why = Annotated[str, typer.Option(help="Why the floor moves.")]

log = logging.getLogger(__name__)
FAILED, NOT_MADE = 1, 2


def register(app: typer.Typer) -> None:
    """Adds the commands of this room."""
    app.command("evaluate")(evaluate_command)
    app.command("rules")(rules_command)


def evaluate_command(
    gold_dir: GoldDir,
    pred: Pred = None,
    format: AsFormat = "table",
    only: Only = None,
    baseline: Baseline = None,
    against: Against = None,
    fail_on_regression: FailOnRegression = False,
    minimum: Least = None,
    errors: Errors = False,
    write_gate: Gate = None,
    why: Why = "",
) -> None:
    """Scores extraction against gold; exits with 1 below a floor, with 2 where a figure could not be made."""
    from parkfacts.quality.gate import below, parse_minimum, write_baseline
    from parkfacts.quality.gold import QualityError
    from parkfacts.quality.scoring import evaluate

    begun = time.perf_counter()
    tell(log, logging.INFO, "evaluate.started", gold_dir.as_posix(), gold=gold_dir.as_posix())
    try:
        floors = dict(parse_minimum(one) for one in minimum or ())
        now = evaluate(gold_dir, pred, only or ())
        comparison = _compare(now, gold_dir, only or [], baseline, against, fail_on_regression)
        low = below(now, floors)
        if write_gate is not None:
            write_baseline(now, write_gate, why)
    except QualityError as error:
        tell(log, logging.ERROR, "command.failed", str(error), code="quality-error")
        raise typer.Exit(NOT_MADE) from error
    sys.stdout.write(_rendered(now, comparison, format, errors))
    _ended(now, time.perf_counter() - begun)
    if comparison is not None and fail_on_regression:
        low += [f"{one.name} fell from {one.before:.4f} to {one.now:.4f}" for one in comparison.regressions]
    for line in low:
        tell(log, logging.ERROR, "evaluate.floor", line)
    if low:
        raise typer.Exit(FAILED)


def _ended(now: Evaluation, seconds: float) -> None:
    count = len(now.documents)
    tell(
        log,
        logging.INFO,
        "evaluate.ended",
        f"{count} documents",
        documents=count,
        seconds=round(seconds, 3),
        f1={name: round(tally.f1, 4) for name, tally in now.figures.items() if not tally.nothing},
    )


def _compare(
    now: Evaluation, gold_dir: Path, only: list[str], baseline: Path | None, against: str | None, wanted: bool
) -> Comparison | None:
    from parkfacts.quality.against import evaluate_revision
    from parkfacts.quality.comparison import compare
    from parkfacts.quality.evaluation import read_evaluation
    from parkfacts.quality.gold import QualityError

    if baseline is not None and against is not None:
        raise QualityError("--baseline and --against are two comparisons; choose one")
    if baseline is not None:
        return compare(read_evaluation(baseline), now)
    if against is not None:
        return compare(evaluate_revision(against, gold_dir, only), now)
    if wanted:
        raise QualityError("--fail-on-regression needs --baseline or --against")
    return None


def _rendered(now: Evaluation, comparison: Comparison | None, format: Format, errors: bool) -> str:
    from parkfacts.quality import page, render

    if format == "json":
        return now.to_json(comparison.data() if comparison else None) + "\n"
    if format == "html":
        return page.as_html(now, comparison)
    if format == "md":
        return render.as_markdown(now, comparison, errors)
    return render.as_table(now, comparison, errors)


def rules_command(gold_dir: GoldDir, pred: Pred = None, format: AsFormat = "table") -> None:
    """Tells which rule gives how many right and wrong facts, which never fire, and which examples fail."""
    from parkfacts.quality.attribution import attribution
    from parkfacts.quality.gold import QualityError
    from parkfacts.quality.render import attribution_tables, markdown_table, table
    from parkfacts.quality.scoring import evaluate

    if format == "html":
        raise typer.BadParameter("rules are told as table, json or md")
    try:
        found = attribution(evaluate(gold_dir, pred))
    except QualityError as error:
        tell(log, logging.ERROR, "command.failed", str(error), code="quality-error")
        raise typer.Exit(NOT_MADE) from error
    draw = markdown_table if format == "md" else table
    told = found.to_json() if format == "json" else "\n".join(draw(*one) for one in attribution_tables(found))
    sys.stdout.write(told + "\n")
    if found.failed:
        raise typer.Exit(FAILED)
