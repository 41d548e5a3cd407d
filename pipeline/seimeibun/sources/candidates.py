"""Which files of a folder or an archive may be statements: by their names, else by what they begin with."""

import re
from collections.abc import Callable, Collection
from pathlib import PurePosixPath

from seimeibun.sources.signatures import signature_of

# What is read; a file that is named by the user is read whatever its suffix.
SUFFIXES = (".txt", ".html", ".htm", ".xhtml", ".pdf", ".docx")
# What may hold a statement that cannot be read: each is refused with a word, so that none is lost unseen.
_REFUSED = frozenset(
    [".doc", ".dot", ".docm", ".rtf", ".odt", ".jtd", ".mht", ".mhtml", ".7z", ".rar", ".lzh", ".tar", ".tgz", ".gz", ".bz2", ".xz"]
)  # fmt: skip
HEAD = 4_096  # bytes
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)  # fmt: skip
_PAGES = (".html", ".htm", ".xhtml")
_SHOWN_BY_PAGE = re.compile(r"(?P<page>.+)(?:_files|\.files)")


def may_be_statement(name: str, head: Callable[[], bytes]) -> bool:
    """Tell whether a file is to be read; ``head`` gives its first bytes, where its name says nothing.

    A server's ``index.php@id=5`` is a web page; a text without the suffix of one is no statement.

    >>> may_be_statement("a.TXT", bytes), may_be_statement("a.png", lambda: b"<!DOCTYPE html>"), may_be_statement("a", bytes)
    (True, True, False)
    """
    suffix = suffix_of(name)
    if suffix in SUFFIXES or suffix in _REFUSED:
        return True
    data = head()
    signature = signature_of(data)
    if signature:
        return signature.name == "pdf" or (signature.name == "zip" and b"word/" in data)
    return _PAGE.match(data.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"")) is not None


def suffix_of(name: str) -> str:
    """Return the suffix of a file name in small letters.

    >>> suffix_of("a/声明.PDF"), suffix_of("LICENSE"), suffix_of("index.php@id=5")
    ('.pdf', '', '.php@id=5')
    """
    return PurePosixPath(name).suffix.lower()


def is_aside(name: str) -> bool:
    """Tell files that nobody sees: hidden ones, and those that Word writes while a document is open."""
    return name.startswith((".", "~$"))


def is_of_saved_page(folder: str, beside: Collection[str]) -> bool:
    """Tell the folder in which a browser saved what a page shows; ``beside`` are the names of files next to it.

    >>> is_of_saved_page("声明_files", {"声明.html"}), is_of_saved_page("声明_files", {"声明.txt"})
    (True, False)
    """
    found = _SHOWN_BY_PAGE.fullmatch(folder)
    return found is not None and any(found["page"] + suffix in beside for suffix in _PAGES)
