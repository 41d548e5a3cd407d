"""Which files of a folder or an archive may be statements: by their names, else by what they begin with."""

import re
from collections.abc import Callable
from pathlib import PurePosixPath

from seimeibun.sources.plain import is_japanese
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
_TEXT = ".text"
# not so the end of 「共同声明2014.7.16」, nor of 「第1.2回会談」
_SUFFIX = re.compile(r"\.[a-z][a-z0-9_+-]{0,9}")
_SHOWN_BY_PAGE = re.compile(r"(?P<page>.+)(?:_files|\.files)")


def may_be_statement(name: str, head: Callable[[], bytes]) -> bool:
    """Tell whether a file is to be read; ``head`` gives its first bytes, where its name says nothing.

    A server's ``index.php@id=5`` is a web page. A text without any suffix is a statement if most of it is
    Japanese; one with the suffix of something else (.csv, .md, .py) is none.

    >>> may_be_statement("a.TXT", bytes), may_be_statement("a.png", lambda: b"<!DOCTYPE html>"), may_be_statement("a", bytes)
    (True, True, False)
    >>> [may_be_statement(name, "双方は、会談した。".encode) for name in ("声明", "声明2014.7.16", "声明.csv")]
    [True, True, False]
    """
    suffix = suffix_of(name)
    if suffix in SUFFIXES or suffix in _REFUSED:
        return True
    data = head()
    signature = signature_of(data)
    if signature:
        return signature.name == "pdf" or (signature.name == "zip" and b"word/" in data)
    if _PAGE.match(data.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"")):
        return True
    return (suffix == _TEXT or not _SUFFIX.fullmatch(suffix)) and is_japanese(data)


def suffix_of(name: str) -> str:
    """Return the suffix of a file name in small letters.

    >>> suffix_of("a/声明.PDF"), suffix_of("LICENSE"), suffix_of("index.php@id=5")
    ('.pdf', '', '.php@id=5')
    """
    return PurePosixPath(name).suffix.lower()


def stem_of(name: str) -> str:
    """Return a file name without folders and suffix; what is no suffix stays.

    >>> stem_of("a/声明.PDF"), stem_of("a.zip!b/index.php@id=5"), stem_of("声明2014.7.16")
    ('声明', 'index', '声明2014.7.16')
    """
    path = PurePosixPath(name)
    return path.stem if re.match(r"\.[a-z]", suffix_of(name)) else path.name


def is_aside(name: str) -> bool:
    """Tell files that nobody sees: hidden ones, and those that Word writes while a document is open."""
    return name.startswith((".", "~$"))


def is_of_saved_page(folder: str, is_there: Callable[[str], bool]) -> bool:
    """Tell the folder in which a browser saved what a page shows; ``is_there`` says whether a file is next to it.

    >>> is_of_saved_page("声明_files", "声明.html".__eq__), is_of_saved_page("声明_files", "声明.txt".__eq__)
    (True, False)
    """
    found = _SHOWN_BY_PAGE.fullmatch(folder)
    return found is not None and any(is_there(found["page"] + suffix) for suffix in _PAGES)
