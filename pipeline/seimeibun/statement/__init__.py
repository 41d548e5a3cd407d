"""Clean text with a way back, and the structure of a statement."""

from seimeibun.statement.model import Paragraph, Party, Sentence, Statement
from seimeibun.statement.offsets import OffsetMap
from seimeibun.statement.reading import read_statement
from seimeibun.statement.sentences import sentence_spans

__all__ = [
    "OffsetMap",
    "Paragraph",
    "Party",
    "Sentence",
    "Statement",
    "read_statement",
    "sentence_spans",
]
