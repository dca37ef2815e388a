"""A user's ledger of firms: what it links and corrects, and what it never makes up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from parkfacts import extract
from parkfacts.cli import app
from parkfacts.errors import LedgerError
from parkfacts.facts import Report
from parkfacts.ledger import Ledger

CODE = "91330100MA2XK3Q71T"
LEDGER = Ledger.parse(
    "编号,企业名称,简称,统一社会信用代码\n"
    f"F1,云岭弗朗精密制造有限公司,弗朗精密；FLP,{CODE}\n"
    "F2,霁澜科技股份有限公司,霁澜|南方小霁,\n"
    "F3,霁澜科技（宁海）有限公司,,\n"
)


def read(text: str, ledger: Ledger | None = LEDGER) -> Report:
    return extract(text, companies=ledger)


def rows(report: Report) -> dict[str, str | None]:
    return {c.name: c.ledger and c.ledger.id for c in report.companies}


def test_a_firm_gets_its_row() -> None:
    report = read("弗朗精密二期投产。")
    (firm,) = report.companies
    assert firm.name == "弗朗精密"
    assert firm.ledger is not None
    assert (firm.ledger.name, firm.ledger.code, firm.ledger.id) == ("云岭弗朗精密制造有限公司", CODE, "F1")


def test_names_that_only_the_ledger_joins_are_one_with_the_reason() -> None:
    text = "霁澜科技股份有限公司扩产。今年，南方小霁的订单增长。"
    assert len(read(text, None).companies) == 1
    (firm,) = read(text).companies
    assert firm.aliases == ("南方小霁",)
    assert [(r.alias, r.of, r.why) for r in firm.reasons] == [("南方小霁", "霁澜科技股份有限公司", "ledger")]


def test_rows_stay_apart_whatever_the_rules_would_join() -> None:
    text = "霁澜科技股份有限公司增资。霁澜科技(宁海)有限公司投产，霁澜获奖。"
    assert rows(read(text)) == {"霁澜科技股份有限公司": "F2", "霁澜科技(宁海)有限公司": "F3"}
    assert [m.text for m in read(text).companies[0].mentions] == ["霁澜科技股份有限公司", "霁澜"]


def test_a_longer_name_is_another_firm() -> None:
    assert rows(read("弗朗精密材料有限公司开工。")) == {"弗朗精密材料有限公司": None}


def test_boundaries_are_the_ledgers() -> None:
    ledger = Ledger.parse("name\n北方核能集团\n")
    assert [c.name for c in read("公司与北方核能集团签订合同。", ledger).companies] == ["北方核能集团"]


def test_a_short_alias_alone_makes_no_firm() -> None:
    ledger = Ledger.parse("name,aliases\n岚渡海洋食品有限公司,海洋\n")
    assert read("发展海洋经济，海洋产业增长。", ledger).companies == ()
    assert read("近海洋流变化大。岚渡海洋食品有限公司投产。", ledger).companies[0].aliases == ()


def test_traditional_ledgers_know_simplified_texts() -> None:
    ledger = Ledger.parse("企業名稱,name\n,雲嶺霽瀾電子有限公司\n,東嶺產業發展有限公司\n")
    assert list(rows(read("云岭霁澜电子有限公司投产。", ledger))) == ["云岭霁澜电子有限公司"]
    assert read("云岭霁澜电子有限公司投产。", ledger).companies[0].ledger is not None


def test_an_alias_of_two_firms_means_neither() -> None:
    ledger = Ledger.parse("name,aliases\n甲岭霁澜科技有限公司,霁澜科技\n乙岭霁澜科技有限公司,霁澜科技\n")
    assert rows(read("霁澜科技董事长林一川出席。", ledger)) == {"霁澜科技": None}


@given(
    st.lists(
        st.sampled_from(["霁澜", "科技", "弗朗精密", "有限公司", "由", "投资", "，", "园区", "南方小霁"]), max_size=12
    )
)
def test_no_mention_is_invented(parts: list[str]) -> None:
    text = "".join(parts) + "。"
    for firm in read(text).companies:
        assert all("".join(text[a:b] for a, b in m.spans) == m.text for m in firm.mentions)
        if firm.ledger is not None:
            assert set(LEDGER.by_form) & {firm.name, *firm.aliases}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "ledger.csv"
    file.write_bytes("企业名称,简称\r\n霁澜科技股份有限公司,霁澜\r\n弗朗精密有限公司,\r\n".encode(encoding))
    assert [f.name for f in Ledger.read(file).firms] == ["霁澜科技股份有限公司", "弗朗精密有限公司"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "row 1: no column is called name"),
        ("公司,代码\n霁澜科技,1\n", "row 1: no column is called name or 企业名称;"),
        ("name,code\n霁澜科技,9133\n\n,\n弗朗精密,\n", "row 2: the code is none of 18 digits"),
        ("name,aliases\n霁澜科技,\n,霁澜\n", "row 3: no name"),
        ("name,aliases\n霁澜科技,霁\n", "row 2: a name of under 2 characters"),
        ("name\n霁澜科技\n\nＡ霁澜\nA霁澜\n", "row 5: the name stands in row 4 already"),
        ('name\n"霁澜\n', "no CSV"),
    ],
)
def test_errors_name_the_row(text: str, says: str) -> None:
    with pytest.raises(LedgerError) as error:
        Ledger.parse(text, "firms.csv")
    assert str(error.value).startswith("firms.csv: ") and says in str(error.value)


def test_command_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("弗朗精密二期投产。", "utf-8")
    (tmp_path / "firms.csv").write_text(f"name,aliases,code\n云岭弗朗精密制造有限公司,弗朗精密,{CODE}\n", "utf-8")
    done = CliRunner().invoke(app, ["extract", str(tmp_path / "a.txt"), "--companies", str(tmp_path / "firms.csv")])
    assert done.exit_code == 0
    assert Report.model_validate_json(done.stdout).companies[0].ledger is not None
    gone = CliRunner().invoke(app, ["extract", str(tmp_path / "a.txt"), "--companies", str(tmp_path / "no.csv")])
    assert gone.exit_code == 1
    assert "check the path of the ledger" in gone.output
