"""Cells that Excel takes as they are: no formula, no date, no number where text is meant."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from seimeibun.export.files import whole
from seimeibun.export.textual import utf16_offsets
from seimeibun.tables.dialect import begins_formula

LONGEST = 32_767  # UTF-16 units in a cell
CUT = "…(以下省略)"
# what XML 1.0 cannot hold: controls, lone surrogates, U+FFFE and U+FFFF
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EXACT = 15  # digits that Excel keeps of a number
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
# a fixed date of making, so that the same dataset gives the same bytes
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def printable(text: str) -> str:
    r"""Return ``text`` as a cell can hold it: line ends LF, no control characters, not too long.

    >>> printable("甲\r\n乙\x0c丙")
    '甲\n乙丙'
    """
    text = _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) * 2 <= LONGEST:
        return text
    offsets = utf16_offsets(text)
    if offsets[-1] <= LONGEST:
        return text
    room = LONGEST - len(CUT)
    return text[: next(n for n, offset in enumerate(offsets) if offset > room) - 1] + CUT


class Workbook:
    """An ``.xlsx`` file in the making; text is always written as text."""

    def __init__(self, path: Path) -> None:
        self.book = xlsxwriter.Workbook(str(path), _OPTIONS)
        self.book.set_properties({"created": _MADE, "comments": "seimeibun"})
        self.text = self.book.add_format({"num_format": "@", "valign": "top"})
        # the apostrophe of a spreadsheet: the cell stays text when someone edits it
        self.quoted = self.book.add_format(
            {"num_format": "@", "valign": "top", "quote_prefix": True}
        )
        self.wrapped = self.book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self.number = self.book.add_format({"num_format": "0", "valign": "top"})
        self.amount = self.book.add_format({"num_format": "#,##0.############", "valign": "top"})
        self.header = self.book.add_format(
            {
                "bold": True,
                "bg_color": "#1f3a5f",
                "font_color": "#ffffff",
                "valign": "vcenter",
                "border": 1,
            }
        )
        self.shortened = 0

    def write(self, sheet: Any, row: int, column: int, value: Any, style: Any = None) -> None:
        """Write a cell; None and "" leave it empty, unless it has a style of its own."""
        if value is None or value == "":
            if style is not None:
                sheet.write_blank(row, column, None, style)
        elif isinstance(value, str):
            self._write_text(sheet, row, column, value, style)
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value, style or self.text)
        elif isinstance(value, Decimal):
            self._write_amount(sheet, row, column, value)
        else:
            sheet.write_number(row, column, int(value), style or self.number)

    def _write_text(self, sheet: Any, row: int, column: int, value: str, style: Any) -> None:
        shown = printable(value)
        self.shortened += shown.endswith(CUT) and not value.endswith(CUT)
        fallback = self.quoted if begins_formula(shown) else self.text
        sheet.write_string(row, column, shown, style or fallback)

    def _write_amount(self, sheet: Any, row: int, column: int, value: Decimal) -> None:
        """Write a decimal as a number where Excel keeps all its digits, else as text."""
        if len(value.normalize().as_tuple().digits) <= _EXACT:
            sheet.write_number(row, column, float(value), self.amount)
        else:
            sheet.write_string(row, column, f"{value:f}", self.text)

    def add_header(
        self, sheet: Any, titles: Sequence[str], n_rows: int, *, frozen: int = 0
    ) -> None:
        """Write the first row, freeze it with ``frozen`` columns, and let every column be filtered."""
        for column, title in enumerate(titles):
            sheet.write_string(0, column, title, self.header)
        sheet.set_row(0, 24)
        sheet.freeze_panes(1, frozen)
        sheet.autofilter(0, 0, max(n_rows, 1), len(titles) - 1)


@contextmanager
def workbook(path: Path) -> Iterator[Workbook]:
    """Give a workbook that becomes ``path`` if all goes well."""
    with whole(path) as temporary:
        book = Workbook(temporary)
        yield book
        book.book.close()
