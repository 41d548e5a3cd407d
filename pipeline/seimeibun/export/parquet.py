"""Parquet: ``<table>.parquet`` for every table, and ``texts.parquet`` (extra ``parquet``).

Carried: all rows and columns with their types (whole numbers, decimals, truth values; days are ISO text)
and titles. Null and the empty text are the same in the dataset, and null here. The scale of a decimal is the
largest of its column.
"""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
from pandas import NA

from seimeibun.export.dataset import Dataset
from seimeibun.export.files import whole
from seimeibun.export.outcome import Outcome
from seimeibun.tables.column import Column, Kind
from seimeibun.tables.schema import TABLES

if TYPE_CHECKING:
    from pandas import DataFrame

_DIGITS = 38  # of a decimal128
_TYPES: dict[Kind, Any] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "boolean": pa.bool_(),
    "date": pa.string(),  # a statement may name a day that no calendar type holds
}


def write(dataset: Dataset, path: Path) -> Outcome:
    tables = dataset.tables()
    outcome = Outcome(
        documents=len(tables["documents"]),
        spans=len(tables["annotations"]),
        relations=len(tables["relations"]),
    )
    for name, frame in tables.items():
        outcome.files.append(_write(path / f"{name}.parquet", _table(name, frame)))
    doc_ids = tables["documents"]["doc_id"].tolist()
    texts = pa.table({"doc_id": doc_ids, "text": [dataset.text(doc_id) for doc_id in doc_ids]})
    outcome.files.append(_write(path / "texts.parquet", texts))
    return outcome


def _write(path: Path, table: Any) -> Path:
    with whole(path) as temporary:
        pq.write_table(table, temporary)
    return path


def _table(name: str, frame: "DataFrame") -> Any:
    columns = [column for column in TABLES[name].columns if column.name in frame]
    known = {column.name for column in columns}
    columns += [Column(added, "string", added, "", "") for added in frame if added not in known]
    arrays = [_array(column, frame[column.name]) for column in columns]
    fields = [
        pa.field(column.name, array.type, metadata={"title": column.title, "description": column.en})
        for column, array in zip(columns, arrays, strict=True)
    ]  # fmt: skip
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def _array(column: Column, cells: Any) -> Any:
    """Return the cells of a column with their Parquet type; "" and missing are null."""
    values = [None if _is_null(cell) else cell for cell in cells.astype(object)]
    if column.kind == "decimal":
        return pa.array(values, pa.decimal128(_DIGITS, _scale(values)))
    return pa.array(values, _TYPES[column.kind])


def _is_null(cell: Any) -> bool:
    return cell is None or cell is NA or cell == ""


def _scale(values: list[Decimal | None]) -> int:
    exponents = [value.as_tuple().exponent for value in values if value is not None]
    return max(
        (-exponent for exponent in exponents if isinstance(exponent, int) and exponent < 0),
        default=0,
    )
