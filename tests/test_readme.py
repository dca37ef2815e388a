"""What the READMEs show as output is what the commands print. ``--force-regen`` writes it anew."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture
from typer.testing import CliRunner

from parkfacts.cli import app

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"(?s)(<!-- (file|run|fact): (\S[^\n]*?) -->\n```\w+\n)(.*?)(```\n)")


def body(what: str, told: str, old: str) -> str:
    """What belongs in a block, in a folder with the blocks' files."""
    if what == "file":
        Path(told).write_text(old, "utf-8")
        return old
    if what == "fact":
        path, _, id = told.partition("#")
        record = json.loads(Path(path).read_text("utf-8"))
        fact = next(fact for part in record.values() if isinstance(part, list) for fact in part if fact.get("id") == id)
        fields = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in fact.items()]
        return "{\n" + ",\n".join(fields) + "\n}\n"
    result = CliRunner().invoke(app, told.split()[1:])
    printed = "\n".join(line.rstrip() for line in result.output.splitlines())
    return f"$ {told}\n{printed}\n"


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_shown_output_is_real(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file_regression: FileRegressionFixture
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (ROOT / name).read_text("utf-8")
    shown = BLOCK.sub(lambda m: m[1] + body(m[2], m[3], m[4]) + m[5], text)
    assert shown.count("$ parkfacts") == 3
    file_regression.check(shown, encoding="utf-8", fullpath=ROOT / name)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_figures_told_are_those_that_the_tests_hold(name: str) -> None:
    floor = json.loads((ROOT / "tests" / "baseline.json").read_text("utf-8"))
    text = (ROOT / name).read_text("utf-8")
    told = re.findall(r"(?:dates|日期) (\d+\.\d)(?:, amounts|、数量) (\d+\.\d)\D+(\d+\.\d)\D+(\d+\.\d)", text)
    parts = ("dates", "amounts", "companies", "milestones")
    held = [tuple(f"{100 * floor[split][f'{part}.strict.f1']:.1f}" for part in parts) for split in ("dev", "held")]
    assert told == held
