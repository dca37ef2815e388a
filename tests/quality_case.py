"""An invented report with its gold, for tests of the scorer."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from parkfacts.facts import Gold
from parkfacts.quality import score
from parkfacts.quality.tally import Figures
from parkfacts.text import Source

Data = dict[str, Any]

LINES = (
    "云栖谷产业园：十年再出发",
    "2015年5月8日，云栖谷产业园开工建设，总投资超30亿元。",
    "2021年，云栖谷产业园企业达120余家，实现产值近200亿元，同比增长",
    "2022年3月，星野生物科技有限公司落户，星野生物投资5亿元，占地60亩。",
    "12%，税收突破9亿元。远帆智造也在这里投产。",
    "2015年5月8日，云栖谷产业园开工建设，总投资超30亿元。",
    "目前，两家企业已入园，2023年建成星野生物检测中心项目。",
)
TEXT = "\n".join(LINES) + "\n"


def at(quote: str, nth: int = 0) -> list[list[int]]:
    """The nth occurrence of a quote."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(quote, start + 1)
    return [[start, start + len(quote)]]


def _date(id: str, quote: str, nth: int = 0, **fields: Any) -> Data:
    return {
        "id": id,
        "text": quote,
        "spans": at(quote, nth),
        "also": [],
        "kind": "date",
        "approximate": False,
        **fields,
    }


def _amount(id: str, quote: str, value: str, unit: str, dimension: str, bound: str, **fields: Any) -> Data:
    return {"id": id, "text": quote, "spans": at(quote), "also": [], "value": value, "unit": unit,
            "dimension": dimension, "bound": bound, **fields}  # fmt: skip


def _named(id: str, *forms: tuple[str, int], **fields: Any) -> Data:
    mentions = [{"text": form, "spans": at(form, nth), "also": []} for form, nth in forms]
    names = list(dict.fromkeys(form for form, _ in forms))
    return {"id": id, "name": names[0], "aliases": names[1:], "mentions": mentions, **fields}


def _milestone(id: str, quote: str, date: str | None, type: str, actor: str, **fields: Any) -> Data:
    return {"id": id, "date": date, "type": type, "status": "achieved", "actor": actor, "description": quote,
            "spans": at(quote), "also": [], **fields}  # fmt: skip


def _blocks() -> list[Data]:
    blocks: list[Data] = []
    for number, line in enumerate(LINES, 1):
        start = blocks[-1]["end"] + 1 if blocks else 0
        blocks.append({"id": f"b{number}", "kind": "body", "start": start, "end": start + len(line)})
    blocks[0]["kind"] = "title"
    blocks[4]["continues"] = "b3"
    blocks[5] |= {"status": "duplicate", "duplicate_of": "b2"}
    return blocks


def gold_data() -> Data:
    """A fresh gold, as JSON has it."""
    source = Source.from_text(TEXT)
    works = "2015年5月8日，云栖谷产业园开工建设"
    day = {"start": "2015-05-08", "end": "2015-05-08", "edtf": "2015-05-08", "precision": "day"}
    return copy.deepcopy({
        "source": {"sha256": source.sha256, "chars": len(TEXT)},
        "document": {
            "park": {"name": "云栖谷产业园"},
            "reference_date": {"value": "2023", "start": "2023-01-01", "end": "2023-12-31", "basis": "inferred"},
        },
        "layout": {
            "blocks": _blocks(),
            "joins": [{"from": "b3", "to": "b5", "left": "同比增长", "right": "12%"}],
            "open": [],
        },
        "dates": [
            _date("d1", "2015年5月8日", **day) | {"also": [at("2015年5月8日", 1)]},
            _date("d2", "2021年", start="2021-01-01", end="2021-12-31", edtf="2021", precision="year"),
            _date("d3", "2022年3月", start="2022-03-01", end="2022-03-31", edtf="2022-03", precision="month"),
            _date("d4", "2023年", start="2023-01-01", end="2023-12-31", edtf="2023", precision="year"),
            _date("d5", "目前", start="2023-01-01", end="2023-12-31", edtf="2023", precision="year", optional=True),
        ],
        "amounts": [
            _amount("a1", "超30亿元", "3000000000", "CNY", "money", "over", indicator="总投资")
            | {"also": [at("超30亿元", 1)]},
            _amount("a2", "120余家", "120", "家", "count", "over", indicator="企业", subject="云栖谷产业园")
            | {"as_of": "d2"},
            _amount("a3", "近200亿元", "20000000000", "CNY", "money", "under", indicator="产值", as_of="d2"),
            _amount("a4", "12%", "12", "%", "percent", "exact", indicator="产值", change="up"),
            _amount("a5", "5亿元", "500000000", "CNY", "money", "exact", indicator="投资", subject="星野生物"),
            _amount("a6", "60亩", "60", "mu", "area", "exact", indicator="占地"),
            _amount("a7", "突破9亿元", "900000000", "CNY", "money", "over", indicator="税收"),
            _amount("a8", "两家", "2", "家", "count", "exact", indicator="企业", optional=True),
        ],
        "companies": [
            _named("c1", ("星野生物科技有限公司", 0), ("星野生物", 1), roles=[
                {"role": "tenant", "text": "落户", "spans": at("落户")}]),
            _named("c2", ("远帆智造", 0)),
        ],
        "organizations": [_named("o1", ("云栖谷产业园", 0), ("云栖谷产业园", 1), ("云栖谷产业园", 2), type="park")],
        "projects": [_named("p1", ("星野生物检测中心项目", 0))],
        "milestones": [
            _milestone("m1", works, "d1", "groundbreaking", "云栖谷产业园") | {"also": [at(works, 1)]},
            _milestone("m2", "2022年3月，星野生物科技有限公司落户", "d3", "establishment", "星野生物科技有限公司"),
            _milestone("m3", "2023年建成星野生物检测中心项目", "d4", "completion", "云栖谷产业园"),
            _milestone("m4", "远帆智造也在这里投产", None, "production", "远帆智造", optional=True),
        ],
    })  # fmt: skip


def by_id(data: Data, id: str) -> Data:
    """A fact of a record."""
    facts = (fact for part in data.values() if isinstance(part, list) for fact in part)
    return next(fact for fact in facts if fact.get("id") == id)


def drop(data: Data, id: str) -> None:
    """Takes a fact out."""
    for part in data.values():
        if isinstance(part, list):
            part[:] = [fact for fact in part if fact.get("id") != id]


def figures(change: Callable[[Data], object] | None = None, gold: Data | None = None) -> Figures:
    """The figures of the gold as prediction, after a change to it."""
    data = gold_data()
    if change is not None:
        change(data)
    return score(load(gold or gold_data()), load(data), TEXT).figures


def load(data: Data) -> Gold:
    """The record, checked against the text."""
    return Gold.model_validate_json(json.dumps(data), context={"text": TEXT})


def write_case(folder: Path) -> None:
    """A gold folder of this case."""
    folder.mkdir(parents=True)
    (folder / "report.txt").write_text(TEXT, encoding="utf-8", newline="")
    (folder / "gold.json").write_text(json.dumps(gold_data()), encoding="utf-8")


def write_prediction(folder: Path, id: str, change: Callable[[Data], object] | None = None) -> None:
    """The gold as prediction, after a change to it."""
    data = gold_data()
    if change is not None:
        change(data)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{id}.json").write_text(json.dumps(data), encoding="utf-8")
