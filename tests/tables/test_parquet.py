import pandas as pd
import pytest

import seimeibun.tables
from seimeibun.tables.document import Document
from seimeibun.tables.read import read_dataset
from seimeibun.tables.schema import TABLES
from seimeibun.tables.write import write_dataset

pytest.importorskip("pyarrow", reason="needs the extra `parquet`")


@pytest.fixture
def written(make_doc, tmp_path):
    from seimeibun.tables.parquet import write_parquet

    doc = make_doc()
    texts = {doc._.doc_id: Document.of(doc).source}
    for guard in (False, True):  # the second in the place of the first
        write_dataset(seimeibun.tables([doc]), texts, tmp_path, excel_guard=guard)
        write_parquet(tmp_path, guarded=guard, rows=7)
    return tmp_path


@pytest.mark.parametrize("name", TABLES)
def test_the_rows_are_those_of_the_csv(written, name):
    parquet = pd.read_parquet(written / "parquet" / name, dtype_backend="numpy_nullable")
    csv = read_dataset(written)[name]

    assert list(parquet.columns) == TABLES[name].names
    for column in TABLES[name].columns:
        null = "" if column.kind in {"string", "date"} else None
        found = [null if pd.isna(value) else value for value in parquet[column.name]]
        want = [None if pd.isna(value) else value for value in csv[column.name]]
        assert found == want


def test_a_table_is_in_parts_of_so_many_rows(written):
    parts = sorted(path.name for path in (written / "parquet/tokens").iterdir())

    assert len(read_dataset(written)["tokens"]) > 14
    assert parts[:2] == ["part-00000.parquet", "part-00001.parquet"]
    assert not list(written.glob(".seimeibun-*"))
