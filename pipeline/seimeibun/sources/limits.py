"""How much a source may ask for."""

from dataclasses import dataclass
from typing import NoReturn

from seimeibun.sources.errors import SourceError

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep one file from taking the machine with it; a refusal names the bound.

    ``max_bytes`` bounds a file as well as what it holds once decompressed, ``max_archive_bytes`` all that a ZIP
    says to hold. A member that grows by more than ``max_ratio`` is taken for a decompression bomb; office
    files and text stay below 100.
    """

    max_bytes: int = 100 * MEGABYTE
    max_chars: int = 5_000_000  # of the text; twenty minutes of work, and 6 GB
    max_pages: int = 5_000
    max_members: int = 100_000  # of a ZIP, of a DOCX
    max_archive_bytes: int = 10_000 * MEGABYTE
    max_ratio: int = 250

    def __post_init__(self) -> None:
        for name in self.__slots__:
            if (value := getattr(self, name)) < 1:
                message = f"{name} is {value}; a limit is at least 1"
                raise ValueError(message)

    def refuse(self, path: str, limit: str, found: str) -> NoReturn:
        """Raise the error that names ``limit`` (``max_pages``) and what was ``found`` (``12 pages``)."""
        option = limit.replace("_", "-")
        message = f"{found}; the limit is {getattr(self, limit):,} (--{option})"
        raise SourceError(path, "limit", message)

    def refuse_bytes(self, path: str, size: int) -> None:
        if size > self.max_bytes:
            self.refuse(path, "max_bytes", f"more than {self.max_bytes:,} bytes")

    def refuse_text(self, path: str, text: str) -> None:
        if len(text) > self.max_chars:
            self.refuse(path, "max_chars", f"a text of {len(text):,} characters")


DEFAULT = Limits()
