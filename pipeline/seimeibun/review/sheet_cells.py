"""A review sheet that somebody edited, read from its file: rows by name of column, and what cannot be read."""

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from seimeibun.export.review_sheet import ABOUT, ASKED, COLUMNS, DOCUMENTS, SHEET
from seimeibun.review.sheet import clean


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet; ``cells`` by column. ``at`` names a cell of it as Excel does: 確認!J12."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    letters: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells[name]

    def at(self, name: str) -> str:
        return f"{self.sheet}!{self.letters[name]}{self.number}"

    @property
    def asked(self) -> dict[str, str]:
        return {name: self.cells[name] for name in ASKED}


class SheetError(ValueError):
    """A sheet that cannot be imported; ``problems`` name sheet, row and column. Nothing was written."""

    def __init__(self, path: Path, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__(f"{path}: {self.problems[0]}")


@dataclass(slots=True)
class Sheet:
    """Spans and documents of a review sheet, and what in it is no text that can be read."""

    path: Path
    spans: list[Line] = field(default_factory=list)
    documents: dict[str, Line] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read_sheet(path: str | os.PathLike[str]) -> Sheet:
    """Return what stands in the workbook ``path``; raises :class:`SheetError` where it is no review sheet."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    path = Path(path)
    if not path.is_file():
        message = f"no such file: {path}"
        raise FileNotFoundError(message)
    try:
        book = openpyxl.load_workbook(path)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, SyntaxError) as error:
        problem = f"Excel ブック(.xlsx)として開けません({type(error).__name__})。書き出したシートを .xlsx のまま保存してください"
        raise SheetError(path, [problem]) from None
    sheet = Sheet(path)
    if missing := [name for name in (SHEET, ABOUT) if name not in book.sheetnames]:
        problem = (
            f"シート「{missing[0]}」がありません。あるのは {'、'.join(book.sheetnames)} です。"
            "`seimeibun review export-sheet` で書き出したファイルを指定してください"
        )
        raise SheetError(path, [problem])
    sheet.spans = list(_lines(sheet, book[SHEET], COLUMNS))
    for line in _lines(sheet, book[ABOUT], DOCUMENTS):
        if line["doc_id"] in sheet.documents:
            sheet.problems.append(f"{line.at('doc_id')}: {line['doc_id']} が二度あります")
        sheet.documents[line["doc_id"]] = line
    return sheet


def _lines(sheet: Sheet, page: Any, wanted: Iterable[str]) -> Iterator[Line]:
    rows = page.iter_rows()
    head = [clean(str(cell.value or "")) for cell in next(rows, ())]
    at = {name: head.index(name) for name in wanted if name in head}
    if missing := [name for name in wanted if name not in at]:
        found = "、".join(filter(None, head)) or "なし"
        problem = (
            f"{page.title}!1: 列「{missing[0]}」がありません。ある列: {found}。列名は変えられません"
        )
        raise SheetError(sheet.path, [problem])
    letters = {name: _letter(column) for name, column in at.items()}
    for number, row in enumerate(rows, 2):
        cells = {}
        for name, column in at.items():
            cell, complaint = _text(row[column])
            cells[name] = clean(cell)
            if complaint:
                sheet.problems.append(f"{page.title}!{letters[name]}{number}: {name} {complaint}")
        if any(cells.values()):
            yield Line(page.title, number, cells, letters)


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column + 1))


def _text(cell: Any) -> tuple[str, str]:
    """Return the text of a cell and what is wrong with it; a spreadsheet makes numbers and dates of text."""
    value = cell.value
    if value is None:
        return "", ""
    if cell.data_type == "f":
        return "", f"が数式です({value})。セルの書式を文字列にして書いてください"
    if cell.data_type == "e":
        return "", f"がエラー値です({value})"
    if isinstance(value, bool):
        return str(value).upper(), ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value)), ""
    if isinstance(value, datetime.date | datetime.time):
        return "", f"が日付に変わっています({value})。セルの書式を文字列にして書き直してください"
    return str(value), ""
