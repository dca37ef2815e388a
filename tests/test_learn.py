"""Learning from a user's corrected documents: what is made of them, what is kept back, what is written and told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from parkfacts import extract
from parkfacts.cli import app
from parkfacts.errors import ModelError
from parkfacts.find.ner import recognizer
from parkfacts.learn.documents import TrainError, labelled, part
from parkfacts.ner import corpus
from parkfacts.ner.model import WEIGHTS, NameModel, shipped
from parkfacts.quality.gold import QualityError, cases

AGAIN = (
    "2019年3月，岚渡高新技术产业园区开工建设，规划面积12.6平方公里，目前已有企业320余家。"
    "去年，全区实现工业总产值86.5亿元，同比增长11.2%。"
)
SEVERED = f"""岚渡高新区：从一片滩涂到产业新城

{AGAIN}

2021年9月，由晟拓精工股份有限公司投资3.8亿元的智能装备项目签约落户。今年4月，项目建成投产，可新增就

【图为园区一角】

{AGAIN}

业岗位400个，年产值超过6亿元。岚渡高新区管委会主任周远帆说，服务不能停。
"""


def reviewed(folder: Path, text: str, id: str) -> None:
    """A document whose gold is what is found in it."""
    (folder / id).mkdir(parents=True)
    (folder / id / "report.txt").write_text(text, "utf-8")
    record = extract(folder / id / "report.txt", reference_date="2022-10-08").model_dump(mode="json")
    for one in (*record["companies"], *record["projects"]):
        for field in ("ledger", "companies", "investment", "area", "milestones", "dates"):
            one.pop(field, None)
    (folder / id / "gold.json").write_text(json.dumps(record, ensure_ascii=False), "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(6):
        reviewed(tmp_path / "reviewed", SEVERED.replace("晟拓", "甲乙丙丁戊己"[number] + "拓"), f"d{number}")
    return tmp_path / "reviewed"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A few sentences in the place of ours."""
    (tmp_path / "text").mkdir()
    lines = ["昨天，{c|瑾帆电子}的新厂房封顶。", "{g|禾坪县政府}昨天开会。", "走进{c|卓澜}的车间。", "上年增长两成。"]
    (tmp_path / "text" / "few.txt").write_text("\n".join(lines), "utf-8")
    return tmp_path / "text"


def test_a_fifth_is_kept_back_the_same_one_each_time(folder: Path) -> None:
    parted = part(folder)
    assert (len(parted.learnt), len(parted.measured)) == (4, 2)
    assert {c.id for c in parted.learnt}.isdisjoint(c.id for c in parted.measured)
    assert [c.id for c in part(folder).measured] == [c.id for c in parted.measured]


def test_what_is_measured_on_is_never_learnt_from(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "test").mkdir()
    (folder / "d3").rename(tmp_path / "test" / "other-name")
    reviewed(folder, (tmp_path / "test" / "other-name" / "report.txt").read_text("utf-8"), "again")
    parted = part(folder, tmp_path / "test")
    assert [c.id for c in parted.left_out] == ["again"]
    assert "again" not in [c.id for c in parted.learnt] and [c.id for c in parted.measured] == ["other-name"]


def test_nothing_to_measure_on_is_told(tmp_path: Path) -> None:
    reviewed(tmp_path / "one", SEVERED, "d")
    with pytest.raises(TrainError, match="review another"):
        part(tmp_path / "one")
    with pytest.raises(TrainError, match="every document"):
        part(tmp_path / "one", tmp_path / "one")
    with pytest.raises(QualityError, match="no gold"):
        part(tmp_path / "nowhere")


def test_severed_sentences_are_whole_and_what_a_record_does_not_tell_is_filled_in(folder: Path) -> None:
    (case, *_) = cases(folder)
    made = labelled([case, case], shipped())
    whole = next(s for s in made if "就业岗位400个" in s.text)
    assert "图为" not in whole.text and sum("12.6平方公里" in s.text for s in made) == 1
    named = {(s.text[a:b], kind) for s in made for a, b, kind in s.names}
    assert {("甲拓精工股份有限公司", "company"), ("周远帆", "person"), ("岚渡高新区管委会", "government")} <= named
    assert len(made) == len({s.text for s in made})


def test_a_gold_without_a_layout_is_learnt_from(folder: Path) -> None:
    (case, *_) = cases(folder)
    data = json.loads((case.folder / "gold.json").read_bytes())
    (case.folder / "gold.json").write_text(json.dumps({**data, "layout": {}}), "utf-8")
    (again, *_) = cases(folder)
    assert labelled([again], shipped()) == labelled([case], shipped())


def run(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["train", *map(str, arguments)])
    return done.exit_code, done.output


def test_from_documents_to_a_model_that_is_used(folder: Path, text: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    status, told = run(text, "--from", folder, "-o", tmp_path / "new", "--passes", "2")
    assert status == 0, told
    assert "4 documents" in told and "their mentions" in told and "our blind sentences, the model alone, now" in told
    assert [path.name for path in (tmp_path / "new").iterdir()] == [WEIGHTS]
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    for named in (tmp_path / "new", tmp_path / "new" / WEIGHTS):
        assert isinstance(recognizer(str(named)), NameModel)
        assert extract("甲拓精工股份有限公司投产。", ner_model=str(named)).companies
    status, told = run(text, "--from", folder, "-o", tmp_path / "new", "--passes", "2")
    assert status == 1 and "--replace" in told


def test_weights_that_are_none_are_told(tmp_path: Path) -> None:
    (tmp_path / WEIGHTS).write_bytes(b"PK no weights")
    with pytest.raises(ModelError, match="holds no weights"):
        recognizer(str(tmp_path))
    with pytest.raises(ModelError, match="cannot be read"):
        recognizer(str(tmp_path / "nowhere.npz"))


def test_documents_are_no_sentences_to_measure_on(folder: Path, text: Path, tmp_path: Path) -> None:
    status, told = run(text, "-o", tmp_path / "new", "--test", folder)
    assert status == 1 and "without --from" in told


def test_our_sentences_are_there() -> None:
    assert len(corpus.read(corpus.shipped())) > 3000
