"""Parquet, read back by pyarrow and pandas."""

from decimal import Decimal

import pandas as pd
import pyarrow.parquet as pq
import pytest

from seimeibun.tables.read import read_dataset
from seimeibun.tables.schema import TABLES


@pytest.fixture
def folder(write):
    return write("parquet")[0]


@pytest.mark.parametrize("name", TABLES)
def test_tables_come_back(folder, dataset, name):
    expected = read_dataset(dataset)[name]
    back = pq.read_table(folder / f"{name}.parquet").to_pylist()

    assert [list(row.values()) for row in back] == [
        [None if cell is pd.NA or cell == "" else cell for cell in row]
        for row in expected.astype(object).itertuples(index=False)
    ]


def test_types_titles_and_texts(folder, text):
    schema = pq.read_schema(folder / "money.parquet")

    assert str(schema.field("amount_max").type) == "decimal128(38, 8)"
    assert schema.field("currency").metadata[b"title"].decode() == "通貨"
    assert pd.read_parquet(folder / "money.parquet")["amount_min"].tolist() == [
        Decimal("300000000.50")
    ]
    assert pd.read_parquet(folder / "texts.parquet")["text"].tolist() == [text]
