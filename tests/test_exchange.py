"""Other annotation tools: offsets as they count them, severed mentions whole, and what was changed there as acts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from parkfacts import extract
from parkfacts.cli import Tool, app
from parkfacts.facts import Report
from parkfacts.ner.corpus import parse
from parkfacts.ner.reviewed import line, sentences
from parkfacts.review.exchange import FORMS, ExchangeError, Mark, acts, changes, export, imported
from parkfacts.review.exchange.labels import LABELS, Label, labels
from parkfacts.review.exchange.units import Units
from parkfacts.write import write_report
from parkfacts.write.tables import Told

TEXT = """😀岚渡高新区：从一片滩涂到产业新城𠮷

2019年3月，岚渡高新技术产业园区开工建设，规划面积12.6平方公里，目前已有企业320余家。🎉去年，全区实现工业总产值86.5亿元。

2021年9月，由晟拓精工股份有限公司投资3.8亿元的智能装备项目签约落户。今年4月，晟拓精工的项目建成投产，可新增就

【图为园区一角】

业岗位400个，年产值超过6亿元👨🏻‍🚒。到2025年底，园区力争建成省级绿

【图为园区车间】

色园区，集聚企业500家以上。
"""
BACK = [name for name, form in FORMS.items() if form.back]


def _told(text: str = TEXT, name: str = "园/页") -> Told:
    return Told(name, extract(text, reference_date="2023-10-08"), text)


def _marks(report: Report) -> list[Mark]:
    """The labels of a report, as a tool would give them back."""
    return [
        Mark(*span, LABELS[one.kind], reference, one.references()[0])
        for one in labels(report)
        for reference, span in zip(one.references(), one.spans, strict=True)
    ]


def _severed(report: Report) -> Label:
    return next(one for one in labels(report) if len(one.spans) > 1)


# ---- offsets ----------------------------------------------------------------------------------------------------


@given(st.text(alphabet="中a😀𠮷\u200d\n", max_size=30))
def test_utf16_offsets_are_those_of_the_encoded_text(text: str) -> None:
    units = Units(text)
    for at in range(len(text) + 1):
        wide = len(text[:at].encode("utf-16-le")) // 2
        assert units.to_utf16(at) == wide and units.from_utf16(wide) == at
    for bad in (-1, units.to_utf16(len(text)) + 1, *(units.to_utf16(i) + 1 for i, c in enumerate(text) if c in "😀𠮷")):
        with pytest.raises(ValueError):
            units.from_utf16(bad)


def test_label_studio_counts_code_points(tmp_path: Path) -> None:
    told = _told()
    export([told], "labelstudio", tmp_path / "ls")
    (task,) = json.loads((tmp_path / "ls" / "tasks.json").read_text("utf-8"))
    regions = [one["value"] for one in task["predictions"][0]["result"] if one["type"] == "labels"]
    assert {TEXT[r["start"] : r["end"]] == r["text"] for r in regions} == {True}
    relations = [one for one in task["predictions"][0]["result"] if one["type"] == "relation"]
    severed = _severed(told.report)
    assert severed.references()[:2] in [[one["from_id"], one["to_id"]] for one in relations]
    config = (tmp_path / "ls" / "config.xml").read_text("utf-8")
    assert all(f'value="{label}"' in config for label in LABELS.values()) and "pre-wrap" in config


def test_doccano_counts_utf16_units(tmp_path: Path) -> None:
    told = _told()
    export([told], "doccano", tmp_path / "x.jsonl")
    data = json.loads((tmp_path / "x.jsonl").read_text("utf-8"))
    wide = data["text"].encode("utf-16-le")
    quotes = [wide[2 * start : 2 * end].decode("utf-16-le") for start, end, _ in data["label"]]
    assert quotes == [TEXT[start:end] for one in labels(told.report) for start, end in one.spans]


def test_brat_counts_code_points_and_knows_severed_mentions(tmp_path: Path) -> None:
    told = _told(TEXT.replace("\n", "\r\n"))
    export([told], "brat", tmp_path / "brat")
    text = (tmp_path / "brat" / "园-页.txt").read_bytes().decode("utf-8")
    lines = (tmp_path / "brat" / "园-页.ann").read_text("utf-8").splitlines()
    bound = [one.split("\t") for one in lines if one.startswith("T")]
    assert len(bound) == len(list(labels(told.report))) and len(lines) == 2 * len(bound)
    for _, head, quote in bound:
        label, places = head.split(" ", 1)
        spans = [tuple(map(int, place.split(" "))) for place in places.split(";")]
        assert label in LABELS.values() and " ".join(text[a:b] for a, b in spans) == quote
    assert any(";" in head for _, head, _ in bound)


def test_conll_is_in_reading_order_with_severed_mentions_whole(tmp_path: Path) -> None:
    told = _told()
    export([told], "conll", tmp_path / "x.conll")
    lines = (tmp_path / "x.conll").read_text("utf-8").splitlines()
    rows = [one.split("\t") for one in lines if one and not one.startswith("# ")]
    assert all(TEXT[int(source)] == char for char, source, *_ in rows)
    text = "".join(char for char, *_ in rows)
    at = text.index("可新增就业岗位400个")
    assert {tags for *_, tags in rows[at : at + 1]} <= {"O", "I-milestone"}
    named = [tag for _, _, tag, _ in rows]
    start = text.index("晟拓精工股份有限公司")
    assert named[start : start + 10] == ["B-company", *["I-company"] * 9]
    assert sum(tag == "B-amount" for tag in named) == len(told.report.amounts)


def test_docbin_holds_every_label(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    told = _told()
    export([told], "docbin", tmp_path / "x.spacy")
    from spacy.tokens import DocBin

    (doc,) = DocBin().from_disk(tmp_path / "x.spacy").get_docs(spacy.blank("zh").vocab)
    assert doc.text == TEXT and doc.user_data["document"] == told.name
    found = {(span.label_, span.start, span.end, span.id_) for span in doc.spans["parkfacts"]}
    wanted = {(LABELS[one.kind], a, b, one.references()[0]) for one in labels(told.report) for a, b in one.spans}
    assert found == wanted and {ent.label_ for ent in doc.ents} >= {"company", "amount", "date"}


# ---- back -------------------------------------------------------------------------------------------------------

PARTS = TEXT.split("\n\n")


@pytest.mark.parametrize("form", BACK)
@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=5))
def test_a_round_trip_changes_nothing(form: str, tmp_path_factory: pytest.TempPathFactory, parts: list[str]) -> None:
    told = _told("\n\n".join(parts))
    place = tmp_path_factory.mktemp("trip") / "out"
    export([told], form, place)
    (back,) = imported(form, place)
    assert (back.name, back.text) == (told.name, told.text)
    assert acts(told.report, back.marks) == []


@st.composite
def _changed(draw: st.DrawFn, report: Report) -> tuple[list[Mark], dict[str, Any]]:
    """The marks of a report with one of them changed, and the act that says so."""
    known = [one for one in labels(report) if len(one.spans) == 1]
    label = draw(st.sampled_from(known))
    ((start, end),) = label.spans
    marks = _marks(report)
    at = next(i for i, mark in enumerate(marks) if mark.reference == label.references()[0])
    what = draw(st.sampled_from(("longer", "shorter", "gone", "new")))
    only = sum(one.fact == label.fact for one in known) == 1
    if what == "new" or (what == "shorter" and end - start < 3):
        free = draw(st.integers(0, 3).filter(lambda n: not any(m.start == n and m.end == n + 1 for m in marks)))
        mark = Mark(free, free + 1, "project", "xyz")
        return [*marks, mark], {"act": "add", "kind": "projects", "spans": [[free, free + 1]], "fields": {}}
    if what == "gone":
        gone = {"act": "resize", "fact": label.fact, "mention": label.mention, "spans": []}
        return marks[:at] + marks[at + 1 :], {"act": "reject", "fact": label.fact} if only else gone
    new = (start, end + 1) if what == "longer" else (start + 1, end)
    marks[at] = marks[at]._replace(start=new[0], end=new[1])
    return marks, {"act": "resize", "fact": label.fact, "mention": label.mention, "spans": [list(new)]}


REPORT = _told().report


@settings(max_examples=80, deadline=None)
@given(_changed(REPORT), st.booleans(), st.randoms())
def test_one_change_is_one_act(change: tuple[list[Mark], dict[str, Any]], ids: bool, shuffle: Any) -> None:
    marks, act = change
    if not ids and act["act"] != "add":  # doccano tells no ids; a changed mark still lies over its label
        marks = [mark._replace(reference=None, group=None) for mark in marks]
    shuffle.shuffle(marks) if ids else None
    assert acts(REPORT, marks) == [act]


def test_a_fragment_of_a_severed_mention_can_be_moved_and_a_new_one_be_severed() -> None:
    severed = _severed(REPORT)
    (a, b), (c, d) = severed.spans
    marks = [m if m.reference != severed.references()[1] else m._replace(end=d - 1) for m in _marks(REPORT)]
    spans = [[a, b], [c, d - 1]]
    assert acts(REPORT, marks) == [{"act": "resize", "fact": severed.fact, "mention": None, "spans": spans}]
    new = [Mark(b - 1, b, "project", "q1", "q1"), Mark(c, c + 1, "project", "q2", "q1")]
    added = {"act": "add", "kind": "projects", "spans": [[b - 1, b], [c, c + 1]], "fields": {}}
    assert acts(REPORT, [*_marks(REPORT), *new]) == [added]


def test_several_mentions_of_one_fact_change_in_one_act() -> None:
    named = (*REPORT.companies, *REPORT.organizations, *REPORT.projects)
    company = next(one for one in named if len(one.mentions) > 1)
    marks = [m for m in _marks(REPORT) if m.reference != f"{company.id}-m1"]
    marks = [m._replace(end=m.end + 1) if m.reference == f"{company.id}-m2" else m for m in marks]
    ((start, end),) = company.mentions[1].spans
    mention = {"rule": company.mentions[1].rule, "spans": [[start, end + 1]]}
    assert acts(REPORT, marks) == [{"act": "edit", "fact": company.id, "fields": {"mentions": [mention]}}]


def test_another_label_is_another_fact() -> None:
    company = REPORT.companies[0]
    marks = [m._replace(label="organization") if m.reference == f"{company.id}-m1" else m for m in _marks(REPORT)]
    kinds = [act["act"] for act in acts(REPORT, marks)]
    assert kinds == (["reject", "add"] if len(company.mentions) == 1 else ["resize", "add"])


def _annotated(place: Path, change: Callable[[list[dict[str, Any]], str], None]) -> None:
    """Our tasks as Label Studio would export them when somebody has annotated."""
    (task,) = json.loads((place / "tasks.json").read_text("utf-8"))
    result = json.loads(json.dumps(task["predictions"][0]["result"]))
    change(result, task["data"]["text"])
    cancelled = {"result": [], "was_cancelled": True}
    data = [{"id": 7, "data": task["data"], "annotations": [{"result": result}, cancelled]}]
    (place / "tasks.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def test_label_studio_of_old_counted_utf16_units(tmp_path: Path) -> None:
    told = _told()
    export([told], "labelstudio", tmp_path / "ls")

    def widen(result: list[dict[str, Any]], text: str) -> None:
        for one in (one["value"] for one in result if one["type"] == "labels"):
            one.update({key: Units(text).to_utf16(one[key]) for key in ("start", "end")})

    _annotated(tmp_path / "ls", widen)
    (back,) = imported("labelstudio", tmp_path / "ls" / "tasks.json")
    assert acts(told.report, back.marks) == []


def test_label_studio_tells_a_new_severed_region_by_its_relation(tmp_path: Path) -> None:
    told = _told()
    export([told], "labelstudio", tmp_path / "ls")

    def add(result: list[dict[str, Any]], text: str) -> None:
        for id, start in (("one", 4), ("two", 9)):
            value = {"start": start, "end": start + 1, "text": text[start], "labels": ["project"]}
            result.append({"id": id, "from_name": "label", "to_name": "text", "type": "labels", "value": value})
        result.append({"type": "relation", "from_id": "one", "to_id": "two", "labels": ["continues"]})

    _annotated(tmp_path / "ls", add)
    (back,) = imported("labelstudio", tmp_path / "ls")
    assert acts(told.report, back.marks) == [
        {"act": "add", "kind": "projects", "spans": [[4, 5], [9, 10]], "fields": {}}
    ]


@pytest.mark.parametrize(
    ("form", "content", "told"),
    [
        ("labelstudio", "[1]", "no export of Label Studio"),
        ("labelstudio", '{"a": 1}', "no export of Label Studio"),
        ("labelstudio", "no json", "no export of Label Studio"),
        ("doccano", '{"text": "甲"}\n{"label": []}', "line 2: no document of a doccano export"),
        ("doccano", '{"text": "😀甲", "label": [[1, 3, "date"]]}', "line 1: .*within a character"),
        ("doccano", '{"text": "甲", "label": [[0, 9, "date"]]}', "line 1: .*outside the text"),
    ],
)
def test_what_is_no_export_is_told(form: str, content: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_text(content, "utf-8")
    with pytest.raises(ExchangeError, match=told):
        list(imported(form, tmp_path / "x"))
    with pytest.raises(ExchangeError, match="cannot be read"):
        list(imported(form, tmp_path / "nowhere"))


def test_words_that_stand_elsewhere_are_told(tmp_path: Path) -> None:
    export([_told()], "labelstudio", tmp_path / "ls")
    _annotated(tmp_path / "ls", lambda result, text: result[0]["value"].update(text="别的"))
    with pytest.raises(ExchangeError, match="task 1: region d01: '别的' does not stand at"):
        list(imported("labelstudio", tmp_path / "ls"))


def test_documents_are_found_by_name_or_by_text(tmp_path: Path) -> None:
    one, two = _told(), _told(PARTS[1], "乙")
    export([one, two], "doccano", tmp_path / "x")
    assert [(told.name, acts) for told, acts in changes([two, one], "doccano", tmp_path / "x")] == [
        (one.name, []),
        ("乙", []),
    ]
    renamed = [one, two._replace(name="丙")]
    assert [told.name for told, _ in changes(renamed, "doccano", tmp_path / "x")] == [one.name, "丙"]
    with pytest.raises(ExchangeError, match="document 2: no record has this name or text"):
        list(changes([one], "doccano", tmp_path / "x"))
    with pytest.raises(ExchangeError, match="differs from offset 3 on"):
        list(changes([one._replace(text=one.text[:3] + "改" + one.text[4:])], "doccano", tmp_path / "x"))


def test_the_command_sends_and_takes(tmp_path: Path) -> None:
    told = _told(name="页")
    write_report(told.report, TEXT, tmp_path / "out" / "页.json")

    def run(*arguments: str | Path) -> Any:
        return CliRunner().invoke(app, ["review", str(tmp_path / "out"), *map(str, arguments)])

    sent = run("--export", "labelstudio", "-o", tmp_path / "ls")
    assert sent.exit_code == 0 and "1 record to" in sent.stderr

    def change(result: list[dict[str, Any]], text: str) -> None:
        del result[0]
        for start, end, label in ((3, 4, "date"), (7, 9, "project")):  # no rule reads a date there
            value = {"start": start, "end": end, "text": text[start:end], "labels": [label]}
            result.append(
                {"id": f"n{start}", "from_name": "label", "to_name": "text", "type": "labels", "value": value}
            )

    _annotated(tmp_path / "ls", change)
    acts = [{"act": "reject", "fact": "d01"}, {"act": "add", "kind": "projects", "spans": [[7, 9]], "fields": {}}]
    unread = {"act": "add", "kind": "dates", "spans": [[3, 4]], "fields": {}}
    dry = run("--import", "labelstudio", tmp_path / "ls", "--dry-run")
    assert json.loads(dry.stdout)["acts"] == [acts[0], unread, acts[1]]
    taken = run("--import", "labelstudio", tmp_path / "ls")
    assert json.loads(taken.stdout) == {"document": "页", "acts": acts} and taken.exit_code == 3
    assert "2 changes" in taken.stderr and "no rule reads the selection" in taken.stderr
    again = run("--import", "labelstudio", tmp_path / "ls")
    assert again.stdout == "" and "0 changes" in again.stderr

    out = tmp_path / "reviewed.jsonl"
    arguments = ["export", str(tmp_path / "out"), "--to", "jsonl", "-o", str(out), "--reviewed"]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    report = json.loads(out.read_text("utf-8"))
    assert "d01" not in [date["id"] for date in report["dates"]]
    assert TEXT[7:9] in [project["name"] for project in report["projects"]]


def test_wrong_usage_is_told(tmp_path: Path) -> None:
    def run(folder: Path, *arguments: str | Path) -> Any:
        return CliRunner().invoke(app, ["review", str(folder), *map(str, arguments)])

    wrong = run(tmp_path, "--import", "brat", tmp_path / "ls")
    assert wrong.exit_code == 1 and "--import takes labelstudio, doccano" in wrong.stderr
    assert run(tmp_path, "--export", "brat").exit_code == 2
    nowhere = run(tmp_path / "none", "--export", "brat", "-o", tmp_path / "b")
    assert nowhere.exit_code == 1 and "is no folder" in nowhere.stderr and not (tmp_path / "b").exists()


def test_the_command_knows_every_tool() -> None:
    assert {tool.value for tool in Tool} == set(FORMS)


# ---- training ---------------------------------------------------------------------------------------------------


def test_a_corrected_record_is_training_text() -> None:
    told = _told()
    found = list(sentences(told.report, TEXT))
    assert all(parse(line(sentence)) == sentence for sentence in found)
    text = "".join(sentence.text for sentence in found)
    assert "可新增就业岗位400个" in text
    named = [(sentence.text[a:b], kind) for sentence in found for a, b, kind in sentence.names]
    assert ("晟拓精工股份有限公司", "company") in named and ("岚渡高新技术产业园区", "park") in named


def test_repeated_text_is_told_once_and_braces_not_at_all() -> None:
    first = "2021年9月，晟拓精工股份有限公司投资3.8亿元的智能装备项目在岚渡高新区签约落户，计划明年投产，用地八十亩。"
    text = f"{first}\n\n模板 {{c|甲公司}} 不要。\n\n{first}\n"
    found = [sentence.text for sentence in sentences(_told(text).report, text)]
    assert found == [first]


def test_a_long_chain_of_label_studio_takes_time_in_proportion_to_its_length(tmp_path: Path) -> None:
    """Each link of ten thousand, from the last one on, joins two chains."""
    count = 10_000
    regions = [
        {"id": f"r{n}", "type": "labels", "value": {"start": n, "end": n + 1, "labels": ["amount"]}}
        for n in range(count)
    ]
    links = [
        {"type": "relation", "from_id": f"r{n}", "to_id": f"r{n + 1}", "labels": ["continues"]}
        for n in range(count - 1)
    ]
    task = {"data": {"text": "一" * count}, "annotations": [{"result": [*regions, *reversed(links)]}]}
    (tmp_path / "tasks.json").write_text(json.dumps([task]), "utf-8")
    start = process_time()
    (back,) = imported("labelstudio", tmp_path / "tasks.json")
    assert {mark.group for mark in back.marks} == {"r0"}
    assert process_time() - start < 3
