"""A dataset from a folder, every value as it was."""

import json
import os
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pandas as pd

from seimeibun.tables import checks, datapackage, dialect, frames
from seimeibun.tables.column import Column, Table
from seimeibun.tables.schema import TABLES

_TRUTH = {"true": True, "false": False}


def read_dataset(folder: str | os.PathLike[str], *, check: bool = True) -> dict[str, pd.DataFrame]:
    """Return the tables of the dataset in ``folder``, by name.

    Text is ``str`` with "" for null (the string ``NA`` stays that), numbers are ``Int64``, truth values
    ``boolean``, amounts ``Decimal`` objects with None for null; the formula guard is taken off. Columns
    that someone added are kept as text. With ``check`` what is not as declared is an error.
    """
    folder = Path(folder)
    if not folder.is_dir():
        message = f"no such folder: {folder}; a dataset is what `seimeibun annotate … -o` wrote"
        raise FileNotFoundError(message)
    guarded = _guarded(folder / datapackage.NAME)
    tables = {name: read_table(folder / f"{name}.csv", guarded=guarded) for name in TABLES}
    if check and (problems := checks.problems(tables)):
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        message = f"{folder}: {problems[0]}{more}"
        raise ValueError(message)
    return tables


def read_strings(folder: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of the table ``name`` as they stand in the file, without guard."""
    path = folder / f"{name}.csv"
    header, rows = _read(path)
    table = TABLES[name]
    guarded = _guarded(folder / datapackage.NAME)
    strip = {name for name, column in table.by_name.items() if guarded and column.guarded}
    return [
        {
            name: dialect.unguard(cell) if name in strip else cell
            for name, cell in zip(header, row, strict=True)
        }
        for row in rows
    ]


def read_table(path: Path, *, guarded: bool = True) -> pd.DataFrame:
    """Return the table in ``path``, which is named after it."""
    table = TABLES[path.stem]
    header, rows = _read(path)
    cells = dict(zip(header, zip(*rows, strict=True) if rows else [()] * len(header), strict=True))
    return pd.DataFrame(
        {
            column.name: frames.series(
                column, _values(path.name, column, cells[column.name], guarded=guarded)
            )
            for column in [*table.columns, *_added(table, header)]
        }
    )


def _read(path: Path) -> tuple[list[str], list[list[str]]]:
    """Return header and rows of a table that has at least the columns it must have."""
    if not path.is_file():
        message = f"{path} is missing; a dataset has {', '.join(f'{name}.csv' for name in TABLES)}"
        raise FileNotFoundError(message)
    with path.open(encoding=dialect.ENCODING, newline="") as file:
        header, rows = dialect.read_rows(file, name=path.name)
    if missing := [name for name in TABLES[path.stem].names if name not in header]:
        message = (
            f"{path.name}:1: no column {', '.join(missing)}; the header is {', '.join(header)}"
        )
        raise ValueError(message)
    return header, rows


def _added(table: Table, header: list[str]) -> list[Column]:
    return [Column(name, "string", name, "", "") for name in header if name not in table.by_name]


def is_guarded(folder: Path) -> bool:
    """Tell whether the dataset in ``folder`` was written with the formula guard."""
    return _guarded(folder / datapackage.NAME)


def _guarded(path: Path) -> bool:
    """Tell whether the dataset was written with the formula guard; it is, unless it says otherwise."""
    if not path.is_file():
        return True
    try:
        return datapackage.is_guarded(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError):
        return True


def _values(name: str, column: Column, cells: tuple[str, ...], *, guarded: bool) -> list[Any]:
    if column.kind in {"string", "date"}:
        return (
            [dialect.unguard(cell) for cell in cells] if guarded and column.guarded else list(cells)
        )
    read, expected = _READERS[column.kind]
    values = []
    for number, cell in enumerate(cells, 2):
        try:
            values.append(read(cell) if cell else None)
        except (ValueError, KeyError, InvalidOperation):
            message = f"{name}: row {number}: {column.name} is {cell!r}; it must be {expected}"
            raise ValueError(message) from None
    return values


_READERS: dict[str, tuple[Callable[[str], Any], str]] = {
    "integer": (int, "a whole number"),
    "decimal": (Decimal, "a decimal number"),
    "boolean": (_TRUTH.__getitem__, "true or false"),
}
