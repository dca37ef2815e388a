"""The command line: what goes where, under which name, with which status; one bad document never stops a run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from parkfacts.cli import app
from parkfacts.commands.documents import find
from parkfacts.errors import ReportError
from parkfacts.write import load_report

pytestmark = pytest.mark.usefixtures("fake")

GOOD = "2023年，新引进企业12家。\n"


def run(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)), input=stdin)


def write(folder: Path, **texts: str | bytes) -> Path:
    """Files by name (``a__b`` is ``a/b.txt``)."""
    for name, text in texts.items():
        file = folder / (name.replace("__", "/") + ".txt")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def tree(folder: Path) -> list[str]:
    """Files, without what a run keeps of itself."""
    files = (p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    return sorted(file.as_posix() for file in files if ".parkfacts" not in file.parts)


# ---- names ------------------------------------------------------------------------------------------------------


def names(*arguments: object, skip: Path | None = None) -> list[str]:
    return [d.name for d in find(list(map(str, arguments)), {".txt"}, skip)]


def test_names_lie_under_the_common_parent(tmp_path: Path) -> None:
    write(tmp_path, a__report=GOOD, b__report=GOOD, b__c__other=GOOD)
    (tmp_path / "b" / "notes.md").write_text("x")
    (tmp_path / "b" / ".hidden.txt").write_text("x")
    a, b = tmp_path / "a", tmp_path / "b"
    assert names(a / "report.txt") == ["report"]
    assert names(a / "report.txt", b / "report.txt") == ["a/report", "b/report"]
    assert names(tmp_path) == ["a/report", "b/c/other", "b/report"]
    assert names(b) == ["c/other", "report"]
    assert names(a, b) == ["a/report", "b/c/other", "b/report"]
    assert names(b, a, b / "report.txt") == ["b/c/other", "b/report", "a/report"]  # each document once
    assert names(b / "notes.md") == ["notes"]
    assert names(tmp_path / "*" / "report.txt") == ["a/report", "b/report"]
    assert names(tmp_path / "**" / "*.txt") == ["a/report", "b/c/other", "b/report"]
    assert names(tmp_path, skip=b) == ["a/report"]


def test_relative_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a__report=GOOD, b__report=GOOD)
    monkeypatch.chdir(tmp_path)
    assert names("a/report.txt", "./b/report.txt") == ["a/report", "b/report"]
    assert names(".") == ["a/report", "b/report"]
    assert names("a", "b") == ["a/report", "b/report"]
    monkeypatch.chdir(tmp_path / "a")
    assert names("../b/report.txt", "report.txt") == ["b/report", "a/report"]


def test_dots_in_names(tmp_path: Path) -> None:
    write(tmp_path, **{"2023.10.08": GOOD, "2023.10.09": GOOD})
    assert names(tmp_path) == ["2023.10.08", "2023.10.09"]
    assert run("extract", tmp_path, "-o", tmp_path / "out").exit_code == 0
    assert tree(tmp_path / "out") == ["2023.10.08.json", "2023.10.08.txt", "2023.10.09.json", "2023.10.09.txt"]


def test_clash_is_told(tmp_path: Path) -> None:
    write(tmp_path, report=GOOD)
    (tmp_path / "Report.text").write_text("2024年。")
    result = run("extract", tmp_path / "report.txt", tmp_path / "Report.text", "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert "warning: " in result.stderr and "Report-2" in result.stderr
    assert tree(tmp_path / "out") == ["Report-2.json", "Report-2.txt", "report.json", "report.txt"]


# ---- results ----------------------------------------------------------------------------------------------------


def test_folder_of_records(tmp_path: Path) -> None:
    write(tmp_path, a__report=GOOD, b__report="2024年\r\n2024年\r三\r\n".encode("utf-16"))
    out = tmp_path / "out"
    result = run("extract", tmp_path / "a", tmp_path / "b", "-o", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert tree(out) == ["a/report.json", "a/report.txt", "b/report.json", "b/report.txt"]
    assert (out / "b/report.txt").read_bytes() == "2024年\r\n2024年\r三\r\n".encode()
    report = load_report(out / "b/report.json")
    assert report.source.encoding == "utf-16"
    assert [b.status for b in report.layout.blocks] == ["kept", "duplicate", "kept"]
    header, *rows = [line.split() for line in result.stderr.splitlines() if line.strip()]
    assert header == ["document", "dates", "amounts", "companies", "milestones", "duplicates", "joins", "warnings"]
    numbers = [row[-7:] for row in rows if row[-1].isdigit()]
    assert numbers == [["1", "1", "0", "0", "0", "0", "0"], ["2", "0", "0", "0", "1", "0", "0"],
                       ["3", "1", "0", "0", "1", "0", "0"]]  # fmt: skip


def test_spans_stand_on_one_line(tmp_path: Path) -> None:
    write(tmp_path, a="20…\n23年，[1,\n 2]。")
    run("extract", tmp_path / "a.txt", "-o", tmp_path / "out")
    text = (tmp_path / "out/a.json").read_text("utf-8")
    assert '\n      "spans": [[0, 2], [4, 7]],\n' in text
    assert text.endswith("}\n") and "\n  " in text
    assert json.loads(text) == json.loads(load_report(tmp_path / "out/a.json").model_dump_json())


def test_same_bytes_give_the_same_bytes(tmp_path: Path) -> None:
    write(tmp_path, a=GOOD)
    for out in ("one", "two"):
        run("extract", tmp_path / "a.txt", "-o", tmp_path / out)
    assert (tmp_path / "one/a.json").read_bytes() == (tmp_path / "two/a.json").read_bytes()


def test_stdin_to_stdout() -> None:
    result = run("extract", "-", stdin=GOOD.encode("gbk"))
    assert result.exit_code == 0
    assert json.loads(result.stdout)["source"]["encoding"] == "gbk"


def test_stdin_to_folder(tmp_path: Path) -> None:
    assert run("extract", "-", "-o", tmp_path, stdin=GOOD.encode()).exit_code == 0
    assert tree(tmp_path) == ["stdin.json", "stdin.txt"]


def test_lines(tmp_path: Path) -> None:
    write(tmp_path, a=GOOD, b="2024年。")
    to_stdout = run("extract", tmp_path / "a.txt", tmp_path / "b.txt", "--format", "jsonl")
    assert [json.loads(line)["dates"][0]["edtf"] for line in to_stdout.stdout.splitlines()] == ["2023", "2024"]
    run("extract", tmp_path / "a.txt", tmp_path / "b.txt", "--format", "jsonl", "-o", tmp_path / "out")
    assert tree(tmp_path / "out") == ["reports.jsonl"]
    assert (tmp_path / "out/reports.jsonl").read_text("utf-8") == to_stdout.stdout


def test_rehearsal_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path, a=GOOD, b=b"")
    result = run("extract", tmp_path, "-o", tmp_path / "out", "--dry-run", "--reference-date", "2023-10")
    assert result.exit_code == 3
    told = f"{tmp_path.as_posix()}/a.txt (utf-8, {len(GOOD)} characters, reference date 2023-10) -> "
    assert result.stdout == told + f"{tmp_path.as_posix()}/out/a.json\n"
    assert not (tmp_path / "out").exists()


def test_reference_date(tmp_path: Path) -> None:
    def value(*options: str) -> str | None:
        given = json.loads(run("extract", tmp_path / "a.txt", *options).stdout)["document"]["reference_date"]
        return given and given["value"]

    write(tmp_path, a=GOOD)
    assert value() is None
    (tmp_path / "a.meta.json").write_text('{"reference_date": "2021-05"}')
    assert value() == "2021-05"
    assert value("--reference-date", "2023-10-08") == "2023-10-08"


# ---- failures ---------------------------------------------------------------------------------------------------


def test_one_bad_document_never_stops_a_run(tmp_path: Path) -> None:
    write(tmp_path, a=GOOD, b=b"", c=b"\x00\x01", d="坏了", e=GOOD)
    (tmp_path / "e.meta.json").write_text("{")
    (tmp_path / "f.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "empty").mkdir()
    more = [tmp_path / name for name in ("f.pdf", "none.txt", "*.none", "empty")]
    result = run("extract", tmp_path, *more, "-o", tmp_path / "out")
    assert result.exit_code == 3
    assert tree(tmp_path / "out") == ["a.json", "a.txt"]
    errors = [line for line in result.stderr.splitlines() if line.startswith("error: ")]
    assert sorted(line.split(": ")[1].rpartition("/")[2] for line in errors) == [  # as they come
        "*.none", "b.txt", "c.txt", "d.txt", "e.meta.json", "empty", "f.pdf", "none.txt",
    ]  # fmt: skip
    assert any("this is a bug" in error and "ZeroDivisionError at fake_pipeline.py" in error for error in errors)
    assert result.stderr.count("failed") == 8


@pytest.mark.parametrize("paths", [["none.txt"], ["*.none"], ["."], ["none.txt", "none2.txt"]])
def test_none_succeeded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paths: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("extract", *paths, "-o", "out").exit_code == 1
    assert tree(tmp_path / "out") == []


@pytest.mark.parametrize(
    "arguments",
    [["extract"], ["extract", "a", "--format", "xml"], ["extract", "a", "--reference-date", "2023-13"], ["nothing"],
     ["extract", "a", "-o", __file__]],
)  # fmt: skip
def test_wrong_usage(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_input_is_never_overwritten(tmp_path: Path) -> None:
    write(tmp_path, a=GOOD.encode("gbk"), b=GOOD)
    result = run("extract", tmp_path, "-o", tmp_path)
    assert result.exit_code == 3 and "is an input" in result.stderr
    assert (tmp_path / "a.txt").read_bytes() == GOOD.encode("gbk")
    assert tree(tmp_path) == ["a.txt", "b.json", "b.txt"]


def test_both_files_or_none(tmp_path: Path) -> None:
    write(tmp_path, a=GOOD)
    (tmp_path / "out/a.json").mkdir(parents=True)
    result = run("extract", tmp_path / "a.txt", "-o", tmp_path / "out")
    assert result.exit_code == 1 and "is a folder" in result.stderr
    assert tree(tmp_path / "out") == []


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_output_in_the_place_of_a_file(tmp_path: Path, format: str) -> None:
    write(tmp_path, a=GOOD)
    result = run("extract", tmp_path / "a.txt", "-o", tmp_path / "a.txt" / "out", "--format", format)
    assert result.exit_code == 1 and "cannot be written" in result.stderr


# ---- explain ----------------------------------------------------------------------------------------------------


@pytest.fixture
def record(tmp_path: Path) -> Path:
    write(tmp_path, a="园区在20…\n23年引进企业[red]12家。\n园区在20…\n")
    assert run("extract", tmp_path / "a.txt", "-o", tmp_path / "out").exit_code == 0
    return tmp_path / "out/a.json"


def test_explain_a_fact_that_crosses_a_join(record: Path) -> None:
    result = run("explain", f"{record}#d01")
    assert result.exit_code == 0
    for told in ("d01  date  2023年", "rule          year", "line 1, 3–5", "园区在【20】…", "line 2, 7–10",
                 "【23年】引进企业", "join b01 → b02, score 0.9: 区在20… ‖ 23年引进", "open end +0.5"):  # fmt: skip
        assert told in result.stdout, result.stdout


def test_explain_resolves_references(record: Path) -> None:
    result = run("explain", f"{record}#a01")
    assert "as_of         d01 (2023年)" in result.stdout and "企业[red]【12家】。" in result.stdout


def test_explain_lists_all(record: Path) -> None:
    result = run("explain", record)
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["id", "d01", "a01"]


def test_explain_tells_what_is_no_record(record: Path) -> None:
    told = {
        record.parent: "a folder, not a record; name a record that extract wrote, FOLDER/X.json",
        record.with_suffix(".txt"): "no record: their names end in .json; name a record",
        record.with_name("gone.json"): "no report (No such file or directory)",
    }
    for path, words in told.items():
        result = run("explain", path)
        assert result.exit_code == 1 and f"error: {path.as_posix()}: {words}" in result.stderr.replace("\n", " ")


def test_explain_says_what_is_wrong(record: Path) -> None:
    unknown = run("explain", f"{record}#z9")
    assert unknown.exit_code == 1 and "no fact 'z9'" in unknown.stderr
    record.write_text(record.read_text("utf-8").replace('"text": "12家"', '"text": "13家"'), "utf-8")
    with pytest.raises(ReportError, match=r"a\.json: no valid report: .*a01: .* than the quote, from its character 1"):
        load_report(record)
    changed = run("explain", f"{record}#a01")
    assert changed.exit_code == 1 and changed.stderr.count("\n") == 1
    record.with_suffix(".txt").unlink()
    with pytest.raises(ReportError, match=r"a\.txt: the source text"):
        load_report(record)


# ---- cost -------------------------------------------------------------------------------------------------------


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom parkfacts.cli import app\n"
        "try: app(['--help'])\nexcept SystemExit: pass\n"
        "print(len(sys.modules), *{m.partition('.')[0] for m in sys.modules}, file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    number, *modules = done.stderr.split()
    assert not {"pydantic", "pydantic_core", "spacy", "jieba", "rjieba", "numpy", "rich"} & set(modules)
    assert int(number) < 450


def test_a_model_of_names_that_is_not_there_ends_the_run(tmp_path: Path) -> None:
    write(tmp_path, page=GOOD)
    result = run("extract", tmp_path, "--ner-model", "nowhere_to_be_found")
    assert result.exit_code == 1
    assert "nowhere_to_be_found: is no spaCy pipeline" in result.stderr


def test_a_label_without_its_meaning_is_wrong_usage(tmp_path: Path) -> None:
    assert run("extract", tmp_path, "--ner-label", "FIRM").exit_code == 2


def test_the_models_that_can_be_named(tmp_path: Path) -> None:
    write(tmp_path, page=GOOD)
    for model in ("none", "parkfacts"):
        assert run("extract", tmp_path, "--ner-model", model, "--ner-label", "FIRM=company").exit_code == 0
