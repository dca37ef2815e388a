"""The command line. Options only: what a command does is imported when it is called, so that ``--help`` is quick."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from parkfacts.commands.talk import Commands
from parkfacts.quality import commands as quality

if TYPE_CHECKING:
    from parkfacts.read import Limits

app = Commands(
    name="parkfacts",
    help="Chinese industrial-park reports to validated data: dates, amounts, companies, milestones, each with its "
    "evidence. Data goes to stdout, talk to stderr.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Format(StrEnum):
    """How records are written."""

    json = "json"
    jsonl = "jsonl"


class Engine(StrEnum):
    """What does the work (``parkfacts.batch.engines``)."""

    local = "local"
    ray = "ray"
    spark = "spark"


class Form(StrEnum):
    """The forms that facts are taken away in (``parkfacts.write.forms``, which is not imported for ``--help``)."""

    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    xlsx = "xlsx"
    parquet = "parquet"
    duckdb = "duckdb"
    html = "html"
    md = "md"
    w3c = "w3c"


class Tool(StrEnum):
    """The annotation tools that records go to (``parkfacts.review.exchange``)."""

    labelstudio = "labelstudio"
    doccano = "doccano"
    brat = "brat"
    conll = "conll"
    docbin = "docbin"
    w3c = "w3c"


class Language(StrEnum):
    """What headings are written in."""

    zh = "zh"
    en = "en"


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(version("parkfacts"))
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and leave.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    pass


def _date(value: str | None) -> str | None:
    from parkfacts.errors import BadMetadata
    from parkfacts.read.sidecar import reference_date

    try:
        return None if value is None else reference_date(value)
    except BadMetadata as error:
        raise typer.BadParameter(str(error)) from None


def _labels(values: list[str] | None) -> list[str] | None:
    if wrong := [value for value in values or () if not re.fullmatch("[^=]+=[^=]+", value)]:
        raise typer.BadParameter(f"{wrong[0]}: write the pipeline's label, =, and ours, e.g. FIRM=company")
    return values


_LIMIT = typer.Option(
    metavar="NAME=NUMBER",
    help="What reading one file may cost: bytes, pages, depth, ratio, members, cells, elements, chars, seconds.",
)


def _reading(settings: list[str] | None) -> Limits:
    from parkfacts.read import Limits

    try:
        return Limits.parse(settings or ())
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--limit") from None


@app.command()
def extract(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATHS...", help="Files, folders (all that is read), patterns, addresses (s3://…), or - for stdin."
        ),
    ],
    out: Annotated[
        str | None,
        typer.Option("--out", "-o", help="Folder or address for the records; without it they go to stdout."),
    ] = None,
    format: Annotated[
        Format, typer.Option(help="json: X.json and its source X.txt for each document; jsonl: one reports.jsonl.")
    ] = Format.json,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read everything, say what would be written.")] = False,
    reference_date: Annotated[
        str | None,
        typer.Option(
            help="What 今年 and 目前 speak from: YYYY, YYYY-MM or YYYY-MM-DD. Goes before X.meta.json.", callback=_date
        ),
    ] = None,
    companies: Annotated[
        Path | None,
        typer.Option(
            help="A ledger of firms to link to: CSV with the columns name, aliases, code, id.", dir_okay=False
        ),
    ] = None,
    ner_model: Annotated[
        str,
        typer.Option(
            metavar="NAME_OR_PATH",
            help="Names beside the rules: parkfacts (ours), none, what train wrote (folder or .npz), or a spaCy one.",
        ),
    ] = "parkfacts",
    ner_label: Annotated[
        list[str] | None,
        typer.Option(
            metavar="THEIRS=OURS", help="What a label of that pipeline means, e.g. FIRM=company.", callback=_labels
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, help="So many processes; each is held to the limits, and replaced."),
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start over; records that still hold are made anew.")] = False,
    watch: Annotated[
        float | None, typer.Option(min=0.1, help="Look every so many seconds for what is new, until stopped.")
    ] = None,
    time_limit: Annotated[
        float, typer.Option(min=0.1, help="Seconds that one document may take (with -j or --engine).")
    ] = 120.0,
    memory_limit: Annotated[
        int, typer.Option(min=256, help="MiB that one process may take (with -j or --engine).")
    ] = 4096,
    engine: Annotated[
        Engine, typer.Option(help="local: this machine; ray, spark: a cluster, or one started here with -j processes.")
    ] = Engine.local,
    address: Annotated[
        str | None, typer.Option(help="Where that cluster is: auto or ray://HOST:PORT; yarn or spark://HOST:PORT.")
    ] = None,
    limit: Annotated[list[str] | None, _LIMIT] = None,
) -> None:
    """Extract every document into a record.

    With -o a run that was stopped goes on, and what has not changed is not done again. Exit status: 0 all done, 3 some
    failed, 1 none done, 2 wrong usage, 130 stopped.
    """
    from parkfacts.batch import Limits, Options
    from parkfacts.commands import extract as command

    _check_places(out, format, jobs, watch)
    _check_engine(engine, address, out, format)
    limits = Limits(seconds=time_limit, mebibytes=memory_limit)
    ledger = None if companies is None else str(companies.absolute())
    options = Options(reference_date, ledger, ner_model, tuple(ner_label or ()), _reading(limit))
    wanted = command.Wanted(
        paths, out, format.value, dry_run, options, limits, jobs, fresh, watch, engine.value, address
    )
    _leave(command.run, wanted)


def _check_places(out: str | None, format: Format, jobs: int | None, watch: float | None) -> None:
    records = out is not None and format is Format.json
    if out is not None and Path(out).is_file():
        raise typer.BadParameter(f"{out} is a file; name a folder", param_hint="-o")
    if jobs is not None and not records:
        raise typer.BadParameter("needs -o and --format json: the processes write the records", param_hint="-j")
    if watch is not None and not records:
        raise typer.BadParameter(
            "needs -o and --format json: what is done is known by the records", param_hint="--watch"
        )
    if out is not None and "://" in out and format is Format.jsonl:
        raise typer.BadParameter("an address takes --format json alone", param_hint="-o")


def _check_engine(engine: Engine, address: str | None, out: str | None, format: Format) -> None:
    if engine is not Engine.local and (out is None or format is not Format.json):
        raise typer.BadParameter("needs -o and --format json: the workers write the records", param_hint="--engine")
    if engine is Engine.local and address is not None:
        raise typer.BadParameter("needs --engine ray or spark", param_hint="--address")


@app.command()
def status(
    outputs: Annotated[str, typer.Argument(metavar="OUTPUTS", help="The folder or address that extract wrote to.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Tell how far a folder of records is: done, failed (with reasons), pending, stale (with reasons).

    Exit status: 0 all done, 3 something is left.
    """
    from parkfacts.commands import status as command

    _leave(command.run, outputs, as_json)


@app.command()
def explain(
    target: Annotated[str, typer.Argument(metavar="REPORT.json[#ID]", help="A record, and the id of a fact in it.")],
) -> None:
    """Show a fact: its rule, its evidence in context, the joins it crosses. Without an id: a list of all facts."""
    from parkfacts.commands import explain as command

    _leave(command.run, target)


@app.command()
def timeline(
    paths: Annotated[list[str], typer.Argument(metavar="OUTPUTS...", help="Records, or folders that hold them.")],
    park: Annotated[str | None, typer.Option(help="Only reports about this park.")] = None,
    company: Annotated[str | None, typer.Option(help="Only what this firm did and counts.")] = None,
    svg: Annotated[Path | None, typer.Option(help="Draw the history to this file.", dir_okay=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and no tables.")] = False,
) -> None:
    """Merge the milestones and indicators of many reports into one history, with its contradictions."""
    from parkfacts.commands import timeline as command

    _leave(command.run, paths, park, company, svg, as_json)


@app.command()
def export(
    paths: Annotated[list[str], typer.Argument(metavar="OUTPUTS...", help="Records, or folders that hold them.")],
    to: Annotated[Form, typer.Option("--to", help="The form; csv and parquet make a folder, the others a file.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The file or folder to write.")],
    lang: Annotated[Language, typer.Option(help="Language of the headings in html, csv, xlsx and md.")] = Language.zh,
    reviewed: Annotated[bool, typer.Option("--reviewed", help="As they stand in the review of the folders.")] = False,
) -> None:
    """Take the facts of many records away in another form.

    Exit status: 0 all done, 3 some records do not load, 1 none does, 2 wrong usage.
    """
    from parkfacts.commands import export as command

    _leave(command.run, paths, to.value, out, lang.value, reviewed)


@app.command()
def review(
    outputs: Annotated[Path, typer.Argument(metavar="OUTPUTS", help="The folder that extract wrote to.")],
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Without it any that is free.")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the address.")] = False,
    host: Annotated[
        str, typer.Option(help="0.0.0.0 opens the page to other machines, and demands --password-file.")
    ] = "127.0.0.1",
    password_file: Annotated[Path | None, typer.Option(help="A file whose first line is the password.")] = None,
    gold: Annotated[Path | None, typer.Option(help="Where gold is written; OUTPUTS/gold without it.")] = None,
    export: Annotated[Tool | None, typer.Option("--export", help="Write the records as this tool reads them.")] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The file or folder for --export.")] = None,
    import_: Annotated[
        tuple[str, Path] | None,
        typer.Option("--import", metavar="TOOL FILE", help="Take what was changed in labelstudio or doccano."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="With --import: only print the changes.")] = False,
) -> None:
    """Open a local page in which records are checked and corrected (docs/review.md).

    With --export or --import: send records to an annotation tool, or take its changes back as acts of the review
    (docs/exchange.md). Exit status: 0 all done, 3 some records do not load, 1 nothing done, 2 wrong usage.
    """
    from parkfacts.commands import exchange
    from parkfacts.commands import review as command

    if (export is not None and import_ is not None) or (export is None) != (out is None):
        raise typer.BadParameter("name either --export TOOL -o PLACE or --import TOOL FILE")
    if export is not None and out is not None:
        _leave(exchange.send, str(outputs), export.value, out)
    if import_ is not None:
        _leave(exchange.take, str(outputs), *import_, dry_run)
    _leave(command.run, outputs, port, host, password_file, not no_browser, gold)


gold_app = Commands(name="gold", help="Reviewed records as gold.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(gold_app)


@gold_app.callback()
def _gold() -> None:
    pass


@gold_app.command("add")
def gold_add(
    id: Annotated[str, typer.Argument(metavar="ID", help="The document, by its name in the folder.")],
    outputs: Annotated[Path, typer.Option(help="The folder that extract wrote to.")],
    gold: Annotated[Path, typer.Option(help="The folder of gold: ID/report.txt and ID/gold.json.")],
    force: Annotated[bool, typer.Option("--force", help="Also where the review is not marked as done.")] = False,
) -> None:
    """Write a reviewed record as gold, for parkfacts evaluate."""
    from parkfacts.commands import gold as command

    _leave(command.add, id, outputs, gold, force)


@app.command()
def repair(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A document, or - for stdin.")],
    diff: Annotated[bool, typer.Option("--diff", help="Show each block beside what became of it.")] = False,
    limit: Annotated[list[str] | None, _LIMIT] = None,
) -> None:
    """Print a document in reading order; on stderr what was dropped and why, joined (with its votes), left open."""
    from parkfacts.commands import repair as command

    _leave(command.run, file, diff, _reading(limit))


@app.command()
def schema() -> None:
    """Print the JSON Schema (2020-12) of a record."""
    from parkfacts.write.schema import schema_text

    sys.stdout.buffer.write(schema_text().encode("utf-8"))


@app.command()
def train(
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the weights.", file_okay=False)],
    text: Annotated[
        Path | None,
        typer.Argument(help="Folder of training text (*.txt, a sentence a line); ours if not named.", file_okay=False),
    ] = None,
    learn: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="Corrected documents (<id>/report.txt, <id>/gold.json) to learn from too.",
            file_okay=False,
            exists=True,
        ),
    ] = None,
    names: Annotated[
        Path | None, typer.Option(help="A list of real firms' short names, one a line, to draw from.")
    ] = None,
    test: Annotated[
        Path | None,
        typer.Option(
            help="Folder to measure on: labelled sentences; with --from documents, in place of a fifth of them.",
            file_okay=False,
            exists=True,
        ),
    ] = None,
    passes: Annotated[int | None, typer.Option(help="How often to go through the text.", min=1)] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Weights that are in the folder may be replaced.")] = False,
) -> None:
    """Train the name model on labelled sentences, and with --from on documents that you have corrected.

    What ships stays as it is: the new model is used where --ner-model names it (docs/training.md).
    """
    from parkfacts.commands import train as command

    _leave(command.run, command.Wanted(text, learn, out, names, test, passes, replace))


def _leave(run: Callable[..., int], *arguments: object) -> NoReturn:
    """Runs a command and leaves with its status."""
    raise typer.Exit(run(*arguments))


quality.register(app)


def main() -> None:
    """The entry point. What is not printed on a terminal is UTF-8, whatever the locale."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    app()
