"""``parkfacts repair``, and the truth that the newspapers of these tests tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from fit_joins import stories
from newspaper_score import Inside
from newspapers import newspaper
from parkfacts.cli import app
from parkfacts.segment import Segmenter
from prose import PARAGRAPHS

RUN = CliRunner()
LEFT, RIGHT = "去年九月，恒澜高新区举行签约仪式，澄远公司当场拿到了营业执照和施工许", "可证，创造了新的速度。"
PAGE = [*PARAGRAPHS[:2], LEFT, "码头旧影", PARAGRAPHS[2], RIGHT, PARAGRAPHS[3], PARAGRAPHS[0], "责任编辑：林未"]


@pytest.fixture
def page(tmp_path: Path) -> str:
    file = tmp_path / "page.txt"
    file.write_text("\n\n".join(PAGE), encoding="utf-8")
    return str(file)


def test_the_text_goes_to_stdout_and_the_account_to_stderr(page: str) -> None:
    told = RUN.invoke(app, ["repair", page])
    assert told.exit_code == 0
    assert LEFT + RIGHT in told.stdout and told.stdout.count(PARAGRAPHS[0]) == 1 and "林未" not in told.stdout
    lines = told.stderr.splitlines()
    assert sum(line.startswith("dropped") for line in lines) == 2
    assert any("copy of b01" in line for line in lines) and any("boilerplate: credits" in line for line in lines)
    (joined,) = (line for line in lines if line.startswith("joined"))
    assert "b03 → b06" in joined and "score" in joined and "word" in joined


def test_diff_shows_every_block_and_what_became_of_it(page: str) -> None:
    told = RUN.invoke(app, ["repair", "--diff", page])
    assert told.exit_code == 0
    assert all(f"b0{n}" in told.stdout for n in range(1, 10)) and "goes on with b03" in told.stdout


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    told = RUN.invoke(app, ["repair", str(tmp_path / "none.txt")])
    assert told.exit_code == 1 and told.stderr.startswith("error:")


@pytest.mark.parametrize("seed", range(6))
def test_a_newspaper_knows_its_truth(seed: int) -> None:
    told = stories()
    page = newspaper(told, seed, Inside(Segmenter()))
    whole = "".join("".join(story) for story in told)
    assert page.text == newspaper(told, seed, Inside(Segmenter())).text
    for left, right in page.cuts:
        assert page.text[left - 4 : left] + page.text[right : right + 4] in whole
    assert page.inside <= set(page.cuts)
