"""The text as a row of pieces: its tokens, and what stands between them."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from seimeibun.export.dataset import Document, Span, Token
from seimeibun.export.outcome import LeftOut

UNALIGNED = "not made of whole tokens"


class Piece(NamedTuple):
    """A stretch of the text; ``token`` is None for what stands between tokens, mostly white space."""

    start: int
    end: int
    token: Token | None


def pieces(document: Document) -> Iterator[Piece]:
    """Yield pieces that tile the text."""
    position = 0
    for token in document.tokens:
        if token.start > position:
            yield Piece(position, token.start, None)
        yield Piece(token.start, token.end, token)
        position = token.end
    if position < len(document.text):
        yield Piece(position, len(document.text), None)


def words(document: Document) -> list[Piece]:
    """Return the pieces as spaCy and Prodigy part a text: a blank behind a token is said by a flag of it.

    Further white space is a piece of its own.
    """
    parts = []
    for piece in pieces(document):
        behind = piece.token is None and piece.start > 0
        blank = behind and document.text[piece.start] == " "
        start = piece.start + 1 if blank else piece.start
        if start < piece.end:
            parts.append(piece._replace(start=start))
    return parts


class Alignment:
    """Which stretches of code points are made of whole units, and of which."""

    def __init__(self, units: list[tuple[int, int]]) -> None:
        self._starts = [start for start, _ in units]
        self._ends = [end for _, end in units]

    def units(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the numbers of the first and the last unit of ``start``–``end``, from 0.

        >>> Alignment([(0, 2), (2, 3), (3, 5)]).units(2, 5)
        (1, 2)
        """
        first, last = bisect_left(self._starts, start), bisect_left(self._ends, end)
        begins = first < len(self._starts) and self._starts[first] == start
        ends = last < len(self._ends) and self._ends[last] == end
        return (first, last) if begins and ends else None


def left_out(document: Document, span: Span, reason: str) -> LeftOut:
    return LeftOut(document.doc_id, "span", span.span_id, span.row["text"], reason)
