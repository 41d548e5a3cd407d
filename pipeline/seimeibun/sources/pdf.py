"""PDF: the text of the pages, a form feed between them, without running heads and page numbers."""

import re
import zlib
from collections import Counter
from collections.abc import Sequence
from threading import Lock

import pypdfium2 as pdfium

from seimeibun.sources.conservation import Extraction, source_of
from seimeibun.sources.errors import SourceError
from seimeibun.sources.limits import Limits
from seimeibun.sources.page_frames import Frame, find_frame
from seimeibun.sources.pdf_page import Page, read_page
from seimeibun.sources.text import SourceText

MEDIA_TYPE = "application/pdf"

_PDFIUM = Lock()  # PDFium is not made for threads; processes are no matter
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_TWICE = re.compile(rb"/Filter\s*\[\s*/(?:FlateDecode|Fl)\s*/(?:FlateDecode|Fl)\b")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_HEADER = 2_000  # bytes before a stream among which its dictionary is
_PIECE = 1 << 20
_FEW = 20  # characters: a page with fewer, and a picture, is a scan
_SHOWN = 5  # pages or heads that a warning names


def read_pdf(data: bytes, name: str, *, limits: Limits) -> SourceText:
    """Return the text of a PDF; one that is encrypted, or a scan without text, is refused."""
    refuse_bombs(data, name, limits)
    with _PDFIUM:
        pages = _read_pages(data, name, limits)
    _refuse_without_text(pages, name)
    return source_of(_extraction(pages), data, name, media_type=MEDIA_TYPE, limits=limits)


def refuse_bombs(data: bytes, name: str, limits: Limits) -> None:
    """Refuse streams that grow beyond the limit when decompressed; pictures are never decompressed."""
    if _TWICE.search(data):
        limits.refuse(name, "max_ratio", "a stream is compressed twice: a decompression bomb")
    total = 0
    for found in _STREAM.finditer(data):
        start = found.end()
        if _is_deflated(data, start) and not _is_image(data, found.start()):
            total += _inflated(data, start, limits.max_bytes - total)
            if total > limits.max_bytes:
                found_bytes = f"the streams grow to more than {limits.max_bytes:,} bytes"
                limits.refuse(name, "max_bytes", found_bytes)


def _is_deflated(data: bytes, start: int) -> bool:
    head = data[start : start + 2]
    return len(head) == 2 and head[0] & 0x0F == 8 and int.from_bytes(head) % 31 == 0


def _is_image(data: bytes, at: int) -> bool:
    header = data[max(0, at - _HEADER) : at]
    return _IMAGE.search(header, max(0, header.rfind(b" obj"))) is not None


def _inflated(data: bytes, start: int, bound: int) -> int:
    """Return the size of a stream once decompressed, counted no further than just above ``bound``."""
    inflater = zlib.decompressobj()
    size, at = 0, start
    rest = b""
    try:
        while size <= bound and not inflater.eof and (rest or at < len(data)):
            if not rest:
                rest, at = data[at : at + 65_536], at + 65_536
            size += len(inflater.decompress(rest, _PIECE))
            rest = inflater.unconsumed_tail
    except zlib.error:
        pass  # PDFium reads what there is of a damaged stream, no more than was counted
    return size


def _read_pages(data: bytes, name: str, limits: Limits) -> list[Page]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _not_opened(error, name) from None
    with document:
        count = len(document)
        if count > limits.max_pages:
            limits.refuse(name, "max_pages", f"{count:,} pages")
        pages: list[Page] = []
        chars = 0
        for number in range(count):
            try:
                page = read_page(document, number, limits.max_chars - chars)
            except pdfium.PdfiumError as error:
                message = f"page {number + 1} cannot be read ({error}); the file is damaged"
                raise SourceError(name, "damaged", message) from None
            chars += page.n_chars
            if chars > limits.max_chars:
                limits.refuse(name, "max_chars", f"{chars:,} characters by page {number + 1}")
            pages.append(page)
    return pages


def _not_opened(error: Exception, name: str) -> SourceError:
    if "password" in str(error).lower() or "security" in str(error).lower():
        message = "the PDF is encrypted (暗号化・パスワード付き); save a copy without a password"
        return SourceError(name, "encrypted", message)
    return SourceError(name, "damaged", f"the PDF cannot be opened ({error}); save it anew")


def _refuse_without_text(pages: Sequence[Page], name: str) -> None:
    chars = sum(page.n_visible for page in pages)
    scanned = [page for page in pages if page.has_image and page.n_visible < _FEW]
    unreadable = sum(page.n_unreadable for page in pages)
    if scanned and chars < _FEW * len(pages):
        message = (
            f"スキャンPDF: OCR が必要 ({len(pages)} pages, {chars} characters); "
            "run OCR on it and annotate the result"
        )
        raise SourceError(name, "scanned", message)
    if not chars - unreadable:
        reason = "its fonts do not say which characters they show" if unreadable else "no text"
        message = f"文字情報のないPDF: OCR が必要 ({len(pages)} pages: {reason})"
        raise SourceError(name, "no_text", message)


def _extraction(pages: Sequence[Page]) -> Extraction:
    frame = find_frame(pages)
    kept = [
        [line.text for line in page.lines if (page.number, line.at) not in frame.dropped]
        for page in pages
    ]
    text = "\f".join("\n".join(lines) for lines in kept)
    dropped = Counter(
        {
            "page numbers": frame.n_number_chars,
            "running heads": frame.n_head_chars,
            "glyphs without a character": sum(page.n_unreadable for page in pages),
            "readings (ルビ)": sum(page.n_readings for page in pages),
            "outside the page": sum(page.n_off_paper for page in pages),
        }
    )
    return Extraction(
        text=text,
        n_visible=sum(page.n_visible for page in pages),
        dropped=dropped,
        warnings=tuple(_warnings(pages, frame)),
    )


def _warnings(pages: Sequence[Page], frame: Frame) -> list[str]:
    warnings = []
    if frame.heads:
        heads = "".join(f"「{head}」" for head in frame.heads[:_SHOWN])
        more = f" and {len(frame.heads) - _SHOWN} more" if len(frame.heads) > _SHOWN else ""
        warnings.append(f"running heads left out: {heads}{more}")
    if frame.n_numbers:
        warnings.append(f"page numbers of {frame.n_numbers} pages left out")
    if vertical := [page.number for page in pages if page.vertical]:
        warnings.append(
            f"縦書き: vertical writing on {_listed(vertical)}, columns read right to left"
        )
    if scanned := [page.number for page in pages if page.has_image and page.n_visible < _FEW]:
        warnings.append(f"スキャン: {_listed(scanned)} only a picture; OCR が必要")
    if read := sum(page.n_readings for page in pages):
        warnings.append(f"readings (ルビ) of {read} characters left out")
    if off := [page.number for page in pages if page.n_off_paper]:
        warnings.append(f"{_listed(off)}: text outside the page left out")
    if noted := [page.number for page in pages if page.n_notes]:
        count = sum(page.n_notes for page in pages)
        warnings.append(
            f"{count} notes or fields of a form (注釈・入力欄) not read: {_listed(noted)}; "
            "print the PDF to a new PDF to have them as text"
        )
    if unreadable := sum(page.n_unreadable for page in pages):
        warnings.append(f"{unreadable} glyphs left out: their font does not say which character")
    return warnings


def _listed(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:_SHOWN]))
    more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
    return f"page {shown}{more}"
