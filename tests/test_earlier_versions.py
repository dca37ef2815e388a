"""What earlier commits wrote is read by every command; what a newer parkfacts wrote is refused in words."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import parkfacts.facts
from parkfacts import extract, versions
from parkfacts.cli import app
from parkfacts.errors import ReportError
from parkfacts.facts import SCHEMA_VERSION, Gold, Report
from parkfacts.quality.gold import Case, read_prediction
from parkfacts.quality.golden import differences
from parkfacts.review.desk import Desk
from parkfacts.review.listing import Listing
from parkfacts.review.shelf import NoDocument
from parkfacts.review.state import KINDS
from parkfacts.review.store import NAME, Store
from parkfacts.versions import UnreadVersion, read_gold, read_report, upgraded, upgraded_fact
from parkfacts.write import dump, load_report

EARLIER = Path(__file__).parent / "data" / "earlier"
RECORDS = [path.stem for path in sorted(EARLIER.glob("???????.json"))]
MANIFESTS = [path.name[:7] for path in sorted(EARLIER.glob("*-manifest.jsonl"))]


def told(commit: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((EARLIER / f"{commit}.json").read_bytes())
    return record


def folder(at: Path, record: str | dict[str, Any], text: str = "park.txt") -> Path:
    """An outputs folder with one record."""
    data = (EARLIER / f"{record}.json").read_bytes() if isinstance(record, str) else json.dumps(record).encode()
    (at / "park.json").write_bytes(data)
    shutil.copy(EARLIER / text, at / "park.txt")
    return at


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, list(map(str, arguments)))
    assert result.exit_code == 0, result.output
    return result.output


def test_every_state_of_the_form_is_here() -> None:
    assert len(RECORDS) == 7
    shapes = {json.dumps(_shape(told(commit)), sort_keys=True) for commit in RECORDS[:-1]}
    assert len(shapes) >= len(RECORDS) - 2, "states that cannot be told apart test nothing"


def _shape(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _shape(one) for key, one in value.items()}
    return sorted({json.dumps(_shape(one), sort_keys=True) for one in value}) if isinstance(value, list) else None


@pytest.mark.parametrize("commit", [*RECORDS, "58c4269-note"])
def test_loads_as_it_was_written(commit: str, tmp_path: Path) -> None:
    path = folder(tmp_path, commit, "note.txt" if commit.endswith("note") else "park.txt") / "park.json"
    before = path.read_bytes()
    report = load_report(path)
    assert report.schema_version == SCHEMA_VERSION
    assert path.read_bytes() == before, "reading writes nothing back"
    now = json.loads(dump(report))
    assert _within(json.loads(before), now) == ["schema_version"]


def _within(old: Any, new: Any, at: str = "") -> list[str]:
    """The places where the new record does not say what the old one said."""
    if isinstance(old, dict) and isinstance(new, dict):
        return [place for key in old for place in _within(old[key], new.get(key), f"{at}.{key}".strip("."))]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [place for n, (a, b) in enumerate(zip(old, new, strict=True)) for place in _within(a, b, f"{at}.{n}")]
    return [] if old == new or at == "warnings" else [at]


@pytest.mark.parametrize("commit", RECORDS)
def test_raw_json_has_all_that_todays_has(commit: str) -> None:
    """The review works on the JSON itself."""
    record = told(commit)
    untouched = deepcopy(record)
    raw = upgraded(record)
    assert record == untouched, "a pure function"
    assert raw == upgraded(raw), "nothing is done twice"
    assert json.loads(dump(Report.model_validate(raw))) == json.loads(json.dumps(raw))


@pytest.mark.parametrize(("commit", "decided"), [("1409dbb", False), ("f024ae6", True)])
def test_amounts_that_were_never_asked_for_plans_say_so(commit: str, decided: bool) -> None:
    warnings = [warned.message for warned in read_report(json.dumps(told(commit))).warnings]
    assert any("modality" in warning for warning in warnings) is not decided


@pytest.mark.parametrize("commit", RECORDS)
def test_every_command_takes_it(commit: str, tmp_path: Path) -> None:
    outputs = folder(tmp_path, commit)
    assert "3.8亿元" in run("explain", outputs / "park.json")
    assert "科创板" in run("timeline", outputs)
    run("export", outputs, "--to", "json", "-o", tmp_path / "all.json.out")
    assert '"schema_version": "1.' in (tmp_path / "all.json.out").read_text("utf-8")
    run("export", outputs, "--to", "csv", "-o", tmp_path / "csv")
    run("review", outputs, "--export", "doccano", "-o", tmp_path / "doccano.jsonl")
    with closing(Desk(outputs)) as desk:
        amount = next(id for id, item in desk.open("park").review.items.items() if item.kind == "amounts")
        desk.act("park", "甲", 0, [{"act": "edit", "fact": amount, "fields": {"subject": "园区"}}])
        assert Report.model_validate(desk.open("park").review.record()).amounts[0].subject == "园区"


def test_as_a_prediction_and_as_a_golden(tmp_path: Path) -> None:
    case = tmp_path / "gold" / "park"
    case.mkdir(parents=True)
    shutil.copy(EARLIER / "park.txt", case / "report.txt")
    shutil.copy(EARLIER / "3e8897f-gold.json", case / "gold.json")
    (tmp_path / "out").mkdir()
    for commit in RECORDS:
        folder(tmp_path / "out", commit)
        assert read_prediction(Case("park", case), tmp_path / "out").amounts
        now = load_report(tmp_path / "out" / "park.json")
        assert differences(tmp_path / "out" / "park.json", now, (EARLIER / "park.txt").read_text("utf-8")) == []
    assert "amounts" in run("evaluate", tmp_path / "gold", "--pred", tmp_path / "out")


def test_gold_with_a_version_and_without(tmp_path: Path) -> None:
    gold = json.loads((EARLIER / "3e8897f-gold.json").read_bytes())
    text = (EARLIER / "park.txt").read_text("utf-8")
    assert gold.pop("schema_version") == "0.1"
    for version in ({"schema_version": "0.1"}, {"schema_version": SCHEMA_VERSION}, {}):
        assert isinstance(read_gold(json.dumps({**gold, **version}), text), Gold)
    with pytest.raises(UnreadVersion, match="update parkfacts"):
        read_gold(json.dumps({**gold, "schema_version": "7.0"}))


@pytest.mark.parametrize("commit", MANIFESTS)
def test_batch_folder(commit: str, tmp_path: Path) -> None:
    state = folder(tmp_path, "446e78e") / ".parkfacts"
    state.mkdir()
    manifest = (EARLIER / f"{commit}-manifest.jsonl").read_text("utf-8")
    (tmp_path / "ledger.csv").write_text("name\n晟拓精工股份有限公司\n", "utf-8")
    (state / "manifest.jsonl").write_text(manifest.replace("/reports", tmp_path.as_posix()), "utf-8")
    shutil.copy(EARLIER / f"{commit}-outcomes.jsonl", state / "outcomes.jsonl")
    result = CliRunner().invoke(app, ["status", str(tmp_path), "--json"])
    assert result.exit_code == 3, result.output
    assert list(json.loads(result.stdout)["stale"]) == ["park"]


# ---- reviews ----------------------------------------------------------------------------------------------------


@pytest.fixture
def reviewed(tmp_path: Path) -> Path:
    """The folder of a review that the first version of it wrote."""
    folder(tmp_path, "446e78e")
    with closing(sqlite3.connect(tmp_path / NAME)) as db:
        db.executescript((EARLIER / "3e8897f-review.sql").read_text("utf-8"))
    return tmp_path


def test_store_of_the_first_review(reviewed: Path) -> None:
    with closing(Desk(reviewed)) as desk:
        review = desk.open("park").review
        states = {id: item.state for id, item in review.items.items() if item.state != "open"}
        assert states == {"a01": "accepted", "a02": "edited", "c01": "edited", "m04": "rejected", "o04": "added",
                          "p02": "added"}  # fmt: skip
        assert not review.unplaced
        desk.undo("park", "甲")
        desk.act("park", "乙", desk.open("park").review.version, [{"act": "reject", "fact": "a01"}])
        desk.set_state("park", "乙", "done")
    run("export", reviewed, "--to", "csv", "-o", reviewed / "csv", "--reviewed")
    run("gold", "add", "park", "--outputs", reviewed, "--gold", reviewed / "gold")
    made = read_gold((reviewed / "gold" / "park" / "gold.json").read_bytes())
    assert (made.schema_version, len(made.amounts)) == (SCHEMA_VERSION, 2)


def test_decisions_are_carried_from_an_old_record_to_a_new_one(reviewed: Path) -> None:
    report = extract((EARLIER / "park.txt").read_text("utf-8"), reference_date="2023-10-08")
    (reviewed / "park.json").write_text(dump(report), "utf-8")
    with closing(Desk(reviewed)) as desk:
        review = desk.open("park").review
        assert not review.unplaced
        assert [item.state for item in review.items.values() if item.kind == "amounts"][:2] == ["accepted", "edited"]


# ---- steps, and versions that are not read -------------------------------------------------------------------------


def renamed(kind: str, fact: Any) -> dict[str, Any]:
    return {("title" if key == "subject" else key): value for key, value in fact.items()}


@pytest.fixture
def of_2_0(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the next version gave a field another name."""
    steps = {**versions.STEPS, SCHEMA_VERSION: versions.Step("2.0", renamed, dict)}
    monkeypatch.setattr(versions, "STEPS", steps)
    monkeypatch.setattr(versions, "SCHEMA_VERSION", "2.0")


@pytest.mark.usefixtures("of_2_0")
def test_steps_are_done_in_turn() -> None:
    raw = upgraded(told("c8e5596"))
    assert raw["schema_version"] == "2.0"
    assert all("title" in amount and "subject" not in amount and "modality" in amount for amount in raw["amounts"])
    assert "title" in upgraded_fact("amounts", told("446e78e")["amounts"][0], "0.1")
    untold = {key: value for key, value in told("446e78e").items() if key != "schema_version"}
    assert upgraded(untold)["schema_version"] == "2.0", "what tells no version is of 1.0"


@pytest.mark.usefixtures("of_2_0")
def test_facts_of_events_are_of_their_own_version(reviewed: Path) -> None:
    """A fact that was edited under 0.1 or 1.0 is told in the form of 2.0, whatever the record's version."""
    with closing(Store(reviewed / NAME)) as store:
        facts = [change["fact"] for e in store.events("park") for change in e.after.values() if "fact" in change]
        assert [fact["title"] for fact in facts if "dimension" in fact] == ["智能装备项目"]
        assert all("subject" not in fact for fact in facts)


def change_version(version: object) -> Callable[[dict[str, Any]], object]:
    return lambda record: record.update(schema_version=version)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (change_version("2.0"), "newer parkfacts; this one reads up to .*; update parkfacts"),
        (change_version("1.99"), "newer parkfacts; this one reads up to .*; update parkfacts"),
        (change_version("0.2"), "there never was a schema_version 0.2; extract the document again"),
        (change_version("one"), "is no version"),
        (change_version("9" * 9000 + ".0"), "is no version"),
        (change_version(1.0), "is no version"),
        (change_version(None), "is no version"),
        (lambda record: record.pop("amounts"), "no record of schema_version 0.1; extract"),
        (lambda record: record.update(dates=[1]), "no record of schema_version 0.1; extract"),
        (lambda record: record.update(layout=None), "no record of schema_version 0.1; extract"),
        (lambda record: record.update(new=1), "no valid report: record: a field that it does not have"),
    ],
)
def test_refused_in_words(change: Callable[[dict[str, Any]], object], says: str, tmp_path: Path) -> None:
    record = told("446e78e")
    change(record)
    path = folder(tmp_path, record) / "park.json"
    with pytest.raises(ReportError, match=says):
        load_report(path)
    result = CliRunner().invoke(app, ["export", str(tmp_path), "--to", "jsonl", "-o", str(tmp_path / "out")])
    assert result.exit_code == 1
    with closing(Desk(tmp_path)) as desk, pytest.raises(NoDocument, match=says):
        desk.open("park")


@pytest.mark.parametrize("data", ["", "[]", "null", "{", '"text"', "\ufeff{}", "NaN"])
def test_what_is_no_record(data: str, tmp_path: Path) -> None:
    (folder(tmp_path, "446e78e") / "park.json").write_text(data, "utf-8")
    with pytest.raises(ReportError, match=r"no record|no valid report"):
        load_report(tmp_path / "park.json")


def test_review_of_a_newer_parkfacts(reviewed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Store(reviewed / NAME)) as store:
        monkeypatch.setattr("parkfacts.review.store.SCHEMA_VERSION", "3.0")
        store.append(replace(store.events("park")[1], undoes=None))
    with closing(Desk(reviewed)) as desk:
        with pytest.raises(NoDocument, match=r"newer parkfacts.*update"):
            desk.open("park")
        assert "newer parkfacts" in Listing(desk).rows()[0]["error"], "the list of the others is told all the same"


def test_the_models_take_no_other_version() -> None:
    """So that no reader forgets to bring a record up."""
    with pytest.raises(ValueError, match="read_report reads earlier ones"):
        Report.model_validate(told("58c4269"))
    assert set(versions.KINDS) == set(KINDS)
    assert parkfacts.facts.SCHEMA_VERSION == SCHEMA_VERSION
