"""A stretch of a statement as a statement of its own: what is too long is analysed a part at a time."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from seimeibun.statement.model import Statement
from seimeibun.statement.offsets import OffsetMap, Segment


@dataclass(frozen=True, slots=True)
class Part:
    """A part that knows date, parties and source of the whole; so many ``paragraphs`` and ``sentences`` are before it.

    A paragraph or sentence that runs over its edge is in both parts, and counts as one.
    """

    statement: Statement
    paragraphs: int = 0
    sentences: int = 0


def part_of(statement: Statement, start: int, end: int) -> Part:
    """Return the clean text ``start``–``end`` of ``statement``."""
    paragraphs = _overlapping([(p.start, p.end) for p in statement.paragraphs], start, end)
    sentences = _overlapping([(s.start, s.end) for s in statement.sentences], start, end)

    def cut(place: int) -> int:
        return min(max(place, start), end) - start

    stretch = replace(
        statement,
        text=statement.text[start:end],
        offsets=OffsetMap(tuple(_segments(statement.offsets, start, end))),
        paragraphs=tuple(
            replace(p, start=cut(p.start), end=cut(p.end))
            for p in statement.paragraphs[paragraphs.start : paragraphs.stop]
        ),
        sentences=tuple(
            replace(s, para_no=s.para_no - paragraphs.start, start=cut(s.start), end=cut(s.end))
            for s in statement.sentences[sentences.start : sentences.stop]
        ),
        warnings=(),
    )
    return Part(stretch, paragraphs.start, sentences.start)


def _overlapping(stretches: list[tuple[int, int]], start: int, end: int) -> range:
    first = bisect_right(stretches, start, key=lambda stretch: stretch[1])
    return range(first, max(first, bisect_left(stretches, end, key=lambda stretch: stretch[0])))


def _segments(offsets: OffsetMap, start: int, end: int) -> Iterator[Segment]:
    segments = offsets.segments
    first = bisect_right(segments, start, key=lambda segment: segment[0]) - 1
    for clean, source, n_clean, n_source in segments[max(first, 0) :]:
        if clean >= end:
            break
        left, right = max(clean, start), min(clean + n_clean, end)
        if n_clean == n_source:
            yield left - start, source + left - clean, right - left, right - left
        elif left < right:
            yield left - start, source, right - left, n_source
