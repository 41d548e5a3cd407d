"""Characters of a PDF page, and where they stand."""

from collections.abc import Iterable
from ctypes import c_double
from dataclasses import dataclass
from math import pi

import pypdfium2 as pdfium
from pypdfium2 import raw

_UNREADABLE = {0x0, 0xFFFE, 0xFFFF}  # the font does not say which character the glyph is
_HYPHEN = 0x2  # PDFium's sign for a hyphen at the end of a line


@dataclass(slots=True)
class Sign:
    """A character, its index on the page, and the point that it stands at, where that was asked for."""

    text: str
    index: int
    x: float = 0
    y: float = 0


def signs_of(text_page: pdfium.PdfTextPage, count: int) -> tuple[list[Sign], int]:
    """Return the characters of a page, halves of surrogate pairs joined, and how many have no code."""
    signs: list[Sign] = []
    unreadable = 0
    high = 0
    handle = text_page.raw
    for index in range(count):
        code = raw.FPDFText_GetUnicode(handle, index)
        if code in _UNREADABLE:
            unreadable += 1
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        signs.append(Sign("-" if code == _HYPHEN else chr(code), index))
    return signs, unreadable


def place(signs: Iterable[Sign], text_page: pdfium.PdfTextPage) -> None:
    """Ask where the characters stand; that takes longer than what they are."""
    handle, x, y = text_page.raw, c_double(), c_double()
    for sign in signs:
        raw.FPDFText_GetCharOrigin(handle, sign.index, x, y)
        sign.x, sign.y = x.value, y.value


def lies_on_its_side(sign: Sign, text_page: pdfium.PdfTextPage) -> bool:
    """Tell a character that is turned to the left or to the right, as the page is stored."""
    angle: float = raw.FPDFText_GetCharAngle(text_page.raw, sign.index)
    return 0.5 < abs(angle) % pi < pi - 0.5
