"""Checks of the tables before they are written and after they are read, from the declaration."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

import pandas as pd
import pandera.pandas as pa

from seimeibun.tables.cells import ISO_DATE
from seimeibun.tables.column import Column
from seimeibun.tables.frames import DTYPES
from seimeibun.tables.schema import TABLES

Test = Callable[[pd.Series], pd.Series]  # which cells are right


class Problem(NamedTuple):
    """A cell, or a whole column (``row`` is None), that is not as declared. ``row`` counts from 0."""

    table: str
    column: str
    row: int | None
    found: str
    expected: str

    def __str__(self) -> str:
        where = "" if self.row is None else f", row {self.row + 1}"
        return f"{self.table}.{self.column}{where}: {self.found!r}; it must be {self.expected}"


@cache
def pandera_schema(name: str) -> pa.DataFrameSchema:
    """Return the checks of the table ``name``; further columns may stand behind the declared ones."""
    table = TABLES[name]
    columns = {column.name: _pandera_column(column) for column in table.columns}
    return pa.DataFrameSchema(columns, unique=list(table.key), strict=False, name=name)


def problems(tables: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """Return what in the tables is not as declared: types, nulls, enumerations, keys."""
    return [
        problem for name, df in tables.items() if name in TABLES for problem in _problems(name, df)
    ]


def _problems(name: str, df: pd.DataFrame) -> list[Problem]:
    try:
        pandera_schema(name).validate(df, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        found = []
        for case in cases.to_dict("records"):
            column = (
                case["column"] if isinstance(case["column"], str) else "+".join(TABLES[name].key)
            )
            row = None if pd.isna(case["index"]) else int(case["index"])
            found.append(Problem(name, column, row, str(case["failure_case"]), str(case["check"])))
        return found
    return []


def _pandera_column(column: Column) -> pa.Column:
    checks = []
    text = column.kind in {"string", "date"}
    if column.enum:
        checks.append(_check(f"one of {', '.join(column.enum)}", _one_of(column)))
    elif text and not column.nullable:
        checks.append(_check("not empty", lambda cells: cells != ""))
    if column.kind == "date":
        checks.append(
            _check("an ISO date", lambda cells: (cells == "") | cells.str.fullmatch(ISO_DATE))
        )
    if column.minimum is not None:
        least = column.minimum
        checks.append(_check(f"at least {least}", lambda cells: cells >= least))
    nullable = column.nullable and not text
    dtype = None if column.kind == "decimal" else DTYPES[column.kind]
    return pa.Column(dtype, checks, nullable=nullable, name=column.name)


def _one_of(column: Column) -> Test:
    allowed = {*column.enum, *([""] if column.nullable else [])}
    return lambda cells: cells.isin(allowed)


def _check(expected: str, test: Test) -> pa.Check:
    return pa.Check(test, error=expected, ignore_na=True)
