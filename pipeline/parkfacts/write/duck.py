"""A DuckDB file: the tables, and views that analysts ask for."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from parkfacts.write.parquet import arrow
from parkfacts.write.tables import Told, tables

_VIEWS = """
create view indicators_by_park_and_year as
  select d.park, a.indicator, year(a."end") as year, a.value, a.low, a.high, a.unit, a.bound, a.document, a.id
  from amounts a join documents d using (document) where a.indicator is not null order by all;
create view projects_by_investment as
  select d.park, p.name, p.companies, p.investment_value, p.investment_unit, p.document, p.id
  from projects p join documents d using (document)
  order by p.investment_unit, p.investment_value desc nulls last, p.document, p.id;
create view companies_by_role as
  select d.park, r.role, r.name, r.board, r.text, r.document, r.company
  from roles r join documents d using (document) order by all;
"""


def duck(records: Sequence[Told], language: str) -> Mapping[str, bytes]:
    """One database; tables and columns have their English names. Raises ``WriteError``."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "facts.duckdb")
        with duckdb.connect(str(path)) as database:
            for table in tables(records):
                database.register("rows_of_table", arrow(table))
                database.execute(f"create table {table.name} as select * from rows_of_table")
                database.unregister("rows_of_table")
            database.execute(_VIEWS)
        return {"": path.read_bytes()}
