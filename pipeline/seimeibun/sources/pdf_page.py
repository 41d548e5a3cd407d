"""One page of a PDF as lines: characters and places by PDFium, columns of vertical writing by us."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from ctypes import c_double
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium
from pypdfium2 import raw

from seimeibun.sources.conservation import visible

_UNREADABLE = {0x0, 0xFFFE, 0xFFFF}  # the font does not say which character the glyph is
_HYPHEN = 0x2  # PDFium's sign for a hyphen at the end of a line
_SAMPLE = 600  # characters that tell the direction of writing


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line; ``at`` is its place on the page, ``height`` from 0 (foot) to 1 (head)."""

    at: int
    text: str
    height: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page; ``n_visible`` counts the characters that PDFium gives, apart from our lines."""

    number: int  # from 1
    lines: tuple[PageLine, ...]
    n_visible: int
    n_unreadable: int
    n_chars: int
    has_image: bool
    vertical: bool


@dataclass(slots=True)
class _Sign:
    """A character, its index on the page, and the point that it stands at, where that was asked for."""

    text: str
    index: int
    x: float = 0
    y: float = 0


def read_page(document: pdfium.PdfDocument, index: int, bound: int) -> Page:
    """Return page ``index`` (from 0); one of more than ``bound`` characters is counted, not read."""
    page = document[index]
    text_page = page.get_textpage()
    try:
        n_chars = text_page.count_chars()
        if n_chars > bound:
            return Page(index + 1, (), 0, 0, n_chars, has_image=False, vertical=False)
        signs, unreadable = _signs(text_page, n_chars)
        shown_signs = [sign for sign in signs if sign.text.strip()]
        vertical = _is_vertical(shown_signs[:_SAMPLE], text_page)
        if vertical:
            _place(shown_signs, text_page)
        groups = list(_columns(shown_signs) if vertical else _rows(signs))
        shown = visible(text_page.get_text_range()) + unreadable
        return Page(
            number=index + 1,
            lines=tuple(_lines(groups, page, text_page)),
            n_visible=shown,
            n_unreadable=unreadable,
            n_chars=n_chars,
            has_image=shown < 1_000 and _has_image(page),
            vertical=vertical,
        )
    finally:
        text_page.close()
        page.close()


def _signs(text_page: pdfium.PdfTextPage, count: int) -> tuple[list[_Sign], int]:
    """Return the characters of a page, halves of surrogate pairs joined, and how many have no code."""
    signs: list[_Sign] = []
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
        signs.append(_Sign("-" if code == _HYPHEN else chr(code), index))
    return signs, unreadable


def _place(signs: Iterable[_Sign], text_page: pdfium.PdfTextPage) -> None:
    """Ask where the characters stand; that takes longer than what they are."""
    handle, x, y = text_page.raw, c_double(), c_double()
    for sign in signs:
        raw.FPDFText_GetCharOrigin(handle, sign.index, x, y)
        sign.x, sign.y = x.value, y.value


def _is_vertical(sample: Sequence[_Sign], text_page: pdfium.PdfTextPage) -> bool:
    """Tell vertical writing: the characters follow each other downwards, and none lies on its side."""
    _place(sample, text_page)
    steps = [(abs(b.x - a.x), a.y - b.y) for a, b in pairwise(sample)]
    down = sum(dy > 1 and dx < 0.5 * dy for dx, dy in steps)
    across = sum(dx > 1 and abs(dy) < 0.5 * dx for dx, dy in steps)
    turned = sample and abs(raw.FPDFText_GetCharAngle(text_page.raw, 0)) % 3.14159 > 0.5
    return down >= 4 and down > across and not turned


def _rows(signs: Sequence[_Sign]) -> Iterator[list[_Sign]]:
    """Yield the lines of horizontal writing as PDFium broke them."""
    row: list[_Sign] = []
    for sign in signs:
        if sign.text in "\r\n":
            yield row
            row = []
        else:
            row.append(sign)
    yield row


def _columns(shown: Sequence[_Sign]) -> Iterator[list[_Sign]]:
    """Yield the columns of vertical writing by where they stand: rows of them (段) downwards, each right to left.

    PDFium gives short columns in an order of its own. A row no higher than one character is a line of
    horizontal writing, such as a page number.
    """
    size = _step(shown)
    for row in _rows_of_columns(shown, size):
        if row[0].y - row[-1].y < 0.5 * size:
            yield sorted(row, key=lambda sign: sign.x)
            continue
        anchors = _anchors(row, size)
        columns: dict[float, list[_Sign]] = {x: [] for x in sorted(anchors, reverse=True)}
        for sign in row:
            columns[min(anchors, key=lambda x: abs(x - sign.x))].append(sign)
        for column in columns.values():
            yield _downwards(column, size)


def _step(signs: Sequence[_Sign]) -> float:
    """Return how far down the next character usually is."""
    steps = sorted(a.y - b.y for a, b in pairwise(signs) if 1 < a.y - b.y < 60)
    return steps[len(steps) // 2] if steps else 10.0


def _rows_of_columns(signs: Sequence[_Sign], size: float) -> Iterator[list[_Sign]]:
    """Part the page where nothing stands over its whole width."""
    row: list[_Sign] = []
    for sign in sorted(signs, key=lambda sign: -sign.y):
        if row and row[-1].y - sign.y > 1.8 * size:
            yield row
            row = []
        row.append(sign)
    if row:
        yield row


def _anchors(signs: Sequence[_Sign], size: float) -> list[float]:
    """Return where columns stand: most characters have one place across, digits set side by side do not."""
    anchors: list[float] = []
    for x, _ in Counter(round(sign.x, 1) for sign in signs).most_common():
        if all(abs(x - other) > 0.7 * size for other in anchors):
            anchors.append(x)
    return anchors


def _downwards(column: Sequence[_Sign], size: float) -> list[_Sign]:
    """Order a column, digits that stand side by side (縦中横) from left to right."""
    ordered: list[list[_Sign]] = []
    for sign in column:  # which come by their height
        if ordered and ordered[-1][0].y - sign.y < 0.3 * size:
            ordered[-1].append(sign)
        else:
            ordered.append([sign])
    return [sign for level in ordered for sign in sorted(level, key=lambda sign: sign.x)]


def _lines(
    groups: Sequence[Sequence[_Sign]], page: pdfium.PdfPage, text_page: pdfium.PdfTextPage
) -> Iterator[PageLine]:
    left, bottom, right, top = page.get_cropbox()
    turn = page.get_rotation()
    for at, group in enumerate(groups):
        text = "".join(sign.text for sign in group).strip(" \t\x00")
        first = next((sign for sign in group if sign.text.strip()), None)
        if text and first is not None:
            _place([first], text_page)
            across = (first.x - left) / max(1, right - left)
            up = (first.y - bottom) / max(1, top - bottom)
            # as the page is shown, not as it is stored
            yield PageLine(at, text, {90: 1 - across, 180: 1 - up, 270: across}.get(turn, up))


def _has_image(page: pdfium.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
