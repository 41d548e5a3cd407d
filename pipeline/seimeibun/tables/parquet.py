"""The tables once more as Parquet, for those who query many documents: read from the CSV, part by part.

Values are those of the CSV, with types: null where a cell is empty, no formula guard; titles and descriptions
of the columns in the schema. Dates are text, since a statement may name one that a calendar type cannot hold.
Columns that someone added are text.
"""

import csv
import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from seimeibun.tables import dialect
from seimeibun.tables.column import Column, Table
from seimeibun.tables.folder import beside
from seimeibun.tables.schema import TABLES

FOLDER = "parquet"
ROWS = 100_000  # of a file
DECIMAL = pa.decimal128(
    38, 8
)  # the same in every dataset, so that their files can be read together
_TYPES = {
    "string": pa.string(),
    "date": pa.string(),
    "integer": pa.int64(),
    "boolean": pa.bool_(),
    "decimal": DECIMAL,
}
_READ: dict[str, Callable[[str], Any]] = {
    "integer": int,
    "boolean": "true".__eq__,
    "decimal": Decimal,
}


def write_parquet(folder: Path, *, guarded: bool = True, rows: int = ROWS) -> None:
    """Write ``parquet/<table>/part-00000.parquet`` … beside the CSV of the dataset in ``folder``.

    ``guarded`` tells whether the CSV has the formula guard. At most ``rows`` rows are held at once.
    """
    with beside(folder) as new:
        for table in TABLES.values():
            (new / table.name).mkdir()
            for number, part in enumerate(parts(folder, table, guarded=guarded, rows=rows)):
                pq.write_table(part, new / table.name / f"part-{number:05}.parquet")
        (new / "text").rmdir()
        shutil.rmtree(folder / FOLDER, ignore_errors=True)
        new.rename(folder / FOLDER)


def parts(folder: Path, table: Table, *, guarded: bool, rows: int = ROWS) -> Iterator[pa.Table]:
    """Yield a table of the dataset in ``folder`` in parts; one without rows has one, for its columns."""
    path = folder / f"{table.name}.csv"
    with path.open(encoding=dialect.ENCODING, newline="") as file:
        lines = csv.reader(file, strict=True)
        columns = [_column(table, name) for name in next(lines)]
        schema = pa.schema([_field(column) for column in columns])
        some = list(islice(lines, rows))
        while True:
            cells = zip(*some, strict=True) if some else ([] for _ in columns)
            arrays = [
                pa.array([_value(column, cell, guarded=guarded) for cell in of_column], field.type)
                for column, field, of_column in zip(columns, schema, cells, strict=True)
            ]
            yield pa.Table.from_arrays(arrays, schema=schema)
            some = list(islice(lines, rows))
            if not some:
                return


def _column(table: Table, name: str) -> Column:
    return table.by_name.get(name) or Column(name, "string", name, "", "")


def _field(column: Column) -> pa.Field:
    about = {"title": column.title, "description": column.en}
    return pa.field(column.name, _TYPES[column.kind], metadata=about)


def _value(column: Column, cell: str, *, guarded: bool) -> Any:
    if not cell:
        return None
    if column.kind in _READ:
        return _READ[column.kind](cell)
    return dialect.unguard(cell) if guarded and column.guarded else cell
