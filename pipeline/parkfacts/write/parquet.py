"""Tables as Parquet, a file a table, with types that do not depend on the rows."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from parkfacts.errors import WriteError
from parkfacts.write.tables import Table, Told, tables

_TYPES = {
    "text": pa.string(),
    "date": pa.date32(),
    "decimal": pa.decimal128(38, 10),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
}


def parquet(records: Sequence[Told], language: str) -> Mapping[str, bytes]:
    """A file a table; the columns have their English names. Raises ``WriteError``."""
    files: dict[str, bytes] = {}
    for table in tables(records):
        out = io.BytesIO()
        pq.write_table(arrow(table), out)
        files[f"{table.name}.parquet"] = out.getvalue()
    return files


def arrow(table: Table) -> pa.Table:
    """The table in Arrow's memory. Raises ``WriteError`` where a number does not fit 28 digits and 10 decimals."""
    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    schema = pa.schema([(column.name, _TYPES[column.kind]) for column in table.columns])
    try:
        arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    except pa.ArrowInvalid as error:
        raise WriteError(table.name, f"a number does not fit the column ({error})", "take csv or jsonl") from error
    return pa.Table.from_arrays(arrays, schema=schema)
