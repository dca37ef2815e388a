"""From review to gold: what is written is read by ``parkfacts evaluate`` and passes the checker of annotations."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from parkfacts.cli import app
from review_folder import TEXT, Page, outputs

ROOT = Path(__file__).parents[1]
CHECKER = ROOT.parent / "shared" / "check_gold.py"
CORPUS = ROOT / "outputs" / "corpus" / "dev"


def _run(*arguments: str) -> str:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == 0, done.output
    return done.stdout


def _check(gold: Path) -> None:
    if not CHECKER.exists():
        pytest.skip("../shared, with the checker of gold files, is not here")
    done = subprocess.run(
        [sys.executable, str(CHECKER), str(gold), str(gold.with_name("report.txt"))], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def _reviewed(folder: Path) -> Page:
    page = Page(outputs(folder))
    page.act({"act": "accept_all", "facts": list(page.document["facts"])})
    page.act({"act": "add", "kind": "companies", "spans": [page.span("老街坊面馆")], "fields": {}})
    page.act({"act": "reject", "fact": page.fact("dates", "目前")["id"]})
    return page


def test_gold_add(tmp_path: Path) -> None:
    folder, gold = tmp_path / "outputs", tmp_path / "gold"
    page = _reviewed(folder)
    arguments = ("gold", "add", "page", "--outputs", str(folder), "--gold", str(gold))
    refused = CliRunner().invoke(app, list(arguments))
    assert refused.exit_code == 1 and "mark it as done" in refused.output
    page.post("state", state="done")
    written = Path(_run(*arguments).strip())
    assert written == gold / "page" / "gold.json" and (gold / "page" / "report.txt").read_text("utf-8") == TEXT
    told = _run("evaluate", str(gold))
    assert "companies" in told and "milestones" in told
    _check(written)


def test_the_button(tmp_path: Path) -> None:
    page = _reviewed(tmp_path)
    page.post("state", state="done")
    written = Path(page.post("gold").json()["path"])
    assert written == tmp_path / "gold" / "page" / "gold.json" and written.exists()
    assert [one["name"] for one in page.client.get("/api/documents").json()] == ["page"]


@pytest.mark.parametrize("name", ["lanting-newspaper-page", "gangwan-traditional"])
def test_a_record_of_the_corpus(tmp_path: Path, name: str) -> None:
    for suffix in ("json", "txt"):
        (tmp_path / name).mkdir(exist_ok=True)
        shutil.copy(CORPUS / name / f"report.{suffix}", tmp_path / name)
    arguments = ("--outputs", str(tmp_path), "--gold", str(tmp_path / "gold"), "--force")
    _check(Path(_run("gold", "add", f"{name}/report", *arguments).strip()))
