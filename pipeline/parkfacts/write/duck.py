"""A DuckDB file: the tables, and views that analysts ask for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb

from parkfacts.write.forms import Style
from parkfacts.write.parquet import ROWS, arrow
from parkfacts.write.tables import TABLES, Told, batches

# the first holds what the park itself had or aims at, not its firms' figures, growth rates or ratios
_VIEWS = """
create view indicators_by_park_and_year as
  select d.park, a.indicator, a.indicator_id, year(a."end") as year,
    a."end" - a.start between 364 and 365 and month(a.start) = 1 as whole_year, a.edtf, a.modality, a.bound, a.value,
    a.low, a.high, a.unit, a.document, a.id
  from amounts a join documents d using (document)
  where a.indicator is not null and a.of_park and a.change is null and a.per is null order by all;
create view projects_by_investment as
  select d.park, p.name, p.companies, p.investment_value, p.investment_unit, p.document, p.id
  from projects p join documents d using (document)
  order by p.investment_unit, p.investment_value desc nulls last, p.document, p.id;
create view companies_by_role as
  select d.park, r.role, r.name, r.board, r.text, r.document, r.company
  from roles r join documents d using (document) order by all;
"""


def duck(records: Iterable[Told], out: Path, style: Style) -> None:
    """One database; tables and columns have their English names. Raises ``WriteError``."""
    with duckdb.connect(str(out)) as database:
        for table in TABLES:
            database.register("batch", arrow(table, ()))
            database.execute(f"create table {table.name} as select * from batch")
        for table, rows in batches(records, ROWS):
            database.register("batch", arrow(table, rows))
            database.execute(f"insert into {table.name} select * from batch")
        database.unregister("batch")
        database.execute(_VIEWS)
