"""One page of a PDF as lines: characters and places by PDFium, columns of vertical writing by us."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium
from pypdfium2 import raw

from seimeibun.sources.conservation import visible
from seimeibun.sources.pdf_aside import is_off_paper, n_notes, readings
from seimeibun.sources.pdf_rows import rows_of
from seimeibun.sources.pdf_signs import Sign, lies_on_its_side, place, signs_of

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
    n_readings: int = 0  # characters
    n_off_paper: int = 0  # characters
    n_notes: int = 0


def read_page(document: pdfium.PdfDocument, index: int, bound: int) -> Page:
    """Return page ``index`` (from 0); one of more than ``bound`` characters is counted, not read."""
    page, text_page = _upright(document, index)
    try:
        n_chars = text_page.count_chars()
        if n_chars > bound:
            return Page(index + 1, (), 0, 0, n_chars, has_image=False, vertical=False)
        signs, unreadable = signs_of(text_page, n_chars)
        shown_signs = [sign for sign in signs if sign.text.strip()]
        vertical = _is_vertical(shown_signs[:_SAMPLE], text_page)
        if vertical:
            place(shown_signs, text_page)
        rows = [
            _trimmed(row)
            for row in (_columns(shown_signs) if vertical else rows_of(signs, text_page))
        ]
        rows = [row for row in rows if row]
        off = {at for at, row in enumerate(rows) if is_off_paper(row, page, text_page)}
        small = set() if vertical else set(readings(rows, text_page)) - off
        shown = visible(text_page.get_text_range()) + unreadable
        return Page(
            number=index + 1,
            lines=tuple(
                _line(at, row, page)
                for at, row in enumerate(rows)
                if at not in off and at not in small
            ),
            n_visible=shown,
            n_unreadable=unreadable,
            n_chars=n_chars,
            has_image=shown < 1_000 and _has_image(page),
            vertical=vertical,
            n_readings=sum(visible(_text(rows[at])) for at in small),
            n_off_paper=sum(visible(_text(rows[at])) for at in off),
            n_notes=n_notes(page),
        )
    finally:
        text_page.close()
        page.close()


def _upright(document: pdfium.PdfDocument, index: int) -> tuple[pdfium.PdfPage, pdfium.PdfTextPage]:
    """Return a page and its text; PDFium gives the lines in reverse where the page, not its text, is turned."""
    page = document[index]
    text_page = page.get_textpage()
    turned = page.get_rotation() and text_page.count_chars()
    if turned and not lies_on_its_side(Sign("", 0), text_page):
        text_page.close()
        page.set_rotation(0)
        page.close()
        page = document[index]
        text_page = page.get_textpage()
    return page, text_page


def _trimmed(row: Sequence[Sign]) -> list[Sign]:
    """Return a row without white space at its ends."""
    shown = [at for at, sign in enumerate(row) if sign.text.strip(" \t\x00")]
    return list(row[shown[0] : shown[-1] + 1]) if shown else []


def _text(row: Sequence[Sign]) -> str:
    return "".join(sign.text for sign in row)


def _is_vertical(sample: Sequence[Sign], text_page: pdfium.PdfTextPage) -> bool:
    """Tell vertical writing: the characters follow each other downwards, and none lies on its side."""
    place(sample, text_page)
    steps = [(abs(b.x - a.x), a.y - b.y) for a, b in pairwise(sample)]
    down = sum(dy > 1 and dx < 0.5 * dy for dx, dy in steps)
    across = sum(dx > 1 and abs(dy) < 0.5 * dx for dx, dy in steps)
    return down >= 4 and down > across and not lies_on_its_side(sample[0], text_page)


def _columns(shown: Sequence[Sign]) -> Iterator[list[Sign]]:
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
        columns: dict[float, list[Sign]] = {x: [] for x in sorted(anchors, reverse=True)}
        for sign in row:
            columns[min(anchors, key=lambda x: abs(x - sign.x))].append(sign)
        for column in columns.values():
            yield _downwards(column, size)


def _step(signs: Sequence[Sign]) -> float:
    """Return how far down the next character usually is."""
    steps = sorted(a.y - b.y for a, b in pairwise(signs) if 1 < a.y - b.y < 60)
    return steps[len(steps) // 2] if steps else 10.0


def _rows_of_columns(signs: Sequence[Sign], size: float) -> Iterator[list[Sign]]:
    """Part the page where nothing stands over its whole width."""
    row: list[Sign] = []
    for sign in sorted(signs, key=lambda sign: -sign.y):
        if row and row[-1].y - sign.y > 1.8 * size:
            yield row
            row = []
        row.append(sign)
    if row:
        yield row


def _anchors(signs: Sequence[Sign], size: float) -> list[float]:
    """Return where columns stand: most characters have one place across, digits set side by side do not."""
    anchors: list[float] = []
    for x, _ in Counter(round(sign.x, 1) for sign in signs).most_common():
        if all(abs(x - other) > 0.7 * size for other in anchors):
            anchors.append(x)
    return anchors


def _downwards(column: Sequence[Sign], size: float) -> list[Sign]:
    """Order a column, digits that stand side by side (縦中横) from left to right."""
    ordered: list[list[Sign]] = []
    for sign in column:  # which come by their height
        if ordered and ordered[-1][0].y - sign.y < 0.3 * size:
            ordered[-1].append(sign)
        else:
            ordered.append([sign])
    return [sign for level in ordered for sign in sorted(level, key=lambda sign: sign.x)]


def _line(at: int, row: Sequence[Sign], page: pdfium.PdfPage) -> PageLine:
    left, bottom, right, top = page.get_cropbox()
    across = (row[0].x - left) / max(1, right - left)
    up = (row[0].y - bottom) / max(1, top - bottom)
    # as the page is shown, not as it is stored
    height = {90: 1 - across, 180: 1 - up, 270: across}.get(page.get_rotation(), up)
    return PageLine(at, _text(row), height)


def _has_image(page: pdfium.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
