"""Lines of horizontal writing: broken by PDFium, parted into cells by the places of their characters."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from unicodedata import east_asian_width

import pypdfium2 as pdfium

from seimeibun.sources.pdf_signs import Sign, lies_on_its_side

# Sizes of a character that part cells, by how many of the two beside the gap are Western. A name has a space of
# one (湊　太郎), and justified Japanese has no gaps as wide, save in titles; a line of two or three Western words
# in a narrow column may have.
_CELL_GAPS = (1.5, 2.5, 5.0)
_SAME_LINE = (
    0.2  # of the height of the lower one: so much two characters on a line have beside each other
)


@dataclass(frozen=True, slots=True)
class Box:
    """Where a character stands, along its line and across it."""

    start: float
    end: float
    low: float
    high: float

    @property
    def size(self) -> float:
        return max(self.end - self.start, self.high - self.low, 0.1)


def rows_of(signs: Sequence[Sign], text_page: pdfium.PdfTextPage) -> Iterator[list[Sign]]:
    """Yield the lines of a page.

    PDFium has one space for a gap, however wide: a wide one, as between two signatures, becomes a tab. And
    it goes on with the line where a new one begins with a single character: that is broken.
    """
    for row in _broken_by_pdfium(signs):
        runs = [list(run) for _, run in groupby(row, key=lambda sign: sign.text == " ")]
        line: list[Sign] = []
        for at, run in enumerate(runs):
            if run[0].text != " " or at in {0, len(runs) - 1}:
                line += run
            elif not _is_same_line(runs[at - 1][-1], runs[at + 1][0], text_page):
                yield line
                line = []
            elif _parts_cells(runs[at - 1], runs[at + 1], text_page):
                line.append(Sign("\t", run[0].index))
            else:
                line += run
        yield line


def _broken_by_pdfium(signs: Sequence[Sign]) -> Iterator[list[Sign]]:
    row: list[Sign] = []
    for sign in signs:
        if sign.text in "\r\n":
            yield row
            row = []
        else:
            row.append(sign)
    yield row


def _is_same_line(left: Sign, right: Sign, text_page: pdfium.PdfTextPage) -> bool:
    one, other = box_of(left, text_page), box_of(right, text_page)
    shared = min(one.high, other.high) - max(one.low, other.low)
    return shared > _SAME_LINE * min(one.high - one.low, other.high - other.low)


def _parts_cells(
    before: Sequence[Sign], after: Sequence[Sign], text_page: pdfium.PdfTextPage
) -> bool:
    """Tell a gap as between columns; beside a single character it is none, since titles are spaced out so."""
    if len(before) < 2 or len(after) < 2:
        return False
    left, right = before[-1], after[0]
    one, other = box_of(left, text_page), box_of(right, text_page)
    apart = max(one.start, other.start) - min(one.end, other.end)
    western = sum(east_asian_width(sign.text) in {"Na", "N"} for sign in (left, right))
    return apart > _CELL_GAPS[western] * max(one.size, other.size)


def box_of(sign: Sign, text_page: pdfium.PdfTextPage) -> Box:
    """Return where a character stands."""
    left, bottom, right, top = text_page.get_charbox(sign.index, loose=True)
    if lies_on_its_side(sign, text_page):
        return Box(bottom, top, left, right)
    return Box(left, right, bottom, top)
