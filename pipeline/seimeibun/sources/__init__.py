"""How a file becomes text: one module a format."""

from seimeibun.sources.errors import SourceError
from seimeibun.sources.plain import read_text
from seimeibun.sources.text import SourceText

__all__ = ["SourceError", "SourceText", "read_text"]
