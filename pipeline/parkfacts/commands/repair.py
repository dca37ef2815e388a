"""``parkfacts repair``: the text in reading order on stdout, and on stderr what was dropped, joined, and left open."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from parkfacts import read
from parkfacts.commands.documents import STDIN
from parkfacts.commands.terminal import console
from parkfacts.facts import Block, Join, Layout
from parkfacts.pipeline import default_segmenter
from parkfacts.repair import Repaired
from parkfacts.repair import repair as put_in_order
from parkfacts.text import Source

SHOWN = 24  # characters of a block that the account shows


def run(file: str, diff: bool, limits: read.Limits | None = None) -> int:
    """Repairs one file ("-" is stdin); ``diff`` prints its blocks beside what became of them instead of the text."""
    source = read.read_stdin(limits) if file == STDIN else read.read(Path(file), limits)
    result = put_in_order(source, default_segmenter())
    if diff:
        console().print(_beside(source, result))
        return 0
    sys.stdout.buffer.write(result.text.content.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()
    talk = console(stderr=True)
    for line in account(source, result):
        talk.print(escape(line), soft_wrap=True)
    return 0


def account(source: Source, result: Repaired) -> Iterator[str]:
    """What repair did, a line each."""
    layout = result.layout
    for block in layout.blocks:
        if why := _why_dropped(block):
            yield f"dropped    {block.id}  {_start(source, block)}  {why}"
    for what, joins in (("joined", layout.joins), ("suggested", layout.suggested)):
        for join in joins:
            yield f"{what:<10} {join.from_} → {join.to}  {join.left} ‖ {join.right}  {_score(join)}"
    for end in layout.open:
        yield f"open       {end.id}  {end.left} ‖"
    for warning in result.warnings:
        yield f"warning    {warning.message}"


def _why_dropped(block: Block) -> str | None:
    if block.duplicate_of is not None:
        return f"copy of {block.duplicate_of}" + (f", {block.reason}" if block.reason else "")
    return f"boilerplate: {block.reason}" if block.kind == "boilerplate" else None


def _start(source: Source, block: Block) -> str:
    text = " ".join(source.text[block.start : block.end].split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _score(join: Join) -> str:
    votes = ", ".join(f"{name} {points:+g}" for name, points in join.votes.items())
    return f"score {join.score:g} ({votes})" if join.score is not None else votes


def _beside(source: Source, result: Repaired) -> Table:
    """The blocks in the order of the source, and what became of each."""
    fate = _fates(result.layout)
    table = Table("id", "kind", "source", "repaired", box=None, pad_edge=False, header_style="bold", show_lines=False)
    for block in result.layout.blocks:
        text = " ".join(source.text[block.start : block.end].split())
        style = "dim" if _why_dropped(block) else "yellow" if fate[block.id] else None
        table.add_row(block.id, block.kind, escape(text), escape(fate[block.id]), style=style)
    return table


def _fates(layout: Layout) -> dict[str, str]:
    """By block: dropped and why, whose sentence it goes on with, behind which block it moved, or nothing."""
    before = {block.id: "" for block in layout.blocks}
    order = list(layout.reading_order or ())
    stood = [block.id for block in layout.blocks if block.id in set(order)]
    behind = dict(zip(stood[1:], stood, strict=False))
    joined = {join.to: join for join in layout.joins}
    for last, id in zip(["", *order], order, strict=False):
        if id in joined:
            before[id] = f"goes on with {joined[id].from_}, score {joined[id].score:g}"
        elif behind.get(id, "") != last:
            before[id] = f"stands behind {last}" if last else "stands first"
    for block in layout.blocks:
        before[block.id] = _why_dropped(block) or before[block.id]
    return before
