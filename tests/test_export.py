from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas
import polars
import pytest

from parkfacts import extract
from parkfacts.cli import Form
from parkfacts.commands import export as command
from parkfacts.commands.records import Loading
from parkfacts.errors import ReportError, WriteError
from parkfacts.facts import Place
from parkfacts.files import appearing
from parkfacts.write import write_report
from parkfacts.write.forms import FORMS, Style, export
from parkfacts.write.tables import TABLES, Column, Row, Table, Told, batches

TEXT = (
    "青浦岭经济开发区年度报告\n\n"
    "2022年3月15日，云澜精密机械有限公司的数控机床项目在青浦岭经济开发区开工建设，总投资12.5亿元。\n\n"
    "2022年，园区实现工业总产值86.3亿元，同比增长7.4%。2021年，园区工业总产值超过80亿元。"
    "云澜精密机械有限公司2022年工业总产值95亿元。\n\n"
    "2022年1—9月，园区工业总产值96亿元。\n\n"
    "力争2023年园区工业总产值达到100亿元。\n"
)


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    return [Told("年报", extract(TEXT, reference_date="2023-01-10"), TEXT)]


def _written(records: list[Told], form: str, place: Path, language: str = "zh") -> Path:
    export(iter(records), form, place, Style(language))
    return place


def _rows(records: list[Told], name: str) -> list[Row]:
    return [row for table in TABLES if table.name == name for told in records for row in table.rows(told)]


def test_the_command_line_knows_every_form() -> None:
    assert {form.value for form in Form} == set(FORMS)


def test_keys_are_unique_and_every_row_fills_its_columns(records: list[Told]) -> None:
    for table in TABLES:
        rows = _rows(records, table.name)
        assert all(len(row) == len(table.columns) for row in rows)
        width = {"documents": 1, "roles": 3, "evidences": 4}.get(table.name, 2)
        assert len({row[:width] for row in rows}) == len(rows)


def test_evidence_stands_in_the_text_where_its_row_says(records: list[Told]) -> None:
    rows = _rows(records, "evidences")
    assert rows
    for *_, text, start, end in rows:
        assert TEXT[start:end] == text


def test_copies_are_evidence_too() -> None:
    line = "2019年3月，岚渡高新技术产业园区开工建设，规划面积12.6平方公里，目前已有企业320余家，税收12亿元。"
    text = f"{line}\n\n【图为园区一角】\n\n{line}\n"
    told = Told("页", extract(text, reference_date="2020"), text)
    copies = [row for row in _rows([told], "evidences") if row[4] == "copy"]
    assert {row[1] for row in copies} >= {"d01", "a01", "m01"}
    firsts = {(row[1], row[2]): row for row in _rows([told], "evidences") if row[4] != "copy"}
    for _, fact, _, _, _, copy_of, _, _, quote, start, end in copies:
        assert text[start:end] == quote == firsts[fact, copy_of][8]


def test_evidence_tells_its_place_in_the_file(records: list[Told]) -> None:
    told = records[0]
    half = TEXT.index("力争")
    places = (Place(span=(0, half), path="page 1", page=1), Place(span=(half, len(TEXT)), path="page 2", page=2))
    source = told.report.source.model_copy(update={"places": places})
    paged = told._replace(report=told.report.model_copy(update={"source": source}))
    rows = _rows([paged], "evidences")
    assert rows and all(row[6:8] == (("page 1", 1) if row[9] < half else ("page 2", 2)) for row in rows)
    assert {row[6:8] for row in _rows(records, "evidences")} == {(None, None)}


def test_rows_come_in_batches(records: list[Told]) -> None:
    many = [told._replace(name=f"{n}") for n in range(5) for told in records]
    found: dict[str, list[int]] = {}
    for table, rows in batches(iter(many), 4):
        found.setdefault(table.name, []).append(len(rows))
    assert {name: sum(sizes) for name, sizes in found.items()} == {t.name: len(_rows(many, t.name)) for t in TABLES}
    assert found["documents"] == [4, 1] and max(found["amounts"]) <= 4 + len(_rows(records, "amounts"))


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_record_is_asked_for_when_it_is_written(form: str, tmp_path: Path, records: list[Told]) -> None:
    """No form needs a second look at the records: an iterator will do, and one of none makes an empty file."""
    export(iter(()), form, tmp_path / "none")
    assert (tmp_path / "none").exists()


@pytest.mark.parametrize("form", sorted(set(FORMS) - {"duckdb"}))
def test_the_same_facts_give_the_same_bytes(form: str, tmp_path: Path, records: list[Told]) -> None:
    one, two = (_written(records, form, tmp_path / name) for name in ("one", "two"))
    for place in (one, *(one.iterdir() if one.is_dir() else ())):
        other = two / place.relative_to(one)
        assert place.is_dir() or place.read_bytes() == other.read_bytes()


def test_a_workbook_holds_no_time_of_its_making(tmp_path: Path, records: list[Told]) -> None:
    with zipfile.ZipFile(_written(records, "xlsx", tmp_path / "x.xlsx")) as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}
        assert b"2000-01-01T00:00:00Z" in parts.read("docProps/core.xml")


def test_two_databases_hold_the_same_rows_in_the_same_order(tmp_path: Path, records: list[Told]) -> None:
    """Their bytes differ: DuckDB gives each file an id of its own."""
    found = []
    for name in ("one.duckdb", "two.duckdb"):
        with duckdb.connect(str(_written(records, "duckdb", tmp_path / name)), read_only=True) as database:
            found.append([database.execute(f"select * from {table.name}").fetchall() for table in TABLES])
    assert found[0] == found[1] == [_rows(records, table.name) for table in TABLES]


def test_csv_opens_in_excel_and_holds_no_formula(tmp_path: Path, records: list[Told]) -> None:
    report = records[0].report
    header = report.document.model_copy(update={"title": '=HYPERLINK("x")'})
    told = [Told("-甲", report.model_copy(update={"document": header}), TEXT)]
    data = (_written(told, "csv", tmp_path / "out") / "documents.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    heads, row = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert heads[:3] == ["文档", "标题", "园区"]
    assert row[:2] == ["'-甲", '\'=HYPERLINK("x")']


def test_xlsx_has_numbers_days_and_no_formula(tmp_path: Path, records: list[Told]) -> None:
    told = [records[0]._replace(name="=1+1")]
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
    amounts = _rows(records, "amounts")
    frame = polars.read_parquet(folder / "amounts.parquet")
    assert frame.schema["value"] == polars.Decimal(38, 10)
    assert frame.schema["start"] == polars.Date
    assert frame["value"].to_list() == [row[3] for row in amounts]
    read = pandas.read_parquet(folder / "amounts.parquet")
    assert [value for value in read["value"] if value is not None] == [row[3] for row in amounts if row[3] is not None]
    assert isinstance(read["value"].dropna().iloc[0], Decimal)
    assert isinstance(pandas.read_parquet(folder / "dates.parquet")["start"].dropna().iloc[0], date)


def test_every_column_has_its_type_in_pandas_and_polars(tmp_path: Path, records: list[Told]) -> None:
    folder = _written(records, "parquet", tmp_path / "out")
    kinds: dict[str, Any] = {
        "text": polars.String, "date": polars.Date, "decimal": polars.Decimal(38, 10), "int": polars.Int64,
        "float": polars.Float64, "bool": polars.Boolean,
    }  # fmt: skip
    python = {"text": str, "date": date, "decimal": Decimal, "int": int, "float": float, "bool": bool}
    for table in TABLES:
        wanted = {column.name: kinds[column.kind] for column in table.columns}
        assert dict(polars.read_parquet(folder / f"{table.name}.parquet").schema) == wanted
        frame = pandas.read_parquet(folder / f"{table.name}.parquet", dtype_backend="pyarrow")
        rows = _rows(records, table.name)
        for at, column in enumerate(table.columns):
            values = frame[column.name].dropna().tolist()
            assert all(isinstance(value, python[column.kind]) for value in values)
            assert values == [row[at] for row in rows if row[at] is not None]


def test_a_table_without_rows_keeps_its_types(tmp_path: Path) -> None:
    folder = _written(
        [Told("空", extract("园区风景如画。", reference_date="2023"), "园区风景如画。")], "parquet", tmp_path / "out"
    )
    frame = polars.read_parquet(folder / "amounts.parquet")
    assert frame.height == 0 and frame.schema["value"] == polars.Decimal(38, 10)


def test_a_number_that_does_not_fit_is_an_error() -> None:
    from parkfacts.write.parquet import arrow

    wide = Table("amounts", "数额", (Column("value", "数值", "decimal"),), lambda told: iter(()))
    with pytest.raises(WriteError, match="does not fit"):
        arrow(wide, [(Decimal("0.12345678901"),)])


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


def test_records_of_one_source_have_annotations_of_their_own(tmp_path: Path, records: list[Told]) -> None:
    twice = [told._replace(name=name) for told in records for name in ("甲/年报", "乙 年报")]
    whole = json.loads(_written(twice, "w3c", tmp_path / "x.json").read_text("utf-8"))
    page = whole["first"]
    ids = [item["id"] for item in page["items"]]
    assert len(set(ids)) == len(ids) == whole["total"]
    assert page["partOf"] == whole["id"] != page["id"]
    assert all(re.fullmatch(r"urn:sha256:[\w:%.~-]+(#[\w-]+)?", one) for one in (*ids, whole["id"], page["id"]))


def test_a_workbook_tells_what_a_cell_cannot_hold(tmp_path: Path, records: list[Told]) -> None:
    told = records[0]
    first = told.report.dates[0].model_copy(update={"text": "长\x07" * 20_000})
    report = told.report.model_copy(update={"dates": (first, *told.report.dates[1:])})
    warned: list[str] = []
    export([told._replace(report=report)], "xlsx", tmp_path / "x.xlsx", Style(warn=warned.append))
    assert warned == ["年报 d01, text: 20000 control characters left out of the cell"]
    first = first.model_copy(update={"text": "长" * 40_000})
    report = report.model_copy(update={"dates": (first,)})
    export([told._replace(report=report)], "xlsx", tmp_path / "x.xlsx", Style(warn=warned.append))
    assert warned[1:] == ["年报 d01, text: a text of 40000 characters cut to the 32767 of a cell"]
    assert len(openpyxl.load_workbook(tmp_path / "x.xlsx")["日期"]["C2"].value) == 32_767


def test_what_stands_at_the_place_is_not_written_over_by_another_kind(tmp_path: Path, records: list[Told]) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    with pytest.raises(WriteError, match="makes a folder"):
        _written(records, "csv", tmp_path / "file")
    with pytest.raises(WriteError, match="makes a file"):
        _written(records, "xlsx", tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_nothing_is_left_where_a_record_breaks_off(tmp_path: Path, records: list[Told]) -> None:
    def told() -> Iterator[Told]:
        yield records[0]
        raise ReportError("b.json", "gone", "look")

    for form in FORMS:
        with pytest.raises(ReportError):
            export(told(), form, tmp_path / "out")
        assert list(tmp_path.iterdir()) == []


def test_markdown_rows_have_the_width_of_their_head(tmp_path: Path, records: list[Told]) -> None:
    text = _written(records, "md", tmp_path / "x.md").read_text("utf-8")
    for part in text.split("## ")[1:]:
        lines = part.strip().splitlines()[2:]
        assert len(lines) > 2 and len({line.replace("\\|", "").count("|") for line in lines}) == 1


def test_a_record_that_does_not_load_is_told_and_the_rest_is_written(
    tmp_path: Path, records: list[Told], capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    write_report(records[0].report, TEXT, tmp_path / "in" / "a.json")
    (tmp_path / "in" / "b.json").write_text("{}", "utf-8")
    (tmp_path / "in" / "b.txt").write_text("x", "utf-8")
    assert command.run([str(tmp_path / "in")], "jsonl", tmp_path / "out.jsonl", "zh") == 3
    assert "b.json: no valid report" in caplog.text and "1 record to " in capsys.readouterr().err
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


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_record_whose_file_is_named_in_no_unicode(form: str, tmp_path: Path, records: list[Told]) -> None:
    """GBK bytes on a UTF-8 system; and any name at all where the locale is C and Python's UTF-8 mode is off."""
    place = tmp_path / "in" / os.fsdecode("年报".encode("gbk") + b".json")
    try:
        write_report(records[0].report, TEXT, place)
    except WriteError:
        pytest.skip("this file system takes Unicode names alone")
    assert command.run([str(tmp_path / "in")], form, tmp_path / "out", "zh") == 0
    assert next(iter(Loading([str(tmp_path / "in")]))).name.isprintable()


@pytest.mark.parametrize(("encoding", "raised"), [("ascii", WriteError), ("utf-8", UnicodeEncodeError)])
def test_a_name_that_the_locale_cannot_spell(encoding: str, raised: type[Exception], tmp_path: Path) -> None:
    """A form that names files after records, in a locale C with Python's UTF-8 mode off."""
    with pytest.raises(raised, match="PYTHONUTF8=1" if raised is WriteError else ""), appearing(tmp_path / "out"):
        raise UnicodeEncodeError(encoding, "年报", 0, 2, "ordinal not in range(128)")
