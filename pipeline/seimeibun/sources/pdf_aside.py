"""What is on a PDF page and none of its text: readings over words, what lies off the paper, notes and forms."""

import re
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium
from pypdfium2 import raw

from seimeibun.sources.pdf_rows import box_of
from seimeibun.sources.pdf_signs import Sign, place

_READING = re.compile("[ぁ-ゖァ-ヺー・\\s]+")
_SMALL = 0.65  # of the size of the line that the reading belongs to
_NOTES = (raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FREETEXT)


def is_off_paper(row: Sequence[Sign], page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> bool:
    """Tell a line that nobody sees since it lies outside the page, such as what a printer cuts off."""
    left, bottom, right, top = page.get_cropbox()
    ends = [row[0], row[-1]]
    place(ends, text_page)
    return all(not (left <= sign.x <= right and bottom <= sign.y <= top) for sign in ends)


def readings(rows: Sequence[Sequence[Sign]], text_page: pdfium.PdfTextPage) -> Iterator[int]:
    """Yield which rows are readings (ルビ): kana alone, much smaller than the row before or after."""
    for at, row in enumerate(rows):
        if _READING.fullmatch("".join(sign.text for sign in row)):
            size = box_of(row[0], text_page).size
            beside = [*rows[max(0, at - 1) : at], *rows[at + 1 : at + 2]]
            if any(size < _SMALL * box_of(other[0], text_page).size for other in beside):
                yield at


def n_notes(page: pdfium.PdfPage) -> int:
    """Return how many notes and filled-in fields of a form lie over the page; their text is not read."""
    count = 0
    for at in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        note = raw.FPDFPage_GetAnnot(page.raw, at)
        if note:
            kind = raw.FPDFAnnot_GetSubtype(note)
            filled = kind == raw.FPDF_ANNOT_WIDGET and _has_text(note, b"V")
            count += filled or (kind in _NOTES and _has_text(note, b"Contents"))
            raw.FPDFPage_CloseAnnot(note)
    return count


def _has_text(note: raw.FPDF_ANNOTATION, key: bytes) -> bool:
    end: int = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    return end > 2  # bytes: more than the NUL at the end
