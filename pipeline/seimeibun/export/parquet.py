"""Parquet: ``<table>.parquet`` for every table, and ``texts.parquet`` (extra ``parquet``).

Carried: all rows and columns with their types (whole numbers, decimals of eight places, truth values; days are
ISO text) and titles, as :mod:`seimeibun.tables.parquet` has them. Null and the empty text are the same in the
dataset, and null here.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from seimeibun.export.dataset import Dataset
from seimeibun.export.files import whole
from seimeibun.export.outcome import Outcome
from seimeibun.tables.parquet import parts
from seimeibun.tables.read import is_guarded
from seimeibun.tables.schema import TABLES


def write(dataset: Dataset, path: Path) -> Outcome:
    guarded = is_guarded(dataset.folder)
    outcome = Outcome()
    rows = {}
    for name, table in TABLES.items():
        file = path / f"{name}.parquet"
        rows[name] = _write(file, parts(dataset.folder, table, guarded=guarded))
        outcome.files.append(file)
    outcome.documents, outcome.spans = rows["documents"], rows["annotations"]
    outcome.relations = rows["relations"]
    doc_ids = [row["doc_id"] for row in dataset.documents_table]
    texts = pa.table({"doc_id": doc_ids, "text": [dataset.text(doc_id) for doc_id in doc_ids]})
    _write(path / "texts.parquet", [texts])
    outcome.files.append(path / "texts.parquet")
    return outcome


def _write(path: Path, tables: Iterable[Any]) -> int:
    """Write the parts of a table as one file; return its number of rows."""
    rows = 0
    with whole(path) as temporary:
        writer = None
        for part in tables:
            writer = writer or pq.ParquetWriter(temporary, part.schema)
            writer.write_table(part)
            rows += part.num_rows
        if writer is not None:
            writer.close()
    return rows
