"""What a file is, by the bytes that it begins with."""

from dataclasses import dataclass

_TEXT = "save it as text, HTML, PDF or DOCX"
_IMAGE = "a picture of text needs OCR first"
_LEADING = b"\xef\xbb\xbf \t\r\n\x00"  # stands before %PDF in files that went through many hands


@dataclass(frozen=True, slots=True)
class Signature:
    """A format that is not text: ``name`` for code, ``kind`` and ``advice`` for messages."""

    name: str
    kind: str
    advice: str


_SIGNATURES = (
    (b"%PDF-", Signature("pdf", "a PDF file", "read it with read_source")),
    (b"PK\x03\x04", Signature("zip", "a ZIP container (DOCX, XLSX, EPUB)", "read it with read_source")),
    (b"PK\x05\x06", Signature("zip", "an empty ZIP archive", "there is nothing to read")),
    (b"\xd0\xcf\x11\xe0", Signature("ole", "an old Office file", "save it as .docx or PDF")),
    (b"\x89PNG", Signature("image", "a PNG image", _IMAGE)),
    (b"\xff\xd8\xff", Signature("image", "a JPEG image", _IMAGE)),
    (b"GIF8", Signature("image", "a GIF image", _IMAGE)),
    (b"\x1f\x8b", Signature("gzip", "a gzip file", "decompress it first")),
    (b"BZh", Signature("bzip2", "a bzip2 file", "decompress it first")),
    (b"\xfd7zXZ", Signature("xz", "an xz file", "decompress it first")),
    (b"7z\xbc\xaf'\x1c", Signature("7z", "a 7z archive", "unpack it first")),
    (b"Rar!\x1a", Signature("rar", "a RAR archive", "unpack it first")),
    (b"{\\rtf", Signature("rtf", "an RTF file", _TEXT)),
    (b"From: <Saved by ", Signature("mhtml", "a web archive (MHTML)", "save the page as HTML")),
    (b"MIME-Version: ", Signature("mhtml", "a web archive (MHTML)", "save the page as HTML")),
)  # fmt: skip

_INSIDE = (
    (2, b"-lh", Signature("lzh", "an LZH archive", "unpack it first")),
    (257, b"ustar", Signature("tar", "a TAR archive", "unpack it first")),
)


def signature_of(data: bytes) -> Signature | None:
    """Return what the bytes are by their beginning, None for what may be text.

    >>> signature_of(b"%PDF-1.7 ...").kind, signature_of("共同声明".encode())
    ('a PDF file', None)
    """
    head = data[:1024].lstrip(_LEADING)
    for begin, signature in _SIGNATURES:
        if data.startswith(begin) or (signature.name == "pdf" and head.startswith(begin)):
            return signature
    return next((found for at, sign, found in _INSIDE if data.startswith(sign, at)), None)
