"""A ``Doc`` as the tables see it: clean offsets in, offsets and characters of the text as published out."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from seimeibun.components import extensions
from seimeibun.sources.text import SourceText
from seimeibun.statement.model import Paragraph, Sentence, Statement
from seimeibun.statement.offsets import OffsetMap
from seimeibun.statement.sentences import sentence_spans

EXCEL_CELL = 32_767  # the most that a cell of Excel holds
# Code points: of a longer sentence, each span shows what stands around it, so many on each side. An enumeration
# is one sentence with hundreds of spans, and would stand in the tables as often.
OVERLONG, CONTEXT = 2_000, 400

Offsets = npt.NDArray[np.int64]

_SPACE = re.compile(r"\s")
_WRAP = re.compile(r"\s*[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]\s*")


class _Stretch(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def published(source: str, clean: str) -> str:
    r"""Return the characters as published, without the white space that wrapping put between them.

    >>> published("ビシュ\n\nケク", "ビシュケク")
    'ビシュケク'
    >>> published("United\n  Nations １", "United Nations 1")
    'United Nations １'
    """
    if not _SPACE.search(source):
        return source
    if not _SPACE.search(clean):
        return "".join(source.split())
    return _WRAP.sub(lambda wrap: _joint(source, wrap.start(), wrap.end()), source).strip()


def _joint(source: str, start: int, end: int) -> str:
    between_latin = start > 0 and end < len(source) and (source[start - 1] + source[end]).isascii()
    return " " if between_latin else ""


class Stretches:
    """Stretches of text in their order, numbered from 1."""

    def __init__(self, stretches: Sequence[_Stretch]) -> None:
        self._starts = [stretch.start for stretch in stretches]
        self._ends = [stretch.end for stretch in stretches]

    def number_at(self, position: int) -> int | None:
        """Return the number of the stretch that holds the code point ``position``, if one does."""
        number = bisect_right(self._starts, position)
        return number if number and position < self._ends[number - 1] else None


@dataclass(frozen=True)
class Document:
    """A ``Doc`` with its statement; ``start`` and ``end`` below are clean offsets (into ``doc.text``)."""

    doc: Doc
    doc_id: str
    statement: Statement

    @classmethod
    def of(cls, doc: Doc, *, doc_id: str = "") -> "Document":
        """Return the view of ``doc``, called ``doc_id``, or as it calls itself."""
        kept = doc.user_data.get(extensions.STATEMENT)
        statement = Statement.from_dict(kept) if kept is not None else _bare(doc)
        if statement.text != doc.text:
            message = (
                "the statement of the Doc is that of another text; make it with seimeibun.annotate"
            )
            raise ValueError(message)
        return cls(doc, doc_id or doc._.doc_id, statement)

    @property
    def clean(self) -> str:
        return self.statement.text

    @cached_property
    def source(self) -> str:
        return self.statement.source.text

    @cached_property
    def year(self) -> int | None:
        found = re.match(r"\d{4}", self.statement.date)
        return int(found[0]) if found else None

    @cached_property
    def sentences(self) -> Stretches:
        return Stretches(self.statement.sentences)

    @cached_property
    def paragraphs(self) -> Stretches:
        return Stretches(self.statement.paragraphs)

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        return self.statement.offsets.to_source(start, end)

    def to_sources(self, starts: Offsets, ends: Offsets) -> tuple[list[int], list[int]]:
        """Return the source offsets of many stretches that are not empty, as :meth:`to_source` does of one."""
        clean, source, n_clean, n_source = self._segments.T
        same = n_clean == n_source
        first = np.searchsorted(clean, starts, side="right") - 1
        last = np.searchsorted(clean, ends - 1, side="right") - 1
        begins = source[first] + np.where(same[first], starts - clean[first], 0)
        finishes = source[last] + np.where(same[last], ends - clean[last], n_source[last])
        return begins.tolist(), finishes.tolist()

    @cached_property
    def _segments(self) -> Offsets:
        return np.array(self.statement.offsets.segments, dtype=np.int64).reshape(-1, 4)

    def text(self, start: int, end: int) -> str:
        """Return what was published at ``start``–``end``, without line wraps."""
        source_start, source_end = self.to_source(start, end)
        return published(self.source[source_start:source_end], self.clean[start:end])

    def read(self, start: int, end: int) -> str:
        """Return :meth:`text` as one reads it: without the lines of the page (- 3 -) that stand between."""
        if "\n" not in self.source[slice(*self.to_source(start, end))]:
            return self.text(start, end)
        return published("".join(self._pieces(start, end)), self.clean[start:end])

    def _pieces(self, start: int, end: int) -> Iterator[str]:
        """Yield the published characters of a clean stretch, and a line end for each gap between them."""
        clean = self._segments[:, 0]
        first, last = np.searchsorted(clean, [start, end - 1], side="right") - 1
        place = self.to_source(start, end)[0]
        for begin, _, n_clean, n_source in self._segments[first : last + 1].tolist():
            low, high = max(begin, start), min(begin + n_clean, end)
            if low == high:
                continue
            source_start, source_end = self.to_source(low, high)
            if self.source[place:source_start]:
                yield "\n"
            blank = n_clean != n_source and not self.clean[low:high].strip()
            yield "\n" if blank else self.source[source_start:source_end]
            place = source_end

    def sentence_text(self, number: int | None, start: int, end: int) -> str:
        """Return the sentence; of an overlong one, what stands around ``start``–``end``, as much as a cell holds."""
        if number is None:
            return ""
        sentence = self.statement.sentences[number - 1]
        if sentence.end - sentence.start <= OVERLONG:
            return self._sentence_texts[number - 1]
        first, last = max(sentence.start, start - CONTEXT), min(sentence.end, end + CONTEXT)
        return self.text(first, min(last, first + EXCEL_CELL))

    @cached_property
    def _sentence_texts(self) -> list[str]:
        return [self.text(sentence.start, sentence.end) for sentence in self.statement.sentences]


def _bare(doc: Doc) -> Statement:
    """Return the statement of a ``Doc`` that was made from a plain string: its text is its source."""
    text = doc.text
    lines = [(line.start(), line.end()) for line in re.finditer(r"[^\n]*\S[^\n]*", text)]
    paragraphs = tuple(Paragraph("body", "", "", 0, start, end) for start, end in lines)
    places = Stretches(paragraphs)
    return Statement(
        source=SourceText.of(text),
        text=text,
        offsets=OffsetMap(((0, 0, len(text), len(text)),) if text else ()),
        date=doc._.date,
        date_source="given" if doc._.date else "",
        paragraphs=paragraphs,
        sentences=tuple(
            Sentence(places.number_at(start) or 1, "body", start, end)
            for start, end in sentence_spans(text)
        ),
    )
