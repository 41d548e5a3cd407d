"""The way back from the clean copy to the text as published."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any, Self

Segment = tuple[int, int, int, int]  # clean start, source start, clean length, source length


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each character of the clean copy stands in the source; monotone, without gaps in the clean copy.

    A segment with equal lengths maps character by character; any other maps as a whole (ｶﾞ → ガ, a line end
    and its blank lines → one line feed).
    """

    segments: tuple[Segment, ...] = ()

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source slice from the first to the last character of the clean slice ``start:end``."""
        if start >= end:
            at = self._begin(start) if start < self.clean_length else self.source_end
            return at, at
        return self._begin(start), self._finish(end - 1)

    def to_clean(self, start: int, end: int) -> tuple[int, int]:
        """Return the clean slice whose characters stand within the source slice ``start:end``."""
        first = bisect_right(self.segments, start, key=lambda segment: segment[1] + segment[3])
        clean_start = self._clean_bound(first, start)
        last = bisect_right(self.segments, end - 1, key=lambda segment: segment[1]) - 1
        if last < 0:
            return clean_start, clean_start
        clean, source, n_clean, n_source = self.segments[last]
        within = min(end - source, n_source)
        stop = clean + (within if n_clean == n_source else n_clean)
        return clean_start, max(clean_start, stop)

    def _clean_bound(self, index: int, at: int) -> int:
        if index >= len(self.segments):
            return self.clean_length
        clean, source, n_clean, n_source = self.segments[index]
        return clean + (max(0, at - source) if n_clean == n_source else 0)

    def _segment(self, at: int) -> Segment:
        if not 0 <= at < self.clean_length:
            message = f"offset {at} is outside the clean text of {self.clean_length} characters"
            raise IndexError(message)
        return self.segments[bisect_right(self.segments, at, key=lambda segment: segment[0]) - 1]

    def _begin(self, at: int) -> int:
        clean, source, n_clean, n_source = self._segment(at)
        return source + (at - clean if n_clean == n_source else 0)

    def _finish(self, at: int) -> int:
        clean, source, n_clean, n_source = self._segment(at)
        return source + (at - clean + 1 if n_clean == n_source else n_source)

    @property
    def clean_length(self) -> int:
        """Number of characters of the clean copy."""
        return self.segments[-1][0] + self.segments[-1][2] if self.segments else 0

    @property
    def source_end(self) -> int:
        """Where the last mapped character of the source ends."""
        return self.segments[-1][1] + self.segments[-1][3] if self.segments else 0

    def to_dict(self) -> dict[str, Any]:
        """Return the map as JSON-able data."""
        return {"segments": [list(segment) for segment in self.segments]}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Return the map that ``to_dict`` wrote."""
        return cls(tuple((a, b, c, d) for a, b, c, d in data["segments"]))


class CleanCopy:
    """A clean copy in the making: characters come in source order, their places are kept."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._segments: list[Segment] = []
        self.length = 0

    def append(self, text: str, start: int, end: int) -> None:
        """Append ``text``, which stands for ``source[start:end]``."""
        if not text:
            return
        same = len(text) == end - start
        if same and self._segments:
            clean, source, n_clean, n_source = self._segments[-1]
            if n_clean == n_source and source + n_source == start:
                self._segments[-1] = (clean, source, n_clean + len(text), n_source + len(text))
                self._grow(text)
                return
        self._segments.append((self.length, start, len(text), end - start))
        self._grow(text)

    def _grow(self, text: str) -> None:
        self._pieces.append(text)
        self.length += len(text)

    @property
    def source_end(self) -> int:
        """Where the last character appended ends in the source."""
        return self._segments[-1][1] + self._segments[-1][3] if self._segments else 0

    @property
    def text(self) -> str:
        """Everything appended so far."""
        return "".join(self._pieces)

    @property
    def offsets(self) -> OffsetMap:
        """The map of everything appended so far."""
        return OffsetMap(tuple(self._segments))
