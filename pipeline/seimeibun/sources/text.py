"""The text as published, and where it came from."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

_LINE_END = re.compile(r"\r\n|\r|\n")
_NAMES = {"\r\n": "crlf", "\r": "cr", "\n": "lf"}


def newline_style(text: str) -> str:
    r"""Return ``lf``, ``crlf``, ``cr``, ``mixed``, or ``""`` where there is no line end.

    >>> [newline_style(text) for text in ("一\n二\n", "一\r\n二\r\n", "一\r\n二\n", "一")]
    ['lf', 'crlf', 'mixed', '']
    """
    kinds = {_NAMES[end] for end in _LINE_END.findall(text)}
    return kinds.pop() if len(kinds) == 1 else "mixed" if kinds else ""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A statement as published: a plain text decoded, nothing else changed, or the text of another format.

    ``sha256`` is of the bytes of the file; offsets in the tables are code points into ``text``. A byte order
    mark is no part of the text (``bom`` says that there was one). ``path`` is "" for a text without a file.
    ``n_source_chars`` counts the characters of the source that can be seen (no white space), ``n_dropped``
    those of them that are not in ``text``; both are None for a text without a file.
    """

    path: str
    text: str
    sha256: str
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    encoding_method: str = ""  # bom, utf-8, escape, plausibility, given; "" for a string
    bom: bool = False
    newline: str = ""  # "" also where the text was extracted
    n_source_chars: int | None = None
    n_dropped: int | None = None
    warnings: tuple[str, ...] = ()

    @property
    def dropped_share(self) -> float | None:
        """The share of the characters that are not in the text, from 0 to 1; None where it is unknown."""
        if self.n_source_chars is None or self.n_dropped is None:
            return None
        return self.n_dropped / self.n_source_chars if self.n_source_chars else 0.0

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Return the source that ``dataclasses.asdict`` wrote, by way of JSON or not."""
        return cls(**{**data, "warnings": tuple(data.get("warnings", ()))})

    @classmethod
    def of(cls, text: str) -> Self:
        """Return a source for a string that did not come from a file."""
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return cls(path="", text=text, sha256=digest, newline=newline_style(text))
