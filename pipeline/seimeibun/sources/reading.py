"""A file of any format as a source text: what it is shows in its bytes, not in its name."""

import re
from pathlib import Path
from zipfile import BadZipFile

from seimeibun.sources.archive import open_archive, read_member, split_path
from seimeibun.sources.candidates import HEAD
from seimeibun.sources.decoding import decode
from seimeibun.sources.errors import SourceError
from seimeibun.sources.files import read_bytes
from seimeibun.sources.limits import DEFAULT, Limits
from seimeibun.sources.plain import refuse_what_is_no_text, text_of
from seimeibun.sources.signatures import signature_of
from seimeibun.sources.text import SourceText

_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|(?:html|head|body|meta|title|div|p|table|h[1-6]|ul|ol|article|section|main|center|font|pre|br)\b[^<>]*>)",
    re.IGNORECASE | re.DOTALL,
)
_MARKUP_BYTES = re.compile(rb"\s*<[!?a-z]", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.IGNORECASE)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # a name in the container
_OTHERS = {
    "word/vbaProject.bin": "a Word file with macros; save it as .docx",
    "xl/workbook.xml": "an Excel workbook; save the text of it as .docx or PDF",
    "ppt/presentation.xml": "a PowerPoint file; save it as PDF",
    "mimetype": "an OpenDocument file or EPUB; save it as .docx or PDF",
}


def read_source(
    path: str | Path, *, encoding: str | None = None, limits: Limits = DEFAULT, selector: str = ""
) -> SourceText:
    """Return the text of a file: plain text, HTML, PDF or DOCX, or such a file in a ZIP (``a.zip!b.txt``).

    ``encoding`` overrides what the bytes of a text or a web page suggest, ``selector`` (CSS) says which part of
    a web page is the statement. What cannot be read is a :class:`SourceError`.
    """
    inside = split_path(path)
    data = read_member(*inside, limits) if inside else read_bytes(path, limits)
    return source_from(data, str(path), encoding=encoding, limits=limits, selector=selector)


def source_from(
    data: bytes,
    name: str,
    *,
    encoding: str | None = None,
    limits: Limits = DEFAULT,
    selector: str = "",
) -> SourceText:
    """Return the text that the bytes of the file ``name`` hold, by their format."""
    signature = signature_of(data)
    if signature and signature.name == "pdf":
        from seimeibun.sources.pdf import read_pdf

        return read_pdf(data, name, limits=limits)
    if signature and signature.name == "zip":
        return _from_container(data, name, limits)
    if signature and signature.name == "ole" and _ENCRYPTED in data:
        message = "the Word file has a password (暗号化・パスワード付き); save a copy without"
        raise SourceError(name, "encrypted", message)
    if signature:
        raise SourceError(name, "format", f"this is {signature.kind}; {signature.advice}")
    if encoding is None and not _MARKUP_BYTES.match(_without_mark(data[:HEAD])):
        return text_of(data, name, encoding=None, limits=limits)
    refuse_what_is_no_text(data, name, encoded=encoding is not None)
    found = decode(data, name, encoding=encoding, declared=_charset(data))
    if not _MARKUP.match(found.text):
        if found.text.lstrip().startswith("<?xml"):
            message = "this is an XML file of another kind; save it as text, HTML, PDF or DOCX"
            raise SourceError(name, "format", message)
        return text_of(data, name, encoding=encoding, limits=limits)
    from seimeibun.sources.html import read_html

    return read_html(found, data, name, limits=limits, selector=selector)


def _without_mark(head: bytes) -> bytes:
    """Return the beginning of a text as ASCII shows it, also of UTF-16."""
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"")


def _charset(data: bytes) -> str:
    found = _CHARSET.search(data[:HEAD])
    return found[1].decode("ascii") if found else ""


def _from_container(data: bytes, name: str, limits: Limits) -> SourceText:
    try:
        with open_archive(data, name, limits) as archive:
            names = set(archive.namelist())
    except BadZipFile as error:
        raise SourceError(name, "damaged", f"the container cannot be read ({error})") from None
    for part, advice in _OTHERS.items():
        if part in names:
            raise SourceError(name, "format", f"this is {advice}")
    if "word/document.xml" in names:
        from seimeibun.sources.docx import read_docx

        return read_docx(data, name, limits=limits)
    if split_path(name):
        message = "this is a ZIP archive inside an archive; unpack it first"
        raise SourceError(name, "format", message)
    message = "this is a ZIP archive; name a file in it (a.zip!b.txt), or annotate the archive"
    raise SourceError(name, "format", message)
