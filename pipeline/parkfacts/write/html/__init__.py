"""One self-contained page: the source with its facts marked, the facts with their evidence, timeline and charts.

The page works without its script (every mark links to its fact and back), loads nothing, and a policy of its own
allows nothing but its own style and script.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from parkfacts.facts import Join, Report
from parkfacts.history import Choice, Read, series
from parkfacts.write.forms import Style
from parkfacts.write.html.charts import Link, columns, drawable, timeline
from parkfacts.write.html.passages import Passage, Run, passages, places
from parkfacts.write.html.rows import KINDS, Row, called, rows
from parkfacts.write.html.words import Words
from parkfacts.write.tables import Told


@dataclass(frozen=True)
class Chart:
    """A drawing under its title."""

    title: str
    drawing: Markup


@dataclass(frozen=True)
class View:
    """A report as the page shows it; ``id`` is the part of its anchors that it does not share."""

    id: str
    name: str
    report: Report
    passages: Sequence[Passage]
    rows: dict[str, list[Row]]
    kinds: dict[str, str]
    names: dict[str, str]
    timeline: Markup
    charts: Sequence[Chart]


def html(records: Iterable[Told], out: Path, style: Style) -> None:
    """One page of all records, with a list of them where there are several; all are held until it is written."""
    words = Words(style.language)
    told = list(records)
    views = [_view(one, f"r{number}", words) for number, one in enumerate(told, 1)]
    across = _across(told, {view.name: view.id for view in views}, words)
    css, script = (_read(name) for name in ("page.css", "page.js"))
    sources = f"style-src '{_hash(css)}'; script-src '{_hash(script)}'"
    policy = f"default-src 'none'; {sources}; base-uri 'none'; form-action 'none'"
    context = {"kinds": KINDS, "kinds_of": _kinds_of, "is_join": lambda part: isinstance(part, Join)}
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(_read("page.html.jinja"))
    own = {"policy": policy, "css": Markup(css), "script": Markup(script)}
    page = template.render(views=views, across=across, words=words, **own, **context)
    out.write_bytes(page.encode("utf-8"))


def _view(told: Told, id: str, words: Words) -> View:
    report = told.report
    where = places(report)
    kinds = {fact.id: kind for kind in KINDS for fact in getattr(report, kind)}
    names = {fact.id: called(fact) for fact in report.facts()}
    shown = {kind: rows(report, kind, where, words) for kind in KINDS}
    lines = drawable(series([Read(told.name, report)], Choice(), hopes=True))
    charts = [
        Chart(_title(one.indicator, one.unit, words), columns(one, _link({told.name: id}), words)) for one in lines
    ]
    text = passages(report, told.text, where)
    return View(id, told.name, report, text, shown, kinds, names, timeline(report, id, words), charts)


def _across(told: Sequence[Told], ids: dict[str, str], words: Words) -> list[tuple[str, list[Chart]]]:
    """Charts over the reports about one park, for the parks that have several."""
    reads = [Read(one.name, one.report) for one in told]
    parks = [one.report.document.park.name for one in told if one.report.document.park]
    found = []
    for park in dict.fromkeys(name for name in parks if parks.count(name) > 1):
        lines = drawable(series(reads, Choice(park=park), hopes=True))
        charts = [Chart(_title(one.indicator, one.unit, words), columns(one, _link(ids), words)) for one in lines]
        if charts:
            found.append((park, charts))
    return found


def _kinds_of(view: View, run: Run) -> list[str]:
    under = {view.kinds[place.fact] for place in run.under}
    return [kind for kind in KINDS if kind in under]


def _title(indicator: str, unit: str, words: Words) -> str:
    name = words.unit(unit)
    return f"{indicator}（{name}）" if words.language == "zh" else f"{indicator} ({name})"


def _link(ids: dict[str, str]) -> Link:
    return lambda quote: f"{ids[quote.report]}-{quote.id}"


def _read(name: str) -> str:
    return (files("parkfacts.write.html") / name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}"
