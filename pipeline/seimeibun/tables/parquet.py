"""The tables once more as Parquet, for those who query many documents: one folder a table, files of so many rows.

Values are those of the CSV, with types: null where a cell is empty, no formula guard. Dates are text, since a
statement may name one that a calendar type cannot hold.
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
_TYPES = {
    "string": pa.string(),
    "date": pa.string(),
    "integer": pa.int64(),
    "boolean": pa.bool_(),
    "decimal": pa.decimal128(38, 8),
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
            for number, part in enumerate(_parts(folder, table, guarded=guarded, rows=rows)):
                pq.write_table(part, new / table.name / f"part-{number:05}.parquet")
        (new / "text").rmdir()
        shutil.rmtree(folder / FOLDER, ignore_errors=True)
        new.rename(folder / FOLDER)


def _parts(folder: Path, table: Table, *, guarded: bool, rows: int) -> Iterator[pa.Table]:
    """Yield the table in parts; one without rows has one part, for its columns."""
    schema = pa.schema([(column.name, _TYPES[column.kind]) for column in table.columns])
    path = folder / f"{table.name}.csv"
    with path.open(encoding=dialect.ENCODING, newline="") as file:
        lines = csv.reader(file, strict=True)
        next(lines)
        some = list(islice(lines, rows))
        while True:
            columns = zip(*some, strict=True) if some else ([] for _ in table.columns)
            arrays = [
                [_value(column, cell, guarded=guarded) for cell in cells]
                for column, cells in zip(table.columns, columns, strict=True)
            ]
            yield pa.table(arrays, schema=schema)
            some = list(islice(lines, rows))
            if not some:
                return


def _value(column: Column, cell: str, *, guarded: bool) -> Any:
    if not cell:
        return None
    if column.kind in _READ:
        return _READ[column.kind](cell)
    return dialect.unguard(cell) if guarded and column.guarded else cell
