"""``annotations.xlsx``: the tables as sheets with Japanese headings (extra ``excel``).

Every column of every table but tokens and sentences; the sheet 列の説明 says what the columns mean and how they are
called in the CSV. Text is written as text (``=1+1`` is no formula, ``5-6`` no date), amounts of up to 15 digits
and counts as numbers, days as ISO text (Excel knows none before 1900). Not carried: control characters; what
stands behind 32,767 units of a cell.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pandas import NA

from seimeibun.export.dataset import Dataset
from seimeibun.export.outcome import Outcome
from seimeibun.export.workbook import Workbook, workbook
from seimeibun.tables.column import Column, Table
from seimeibun.tables.schema import TABLES

if TYPE_CHECKING:
    from pandas import DataFrame

SHEETS = (
    "agreements", "money", "dates", "annotations", "relations", "entities", "documents", "parties",
    "paragraphs", "errors",
)  # fmt: skip
MEANINGS = "列の説明"
_MOST_ROWS = 1_048_575  # of a sheet, beside the header
_WIDTHS = {
    "sentence": 70, "object_text": 60, "text": 28, "span_id": 8, "doc_id": 24, "title": 44, "message": 60,
    "warnings": 40, "source_path": 30, "head_span_id": 22, "dep_span_id": 22, "canonical": 32, "value": 22,
}  # fmt: skip
_NARROW, _USUAL = 10, 16


def write(dataset: Dataset, path: Path) -> Outcome:
    tables = dataset.tables()
    outcome = Outcome(
        documents=len(tables["documents"]),
        spans=len(tables["annotations"]),
        relations=len(tables["relations"]),
    )
    with workbook(path) as book:
        for name in SHEETS:
            _add_sheet(book, TABLES[name], tables[name])
        _add_meanings(book)
    outcome.files.append(path)
    if book.shortened:
        outcome.notes.append(f"{book.shortened} cells were cut at 32,767 characters")
    return outcome


def _add_sheet(book: Workbook, table: Table, frame: "DataFrame") -> None:
    """Add a table, on further sheets where it has more rows than one can hold."""
    for number, first in enumerate(range(0, max(len(frame), 1), _MOST_ROWS), 1):
        sheet = book.book.add_worksheet(table.title if number == 1 else f"{table.title}{number}")
        part = frame.iloc[first : first + _MOST_ROWS]
        columns = [column for column in table.columns if column.name in part]
        book.add_header(sheet, [column.title for column in columns], len(part), frozen=1)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, _width(column), book.text)
            for row, value in enumerate(_values(part[column.name]), 1):
                book.write(sheet, row, at, value)


def _width(column: Column) -> int:
    return _WIDTHS.get(column.name, _USUAL if column.kind == "string" else _NARROW)


def _values(cells: Any) -> list[Any]:
    return [None if cell is NA else cell for cell in cells.astype(object)]


def _add_meanings(book: Workbook) -> None:
    rows = [
        (
            TABLES[name].title,
            column.title,
            f"{name}.csv",
            column.name,
            column.ja,
            ", ".join(column.enum),
        )
        for name in SHEETS
        for column in TABLES[name].columns
    ]
    sheet = book.book.add_worksheet(MEANINGS)
    book.add_header(
        sheet, ("シート", "列", "CSV", "CSVの列名", "意味", "とりうる値"), len(rows), frozen=2
    )
    for column, width in enumerate((16, 18, 18, 22, 60, 60)):
        sheet.set_column(column, column, width, book.text)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            book.write(sheet, number, column, cell)
