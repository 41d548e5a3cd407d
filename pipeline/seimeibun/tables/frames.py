"""Columns of Python values to DataFrames and back: the one place that knows the pandas types.

Text and ISO dates are ``str`` with "" for null, numbers ``Int64``, truth values ``boolean``, amounts
``Decimal`` objects (None for null): exact, and they add up.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from seimeibun.tables.column import Column, Table

DTYPES: dict[str, Any] = {
    "string": pd.StringDtype("python", na_value=float("nan")),
    "date": pd.StringDtype("python", na_value=float("nan")),
    "integer": pd.Int64Dtype(),
    "boolean": pd.BooleanDtype(),
    "decimal": object,
}


def frame(table: Table, columns: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """Return the table's DataFrame; ``columns`` hold one sequence a column, None for a null number."""
    return pd.DataFrame(
        {column.name: series(column, columns[column.name]) for column in table.columns}
    )


def series(column: Column, values: Sequence[Any]) -> pd.Series:
    made: pd.Series = pd.Series(values, dtype=DTYPES[column.kind], name=column.name)
    return made


def empty(table: Table) -> pd.DataFrame:
    return frame(table, {column.name: [] for column in table.columns})


def values(df: pd.DataFrame, column: Column) -> list[Any]:
    """Return a column as Python values, None for a null number and "" for a null text."""
    data = df[column.name]
    null = "" if column.kind in {"string", "date"} else None
    if data.hasnans:
        return [
            null if missing else value
            for value, missing in zip(data.tolist(), data.isna(), strict=True)
        ]
    return list(data.tolist())
