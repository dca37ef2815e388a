from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pandas
import polars
import pytest

from parkfacts import extract
from parkfacts.cli import Form
from parkfacts.commands import export as command
from parkfacts.errors import ReportError, WriteError
from parkfacts.write import write_report
from parkfacts.write.forms import FORMS, export
from parkfacts.write.tables import Column, Table, Told, tables

TEXT = (
    "青浦岭经济开发区年度报告\n\n"
    "2022年3月15日，云澜精密机械有限公司的数控机床项目在青浦岭经济开发区开工建设，总投资12.5亿元。\n\n"
    "2022年，园区实现工业总产值86.3亿元，同比增长7.4%。\n"
)


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    return [Told("年报", extract(TEXT, reference_date="2023-01-10"))]


def _written(records: list[Told], form: str, place: Path, language: str = "zh") -> Path:
    export(records, form, place, language)
    return place


def test_the_command_line_knows_every_form() -> None:
    assert {form.value for form in Form} == set(FORMS)


def test_keys_are_unique_and_every_row_fills_its_columns(records: list[Told]) -> None:
    for table in tables(records):
        assert all(len(row) == len(table.columns) for row in table.rows)
        width = {"documents": 1, "roles": 3, "evidences": 4}.get(table.name, 2)
        assert len({row[:width] for row in table.rows}) == len(table.rows)


def test_evidence_stands_in_the_text_where_its_row_says(records: list[Told]) -> None:
    rows = next(table for table in tables(records) if table.name == "evidences").rows
    assert rows
    for *_, text, start, end in rows:
        assert TEXT[start:end] == text


def test_csv_opens_in_excel_and_holds_no_formula(tmp_path: Path, records: list[Told]) -> None:
    report = records[0].report
    header = report.document.model_copy(update={"title": '=HYPERLINK("x")'})
    told = [Told("-甲", report.model_copy(update={"document": header}))]
    data = (_written(told, "csv", tmp_path / "out") / "documents.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    heads, row = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert heads[:3] == ["文档", "标题", "园区"]
    assert row[:2] == ["'-甲", '\'=HYPERLINK("x")']


def test_xlsx_has_numbers_days_and_no_formula(tmp_path: Path, records: list[Told]) -> None:
    told = [Told("=1+1", records[0].report)]
    book = openpyxl.load_workbook(_written(told, "xlsx", tmp_path / "x.xlsx"))
    sheet = book["数额"]
    heads = [cell.value for cell in sheet[1]]
    values = {cell.value for cell in sheet["D"][1:]}
    assert heads[3] == "数值" and heads[6] == "单位"
    assert {type(value) for value in values} <= {int, float}
    shown = {cell.value: cell.number_format for cell in sheet["D"][1:]}
    assert shown[1250000000] == "#,##0" and shown[7.4] == "#,##0.##########"
    assert all(cell.data_type == "s" and cell.value == "=1+1" for cell in sheet["A"][1:])
    assert book["日期"]["E2"].is_date
    assert sheet.freeze_panes == "C2" and sheet.auto_filter.ref


def test_english_heads(tmp_path: Path, records: list[Told]) -> None:
    book = openpyxl.load_workbook(_written(records, "xlsx", tmp_path / "x.xlsx", "en"))
    assert book["amounts"]["D1"].value == "value"


def test_pandas_and_polars_read_the_types(tmp_path: Path, records: list[Told]) -> None:
    folder = _written(records, "parquet", tmp_path / "out")
    amounts = next(table for table in tables(records) if table.name == "amounts").rows
    frame = polars.read_parquet(folder / "amounts.parquet")
    assert frame.schema["value"] == polars.Decimal(38, 10)
    assert frame.schema["start"] == polars.Date
    assert frame["value"].to_list() == [row[3] for row in amounts]
    read = pandas.read_parquet(folder / "amounts.parquet")
    assert [value for value in read["value"] if value is not None] == [row[3] for row in amounts if row[3] is not None]
    assert isinstance(read["value"].dropna().iloc[0], Decimal)
    assert isinstance(pandas.read_parquet(folder / "dates.parquet")["start"].dropna().iloc[0], date)


def test_a_table_without_rows_keeps_its_types(tmp_path: Path) -> None:
    folder = _written([Told("空", extract("园区风景如画。", reference_date="2023"))], "parquet", tmp_path / "out")
    frame = polars.read_parquet(folder / "amounts.parquet")
    assert frame.height == 0 and frame.schema["value"] == polars.Decimal(38, 10)


def test_a_number_that_does_not_fit_is_an_error() -> None:
    from parkfacts.write.parquet import arrow

    wide = Table("amounts", "数额", (Column("value", "数值", "decimal"),), ((Decimal("0.12345678901"),),))
    with pytest.raises(WriteError, match="does not fit"):
        arrow(wide)


def test_duckdb_answers_by_park_and_year(tmp_path: Path, records: list[Told]) -> None:
    with duckdb.connect(str(_written(records, "duckdb", tmp_path / "x.duckdb")), read_only=True) as database:
        rows = database.execute("select year, value, unit from indicators_by_park_and_year").fetchall()
        assert any(year == 2022 and isinstance(value, Decimal) for year, value, _ in rows)
        for view in ("projects_by_investment", "companies_by_role"):
            database.execute(f"select * from {view}").fetchall()


def test_annotations_point_at_the_text_beside_the_record(tmp_path: Path, records: list[Told]) -> None:
    whole = json.loads(_written(records, "w3c", tmp_path / "x.json").read_text("utf-8"))
    assert whole["total"] == len(list(records[0].report.facts()))
    for item in whole["first"]["items"]:
        for target in item["target"]:
            position, quote = target["selector"]
            assert target["source"] == "年报.txt"
            assert TEXT[position["start"] : position["end"]] == quote["exact"]


def test_markdown_rows_have_the_width_of_their_head(tmp_path: Path, records: list[Told]) -> None:
    text = _written(records, "md", tmp_path / "x.md").read_text("utf-8")
    for part in text.split("## ")[1:]:
        lines = part.strip().splitlines()[2:]
        assert len(lines) > 2 and len({line.replace("\\|", "").count("|") for line in lines}) == 1


def test_a_record_that_does_not_load_is_told_and_the_rest_is_written(
    tmp_path: Path, records: list[Told], capsys: pytest.CaptureFixture[str]
) -> None:
    write_report(records[0].report, TEXT, tmp_path / "in" / "a.json")
    (tmp_path / "in" / "b.json").write_text("{}", "utf-8")
    (tmp_path / "in" / "b.txt").write_text("x", "utf-8")
    assert command.run([str(tmp_path / "in")], "jsonl", tmp_path / "out.jsonl", "zh") == 3
    assert "b.json: no valid report" in capsys.readouterr().err
    assert len((tmp_path / "out.jsonl").read_text("utf-8").splitlines()) == 1
    with pytest.raises(ReportError, match="no record that loads"):
        command.run([str(tmp_path / "in" / "b.json")], "jsonl", tmp_path / "other", "zh")
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_sql_of_the_readme_answers(name: str, tmp_path: Path, records: list[Told]) -> None:
    page = (Path(__file__).parents[1] / name).read_text("utf-8")
    query = page.split("```sql\n")[1].split("```")[0]
    with duckdb.connect(str(_written(records, "duckdb", tmp_path / "x.duckdb")), read_only=True) as database:
        rows = database.execute(query).fetchall()
    assert [(year, float(value)) for _, year, value in rows] == [(2022, 86.3)]
