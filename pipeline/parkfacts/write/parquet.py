"""Tables as Parquet, a file a table, with types that do not depend on the rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from parkfacts.errors import WriteError
from parkfacts.write.forms import Style
from parkfacts.write.tables import TABLES, Row, Table, Told, batches

ROWS = 20_000  # of a row group, and of what is held of a table at once
_TYPES = {
    "text": pa.string(),
    "date": pa.date32(),
    "decimal": pa.decimal128(38, 10),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
}


def parquet(records: Iterable[Told], out: Path, style: Style) -> None:
    """A file a table; the columns have their English names. Raises ``WriteError``."""
    out.mkdir()
    with ExitStack() as stack:
        files = {
            table.name: stack.enter_context(pq.ParquetWriter(out / f"{table.name}.parquet", schema(table)))
            for table in TABLES
        }
        for table, rows in batches(records, ROWS):
            files[table.name].write_table(arrow(table, rows))


def schema(table: Table) -> pa.Schema:
    """The names and types of a table's columns."""
    return pa.schema([(column.name, _TYPES[column.kind]) for column in table.columns])


def arrow(table: Table, rows: Sequence[Row]) -> pa.Table:
    """Rows in Arrow's memory. Raises ``WriteError`` where a number does not fit 28 digits and 10 decimals."""
    columns = list(zip(*rows, strict=True)) or [()] * len(table.columns)
    try:
        arrays = [pa.array(values, field.type) for values, field in zip(columns, schema(table), strict=True)]
    except pa.ArrowInvalid as error:
        raise WriteError(table.name, f"a number does not fit the column ({error})", "take csv or jsonl") from error
    return pa.Table.from_arrays(arrays, schema=schema(table))
