"""Plain text files."""

import hashlib
import re
from contextlib import suppress
from pathlib import Path

from seimeibun.sources.conservation import direction_warnings, visible
from seimeibun.sources.decoding import decode, has_mark
from seimeibun.sources.errors import SourceError
from seimeibun.sources.files import read_bytes
from seimeibun.sources.garbled import garbled_warnings
from seimeibun.sources.limits import DEFAULT, Limits
from seimeibun.sources.signatures import signature_of
from seimeibun.sources.text import SourceText, newline_style

_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 40_000  # bytes that controls are counted in
_JAPANESE = re.compile("[ぁ-ゖァ-ヺー々〇一-鿿\uf900-\ufaff、。，．・「」『』（）０-９]")
_LONGEST = 4  # bytes of a character


def read_text(
    path: str | Path, *, encoding: str | None = None, limits: Limits = DEFAULT
) -> SourceText:
    """Return the text of a plain text file; ``encoding`` overrides what the bytes suggest.

    Bytes that cannot be decoded are an error with their position, never replaced.
    """
    return text_of(read_bytes(path, limits), str(path), encoding=encoding, limits=limits)


def text_of(data: bytes, name: str, *, encoding: str | None, limits: Limits) -> SourceText:
    """Return the text that the bytes of the plain text file ``name`` hold."""
    refuse_what_is_no_text(data, name, encoded=encoding is not None)
    found = decode(data, name, encoding=encoding)
    text = found.text
    if not text.strip():
        raise SourceError(name, "empty", "the file holds white space only; a statement has text")
    if "\x00" in text:
        where = f"a NUL character at {text.index(chr(0))}"
        message = f"{where} after decoding as {found.encoding}; a text has none"
        raise SourceError(name, "binary", message)
    limits.refuse_text(name, text)
    return SourceText(
        path=name,
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=found.encoding,
        encoding_method=found.method,
        bom=found.bom,
        newline=newline_style(text),
        n_source_chars=visible(text),
        n_dropped=0,
        warnings=(*direction_warnings(text), *garbled_warnings(text)),
    )


def is_japanese(head: bytes) -> bool:
    r"""Tell whether a file that begins with ``head`` is a text, and half of it or more Japanese: prose, no script.

    >>> is_japanese("双方は、会談した。".encode("cp932")), is_japanese("x = 1  # 会談".encode()), is_japanese(b"\x00")
    (True, False, False)
    """
    if head.startswith(b"#!"):
        return False
    for cut in range(_LONGEST):  # the last character may be there in part
        data = head[: len(head) - cut]
        with suppress(SourceError):
            refuse_what_is_no_text(data, "", encoded=False)
            text = decode(data, "").text
            return 2 * len(_JAPANESE.findall(text)) >= max(1, visible(text))
    return False


def refuse_what_is_no_text(data: bytes, name: str, *, encoded: bool) -> None:
    """Refuse bytes that are no text; ``encoded`` that their encoding is known."""
    if not data:
        raise SourceError(name, "empty", "the file is empty (0 bytes); a statement has text")
    if found := signature_of(data):
        message = f"this is {found.kind}, not a plain text file; {found.advice}"
        raise SourceError(name, "binary", message)
    if encoded or has_mark(data):
        return
    if (where := data.find(b"\x00")) >= 0:
        message = (
            f"a NUL byte at position {where}: a binary file, or UTF-16 without byte order mark; "
            "for the latter name the encoding (utf-16-le, utf-16-be)"
        )
        raise SourceError(name, "binary", message)
    controls = len(_CONTROL.findall(data[:_SAMPLE]))
    if controls > 1 + 0.02 * min(len(data), _SAMPLE):
        message = f"{controls} control bytes: a binary file; a plain text file is needed"
        raise SourceError(name, "binary", message)
