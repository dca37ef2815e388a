"""One self-contained HTML page: figures, changes, and every error in its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from parkfacts.quality.comparison import Comparison
from parkfacts.quality.evaluation import Evaluation, Judged
from parkfacts.quality.render import Row, comparison_tables, describe, tables

_STYLE = """
body { font: 15px/1.6 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; margin: 2rem auto;
  max-width: 72rem; padding: 0 1rem; color: #222; background: #fff }
table { border-collapse: collapse; margin: .5rem 0 2rem } td, th { padding: .15rem .7rem; text-align: left;
  border-bottom: 1px solid #ddd; vertical-align: top } th { background: #f5f5f5 }
mark { background: #ffe28a; padding: 0 .1em } .missed mark { background: #ffc9c9 }
.spurious mark { background: #d9d4ff }
.error { border-left: 3px solid #ccc; padding: .1rem .8rem; margin: .6rem 0 } .error small { color: #666 }
.wrong { border-color: #e8a400 } .missed { border-color: #d33 } .spurious { border-color: #65c }
@media (prefers-color-scheme: dark) { body { background: #1b1b1b; color: #ddd } th { background: #2a2a2a }
  td, th { border-color: #444 } mark { color: #222 } }
"""


def as_html(evaluation: Evaluation, comparison: Comparison | None = None) -> str:
    """The page. Held documents are in the figures only."""
    parts = [_table(*one) for one in tables(evaluation)]
    if comparison is not None:
        parts[:0] = [_table(*one) for one in comparison_tables(comparison)]
    parts += [f"<h2>Errors</h2>{_errors(evaluation.errors)}"]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>parkfacts: quality</title>'
        f"<style>{_STYLE}</style></head><body><h1>Extraction quality</h1>\n{''.join(parts)}</body></html>\n"
    )


def _table(title: str, head: Sequence[str], rows: Iterable[Row]) -> str:
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n" for row in rows)
    return f"<h2>{escape(title)}</h2>\n<table><thead><tr>{top}</tr></thead><tbody>\n{body}</tbody></table>\n"


def _errors(errors: Iterable[Judged]) -> str:
    parts, heading = [], ""
    for fact in errors:
        if (title := f"{fact.document}: {fact.type}") != heading:
            heading = title
            parts.append(f"<h3>{escape(title)}</h3>\n")
        parts.append(_error(fact))
    return "".join(parts)


def _error(fact: Judged) -> str:
    sentence = "".join(
        f"<mark>{escape(part)}</mark>" if index % 2 else escape(part) for index, part in enumerate(fact.sentence)
    )
    rule = f" · rule {escape(fact.rule)}" if fact.rule else ""
    told = f"<small>{fact.verdict}{rule} · {escape(describe(fact))}</small>"
    return f'<div class="error {fact.verdict}">{told}<br>{sentence}</div>\n'
