"""What a review keeps: the reviewed record is its extraction and its events, and nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parkfacts import extract
from parkfacts.facts import Report
from parkfacts.review.conflicts import Conflict
from parkfacts.review.desk import Desk, Rejected
from parkfacts.review.events import to_undo
from parkfacts.review.shelf import Open, kept
from parkfacts.review.store import NAME, Store
from parkfacts.write import write_report
from review_folder import TEXT, Page, outputs

KINDS = ("dates", "amounts", "companies", "organizations", "projects", "milestones")
_ACTS = (
    "accept",
    "reject",
    "reopen",
    "accept_all",
    "edit",
    "resize",
    "add",
    "merge",
    "split",
    "layout",
    "undo",
    "redo",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return outputs(tmp_path_factory.mktemp("review"))


@pytest.fixture
def desks(made: Path, tmp_path: Path) -> Iterator[list[Desk]]:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    both = [Desk(tmp_path), Desk(tmp_path)]
    yield both
    for desk in both:
        desk.close()


_LAYOUT = (("join", 2), ("unjoin", 2), ("leave", 1), ("duplicate", 2), ("unduplicate", 1))


def _draw(what: str, n: int, m: int, open: Open) -> dict[str, Any]:
    """An act on what there is, some of them impossible."""
    ids = list(open.review.items)
    id, other = ids[n % len(ids)], ids[m % len(ids)]
    fact = open.review.items[id].fact
    if what in ("accept", "reject", "reopen"):
        return {"act": what, "fact": id}
    if what == "accept_all":
        return {"act": what, "facts": [one for one in ids if open.review.items[one].alive]}
    if what == "edit":
        fields = {"d": {"approximate": bool(m % 2)}, "a": {"subject": f"园区{m}", "as_of": other}}
        return {"act": what, "fact": id, "fields": fields.get(id[0], {"companies": [other]} if id[0] == "m" else {})}
    if what == "resize":
        start, end = fact.get("mentions", [fact])[0]["spans"][0]
        return {"act": what, "fact": id, "mention": 0, "spans": [[start + m % 3 - 1, end + n % 3 - 1]]}
    if what == "add":
        start = 13 * n % (len(TEXT) - 10)
        return {"act": what, "kind": KINDS[m % 6], "spans": [[start, start + 2 + m % 6]], "fields": {}}
    if what == "merge":
        return {"act": what, "into": id, "facts": [one for one in ids if one[0] == id[0]][: 1 + m % 3]}
    if what == "split":
        return {"act": what, "fact": id, "mentions": [m % 2], "name": None}
    blocks = [block["id"] for block in open.review.extraction.record["layout"]["blocks"]]
    pair = [blocks[n % len(blocks)], blocks[m % len(blocks)]]
    name, blocks = _LAYOUT[(n + m) % len(_LAYOUT)]
    return {"act": "layout", name: pair[:blocks]}


def _done(desk: Desk, what: str, n: int, m: int, who: str) -> bool:
    """Does a drawn step; whether it was not refused."""
    open = desk.open("page")
    try:
        if what in ("undo", "redo"):
            getattr(desk, what)("page", who)
        else:
            desk.act("page", who, open.review.version, [_draw(what, n, m, open)])
    except (Rejected, Conflict):
        return False
    return True


steps = st.lists(
    st.tuples(st.sampled_from(_ACTS), st.integers(0, 99), st.integers(0, 99), st.sampled_from("甲乙")), max_size=12
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps)
def test_the_record_is_rebuilt_from_the_events_alone(made: Path, drawn: list[tuple[str, int, int, str]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(shutil.copytree(made, f"{name}/outputs"))
        desk = Desk(folder)
        for step in drawn:
            before = desk.open("page").review.record()
            if not _done(desk, *step):
                assert desk.open("page").review.record() == before, "what was refused changed nothing"
            Report.model_validate(desk.open("page").review.record(), context={"text": TEXT})
        last = desk.open("page")
        desk.close()
        (folder / "page.json").unlink()
        store = Store(folder / NAME)
        if last.events:
            again = kept(store, "page")
            assert again is not None and again.record() == last.review.record()
            assert {id: i.state for id, i in again.items.items()} == {i: s.state for i, s in last.review.items.items()}
        store.close()


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps)
def test_undoing_everything_gives_the_extraction_back(made: Path, drawn: list[tuple[str, int, int, str]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(shutil.copytree(made, f"{name}/outputs"))
        desk = Desk(folder)
        for what, n, m, who in drawn:
            if what not in ("undo", "redo"):
                _done(desk, what, n, m, who)
        while any(to_undo(desk.open("page").events, who) for who in "甲乙"):
            assert sum(_done(desk, "undo", 0, 0, who) for who in "甲乙"), "someone can always undo"
        end = desk.open("page").review
        assert end.record() == json.loads((folder / "page.json").read_text("utf-8")) and not end.unplaced
        assert {item.state for item in end.items.values()} == {"open"}
        desk.close()


def _id(record: dict[str, Any], kind: str, text: str) -> str:
    return str(next(fact["id"] for fact in record[kind] if fact.get("text", fact.get("name")) == text))


def test_a_later_extraction_keeps_what_stands_and_lists_the_rest(made: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(made, tmp_path / "outputs"))
    page = Page(folder)
    accepted = page.fact("amounts", "3.8亿元")["id"]
    page.act({"act": "accept", "fact": accepted})
    page.act(
        {"act": "edit", "fact": page.fact("amounts", "86.5亿元")["id"], "fields": {"as_of": "d03", "subject": "全区"}}
    )
    page.act({"act": "reject", "fact": page.fact("dates", "目前")["id"]})
    page.act({"act": "add", "kind": "companies", "spans": [page.span("老街坊面馆")], "fields": {}})
    later = TEXT.replace("园区力争建成省级绿色园区", "园区力争建成国家级绿色园区")
    first = "2018年1月，园区引进企业3家。"
    write_report(extract(later, reference_date="2023-10-08", ner_model="none"), later, folder / "page.json")
    page.act({"act": "accept", "fact": "d01"}) if page.get()["version"] else None
    facts, record = page.document["facts"], page.record
    assert facts[_id(record, "amounts", "3.8亿元")]["state"] == "accepted"
    edited = page.fact("amounts", "86.5亿元")
    assert facts[edited["id"]]["state"] == "edited" and edited["subject"] == "全区"
    assert "目前" not in [date["text"] for date in record["dates"]]
    assert page.fact("companies", "老街坊面馆")["rule"] == "review"
    assert page.document["unplaced"] == []
    other = first + later
    write_report(extract(other, reference_date="2023-10-08", ner_model="none"), other, folder / "page.json")
    whys = [one["why"] for one in page.get()["unplaced"]]
    assert len(whys) == 4 and all("does not stand any more" in why for why in whys), "all but what was wrong there"
    Report.model_validate(page.record, context={"text": other})


def test_an_old_page_does_not_decide_on_a_new_extraction(made: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(made, tmp_path / "outputs"))
    page = Page(folder)
    page.act({"act": "accept", "fact": "d01"})
    shorter = TEXT.split("\n\n", 1)[1]
    write_report(extract(shorter, ner_model="none"), shorter, folder / "page.json")
    answer = page.post("acts", base=page.document["version"], acts=[{"act": "reject", "fact": "d02"}])
    assert answer.status_code == 409 and answer.json()["conflict"][0]["field"] == "layout"


def test_two_writers_at_once_lose_nothing(desks: list[Desk]) -> None:
    ids = list(desks[0].open("page").review.items)[:12]

    def work(n: int) -> int:
        desk, done = desks[n % 2], 0
        for id in ids[n * 3 : n * 3 + 3]:
            desk.act("page", f"人{n}", desk.open("page").review.version, [{"act": "accept", "fact": id}])
            done += 1
        for m in range(8):  # all on one fact: each success is an event, each refusal shows both values
            base = desk.open("page").review.version
            fields = {"subject": f"{n}-{m}"}
            try:
                desk.act("page", f"人{n}", base, [{"act": "edit", "fact": "a07", "fields": fields}])
                done += 1
            except Conflict as conflict:
                (row,) = conflict.rows
                assert row["field"] == "subject" and row["yours"] == f"{n}-{m}" != row["theirs"]
        return done

    with ThreadPoolExecutor(4) as pool:
        done = sum(pool.map(work, range(4)))
    events = [desk.open("page").events for desk in desks]
    assert events[0] == events[1] and len(events[0]) == done
    edits = [event for event in events[0] if event.act["act"] == "edit"]
    for earlier, later in pairwise(edits):
        assert later.before["a07"]["fact"] == earlier.after["a07"]["fact"], "each saw the one before it"
    assert {desks[0].open("page").review.items[id].state for id in ids} == {"accepted"}
