"""The review server: acts, what is kept, undo, conflicts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from parkfacts.facts import Report
from parkfacts.review import listing
from parkfacts.review.desk import Desk
from parkfacts.write.record import load_with_text
from review_folder import TEXT, Page, outputs


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return outputs(tmp_path)


@pytest.fixture
def page(folder: Path) -> Page:
    return Page(folder)


def test_the_list_tells_each_document_and_why_one_cannot_be_read(folder: Path) -> None:
    (folder / "bad.json").write_text('{"source": 1}')
    (folder / "bad.txt").write_text("x")
    bad, good = Page(folder).client.get("/api/documents").json()
    assert bad["name"] == "bad" and "no valid report" in bad["error"]
    assert good["state"] == "untouched" and good["error"] is None and good["park"] == "岚渡高新技术产业园区"
    kinds = ("dates", "amounts", "companies", "organizations", "projects", "milestones")
    record = json.loads((folder / "page.json").read_text("utf-8"))
    assert good["facts"] == sum(len(record[kind]) for kind in kinds)


def test_an_untouched_document_is_its_extraction(page: Page, folder: Path) -> None:
    assert page.record == json.loads((folder / "page.json").read_text("utf-8"))
    assert page.document["text"] == TEXT and page.document["version"] == 0
    assert {told["state"] for told in page.document["facts"].values()} == {"open"}


def test_accept_reject_reopen(page: Page) -> None:
    told = page.act({"act": "accept", "fact": "d01"})
    assert told["facts"]["d01"]["state"] == "accepted" and told["facts"]["d01"]["by"] == "甲" and told["can_undo"]
    told = page.act({"act": "reject", "fact": "d01"})
    assert told["removed"] == ["d01"]
    assert [m["id"] for m in told["changed"]["milestones"]] == ["m01"], "what referred to it"
    assert told["changed"]["milestones"][0]["date"] is None
    assert page.document["rejected"][0]["fact"]["id"] == "d01"
    Report.model_validate(page.record, context={"text": TEXT})
    told = page.act({"act": "reopen", "fact": "d01"})
    assert (
        told["facts"]["d01"]["state"] == "open"
        and page.fact("milestones", "2019年3月，岚渡高新技术产业园区开工建设")["date"] == "d01"
    )


def test_accept_all_is_one_act(page: Page) -> None:
    ids = list(page.document["facts"])
    page.act({"act": "reject", "fact": ids[0]}, {"act": "accept_all", "facts": ids[1:]})
    assert {told["state"] for told in page.document["facts"].values()} == {"accepted", "rejected"}
    told = page.undo().json()
    assert set(told["facts"]) == set(ids[1:]) and {one["state"] for one in told["facts"].values()} == {"open"}


@pytest.mark.parametrize(
    ("fact", "fields", "field"),
    [
        ("a01", {"value": "many"}, "value"),
        ("a01", {"value": 1.5}, "value"),
        ("a01", {"dimension": "size"}, "dimension"),
        ("a01", {"bound": "range"}, "bound"),
        ("a01", {"as_of": "d99"}, "as_of"),
        ("a01", {"colour": "red"}, "colour"),
        ("a01", {"id": "a09"}, "id"),
        ("d01", {"start": "2019-02-30"}, "start"),
        ("d01", {"start": "2020-01-01"}, "start"),
        ("m01", {"date": "a01"}, "date"),
        ("m01", {"description": "园区开工"}, "description"),
        ("c01", {"name": "晟拓"}, "name"),
        ("x01", {}, "fact"),
    ],
)
def test_what_is_wrong_is_said_in_words(page: Page, fact: str, fields: dict[str, Any], field: str) -> None:
    error = page.errors({"act": "edit", "fact": fact, "fields": fields})[0]
    assert error["field"] == field and error["act"] == 0
    assert any("\u4e00" <= char <= "\u9fff" for char in error["message"]["zh"]) and error["message"]["en"].isascii()


def test_edit(page: Page) -> None:
    told = page.act({"act": "edit", "fact": "a01", "fields": {"value": "12.7", "as_of": "d03"}})
    assert told["changed"]["amounts"][0]["value"] == "12.7" and told["facts"]["a01"]["state"] == "edited"
    page.act({"act": "accept", "fact": "a01"})
    assert page.document["facts"]["a01"]["state"] == "edited", "accepted as it was edited"


def test_a_name_is_one_of_the_forms_and_the_others_are_aliases(page: Page) -> None:
    firm, short = page.fact("companies", "晟拓精工股份有限公司"), page.fact("companies", "晟拓精工")
    page.act({"act": "merge", "into": firm["id"], "facts": [short["id"]]})
    (told,) = page.act({"act": "edit", "fact": firm["id"], "fields": {"name": "晟拓精工"}})["changed"]["companies"]
    assert (told["name"], told["aliases"]) == ("晟拓精工", ["晟拓精工股份有限公司"])
    role = {"role": "investor", "board": None, "spans": [page.span("投资")]}
    (told,) = page.act({"act": "edit", "fact": firm["id"], "fields": {"roles": [role]}})["changed"]["companies"]
    assert told["roles"][0]["text"] == "投资"


def test_resize_reads_the_new_text(page: Page) -> None:
    amount = page.fact("amounts", "3.8亿元")
    start, end = amount["spans"][0]
    told = page.act({"act": "resize", "fact": amount["id"], "spans": [[start, end - 2]]})
    assert told["changed"]["amounts"][0]["text"] == "3.8"
    year = page.fact("dates", "2021年9月")
    told = page.act({"act": "resize", "fact": year["id"], "spans": [[year["spans"][0][0], year["spans"][0][0] + 5]]})
    changed = told["changed"]["dates"][0]
    assert (changed["text"], changed["edtf"], changed["end"]) == ("2021年", "2021", "2021-12-31")


def test_resize_over_a_join_and_over_a_duplicate(page: Page) -> None:
    told = page.fact("milestones", "今年4月，晟拓精工的项目建成投产")
    start = told["spans"][0][0]
    over = [[start, page.span("新增就")[1]], page.span("业岗位400个")]
    changed = page.act({"act": "resize", "fact": told["id"], "spans": over})["changed"]["milestones"][0]
    assert changed["description"] == "今年4月，晟拓精工的项目建成投产，可新增就业岗位400个" and changed["spans"] == over
    first = page.fact("milestones", "2019年3月，岚渡高新技术产业园区开工建设")
    spans = [page.span("岚渡高新技术产业园区开工建设")]
    changed = page.act({"act": "resize", "fact": first["id"], "spans": spans})["changed"]["milestones"][0]
    copy = changed["also"][0][0]
    assert TEXT[slice(*copy)] == changed["description"] and copy[0] > spans[0][0]
    row = page.errors({"act": "resize", "fact": first["id"], "spans": [copy]})[0]
    assert row["field"] == "spans"
    row = page.errors({"act": "resize", "fact": first["id"], "spans": [page.span("签约"), page.span("项目建成")]})[0]
    assert "连续" in row["message"]["zh"]


def test_add_a_company_and_another_mention_of_it(page: Page) -> None:
    missed = {"act": "add", "kind": "companies", "spans": [page.span("老街坊面馆")], "fields": {}}
    told = page.act(missed)
    (fact,) = told["changed"]["companies"]
    assert (fact["name"], fact["rule"], fact["mentions"][0]["spans"]) == (
        "老街坊面馆",
        "review",
        [page.span("老街坊面馆")],
    )
    assert told["facts"][fact["id"]]["state"] == "added"
    assert "已有" in page.errors(missed)[0]["message"]["zh"]
    Report.model_validate(page.record, context={"text": TEXT})


def test_a_date_and_an_amount_are_read_by_the_rules(page: Page) -> None:
    page.act({"act": "reject", "fact": "d05"}, {"act": "reject", "fact": "a05"})
    april = {"act": "add", "kind": "dates", "spans": [page.span("今年4月")], "fields": {}}
    (date,) = page.act(april)["changed"]["dates"]
    assert (date["edtf"], date["kind"], date["rule"]) == ("2023-04", "date", "review") and date["id"] == "d07"
    added = {"act": "add", "kind": "amounts", "spans": [page.span("3.8亿元")], "fields": {"as_of": date["id"]}}
    (amount,) = page.act(added)["changed"]["amounts"]
    assert (amount["value"], amount["unit"], amount["as_of"]) == ("380000000", "CNY", "d07")
    assert page.errors({"act": "add", "kind": "dates", "spans": [page.span("晟拓")], "fields": {}})
    milestone = {"act": "add", "kind": "milestones", "spans": [page.span("瀚海光电科技有限公司同日到访")], "fields": {}}
    (told,) = page.act(milestone)["changed"]["milestones"]
    assert (told["type"], told["status"], told["date"]) == ("other", "achieved", None)


def test_merge_and_split(page: Page) -> None:
    page.act({"act": "add", "kind": "companies", "spans": [page.span("老街坊面馆")], "fields": {}})
    ours, theirs = page.fact("companies", "晟拓精工股份有限公司")["id"], page.fact("companies", "老街坊面馆")["id"]
    told = page.act({"act": "merge", "into": theirs, "facts": [ours]})
    assert told["removed"] == [ours]
    (fact,) = told["changed"]["companies"]
    assert fact["name"] == "晟拓精工股份有限公司" and "老街坊面馆" in fact["aliases"]
    referring = [m for m in page.record["milestones"] if theirs in m["companies"]]
    assert referring, "what referred to the one refers to the other"
    at = next(n for n, m in enumerate(fact["mentions"]) if m["text"] == "老街坊面馆")
    told = page.act({"act": "split", "fact": theirs, "mentions": [at], "name": None})
    assert {one["name"] for one in told["changed"]["companies"]} == {"晟拓精工股份有限公司", "老街坊面馆"}
    Report.model_validate(page.record, context={"text": TEXT})


def test_undo_and_redo_without_end(page: Page) -> None:
    before = page.record
    page.act({"act": "accept", "fact": "d01"})
    page.act({"act": "edit", "fact": "a01", "fields": {"value": "1"}})
    page.act({"act": "add", "kind": "companies", "spans": [page.span("老街坊面馆")], "fields": {}})
    after = page.record
    for _ in range(2):
        for left in (True, True, False):
            assert page.undo().json()["can_undo"] is left
        assert page.record == before and page.document["can_redo"]
        assert page.undo().status_code == 422
        for left in (True, True, False):
            assert page.undo("redo").json()["can_redo"] is left
        assert page.record == after
    page.undo()
    page.act({"act": "accept", "fact": "d02"})
    assert not page.document["can_redo"], "a new decision ends what could be done again"


def test_two_reviewers(folder: Path) -> None:
    one, two = Page(folder, "甲"), Page(folder, "乙")
    base = one.document["version"]
    one.act({"act": "edit", "fact": "a01", "fields": {"value": "1"}})
    assert two.client.get(f"/api/documents/{two.id}/changes?since={base}").json() == {"version": 1, "by": ["甲"]}
    two.act({"act": "accept", "fact": "a02"}, base=base)
    answer = two.post("acts", base=base, acts=[{"act": "edit", "fact": "a01", "fields": {"value": "2"}}])
    (row,) = answer.json()["conflict"]
    assert answer.status_code == 409
    assert (row["fact"], row["field"], row["yours"], row["theirs"], row["by"]) == ("a01", "value", "2", "1", "甲")
    assert two.post("undo", base=base).status_code == 200, "one's own act alone"
    assert two.record["amounts"][0]["value"] == "1"
    two.act({"act": "edit", "fact": "a01", "fields": {"value": "2"}})
    answer = one.post("undo", base=9)
    assert answer.status_code == 409 and answer.json()["conflict"][0]["by"] == "乙"


def test_a_layout_decision_extracts_again_and_keeps_decisions(page: Page) -> None:
    page.act({"act": "accept", "fact": page.fact("amounts", "400个")["id"]})
    page.act({"act": "add", "kind": "companies", "spans": [page.span("老街坊面馆")], "fields": {}})
    severed = page.fact("milestones", "今年4月，晟拓精工的项目建成投产")
    over = [[severed["spans"][0][0], page.span("新增就")[1]], page.span("业岗位400个")]
    page.act({"act": "resize", "fact": severed["id"], "spans": over})
    join = page.record["layout"]["joins"][0]
    told = page.act({"act": "layout", "unjoin": [join["from"], join["to"]]})
    assert told["record_changed"] and page.record["layout"]["joins"] == []
    assert page.document["facts"][page.fact("amounts", "400个")["id"]]["state"] == "accepted"
    assert page.fact("companies", "老街坊面馆")["rule"] == "review"
    (lost,) = page.document["unplaced"]
    assert lost["event"]["act"]["act"] == "resize" and "新增就业岗位" in lost["why"]
    Report.model_validate(page.record, context={"text": TEXT})
    assert page.undo().json()["record_changed"] and page.document["unplaced"] == []
    assert page.fact("milestones", "今年4月，晟拓精工的项目建成投产，可新增就业岗位400个")["spans"] == over
    assert page.errors({"act": "layout", "join": ["b01", "b99"]})


def test_an_end_is_left_open_until_it_is_joined_again(page: Page) -> None:
    pair = [page.record["layout"]["joins"][0][end] for end in ("from", "to")]
    page.act({"act": "layout", "leave": pair[:1]})
    layout = page.record["layout"]
    assert layout["joins"] == [] and pair[0] in [one["id"] for one in layout["open"]]
    page.act({"act": "layout", "join": pair})
    assert [[join["from"], join["to"]] for join in page.record["layout"]["joins"]] == [pair]
    page.act({"act": "layout", "leave": pair[:1]})
    assert page.record["layout"]["joins"] == []


def test_a_duplicate_is_kept_and_dropped_again(page: Page) -> None:
    copy = next(block for block in page.record["layout"]["blocks"] if block["status"] == "duplicate")
    page.act({"act": "layout", "unduplicate": [copy["id"]]})
    assert all(block["status"] != "duplicate" for block in page.record["layout"]["blocks"])
    page.act({"act": "layout", "duplicate": [copy["id"], copy["duplicate_of"]]})
    assert page.fact("amounts", "12.6平方公里")["also"]


def test_state_and_history(page: Page) -> None:
    page.act({"act": "accept", "fact": "d01"})
    assert page.document["state"] == "working"
    assert page.post("gold").status_code == 409
    assert page.post("state", state="done").json()["state"] == "done"
    assert page.client.get("/api/documents").json()[0]["state"] == "done"
    events = page.client.get(f"/api/documents/{page.id}/history").json()
    assert [event["act"]["act"] for event in events] == ["accept", "state"]
    first = events[0]
    assert (first["who"], first["before"]["d01"]["state"], first["after"]["d01"]["state"]) == ("甲", "open", "accepted")
    assert len(first["source_sha256"]) == len(first["rule_version"]) == 64


@pytest.mark.parametrize("form", ["json", "html", "w3c", "labelstudio", "doccano", "brat", "conll"])
def test_export(page: Page, form: str) -> None:
    page.act({"act": "edit", "fact": "a01", "fields": {"value": "12.7"}})
    answer = page.client.get(f"/api/documents/{page.id}/export?to={form}")
    assert answer.status_code == 200 and len(answer.content) > 500
    assert answer.headers["content-disposition"].startswith("attachment")


def test_events_are_never_changed(folder: Path) -> None:
    Page(folder).act({"act": "accept", "fact": "d01"})
    desk = Desk(folder)
    for what in ("update events set who = 'x'", "delete from events"):
        with pytest.raises(Exception, match="append-only"):
            desk.store._write(what)
    desk.close()


def test_reading_leaves_nothing_behind(page: Page, folder: Path) -> None:
    page.client.get("/api/documents")
    page.post("check", base=0, acts=[{"act": "accept", "fact": "d01"}])
    assert sorted(file.name for file in folder.iterdir()) == ["page.json", "page.txt"]
    assert page.errors({"act": "accept", "fact": "d99"})


def test_a_list_told_once_is_told_again_without_reading_the_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a restart too; what was decided, and a record that is written anew, are seen."""
    for name in ("a", "b"):
        outputs(tmp_path, name=name)
    page = Page(tmp_path)
    assert [row["decided"] for row in page.client.get("/api/documents").json()] == [0, 0]
    assert not (tmp_path / "review.sqlite").exists()
    page.act({"act": "accept", "fact": "d01"})
    told = page.client.get("/api/documents").json()
    assert [row["decided"] for row in told] == [1, 0] and told[1]["facts"] > 5
    read: list[str] = []
    monkeypatch.setattr(listing, "load_with_text", lambda path: read.append(path.stem) or load_with_text(path))
    assert Page(tmp_path).client.get("/api/documents").json() == told and read == []
    page.act({"act": "reject", "fact": "d02"})
    outputs(tmp_path, "2024年，园区新引进企业12家。", "b")
    again = Page(tmp_path).client.get("/api/documents").json()
    assert read == ["a", "b"] and [row["decided"] for row in again] == [2, 0]
    assert again[1]["chars"] == len("2024年，园区新引进企业12家。")
