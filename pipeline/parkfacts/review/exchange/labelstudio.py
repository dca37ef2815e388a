"""Label Studio: tasks with predictions to import there, and its JSON export back.

It counts code points (its own tests say so; releases before 1.6 counted UTF-16 units), and a line end of two characters
as two. Which of the two a file counts in is seen by the words that it tells for each region. A severed mention is
several regions, related by ``continues``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from parkfacts.review.exchange.labels import LABELS, ExchangeError, Mark, Marked, labels, sound
from parkfacts.review.exchange.units import Units
from parkfacts.write.tables import Told

CONTINUES = "continues"
_CONFIG = """<View>
  <Style>.htx-text {{ white-space: pre-wrap; }}</Style>
  <Relations><Relation value="{continues}"/></Relations>
  <Labels name="label" toName="text">
{labels}
  </Labels>
  <Text name="text" value="$text" granularity="symbol"/>
</View>
"""


def write(records: Iterable[Told], out: Path) -> None:
    """``tasks.json`` to import, and ``config.xml``, the labeling interface of the project."""
    out.mkdir()
    tags = "\n".join(f'    <Label value="{label}"/>' for label in LABELS.values())
    (out / "config.xml").write_text(_CONFIG.format(continues=CONTINUES, labels=tags), "utf-8")
    text = json.dumps([_task(told) for told in records], ensure_ascii=False, indent=1)
    (out / "tasks.json").write_text(text + "\n", "utf-8")


def _task(told: Told) -> dict[str, Any]:
    data = {"text": told.text, "document": told.name, "sha256": told.report.source.sha256}
    return {"data": data, "predictions": [{"model_version": "parkfacts", "result": list(_regions(told))}]}


def _regions(told: Told) -> Iterator[dict[str, Any]]:
    for label in labels(told.report):
        references = label.references()
        for reference, (start, end) in zip(references, label.spans, strict=True):
            value = {"start": start, "end": end, "text": told.text[start:end], "labels": [LABELS[label.kind]]}
            yield {"id": reference, "from_name": "label", "to_name": "text", "type": "labels", "value": value}
        for one, other in pairwise(references):
            relation = {"from_id": one, "to_id": other, "type": "relation", "direction": "right"}
            yield {**relation, "labels": [CONTINUES]}


def read(path: Path) -> Iterator[Marked]:
    """The documents of a JSON export (or of our own file, as if nobody had changed it): of each task the last
    annotation that was not cancelled. Raises ``ExchangeError``."""
    try:
        tasks = json.loads((path / "tasks.json" if path.is_dir() else path).read_bytes())
        for number, task in enumerate(tasks, 1):
            where = f"{path.as_posix()}, task {number}"
            text, name = task["data"]["text"], task["data"].get("document")
            done = [one for one in task.get("annotations") or () if not one.get("was_cancelled")]
            last = (done or task.get("predictions") or [{"result": []}])[-1]
            yield sound(Marked(name, text, tuple(_marks(last["result"], text, where))), where)
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        problem = f"no export of Label Studio as JSON ({type(error).__name__}: {error})"
        raise ExchangeError(path.as_posix(), problem, "export the project as JSON (not JSON-MIN)") from None
    except OSError as error:
        raise ExchangeError(path.as_posix(), f"cannot be read ({error.strerror})", "check the path") from None


def _marks(result: list[dict[str, Any]], text: str, where: str) -> Iterator[Mark]:
    regions = [one for one in result if one.get("type") == "labels"]
    place = _counting(regions, text, where)
    groups = _groups(result)
    for one in regions:
        start, end = place(one["value"])
        for label in one["value"]["labels"]:
            yield Mark(start, end, label, one["id"], groups.get(one["id"]))


def _counting(regions: list[dict[str, Any]], text: str, where: str) -> Callable[[dict[str, Any]], tuple[int, int]]:
    """How the file counts: in code points, or where only that agrees with all the words that it tells, in UTF-16."""
    units = Units(text)

    def points(value: dict[str, Any]) -> tuple[int, int]:
        return int(value["start"]), int(value["end"])

    def utf16(value: dict[str, Any]) -> tuple[int, int]:
        return units.from_utf16(int(value["start"])), units.from_utf16(int(value["end"]))

    for place in (points, utf16):
        try:
            if all(_agrees(text, place(one["value"]), one["value"].get("text")) for one in regions):
                return place
        except ValueError:
            continue
    bad = next(one for one in regions if not _agrees(text, points(one["value"]), one["value"].get("text")))
    problem = f"region {bad['id']}: {bad['value'].get('text')!r} does not stand at {points(bad['value'])}"
    raise ExchangeError(where, problem, "import the tasks that parkfacts wrote, with their text unchanged")


def _agrees(text: str, place: tuple[int, int], quote: str | None) -> bool:
    start, end = place
    return 0 <= start < end <= len(text) and quote in (None, text[start:end])


def _groups(result: Iterable[dict[str, Any]]) -> dict[str, str]:
    """The first region of each chain of ``continues``, by region."""
    before: dict[str, str] = {}

    def first(region: str) -> str:
        while (one := before.setdefault(region, region)) != region:
            before[region] = before[one]  # halves the way for the next that asks
            region = one
        return region

    for one in result:
        if one.get("type") == "relation" and CONTINUES in (one.get("labels") or (CONTINUES,)):
            head, tail = first(one["from_id"]), first(one["to_id"])
            before[tail] = head
    return {region: first(region) for region in before}
