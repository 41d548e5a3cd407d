"""How a file becomes text: one module a format."""

from seimeibun.sources.candidates import SUFFIXES
from seimeibun.sources.errors import SourceError
from seimeibun.sources.limits import Limits
from seimeibun.sources.plain import read_text
from seimeibun.sources.reading import read_source
from seimeibun.sources.text import SourceText

__all__ = ["SUFFIXES", "Limits", "SourceError", "SourceText", "read_source", "read_text"]
