"""Comparison and commands: what changed is told with its rule and sentence, held documents never, failures aloud."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from parkfacts.commands.talk import Commands
from parkfacts.find import dates
from parkfacts.quality import evaluate
from parkfacts.quality.attribution import attribution
from parkfacts.quality.commands import register
from parkfacts.quality.comparison import compare
from parkfacts.quality.evaluation import Evaluation, read_evaluation
from parkfacts.quality.gate import below_baseline, write_baseline
from parkfacts.quality.gold import QualityError
from parkfacts.rules import load
from quality_case import Data, at, by_id, drop, write_case, write_prediction

app = Commands()
register(app)


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def worse(data: Data) -> None:
    """One amount lost, one changed, one gained; the rules are named."""
    drop(data, "a6")
    by_id(data, "a2").update(bound="exact", rule="count")
    data["amounts"].append({**by_id(data, "a5"), "id": "a9", "text": "有限", "spans": at("有限"), "rule": "greedy"})


def ruled(data: Data) -> None:
    for amount in data["amounts"]:
        amount["rule"] = "area" if amount["id"] == "a6" else "quantity"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two dev documents and a held one; the predictions ``good`` and ``bad``."""
    for folder in ("dev/one", "dev/two", "held/h1"):
        write_case(tmp_path / "corpus" / folder)
        id = Path(folder).name
        write_prediction(tmp_path / "good", id, ruled)
        write_prediction(tmp_path / "bad", id, worse if id != "two" else ruled)
    return tmp_path / "corpus"


@pytest.fixture
def sides(corpus: Path) -> tuple[Evaluation, Evaluation]:
    return evaluate(corpus, corpus.parent / "good"), evaluate(corpus, corpus.parent / "bad")


# ---- comparison -------------------------------------------------------------------------------------------------


def test_facts_gained_lost_and_changed_with_rule_and_sentence(sides: tuple[Evaluation, Evaluation]) -> None:
    told = [one for one in compare(*sides).facts if one.fact.document == "one"]
    amounts = {one.kind: one for one in told if one.fact.type == "amounts"}
    assert set(amounts) == {"gained", "lost", "changed"}
    assert (amounts["lost"].fact.rule, amounts["lost"].fact.text) == ("area", "60亩")
    assert amounts["lost"].fact.line.endswith("占地【60亩】。")
    assert (amounts["gained"].fact.rule, amounts["gained"].fact.verdict) == ("greedy", "spurious")
    changed = amounts["changed"]
    assert changed.before is not None and changed.now is not None
    assert (changed.before.verdict, changed.now.verdict) == ("right", "wrong")


def test_only_what_fell_is_a_regression(sides: tuple[Evaluation, Evaluation]) -> None:
    good, bad = sides
    assert {one.name for one in compare(good, bad).regressions} == {"amounts.strict", "amounts.bound"}
    assert compare(bad, good).regressions == []
    assert compare(good, good).facts == ()


def test_the_interval_holds_the_change_and_is_the_same_each_time(sides: tuple[Evaluation, Evaluation]) -> None:
    first, second = compare(*sides), compare(*sides)
    assert first.changes == second.changes
    strict = next(one for one in first.changes if one.name == "amounts.strict")
    assert strict.low < strict.difference < strict.high <= 0  # one resample has the unchanged document alone


def test_a_saved_evaluation_is_read_as_it_was(sides: tuple[Evaluation, Evaluation]) -> None:
    assert Evaluation.from_json(sides[1].to_json()) == sides[1]


def test_every_figure_has_its_keys(sides: tuple[Evaluation, Evaluation]) -> None:
    data = json.loads(sides[1].to_json())
    assert data["total"]["amounts"]["f1"] == data["total"]["amounts"]["strict"]["f1"] < 1
    for branch in data["total"].values():
        for figure in (branch, *(one for one in branch.values() if isinstance(one, dict))):
            assert {"p", "r", "f1"} <= set(figure)


def test_other_documents_are_no_comparison(corpus: Path, sides: tuple[Evaluation, Evaluation]) -> None:
    with pytest.raises(QualityError, match="not the same documents"):
        compare(evaluate(corpus / "dev", corpus.parent / "good"), sides[0])


def test_a_planted_change_to_one_rule_is_told_with_the_facts_it_lost(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = evaluate(corpus)
    rule = next(fact.rule for fact in before.facts if fact.text == "2022年3月" and fact.type == "dates")
    produce = {one.name: one.produce for one in load("dates").rules}
    monkeypatch.setitem(dates.PRODUCE, produce[rule or ""], lambda match: None)  # the rule abstains from now on
    told = [one for one in compare(before, evaluate(corpus)).facts if one.fact.rule == rule]
    lost = [one for one in told if one.kind == "lost" and one.fact.text == "2022年3月"]
    assert [one.fact.document for one in lost] == ["one", "two"]
    assert all(one.fact.line.startswith("【2022年3月】，星野") for one in lost)


# ---- held -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["table", "md", "html", "json"])
def test_a_held_document_is_told_by_figures_only(corpus: Path, format: str) -> None:
    held = corpus.parent / "only-held-is-bad"
    for id in ("one", "two", "h1"):
        write_prediction(held, id, worse if id == "h1" else ruled)
    saved = corpus.parent / "saved.json"
    saved.write_text(evaluate(corpus, corpus.parent / "good").to_json(), encoding="utf-8")
    told = run("evaluate", corpus, "--pred", held, "--baseline", saved, "--errors", "--format", format)
    assert told.exit_code == 0
    assert "h1" in told.output
    assert "greedy" not in told.output
    if format == "json":
        data = json.loads(told.output)
        assert data["by_document"]["h1"]["amounts"]["f1"] < 1
        assert {fact["document"] for fact in data["facts"]} == {"one", "two"}
        assert data["comparison"]["facts"] == []


def test_a_held_document_alone_is_held(corpus: Path) -> None:
    assert evaluate(corpus / "held" / "h1", corpus.parent / "bad").facts == []


# ---- commands ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["table", "md", "html"])
def test_errors_are_told_in_their_sentences(corpus: Path, format: str) -> None:
    told = run("evaluate", corpus, "--pred", corpus.parent / "bad", "--errors", "--format", format)
    assert told.exit_code == 0
    assert "greedy" in told.output
    assert ("<mark>60亩</mark>" if format == "html" else "【60亩】") in told.output


def test_the_page_escapes_and_loads_nothing(corpus: Path) -> None:
    write_prediction(corpus.parent / "odd", "one", lambda d: by_id(d, "a6").update(unit="<script>", rule="<b>"))
    page = run("evaluate", corpus / "dev" / "one", "--pred", corpus.parent / "odd", "--format", "html").output
    assert "&lt;script&gt;" in page and "<script" not in page and "<b>" not in page
    assert "http" not in page and "src=" not in page


def test_a_floor_and_a_regression_fail(corpus: Path) -> None:
    good, bad, saved = (corpus.parent / name for name in ("good", "bad", "saved.json"))
    saved.write_text(run("evaluate", corpus, "--pred", good, "--format", "json").output, encoding="utf-8")
    assert run("evaluate", corpus, "--pred", good, "--min", "amounts.f1=1").exit_code == 0
    low = run("evaluate", corpus, "--pred", bad, "--min", "amounts.f1=0.99")
    assert low.exit_code == 1 and "amounts.f1 is 0.8" in low.stderr
    against_itself = run("evaluate", corpus, "--pred", good, "--baseline", saved, "--fail-on-regression")
    assert against_itself.exit_code == 0
    fell = run("evaluate", corpus, "--pred", bad, "--baseline", saved, "--fail-on-regression")
    assert fell.exit_code == 1 and "amounts.strict fell" in fell.stderr
    assert run("evaluate", corpus, "--pred", bad, "--baseline", saved).exit_code == 0


@pytest.mark.parametrize(
    "options",
    [
        ["--baseline", "nowhere.json"],
        ["--baseline", __file__],
        ["--against", "no-such-revision"],
        ["--against", "--help"],
        ["--against", "HEAD", "--baseline", "x.json"],
        ["--fail-on-regression"],
        ["--min", "amounts.f1=high"],
        ["--min", "nothing.f1=0.5"],
        ["--only", "nobody"],
        ["--pred", "nowhere"],
        ["--write-gate", "gate.json"],
    ],
)  # fmt: skip
def test_what_could_not_be_made_never_passes(
    corpus: Path, options: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    prediction = [] if "--pred" in options else ["--pred", corpus.parent / "good"]
    told = run("evaluate", corpus, *prediction, *options)
    assert told.exit_code == 2
    assert told.stdout == "" and told.stderr.count("\n") >= 1


def test_a_prediction_of_another_report_is_refused(corpus: Path) -> None:
    write_prediction(corpus.parent / "other", "one", lambda data: data["source"].update(sha256="0"))
    with pytest.raises(QualityError, match="another report"):
        evaluate(corpus / "dev" / "one", corpus.parent / "other")


def test_a_dropped_date_leaves_its_milestone_without_one(corpus: Path) -> None:
    write_prediction(corpus.parent / "dateless", "one", lambda data: drop(data, "d4"))
    figures = evaluate(corpus / "dev" / "one", corpus.parent / "dateless").figures
    assert figures["dates.strict"].r == 3 / 4
    assert figures["milestones.strict"].r == 2 / 3


# ---- another revision -------------------------------------------------------------------------------------------

PACKAGE = """
from pathlib import Path
class Report:
    def model_dump_json(self):
        return Path({path!r}).read_text()
def extract(document):
    return Report()
"""


def commit(repository: Path, prediction: Path) -> None:
    """A revision whose package finds what the file tells."""
    package = repository / "pipeline" / "parkfacts"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(PACKAGE.format(path=str(prediction)))
    git = ["git", "-C", str(repository), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run([*git, *command], check=True)


def test_against_a_revision_runs_its_own_package(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = tmp_path / "repository"
    commit(repository, tmp_path / "good" / "one.json")
    monkeypatch.chdir(repository)
    told = run("evaluate", corpus / "dev" / "one", "--pred", tmp_path / "bad", "--against", "HEAD",
               "--format", "json", "--fail-on-regression")  # fmt: skip
    assert told.exit_code == 1, told.stderr
    facts = json.loads(told.stdout)["comparison"]["facts"]
    assert {(one["change"], (one["now"] or one["before"])["rule"]) for one in facts} == {
        ("lost", "area"), ("changed", "count"), ("gained", "greedy")}  # fmt: skip
    status = subprocess.run(["git", "status", "--porcelain"], capture_output=True, check=True, cwd=repository)
    assert status.stdout == b""


def test_a_revision_that_fails_is_no_comparison(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = tmp_path / "repository"
    commit(repository, tmp_path / "nowhere.json")
    monkeypatch.chdir(repository)
    told = run("evaluate", corpus / "dev" / "one", "--pred", tmp_path / "good", "--against", "HEAD")
    assert told.exit_code == 2 and "nowhere.json" in told.stderr


# ---- rules and the floor ----------------------------------------------------------------------------------------


def test_rules_by_what_they_give(corpus: Path) -> None:
    found = attribution(evaluate(corpus, corpus.parent / "bad"))
    scores = {(one.type, one.rule): one for one in found.scores}
    assert (scores["amounts", "greedy"].spurious, scores["amounts", "greedy"].precision) == (1, 0)
    assert (scores["amounts", "area"].right, scores["amounts", "area"].precision) == (1, 1)
    assert scores["amounts", "quantity"].excused == 1
    assert scores["amounts", "count"].wrong == 1
    assert ("amounts", "quantity") not in found.silent


def test_rules_are_told_in_each_form(corpus: Path) -> None:
    for format in ("table", "md"):
        assert "greedy" in run("rules", corpus, "--pred", corpus.parent / "bad", "--format", format).output
    told = run("rules", corpus, "--pred", corpus.parent / "bad", "--format", "json").stdout
    assert {"rules", "never_fire", "failed_examples"} == set(json.loads(told))


def test_the_floor_holds_and_moves_only_with_a_reason(sides: tuple[Evaluation, Evaluation], tmp_path: Path) -> None:
    good, bad = sides
    floor = tmp_path / "baseline.json"
    with pytest.raises(QualityError, match="reason"):
        write_baseline(bad, floor, " ")
    write_baseline(bad, floor, "first figures")
    assert below_baseline(bad, floor) == below_baseline(good, floor) == []
    write_baseline(good, floor, "all is right")
    told = below_baseline(bad, floor)
    assert any(line.startswith("dev: amounts.strict.f1 is") for line in told)
    assert any(line.startswith("held: amounts.strict.f1 is") for line in told)
    with pytest.raises(QualityError):
        below_baseline(good, tmp_path / "nowhere.json")


def test_a_saved_evaluation_must_be_one(tmp_path: Path) -> None:
    for text in ("{}", "[]", '{"format": 1}', "no JSON", '{"format": 1, "facts": [], "by_document": {"a": {"x": {}}}}'):
        (tmp_path / "x.json").write_text(text)
        with pytest.raises(QualityError):
            read_evaluation(tmp_path / "x.json")


def test_a_prediction_may_know_other_fields(corpus: Path) -> None:
    """An older or newer revision's record, and what only a report holds (a company's ledger)."""

    def other(data: Data) -> None:
        data["amounts"][0]["mood"] = "hopeful"
        data["companies"][0]["ledger"] = {"name": "星野"}
        data["document"]["weather"] = None

    same = evaluate(corpus, corpus.parent / "good", ["one"])
    write_prediction(corpus.parent / "other", "one", lambda data: (ruled(data), other(data)))
    assert evaluate(corpus, corpus.parent / "other", ["one"]).figures == same.figures


def test_a_prediction_that_lacks_a_field_is_told(corpus: Path) -> None:
    def lacking(data: Data) -> None:
        data["amounts"][0]["mood"] = "hopeful"
        del data["amounts"][0]["bound"]

    write_prediction(corpus.parent / "lacking", "one", lacking)
    with pytest.raises(QualityError, match="bound"):
        evaluate(corpus, corpus.parent / "lacking", ["one"])
