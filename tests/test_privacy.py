"""Nothing that stands in a document is logged above DEBUG, whatever is wrong with it (docs/privacy.md)."""

from __future__ import annotations

import io
import json
import logging
import random
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from docx import Document
from openpyxl import Workbook
from pydantic import ValidationError
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas
from typer.testing import CliRunner

import hostile
from faulty import KILLS, BuggyJob
from parkfacts import extract, logs
from parkfacts.batch import Limits, Task, run
from parkfacts.batch.engines.processes import processes
from parkfacts.batch.task import CODES
from parkfacts.batch.work import Job
from parkfacts.cli import app
from parkfacts.commands.talk import Level, events_to_stderr
from parkfacts.errors import ParkfactsError
from parkfacts.facts import Report
from parkfacts.write import write_report
from review_folder import Page, outputs

SECRET = "密语甲乙丙"
TEXT = f"2023年6月，{SECRET}科技有限公司投资3.5亿元的{SECRET}项目在{SECRET}工业园开工。\n"
DOCS = Path(__file__).parents[1] / "docs"


def _docx() -> bytes:
    document = Document()
    document.core_properties.author = document.core_properties.title = SECRET
    document.styles.add_style(SECRET, 1)
    document.add_paragraph(TEXT, style=SECRET)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _xlsx() -> bytes:
    book = Workbook()
    book.active.title = SECRET
    book.active.append([SECRET, TEXT])
    book.create_sheet(f"{SECRET}2").sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _pdf() -> bytes:
    registerFont(UnicodeCIDFont("STSong-Light"))
    file = io.BytesIO()
    page = Canvas(file)
    page.setTitle(SECRET)
    page.setFont("STSong-Light", 11)
    page.drawString(50, 700, TEXT.strip())
    page.save()
    return file.getvalue()


def _documents(folder: Path) -> Path:
    """The text in every format: whole, broken in ways that the reader's library tells with what stands there, and with
    a sidecar that is none."""
    good = {"a.txt": TEXT.encode(), "b.html": hostile.html(f"<p>{TEXT}</p>"), "c.md": f"# {SECRET}\n\n{TEXT}".encode(),
            "d.docx": _docx(), "e.xlsx": _xlsx(), "f.pdf": _pdf(), "side.txt": TEXT.encode()}  # fmt: skip
    bad = {"a.txt": TEXT.encode() + b"\xff\xfe\xff", "b.txt": TEXT.encode() + bytes(9), "c.txt": b"",
           "d.docx": hostile.docx(f"<{SECRET}>{TEXT}</w:p>"), "e.docx": hostile.docx(hostile.p(f"&{SECRET};")),
           "f.xlsx": hostile.xlsx(f'<row r="1"><c r="A1"><v>{SECRET}</v></c></row>'),
           "g.xlsx": hostile.xlsx(f'<row r="{SECRET}"><c r="A1" s="{SECRET}"><v>{SECRET}</v></c></row>'),
           "h.pdf": _pdf()[:-300], "i.html": hostile.html("<div>" * 3000 + TEXT), "j.docx": _docx()[:-99],
           "k.zip": hostile.packed({"m.txt": TEXT, "n.docx": hostile.docx(f"<{SECRET}>")})}  # fmt: skip
    for name, made in (("good", good), ("bad", bad)):
        (folder / name).mkdir(parents=True)
        for file, data in made.items():
            (folder / name / file).write_bytes(data)
    (folder / "good" / "side.meta.json").write_text(json.dumps({"reference_date": f"{SECRET}的2023年6月1日"}), "utf-8")
    return folder


@dataclass
class Told:
    """What a command wrote to stderr (its own words and those of its processes), and the status."""

    status: int
    lines: list[str]


class Teller:
    """Runs commands, and fails where one of them tells the secret beside its product."""

    def __init__(self, capfd: pytest.CaptureFixture[str]) -> None:
        self._capfd = capfd

    def __call__(self, *arguments: object) -> Told:
        done = CliRunner().invoke(app, [str(one) for one in arguments], catch_exceptions=False)
        told = done.stderr + self._capfd.readouterr().err
        assert SECRET not in told, told
        if "--log-json" in arguments:
            assert all(_event(line) for line in told.splitlines())
        return Told(done.exit_code, told.splitlines())


def _event(line: str) -> bool:
    told = json.loads(line)
    return told["event"] in logs.EVENTS and list(told)[:5] == ["time", "level", "event", "logger", "message"]


@pytest.fixture
def tell(capfd: pytest.CaptureFixture[str]) -> Teller:
    return Teller(capfd)


def _kept(out: Path) -> str:
    """All that a run keeps of itself."""
    return "".join(file.read_text("utf-8") for file in sorted((out / ".parkfacts").rglob("*")) if file.is_file())


# ---- extracting -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", [("--log-level", "info"), ("--log-json", "-j", 2)])
def test_extract_tells_no_text(tmp_path: Path, tell: Teller, way: tuple[object, ...]) -> None:
    documents, out = _documents(tmp_path / "in"), tmp_path / "out"
    told = tell("extract", documents, "-o", out, *way)
    assert told.status == 3 and SECRET in (out / "good" / "a.json").read_text("utf-8")
    assert SECRET not in _kept(out)
    failed = json.loads(CliRunner().invoke(app, ["status", str(out), "--json"]).stdout)["failed"]
    assert len(failed) >= 10 and SECRET not in str(failed)
    tell("extract", documents, "-o", tmp_path / "lines", "--format", "jsonl", *"--log-json")
    tell("status", out, "--log-json")


def test_what_happened_stands_in_the_events(tmp_path: Path, tell: Teller) -> None:
    told = tell("extract", _documents(tmp_path / "in"), "-o", tmp_path / "out", "--log-json")
    events = [json.loads(line) for line in told.lines]
    assert (events[0]["event"], events[-1]["event"]) == ("run.started", "run.ended")
    done = next(one for one in events if one.get("document") == "good/a")
    assert done["event"] == "document.done" and done["counts"]["companies"] == 1 and done["seconds"] > 0
    assert list(done["stages"]) == ["read", "extract", "write"]
    binary = next(one for one in events if one.get("document") == "bad/b")
    assert (binary["event"], binary["level"]) == ("document.failed", "error")
    assert (binary["code"], binary["stage"], binary["offset"]) == ("binary-file", "read", len(TEXT.encode()))
    assert events[-1]["counts"] == {"done": events[-1]["documents"] - 12, "unchanged": 0, "failed": 12}


def _buggy(folder: Path, level: Level | None) -> None:
    (folder / "in").mkdir()
    (folder / "marks").mkdir()
    texts = {"fine": TEXT, "bug": TEXT, "invalid": TEXT, "killing": TEXT + KILLS}
    for name, text in texts.items():
        (folder / "in" / f"{name}.txt").write_text(text, "utf-8")
    tasks = [Task(name, str(folder / "in" / f"{name}.txt"), f"{name}.txt") for name in texts]
    job = BuggyJob(str(folder / "out"), limits=Limits(attempts=2), marks=folder / "marks", quotes=SECRET)
    with events_to_stderr(as_json=True, level=level):
        run(tasks, job, processes(2))


def test_errors_in_our_code_and_deadly_documents_tell_no_text(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _buggy(tmp_path, None)
    told = capfd.readouterr().err
    events = [json.loads(line) for line in told.splitlines()]
    assert SECRET not in told + _kept(tmp_path / "out")
    codes = {one["document"]: one["code"] for one in events if one["event"] == "document.failed"}
    assert codes == {"bug": "bug", "invalid": "bug", "killing": "deadly"}
    assert any("ValueError at faulty.py" in one["message"] for one in events)
    assert sum(one["event"] == "worker.lost" for one in events) == 2
    assert any(one["logger"] == "a.library" and one["event"] == "log" for one in events)


def test_debug_may_quote_and_does(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _buggy(tmp_path, Level.debug)
    assert f"invalid literal: {SECRET}" in capfd.readouterr().err
    assert SECRET not in _kept(tmp_path / "out")


def test_hostile_files_tell_no_text(tmp_path: Path, tell: Teller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hostile, "TEXT", TEXT)
    rows = [row for row in hostile.ROWS if "/" not in row.name and row.name.isascii() and row.name.isprintable()]
    for number, row in enumerate(random.Random(0).sample(rows, 12)):
        data = row.make()
        if len(data) < 10**6:
            (tmp_path / f"{number}{Path(row.name).suffix}").write_bytes(data)
    tell("extract", tmp_path, "-o", tmp_path / "out", "--log-json")


# ---- the other commands -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["--log-json", "--log-level=info"])
def test_no_other_command_tells_text(tmp_path: Path, tell: Teller, way: str) -> None:
    out = outputs(tmp_path / "out", TEXT)
    record = (out / "page.json").read_text("utf-8")
    (out / "quote.json").write_text(record.replace(f'"text": "{SECRET}科技', f'"text": "另一{SECRET}'), "utf-8")
    (out / "field.json").write_text(record.replace('"layout"', f'"{SECRET}": "{SECRET}", "layout"'), "utf-8")
    for name in ("quote", "field"):
        (out / f"{name}.txt").write_text(TEXT, "utf-8")
    assert tell("export", out, "--to", "jsonl", "-o", tmp_path / "x.jsonl", way).status == 3
    assert tell("export", out, "--reviewed", "--to", "md", "-o", tmp_path / "x.md", way).status == 3
    assert tell("explain", out / "quote.json", way).status == 1
    tell("timeline", out, way)
    (tmp_path / "doccano.jsonl").write_text(json.dumps({"id": 1, "text": TEXT + SECRET, "label": []}), "utf-8")
    assert tell("review", out, "--import", "doccano", tmp_path / "doccano.jsonl", way).status == 1
    for part in ("bad", "good"):
        folder = tmp_path / "gold" / part
        folder.mkdir(parents=True)
        (folder / "report.txt").write_text(TEXT, "utf-8")
        (folder / "gold.json").write_text(record if part == "good" else record.replace(SECRET, f"{SECRET}丁"), "utf-8")
    assert tell("evaluate", tmp_path / "gold", way).status == 2
    assert tell("train", "--from", tmp_path / "gold", "-o", tmp_path / "model", way).status == 1
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "a.txt").write_text(f"{{c|{SECRET}的厂房封顶。", "utf-8")
    assert tell("train", tmp_path / "text", "-o", tmp_path / "model", way).status == 1


def test_the_review_server_logs_no_text(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    page = Page(outputs(tmp_path, TEXT))
    with events_to_stderr(as_json=True):
        page.post("acts", base=0, acts=[{"act": "edit", "fact": "c01", "fields": {"name": SECRET * 2, SECRET: SECRET}}])
        try:
            raise ValueError(SECRET)
        except ValueError:  # as uvicorn tells what a route raised
            uvicorn.config.logger.error("Exception in ASGI application\n", exc_info=True)
    told = capfd.readouterr().err
    assert SECRET not in told and "ValueError at test_privacy.py" in json.loads(told)["message"]


def test_an_error_in_a_command_is_a_line_without_its_words(
    tmp_path: Path, tell: Teller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise KeyError(SECRET)

    monkeypatch.setattr("parkfacts.commands.timeline.run", fail)
    told = tell("timeline", tmp_path)
    assert told.status == 1 and len(told.lines) == 1
    assert re.fullmatch(r"error: KeyError at test_privacy\.py:\d+ in fail; this is a bug, .*", told.lines[0])
    debug = CliRunner().invoke(app, ["timeline", str(tmp_path), "--log-level", "debug"])
    assert SECRET in debug.stderr and debug.exit_code == 1


def test_errors_of_the_models_hide_what_they_were_given() -> None:
    report = extract(TEXT, ner_model="none")
    with pytest.raises(ValidationError) as error:
        Report.model_validate(report.model_dump() | {"dates": [{"text": SECRET}]}, context={"text": TEXT})
    assert SECRET not in str(error.value)


# ---- what the documentation tells -------------------------------------------------------------------------------


def test_events_and_codes_are_told_in_the_documentation() -> None:
    page = (DOCS / "logs.md").read_text("utf-8")
    events = dict(re.findall(r"^\| `([a-z.]+)` \| (.+?) \|", page, re.MULTILINE))
    assert {name: events.get(name) for name in logs.EVENTS} == logs.EVENTS
    codes = set(re.findall(r"`([a-z-]+)`", page.partition("## Codes")[2]))
    assert codes >= set(CODES) | {_code(kind) for kind in _kinds(ParkfactsError)}


def _kinds(kind: type[ParkfactsError]) -> set[type[ParkfactsError]]:
    under = kind.__subclasses__()
    return {one for sub in under for one in _kinds(sub)} or {kind}


def _code(kind: type[ParkfactsError]) -> str:
    return kind.code.fget(kind.__new__(kind))  # type: ignore[attr-defined]


def test_the_library_logs_through_loggers_of_its_own_and_sets_no_handler(tmp_path: Path) -> None:
    package = Path(logs.__file__).parent
    for file in package.rglob("*.py"):
        code = file.read_text("utf-8")
        assert not re.search(r"logging\.(?:basicConfig|info|warning|error|debug)\(", code), file
        assert "addHandler" not in code or file.name in ("talk.py", "processes.py"), file
        assert "sys.stderr" not in code or file.name in ("talk.py", "cli.py", "__main__.py"), file
    before = list(logging.getLogger().handlers)
    write_report(extract(TEXT, ner_model="none"), TEXT, tmp_path / "a.json")
    assert Job(str(tmp_path)).store.has("a.json")
    assert logging.getLogger().handlers == before and logging.getLogger("parkfacts").handlers == []
