"""The CSV dialect: what Excel opens without harm and Python reads back to the last character.

UTF-8 with BOM (Japanese Excel takes other UTF-8 for cp932), CRLF, quotes where needed (RFC 4180), empty
cells for null, ``true``/``false``, decimals without exponent. A cell that a spreadsheet would run as a
formula gets one ``'`` in front; so does one that begins with ``'`` and would otherwise be taken for such
a cell, which makes the guard reversible.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import IO, Any

from seimeibun.tables.column import Column, Table

ENCODING = "utf-8-sig"
_TRIGGERS = r"=+\-@＝＋－＠\t\r\n"
_FORMULA = re.compile(f"[{_TRIGGERS}]")
_NEEDS_GUARD = re.compile(rf"'*[{_TRIGGERS}]")
_GUARDED = re.compile(rf"'+[{_TRIGGERS}]")
_SURROGATES = re.compile("[\ud800-\udfff]")

csv.field_size_limit(1 << 30)  # a sentence without an end may fill a cell


def begins_formula(cell: str) -> bool:
    """Tell whether a spreadsheet may run ``cell``."""
    return _FORMULA.match(cell) is not None


def guard(cell: str) -> str:
    """Return ``cell`` such that no spreadsheet runs it.

    >>> [guard(cell) for cell in ["=1+1", "－ 両首脳は", "'=", "2025年", "'引用'"]]
    ["'=1+1", "'－ 両首脳は", "''=", '2025年', "'引用'"]
    """
    return "'" + cell if _NEEDS_GUARD.match(cell) else cell


def unguard(cell: str) -> str:
    """Return what :func:`guard` was given.

    >>> [unguard(cell) for cell in ["'=1+1", "''=", "'引用'"]]
    ['=1+1', "'=", "'引用'"]
    """
    return cell[1:] if _GUARDED.match(cell) else cell


def plain_decimal(value: Decimal) -> str:
    """Return the digits of ``value`` without exponent.

    >>> [plain_decimal(Decimal(text)) for text in ["3.6E+9", "1.50", "100"]]
    ['3600000000', '1.50', '100']
    """
    return f"{value:f}"


def write_rows(
    file: IO[str], table: Table, columns: Iterable[Iterable[Any]], *, excel_guard: bool = True
) -> None:
    """Write header and rows; ``columns`` hold cells as the tables do, in the order of ``table.columns``."""
    writer = csv.writer(file, dialect="excel", lineterminator="\r\n")
    writer.writerow(table.names)
    cells = [
        _cells(column, values, excel_guard=excel_guard)
        for column, values in zip(table.columns, columns, strict=True)
    ]
    writer.writerows(zip(*cells, strict=True))


def read_rows(file: IO[str], *, name: str) -> tuple[list[str], list[list[str]]]:
    """Return header and rows as strings; ``name`` stands in complaints."""
    reader = csv.reader(file, strict=True)
    try:
        header = next(reader, None)
        if header is None:
            message = f"{name}: the file is empty; a table has at least its header line"
            raise ValueError(message)
        rows = []
        for row in reader:
            if len(row) != len(header):
                message = (
                    f"{name}:{reader.line_num}: {len(row)} cells; the header has {len(header)}"
                )
                raise ValueError(message)
            rows.append(row)
    except csv.Error as error:
        message = f"{name}:{reader.line_num}: not CSV as we write it: {error}"
        raise ValueError(message) from None
    return header, rows


def _cells(
    column: Column, values: Iterable[Any], *, excel_guard: bool
) -> Iterator[str] | list[str]:
    if column.kind == "boolean":
        return ["" if value is None else "true" if value else "false" for value in values]
    if column.kind == "decimal":
        return ["" if value is None else plain_decimal(value) for value in values]
    if column.kind == "integer":
        return ["" if value is None else str(value) for value in values]
    texts = (_SURROGATES.sub("\ufffd", value) for value in values)  # UTF-8 has none
    if excel_guard and column.guarded:
        return (guard(text) for text in texts)
    return texts
