"""The column dictionary: what each column of the comparison's tables means, in Japanese and English."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd


@dataclass(frozen=True, slots=True)
class Column:
    """What a reader sees of a column: Japanese title, and what it holds in both languages."""

    name: str
    title: str
    ja: str
    en: str


@cache
def columns() -> Mapping[str, Column]:
    path = Path(__file__).with_name("columns.tsv")
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    rows = csv.DictReader(lines, dialect="excel-tab", quoting=csv.QUOTE_NONE)
    return {row["name"]: Column(**row) for row in rows}


def title(name: str) -> str:
    """Return the Japanese title of a column, or its name where it has none (a column that was joined)."""
    known = columns().get(name)
    return known.title if known else name


def dictionary(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return one row a table and column."""
    rows = []
    for table, df in tables.items():
        for name in df.columns:
            column = columns().get(name) or Column(name, name, "", "")
            rows.append((table, name, column.title, column.ja, column.en))
    return pd.DataFrame(rows, columns=["table", "column", "title", "ja", "en"])
