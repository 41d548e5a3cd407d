"""The CSV dialect: what Excel opens without harm and Python reads back to the last character.

UTF-8 with BOM (Japanese Excel takes other UTF-8 for cp932), CRLF, quotes where needed (RFC 4180), empty
cells for null, ``true``/``false``, decimals without exponent. A cell that a spreadsheet would run as a
formula gets one ``'`` in front; so does one that begins with ``'`` and would otherwise be taken for such
a cell, which makes the guard reversible.
"""

import codecs
import csv
import io
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
_SUSPECT = frozenset("=+-@＝＋－＠\t\r\n'")  # what a cell begins with that may need the guard
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


def encodable(text: str) -> str:
    """Return ``text`` with a sign of as much room for each lone surrogate, which UTF-8 has not."""
    return _SURROGATES.sub("\ufffd", text)


def write_rows(
    file: IO[str], table: Table, columns: Iterable[Iterable[Any]], *, excel_guard: bool = True
) -> None:
    """Write header and rows; ``columns`` hold cells as the tables do, in the order of ``table.columns``."""
    file.write(_text([table.names, *_lines(table, columns, excel_guard=excel_guard)]))


def header_line(table: Table) -> bytes:
    """Return how the file of a table begins: the byte order mark and the names of the columns."""
    return codecs.BOM_UTF8 + _encoded([table.names])


def lines(table: Table, columns: Iterable[Iterable[Any]], *, excel_guard: bool = True) -> bytes:
    """Return rows as they stand behind the header; see :func:`write_rows`."""
    return _encoded(_lines(table, columns, excel_guard=excel_guard))


def rewritten(
    table: Table, data: bytes, names: list[str], *, guarded: bool, excel_guard: bool
) -> bytes:
    """Return the rows of :func:`lines` that had the columns ``names`` and were ``guarded`` or not as rows of now.

    A column that they had not is empty.
    """
    rows = csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True)
    plain = (dict(zip(names, row, strict=True)) for row in rows)
    return _encoded(
        [
            _reguarded(column, row.get(column.name, ""), guarded, excel_guard)
            for column in table.columns
        ]
        for row in plain
    )


def _reguarded(column: Column, cell: str, guarded: bool, excel_guard: bool) -> str:
    value = unguard(cell) if guarded and column.guarded else cell
    return guard(value) if excel_guard and column.guarded else value


def _encoded(rows: Iterable[Iterable[str]]) -> bytes:
    return _text(rows).encode("utf-8")


def _text(rows: Iterable[Iterable[str]]) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, dialect="excel", lineterminator="\r\n").writerows(rows)
    return encodable(file.getvalue())


def _lines(
    table: Table, columns: Iterable[Iterable[Any]], *, excel_guard: bool
) -> Iterator[tuple[str, ...]]:
    cells = [
        _cells(column, values, excel_guard=excel_guard)
        for column, values in zip(table.columns, columns, strict=True)
    ]
    return zip(*cells, strict=True)


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


def _cells(column: Column, values: Iterable[Any], *, excel_guard: bool) -> list[str]:
    if column.kind == "boolean":
        return ["" if value is None else "true" if value else "false" for value in values]
    if column.kind == "decimal":
        return ["" if value is None else plain_decimal(value) for value in values]
    if column.kind == "integer":
        return ["" if value is None else str(value) for value in values]
    if excel_guard and column.guarded:
        return [guard(text) if text[:1] in _SUSPECT else text for text in values]
    return list(values)
